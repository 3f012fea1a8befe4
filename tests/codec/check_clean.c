/* SPDX-License-Identifier: MIT */

/* How much of a text is clean, by the kernels of every tier, against a unit at a time: one odd unit
 * at every place around the pieces that are looked at at once, and every limit. The text stands
 * flush against an inaccessible page. */

#include "base/common.h"

#include "codec/clean.h"

#include "codec/unit.h"
#include "kernels/kernels.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* More than two pieces of either. */
#define LONGEST ((size_t)6400)

static struct fct_guarded pages;
static uint8_t *text;

static void setup(void)
{
    pages = fct_guarded_make(LONGEST);
    text = fct_guarded_end(&pages, LONGEST);
}

static void teardown(void)
{
    fct_guarded_free(&pages);
}

struct kind {
    const char *digits;
    size_t group;
    bool url;
    const char *odd; /* a '\0' is one, too */
};

static const struct kind kinds[] = {
    { "ABCXYZabcxyz0189+/", 4, false, "-_=\n*[`{\x80\xff" },
    { "ABCXYZabcxyz0189-_", 4, true, "+/=\n*[`{\x80\xff" },
    { "0123456789abcdefABCDEF", 2, false, "gG/:@`\x80\xb1\xff" },
};

/* Clean text. */
static void fill(const struct kind *kind)
{
    struct fct_random random = { .state = 9 };
    size_t count = strlen(kind->digits);
    for (size_t i = 0; i < LONGEST; i++) {
        text[i] = (uint8_t)kind->digits[fct_random_below(&random, count)];
    }
}

static size_t clean(const struct kind *kind, fc_text of, size_t at, size_t limit)
{
    return kind->group == 2 ? fci_clean_hex(&of, at, limit)
                            : fci_clean_base64(&of, at, limit, kind->url);
}

static fc_text last_units(size_t count)
{
    return fc_text_utf8((const char *)text + LONGEST - count, count);
}

/* The text's last `count` units from `at` on, of which the one at `bad` is odd, if there is one. */
static void try_limit(const struct kind *kind, size_t count, size_t at, size_t bad, size_t limit)
{
    size_t good = bad < count && bad >= at ? bad - at : count - at;
    size_t expected = (good < limit ? good : limit) / kind->group * kind->group;
    size_t got = clean(kind, last_units(count), at, limit);
    if (got != expected) {
        ck_abort_msg("%zu units from %zu, odd %zu, limit %zu: %zu", count, at, bad, limit, got);
    }
}

/* Where things happen: all short distances, and those around whole pieces. */
static size_t next(size_t place)
{
    size_t step = fct_effort_step();
    return place < 300 || place % 1024 < 5 || place % 1024 > 1018 ? place + 1 + (step - 1) / 4
                                                                  : place + 60 * step;
}

static bool use(int tier)
{
    const struct fci_kernels *kernels = fci_kernels_tier((size_t)tier);
    if (!fci_kernels_usable(kernels)) {
        (void)printf("tier %s: not on this machine\n", kernels->name);
        return false;
    }
    fci_kernels_use(kernels);
    return true;
}

static int tiers(void)
{
    int count = 0;
    while (fci_kernels_tier((size_t)count) != NULL) {
        count++;
    }
    return count;
}

START_TEST(clean_ends_at_the_first_odd_unit)
{
    for (size_t k = 0; use(_i) && k < sizeof kinds / sizeof kinds[0]; k++) {
        const struct kind *kind = &kinds[k];
        const char *odd = kind->odd;
        fill(kind);
        for (size_t bad = 0; bad < LONGEST; bad = next(bad)) {
            uint8_t before = text[bad];
            text[bad] = (uint8_t)*odd;
            odd = *odd != '\0' ? odd + 1 : kind->odd;
            try_limit(kind, LONGEST, 0, bad, SIZE_MAX);
            try_limit(kind, LONGEST, 3, bad, LONGEST - 3);
            try_limit(kind, LONGEST, bad, bad, SIZE_MAX);
            text[bad] = before;
        }
    }
}
END_TEST

START_TEST(clean_ends_with_text_or_limit)
{
    for (size_t k = 0; use(_i) && k < sizeof kinds / sizeof kinds[0]; k++) {
        fill(&kinds[k]);
        for (size_t count = 0; count <= LONGEST; count = next(count)) {
            try_limit(&kinds[k], count, 0, SIZE_MAX, SIZE_MAX);
            try_limit(&kinds[k], count, count, SIZE_MAX, SIZE_MAX);
            try_limit(&kinds[k], LONGEST, 0, SIZE_MAX, count);
            try_limit(&kinds[k], LONGEST, LONGEST - count, SIZE_MAX, count / 2);
        }
    }
}
END_TEST

START_TEST(nothing_is_clean_in_utf16_or_where_nothing_is)
{
    static const uint16_t units[] = u"ABCDABCDABCDABCDABCDABCDABCDABCDABCD";
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        ck_assert_uint_eq(clean(&kinds[k], fc_text_utf16(units, 36), 0, SIZE_MAX), 0);
        ck_assert_uint_eq(clean(&kinds[k], fc_text_utf8(NULL, 0), 0, SIZE_MAX), 0);
        ck_assert_uint_eq(clean(&kinds[k], last_units(40), 0, 0), 0);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/clean");
    TCase *all = tcase_create("tiers");
    tcase_set_timeout(all, 300);
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_loop_test(all, clean_ends_at_the_first_odd_unit, 0, tiers());
    tcase_add_loop_test(all, clean_ends_with_text_or_limit, 0, tiers());
    tcase_add_test(all, nothing_is_clean_in_utf16_or_where_nothing_is);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
