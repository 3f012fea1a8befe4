/* SPDX-License-Identifier: MIT */

/* Arithmetic on lengths: at every edge, against a wider type. */

#include "base/common.h"

#include "base/checked.h"

#include "support.h"

#if SIZE_MAX > 0xffffffffu
__extension__ typedef unsigned __int128 wide;
#else
typedef uint64_t wide;
#endif

static const size_t edges[] = {
    0,
    1,
    2,
    15,
    16,
    17,
    4095,
    4096,
    (size_t)INT32_MAX,
    (size_t)INT32_MAX + 1,
    (size_t)UINT32_MAX,
    (size_t)PTRDIFF_MAX - 1,
    (size_t)PTRDIFF_MAX,
    (size_t)PTRDIFF_MAX + 1,
    SIZE_MAX - 4096,
    SIZE_MAX - 1,
    SIZE_MAX,
};
#define EDGES ((int)(sizeof edges / sizeof edges[0]))

START_TEST(add_gives_the_sum_or_nothing)
{
    size_t a = edges[_i];
    for (int j = 0; j < EDGES; j++) {
        size_t out = 42;
        wide sum = (wide)a + edges[j];
        bool fits = sum <= SIZE_MAX;
        ck_assert_int_eq(fci_size_add(&out, a, edges[j]), fits);
        ck_assert_uint_eq(out, fits ? (size_t)sum : 42);
    }
}
END_TEST

START_TEST(mul_gives_the_product_or_nothing)
{
    size_t a = edges[_i];
    for (int j = 0; j < EDGES; j++) {
        size_t out = 42;
        wide product = (wide)a * edges[j];
        bool fits = product <= SIZE_MAX;
        ck_assert_int_eq(fci_size_mul(&out, a, edges[j]), fits);
        ck_assert_uint_eq(out, fits ? (size_t)product : 42);
    }
}
END_TEST

START_TEST(round_up_gives_the_next_multiple_or_nothing)
{
    size_t a = edges[_i];
    for (size_t power = 1; power != 0; power *= 2) {
        size_t out = 42;
        wide raised = ((wide)a + power - 1) / power * power;
        bool fits = (wide)a + power - 1 <= SIZE_MAX;
        ck_assert_int_eq(fci_size_round_up(&out, a, power), fits);
        ck_assert_uint_eq(out, fits ? (size_t)raised : 42);
    }
}
END_TEST

START_TEST(range_fits_never_wraps)
{
    size_t whole = edges[_i];
    for (int j = 0; j < EDGES; j++) {
        for (int k = 0; k < EDGES; k++) {
            bool fits = (wide)edges[j] + edges[k] <= whole;
            ck_assert_int_eq(fci_range_fits(whole, edges[j], edges[k]), fits);
        }
    }
}
END_TEST

START_TEST(powers_of_two_are_told)
{
    ck_assert(!fci_size_is_power_of_two(0));
    for (size_t power = 1; power != 0; power *= 2) {
        ck_assert(fci_size_is_power_of_two(power));
        ck_assert(power < 4 || !fci_size_is_power_of_two(power - 1));
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("base/checked");
    TCase *sums = tcase_create("arithmetic");
    tcase_add_loop_test(sums, add_gives_the_sum_or_nothing, 0, EDGES);
    tcase_add_loop_test(sums, mul_gives_the_product_or_nothing, 0, EDGES);
    tcase_add_loop_test(sums, round_up_gives_the_next_multiple_or_nothing, 0, EDGES);
    tcase_add_loop_test(sums, range_fits_never_wraps, 0, EDGES);
    tcase_add_test(sums, powers_of_two_are_told);
    suite_add_tcase(suite, sums);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
