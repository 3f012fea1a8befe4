/* SPDX-License-Identifier: MIT */

/* The comparing and searching slots of every tier, against loops that try each place. Ranges stand
 * flush against inaccessible pages, with bytes on the other side that would be a find if they
 * counted. Needles and hays are random over few letters, periodic, or made so that a search that
 * starts again at each place would not end before the test's time does. */

#include "base/common.h"

#include "kernels/kernels.h"

#include "tiers.h"

#include <stdlib.h>

#define SIZES ((size_t)600)
#define ALIGNMENTS ((size_t)64)

/* At other alignments than at the ends of pages a few places of each length are enough. */
static size_t few(size_t length)
{
    return length / 3 + 1;
}

/* ---- one byte -------------------------------------------------------------------------------- */

/* Equal but for the byte at every `step`th place, and for all that lies around. */
static void try_mismatch(const struct fci_kernels *tier, uint8_t *a, uint8_t *b, size_t length,
                         size_t step)
{
    for (size_t i = 0; i < length; i++) {
        a[i] = b[i] = (uint8_t)(i * 37);
    }
    if (tier->mismatch(a, b, length) != length) {
        ck_abort_msg("length %zu: equal ranges differ", length);
    }
    for (size_t place = 0; place < length; place += step) {
        b[place] ^= (uint8_t)(1u << place % 8);
        size_t found = tier->mismatch(a, b, length);
        if (found != place) {
            ck_abort_msg("length %zu: %zu instead of %zu", length, found, place);
        }
        b[place] = a[place];
        /* One more behind it makes no difference. */
        b[length - 1] = (uint8_t)~a[length - 1];
        found = tier->mismatch(b, a, length);
        if (found != length - 1) {
            ck_abort_msg("length %zu: %zu instead of the last", length, found);
        }
        b[length - 1] = a[length - 1];
    }
}

START_TEST(mismatch_is_the_first_that_differs)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_guarded left = fct_guarded_make(SIZES), right = fct_guarded_make(SIZES);
    for (size_t length = 0; tier != NULL && length <= SIZES; length++) {
        memset(left.bytes, 1, left.length), memset(right.bytes, 2, right.length);
        uint8_t *left_end = fct_guarded_end(&left, length);
        uint8_t *right_end = fct_guarded_end(&right, length);
        try_mismatch(tier, left.bytes, right.bytes, length, 1);
        try_mismatch(tier, left.bytes, right_end, length, 1);
        try_mismatch(tier, left_end, right.bytes, length, 1);
        try_mismatch(tier, left_end, right_end, length, 1);
        for (size_t at = 0; at < ALIGNMENTS; at += fct_effort_step()) {
            memset(left.bytes, 1, SIZES + 3 * ALIGNMENTS);
            memset(right.bytes, 2, SIZES + 3 * ALIGNMENTS);
            try_mismatch(tier, left.bytes + ALIGNMENTS + at,
                         right.bytes + ALIGNMENTS + (at * 7 + length) % ALIGNMENTS, length,
                         few(length));
        }
    }
    fct_guarded_free(&left), fct_guarded_free(&right);
}
END_TEST

/* Bytes that a trick with carries could take for `value`. */
static uint8_t other_than(uint8_t value, size_t i)
{
    static const uint8_t steps[] = { 1, 255, 128, 2, 127, 129 };
    return (uint8_t)(value + steps[i % sizeof steps]);
}

static void try_find_byte(const struct fci_kernels *tier, uint8_t *hay, size_t length,
                          uint8_t value, size_t step)
{
    for (size_t i = 0; i < length; i++) {
        hay[i] = other_than(value, i);
    }
    if (tier->find_byte(hay, length, value) != length ||
        tier->find_byte_back(hay, length, value) != length) {
        ck_abort_msg("length %zu, value %u: found where there is none", length, value);
    }
    for (size_t first = 0; first < length; first += step) {
        size_t last = first + (first * 7 + length) % (length - first);
        hay[first] = hay[last] = value;
        size_t found = tier->find_byte(hay, length, value);
        size_t found_back = tier->find_byte_back(hay, length, value);
        if (found != first || found_back != last) {
            ck_abort_msg("length %zu, value %u at %zu and %zu: %zu, %zu", length, value, first,
                         last, found, found_back);
        }
        hay[first] = other_than(value, first), hay[last] = other_than(value, last);
    }
}

