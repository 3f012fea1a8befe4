/* SPDX-License-Identifier: MIT */

/* CPUs that this one is not: CPUID answers what a test says. */

#include "base/common.h"

#include "support.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <string.h>

struct leaf {
    unsigned number, part;
    unsigned a, b, c, d; /* what is taken off the real answer, or is the answer */
};
static struct leaf lacks;
static const struct leaf *caches;

#define LEAF_AMD 0x8000001du

static int tell(unsigned number, unsigned part, unsigned *a, unsigned *b, unsigned *c, unsigned *d)
{
    int known = __get_cpuid_count(number, part, a, b, c, d);
    if (number == lacks.number) {
        *a &= ~lacks.a, *b &= ~lacks.b, *c &= ~lacks.c, *d &= ~lacks.d;
    }
    if (caches != NULL && (number == 4 || number == LEAF_AMD)) {
        *a = *b = *c = *d = 0;
        for (const struct leaf *leaf = caches; leaf->number != 0; leaf++) {
            if (leaf->number == number && (leaf->part == part || leaf->part == 99)) {
                *a = leaf->a, *b = leaf->b, *c = leaf->c;
            }
        }
    }
    return known;
}

#define __get_cpuid_count tell
#include "kernels/cpu.c"
#undef __get_cpuid_count

static void assert_without(struct leaf leaf, unsigned features)
{
    unsigned all = fci_cpu_features();
    lacks = leaf;
    ck_assert_uint_eq(fci_cpu_features(), all & features);
    lacks.number = 0;
}

START_TEST(tier_needs_all_of_its_features)
{
    assert_without((struct leaf){ .number = 1, .c = bit_OSXSAVE }, FCI_CPU_SSE2);
    assert_without((struct leaf){ .number = 1, .c = bit_AVX }, FCI_CPU_SSE2);
    assert_without((struct leaf){ .number = 7, .b = bit_AVX2 }, FCI_CPU_SSE2);
    assert_without((struct leaf){ .number = 7, .b = bit_BMI }, FCI_CPU_SSE2);
    assert_without((struct leaf){ .number = 7, .b = bit_BMI2 }, FCI_CPU_SSE2);
    assert_without((struct leaf){ .number = 7, .b = bit_AVX512F }, FCI_CPU_AVX2);
    assert_without((struct leaf){ .number = 7, .b = bit_AVX512BW }, FCI_CPU_AVX2);
    assert_without((struct leaf){ .number = 7, .b = bit_AVX512DQ }, FCI_CPU_AVX2);
    assert_without((struct leaf){ .number = 7, .b = bit_AVX512VL }, FCI_CPU_AVX2);
    assert_without((struct leaf){ .number = 7, .c = bit_AVX512VBMI }, FCI_CPU_AVX2);
    assert_without((struct leaf){ .number = 7, .c = bit_AVX512VBMI2 }, FCI_CPU_AVX2);
}
END_TEST

/* A cache of so many ways of 64 sets of lines of 64 bytes. */
#define CACHE(leaf, which, kind, ways)                                                             \
    {                                                                                              \
        leaf, which, kind, ((ways)-1) << 22 | 63, 63, 0                                            \
    }

static size_t last_of(const struct leaf *told)
{
    caches = told;
    size_t size = fci_cpu_last_cache();
    caches = NULL;
    return size;
}

START_TEST(last_cache_is_the_largest_for_data)
{
    static const struct leaf none[] = { { 0 } };
    static const struct leaf intel[] = {
        CACHE(4, 0, 1, 8), CACHE(4, 1, 2, 100), CACHE(4, 2, 3, 20), CACHE(4, 3, 3, 16), { 0 }
    };
    static const struct leaf both[] = { CACHE(4, 0, 1, 50), CACHE(LEAF_AMD, 0, 3, 9), { 0 } };
    static const struct leaf endless[] = { CACHE(LEAF_AMD, 99, 3, 7), { 0 } };
    ck_assert_uint_eq(last_of(none), 0);
    ck_assert_uint_eq(last_of(intel), 20 * 4096);
    ck_assert_uint_eq(last_of(both), 9 * 4096);
    ck_assert_uint_eq(last_of(endless), 7 * 4096);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/cpu_answers");
    TCase *answers = tcase_create("answers");
    tcase_add_test(answers, tier_needs_all_of_its_features);
    tcase_add_test(answers, last_cache_is_the_largest_for_data);
    suite_add_tcase(suite, answers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}

#else

int main(void)
{
    return 77;
}

#endif
