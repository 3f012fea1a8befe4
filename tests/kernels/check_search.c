/* SPDX-License-Identifier: MIT */

/* The linear search by itself, which the slots reach only where guessing does not pay: every needle
 * over two letters in every hay, by bytes and by units, from either end and from every place. */

#include "base/common.h"

#include "kernels/scalar/search.h"

#include "support.h"

#include <string.h>

#define HAY_MAX ((size_t)11)
#define NEEDLE_MAX ((size_t)6)

/* The letters are the bits of `number`; units differ in one of their bytes only. */
static void spell(uint8_t *bytes, size_t letters, size_t unit, unsigned number)
{
    memset(bytes, 7, letters * unit);
    for (size_t i = 0; i < letters; i++) {
        bytes[i * unit + i % unit] = (uint8_t)(number >> i & 1);
        if (unit == 2) {
            bytes[i * unit + 1 - i % unit] = (uint8_t)(number >> i & 1 ? 3 : 4);
        }
    }
}

static bool is_at(const struct fci_search *s, size_t place)
{
    return memcmp(s->hay + place, s->needle, s->needle_length) == 0;
}

/* One hay, one needle: from every place on, and before every place. */
static void try_both(const struct fci_search *s)
{
    size_t first = s->length, last = s->length;
    for (size_t end = 1; end <= s->places; end++) {
        if ((end - 1) % s->unit == 0 && is_at(s, end - 1)) {
            last = end - 1;
        }
        if (fci_search_linear_back(s, end) != last) {
            ck_abort_msg("before %zu: not %zu", end, last);
        }
    }
    for (size_t begin = s->places; begin-- > 0;) {
        if (begin % s->unit == 0) {
            first = is_at(s, begin) ? begin : first;
            if (fci_search_linear(s, begin) != first) {
                ck_abort_msg("from %zu: not %zu", begin, first);
            }
        }
    }
}

START_TEST(every_needle_is_found_in_every_hay)
{
    size_t unit = (size_t)_i, step = fct_effort_step();
    uint8_t hay[2 * HAY_MAX], needle[2 * NEEDLE_MAX];
    for (size_t length = 1; length <= HAY_MAX; length++) {
        for (unsigned h = 0; h < 1u << length; h += (unsigned)(length < 8 ? 1 : step)) {
            spell(hay, length, unit, h);
            for (size_t needle_length = 2 / unit; needle_length <= NEEDLE_MAX; needle_length++) {
                for (unsigned n = 0; n < 1u << needle_length; n++) {
                    spell(needle, needle_length, unit, n);
                    struct fci_search s =
                        fci_search_of(hay, length * unit, needle, needle_length * unit, unit);
                    try_both(&s);
                }
            }
        }
    }
}
END_TEST

static uint8_t fibonacci[1 << 16];

/* The words a, ab, aba, abaab, …: no text is more regular without being periodic. */
START_TEST(fibonacci_words_are_found)
{
    size_t lengths[24] = { 1, 2 }, count = 2;
    memcpy(fibonacci, "ab", 2);
    for (; lengths[count - 1] + lengths[count - 2] < sizeof fibonacci; count++) {
        memcpy(fibonacci + lengths[count - 1], fibonacci, lengths[count - 2]);
        lengths[count] = lengths[count - 1] + lengths[count - 2];
    }
    size_t whole = lengths[count - 1];
    for (size_t i = 2; i < count - 1; i++) {
        size_t first = whole, last = whole, from = lengths[i] / 3 + 1;
        for (size_t at = 0; at + lengths[i] <= whole; at++) {
            if (memcmp(fibonacci + at, fibonacci + from, lengths[i]) == 0) {
                first = first == whole ? at : first;
                last = at;
            }
        }
        struct fci_search s = fci_search_of(fibonacci, whole, fibonacci + from, lengths[i], 1);
        ck_assert_uint_eq(fci_search_linear(&s, 0), first);
        ck_assert_uint_eq(fci_search_linear_back(&s, s.places), last);
    }
}
END_TEST

/* Tries place after place until something is to be changed; returns how many. */
static size_t tries_before(struct fci_search *search, size_t covered, enum fci_search_advice advice)
{
    for (size_t tries = 1; tries < 1000; tries++) {
        ck_assert(!fci_search_fits(search, tries));
        enum fci_search_advice got = fci_search_learn(search, covered + tries);
        if (got != FCI_SEARCH_GO_ON) {
            ck_assert_int_eq(got, advice);
            return tries;
        }
    }
    ck_abort_msg("guesses without end");
}

START_TEST(search_learns_from_tries_that_cost_too_much)
{
    static uint8_t hay[100000];
    uint8_t needle[100];
    memset(hay, 'a', sizeof hay), memset(needle, 'a', sizeof needle);
    needle[50] = 'b';
    struct fci_search s = fci_search_of(hay, sizeof hay, needle, sizeof needle, 1);
    size_t tries = tries_before(&s, 0, FCI_SEARCH_NEW_ANCHORS);
    ck_assert_uint_gt(tries, 2);
    /* The byte that was always wrong is looked for from now on. */
    ck_assert_uint_eq(s.anchors[0], 50);
    /* The more is behind it, the more may be spent. */
    ck_assert_uint_gt(tries_before(&s, s.since + 1000, FCI_SEARCH_NEW_ANCHORS), tries);
}
END_TEST

START_TEST(search_gives_up_when_nothing_helps)
{
    uint8_t hay[4000], needle[100];
    memset(hay, 'a', sizeof hay), memset(needle, 'a', sizeof needle);
    needle[50] = 'b';
    struct fci_search s = fci_search_of(hay, sizeof hay, needle, sizeof needle, 1);
    size_t lessons = 0;
    enum fci_search_advice advice = FCI_SEARCH_GO_ON;
    while (advice != FCI_SEARCH_GIVE_UP && lessons < 100) {
        ck_assert(!fci_search_fits(&s, 0));
        advice = fci_search_learn(&s, 0);
        lessons += advice == FCI_SEARCH_NEW_ANCHORS;
    }
    ck_assert_int_eq(advice, FCI_SEARCH_GIVE_UP);
    ck_assert_uint_gt(lessons, 0);
    ck_assert_uint_lt(lessons, 20);
}
END_TEST

START_TEST(anchors_are_what_is_rare_in_the_hay)
{
    uint8_t hay[4000], needle[] = "eeeexeeeyee";
    for (size_t i = 0; i < sizeof hay; i++) {
        hay[i] = i % 20 == 0 ? 'x' : 'e';
    }
    struct fci_search s = fci_search_of(hay, sizeof hay, needle, 11, 1);
    ck_assert_uint_eq(s.anchors[0], 8);
    ck_assert_uint_eq(s.anchors[1], 4);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/search");
    TCase *linear = tcase_create("linear");
    tcase_set_timeout(linear, 300);
    tcase_add_loop_test(linear, every_needle_is_found_in_every_hay, 1, 3);
    tcase_add_test(linear, fibonacci_words_are_found);
    tcase_add_test(linear, search_learns_from_tries_that_cost_too_much);
    tcase_add_test(linear, search_gives_up_when_nothing_helps);
    tcase_add_test(linear, anchors_are_what_is_rare_in_the_hay);
    suite_add_tcase(suite, linear);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