START_TEST(byte_is_found_from_either_end)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_guarded area = fct_guarded_make(SIZES);
    for (size_t length = 0; tier != NULL && length <= SIZES; length++) {
        uint8_t value = (uint8_t)(length * 11);
        memset(area.bytes, value, area.length);
        try_find_byte(tier, area.bytes, length, value, 1);
        memset(area.bytes, value, area.length);
        try_find_byte(tier, fct_guarded_end(&area, length), length, value, 1);
        for (size_t at = 0; at < ALIGNMENTS; at += fct_effort_step()) {
            memset(area.bytes, value, SIZES + 3 * ALIGNMENTS);
            try_find_byte(tier, area.bytes + ALIGNMENTS + at, length, value, few(length));
        }
    }
    for (unsigned value = 0; tier != NULL && value < 256; value++) {
        try_find_byte(tier, fct_guarded_end(&area, 67), 67, (uint8_t)value, 1);
    }
    fct_guarded_free(&area);
}
END_TEST

/* ---- several bytes --------------------------------------------------------------------------- */

struct search {
    uint8_t *hay;
    size_t length;
    uint8_t *needle;
    size_t needle_length, unit;
};

static size_t model_find(const struct search *s)
{
    for (size_t at = 0; at + s->needle_length <= s->length; at += s->unit) {
        if (memcmp(s->hay + at, s->needle, s->needle_length) == 0) {
            return at;
        }
    }
    return s->length;
}

static size_t model_find_back(const struct search *s)
{
    size_t found = s->length;
    for (size_t at = 0; at + s->needle_length <= s->length; at += s->unit) {
        found = memcmp(s->hay + at, s->needle, s->needle_length) == 0 ? at : found;
    }
    return found;
}

static void try_search(const struct fci_kernels *tier, const struct search *s, size_t first,
                       size_t last)
{
    size_t found = tier->find_bytes(s->hay, s->length, s->needle, s->needle_length, s->unit);
    size_t found_back =
        tier->find_bytes_back(s->hay, s->length, s->needle, s->needle_length, s->unit);
    if (found != first || found_back != last) {
        ck_abort_msg("hay %zu, needle %zu, unit %zu: %zu, %zu instead of %zu, %zu", s->length,
                     s->needle_length, s->unit, found, found_back, first, last);
    }
}

static void randomize(struct fct_random *random, uint8_t *bytes, size_t length, size_t letters)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)fct_random_below(random, letters);
    }
}

START_TEST(bytes_are_found_where_trying_each_place_finds_them)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_guarded hay = fct_guarded_make(SIZES), needle = fct_guarded_make(SIZES);
    struct fct_random random = { .state = 3 };
    for (size_t i = 0; tier != NULL && i < 40000 / fct_effort_step(); i++) {
        struct search s = { .unit = 1 + i % 2 };
        size_t letters = 1 + fct_random_below(&random, 4);
        s.length = fct_random_below(&random, SIZES / (i % 8 == 0 ? s.unit : 4)) * s.unit;
        s.needle_length = 2 + fct_random_below(&random, i % 8 == 0 ? 60 : 6) * s.unit;
        s.hay = i % 4 < 2 ? hay.bytes : fct_guarded_end(&hay, s.length);
        s.needle = fct_guarded_end(&needle, s.needle_length);
        randomize(&random, s.needle, s.needle_length, letters);
        /* What follows or goes before the hay would complete the needle. */
        uint8_t *all = i % 4 < 2 ? hay.bytes : fct_guarded_end(&hay, s.length + 64);
        randomize(&random, all, s.length + 64, letters);
        if (i % 8 == 0 && s.needle_length <= s.length) {
            size_t at = fct_random_below(&random, s.length - s.needle_length + 1);
            memcpy(s.hay + at, s.needle, s.needle_length);
        }
        try_search(tier, &s, model_find(&s), model_find_back(&s));
    }
    fct_guarded_free(&hay), fct_guarded_free(&needle);
}
END_TEST

