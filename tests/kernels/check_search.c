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

START_TEST(search_tires_of_guesses_that_cost_more_than_they_cover)
{
    uint8_t hay[4000], needle[100];
    memset(hay, 'a', sizeof hay), memset(needle, 'a', sizeof needle);
    needle[50] = 'b';
    struct fci_search s = fci_search_of(hay, sizeof hay, needle, sizeof needle, 1);
    ck_assert(!fci_search_is_tired(&s, 0));
    size_t place = 0;
    for (; place < s.places && !fci_search_is_tired(&s, place); place++) {
        ck_assert(!fci_search_fits(&s, place));
    }
    ck_assert_uint_gt(place, 5);
    ck_assert_uint_lt(place, 100);
    /* The more is behind it, the more may be spent. */
    ck_assert(!fci_search_is_tired(&s, 100000));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/search");
    TCase *linear = tcase_create("linear");
    tcase_set_timeout(linear, 300);
    tcase_add_loop_test(linear, every_needle_is_found_in_every_hay, 1, 3);
    tcase_add_test(linear, fibonacci_words_are_found);
    tcase_add_test(linear, search_tires_of_guesses_that_cost_more_than_they_cover);
    suite_add_tcase(suite, linear);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