/* A needle of every length to 14, and longer ones, put at every `step`th place of the hay. */
static void try_needles(const struct fci_kernels *tier, uint8_t *hay, size_t length, size_t step)
{
    static uint8_t needle[] = "first and last, and a longer one: a vector of bytes and more of it";
    struct search s = { hay, length, needle, 2, 1 };
    memset(hay, 'x', length);
    while (s.needle_length < sizeof needle) {
        try_search(tier, &s, length, length);
        for (size_t at = 0; at + s.needle_length <= length; at += step) {
            memcpy(s.hay + at, needle, s.needle_length);
            try_search(tier, &s, at, at);
            memset(s.hay + at, 'x', s.needle_length);
        }
        s.needle_length += s.needle_length < 14 ? 1 : 13;
    }
}

START_TEST(needle_is_found_at_every_place)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_guarded area = fct_guarded_make(SIZES);
    for (size_t length = 2; tier != NULL && length <= SIZES; length++) {
        size_t step = length < 150 / fct_effort_step() ? 1 : length / 20 + 1;
        try_needles(tier, area.bytes, length, step);
        try_needles(tier, fct_guarded_end(&area, length), length, step);
        for (size_t at = 0; at < ALIGNMENTS; at += fct_effort_step()) {
            try_needles(tier, area.bytes + at, length, few(length));
        }
    }
    fct_guarded_free(&area);
}
END_TEST

/* ---- hard searches --------------------------------------------------------------------------- */

#define LONG ((size_t)1 << 20)

/* A long run of one unit with a needle that is such a run but for one place: it nearly matches
 * everywhere. Found once, where it was put, or nowhere. Comparing anew at each place would take
 * 2^38 steps. */
static void try_run(const struct fci_kernels *tier, uint8_t *hay, size_t unit, size_t odd_one)
{
    size_t needle_length = LONG / 2, at = LONG / 4;
    uint8_t *needle = malloc(needle_length);
    ck_assert_ptr_nonnull(needle);
    memset(hay, 'a', LONG), memset(needle, 'a', needle_length);
    needle[odd_one] = 'b';
    struct search s = { hay, LONG, needle, needle_length, unit };
    try_search(tier, &s, LONG, LONG);
    hay[at + odd_one] = 'b';
    try_search(tier, &s, at, at);
    /* At an odd place it is found by bytes only. */
    memmove(hay + 1, hay, LONG - 1);
    try_search(tier, &s, unit == 1 ? at + 1 : LONG, unit == 1 ? at + 1 : LONG);
    free(needle);
}

START_TEST(needle_that_nearly_matches_everywhere_takes_linear_time)
{
    const struct fci_kernels *tier = fct_tier(_i);
    uint8_t *hay = malloc(LONG);
    ck_assert_ptr_nonnull(hay);
    for (size_t unit = 1; tier != NULL && unit <= 2; unit++) {
        try_run(tier, hay, unit, 0);
        try_run(tier, hay, unit, 1);
        try_run(tier, hay, unit, LONG / 4);
        try_run(tier, hay, unit, LONG / 2 - 2);
        try_run(tier, hay, unit, LONG / 2 - 1);
    }
    free(hay);
}
END_TEST

/* Periods of every length to 40, and a needle that breaks the rhythm once, in its middle. */
START_TEST(periodic_needle_takes_linear_time)
{
    const struct fci_kernels *tier = fct_tier(_i);
    size_t length = LONG / 4, needle_length = length / 4;
    uint8_t *hay = malloc(length), *needle = malloc(needle_length);
    struct fct_random random = { .state = 4 };
    ck_assert(hay != NULL && needle != NULL);
    for (size_t letters = 1; tier != NULL && letters <= 40; letters += fct_effort_step()) {
        struct search s = { hay, length, needle, needle_length, 1 + letters % 2 };
        size_t period = letters * s.unit;
        randomize(&random, hay, period, 2);
        hay[0] = 'x'; /* no shorter period */
        for (size_t i = period; i < length; i++) {
            hay[i] = hay[i - period];
        }
        memcpy(needle, hay, needle_length);
        /* Here at once, and last where a period begins. */
        try_search(tier, &s, 0, (length - needle_length) / period * period);
        needle[needle_length / 2] ^= 0x80;
        try_search(tier, &s, length, length);
    }
    free(hay), free(needle);
}
END_TEST

/* Neither rare bytes nor periods help to tell the places of a Fibonacci word apart. */
START_TEST(fibonacci_word_is_searched)
{
    const struct fci_kernels *tier = fct_tier(_i);
    size_t length = 2, before = 1;
    uint8_t *hay = malloc(LONG / 16), *needle = malloc(LONG / 16);
    ck_assert(hay != NULL && needle != NULL);
    memcpy(hay, "ab", 2);
    for (size_t longer = 3; longer <= LONG / 16; longer = length + before) {
        memcpy(hay + length, hay, before);
        before = length;
        length = longer;
    }
    for (size_t needle_length = 20; tier != NULL && needle_length < length; needle_length *= 5) {
        struct search s = { hay, length, needle, needle_length, 1 };
        memcpy(needle, hay + length - needle_length, needle_length);
        try_search(tier, &s, model_find(&s), length - needle_length);
        memcpy(needle, hay, needle_length);
        try_search(tier, &s, 0, model_find_back(&s));
        needle[needle_length / 2] = 'c';
        try_search(tier, &s, length, length);
        needle[needle_length / 2] = (uint8_t)(hay[needle_length / 2] ^ 'a' ^ 'b');
        try_search(tier, &s, model_find(&s), model_find_back(&s));
    }
    free(hay), free(needle);
}
END_TEST

/* A byte that is rare in the sample of the hay, and everywhere behind it. */
START_TEST(rareness_that_does_not_last_misses_nothing)
{
    const struct fci_kernels *tier = fct_tier(_i);
    size_t length = LONG / 16;
    uint8_t *hay = malloc(length);
    static uint8_t needle[] = "aaaaxaaaaaya";
    ck_assert_ptr_nonnull(hay);
    for (size_t i = 0; i < length; i++) {
        hay[i] = i < 1000 || i > length - 1000 ? 'a' : "xyax"[i % 4];
    }
    struct search s = { hay, length, needle, 12, 1 };
    for (size_t i = 0; tier != NULL && i < 3; i++) {
        try_search(tier, &s, model_find(&s), model_find_back(&s));
        memcpy(hay + length / (i + 2), needle, 12);
    }
    free(hay);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/find");
    TCase *searches = tcase_create("searches");
    tcase_set_timeout(searches, 120);
    tcase_add_loop_test(searches, mismatch_is_the_first_that_differs, 0, fct_tiers());
    tcase_add_loop_test(searches, byte_is_found_from_either_end, 0, fct_tiers());
    tcase_add_loop_test(searches, bytes_are_found_where_trying_each_place_finds_them, 0,
                        fct_tiers());
    tcase_add_loop_test(searches, needle_is_found_at_every_place, 0, fct_tiers());
    tcase_add_loop_test(searches, needle_that_nearly_matches_everywhere_takes_linear_time, 0,
                        fct_tiers());
    tcase_add_loop_test(searches, periodic_needle_takes_linear_time, 0, fct_tiers());
    tcase_add_loop_test(searches, fibonacci_word_is_searched, 0, fct_tiers());
    tcase_add_loop_test(searches, rareness_that_does_not_last_misses_nothing, 0, fct_tiers());
    suite_add_tcase(suite, searches);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
