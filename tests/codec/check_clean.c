/* SPDX-License-Identifier: MIT */

/* What of a text is clean, by the kernels of every tier, against a group at a time: one odd unit at
 * every place around the pieces that are taken at once, every room, lines of any length, in both
 * forms, decoded or only looked at. Text and bytes stand flush against inaccessible pages. */

#include "base/common.h"

#include "codec/clean.h"

#include "codec/unit.h"
#include "kernels/kernels.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* More than two pieces of either. */
#define LONGEST ((size_t)6400)

static struct fct_guarded pages, wide_pages, target;
static uint8_t *text;
static uint16_t *wide;

static void setup(void)
{
    pages = fct_guarded_make(LONGEST);
    wide_pages = fct_guarded_make(2 * LONGEST);
    target = fct_guarded_make(LONGEST);
    text = fct_guarded_end(&pages, LONGEST);
    wide = (uint16_t *)(void *)fct_guarded_end(&wide_pages, 2 * LONGEST);
}

static void teardown(void)
{
    fct_guarded_free(&pages);
    fct_guarded_free(&wide_pages);
    fct_guarded_free(&target);
}

struct kind {
    const char *characters; /* in the order of their values */
    enum fci_digits digits;
    size_t group, bytes;
    const char *odd; /* a '\0' is one, too */
};

static const struct kind kinds[] = {
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", FCI_DIGITS_BASE64, 4, 3,
      "-_=\n*[`{\x80\xff" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", FCI_DIGITS_BASE64URL, 4,
      3, "+/=\n*[`{\x80\xff" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", FCI_DIGITS_BASE64_LINES,
      4, 3, "-_=\r*[`{\x80\xff" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
      FCI_DIGITS_BASE64URL_LINES, 4, 3, "+/=\n*[`{\x80\xff" },
    { "0123456789abcdef", FCI_DIGITS_HEX, 2, 1, "gG/:@`\x80\xb1\xff" },
};
#define KINDS (sizeof kinds / sizeof kinds[0])

/* What there is, by characters. */
static struct fci_clean model(uint8_t *to, const struct kind *kind, size_t at, size_t count,
                              size_t room)
{
    struct fci_clean clean = { 0, 0 };
    bool lines = kind->digits >= FCI_DIGITS_BASE64_LINES;
    while (room - clean.bytes >= kind->bytes) {
        size_t i = at + clean.read, bits = 0;
        if (lines && count - i >= 2 && text[i] == '\r' && text[i + 1] == '\n') {
            i += 2;
        } else if (lines && count - i >= 1 && text[i] == '\n') {
            i += 1;
        }
        for (size_t end = i + kind->group; i < end; i++) {
            const char *digit =
                i < count && text[i] != '\0' ? strchr(kind->characters, text[i]) : NULL;
            if (digit == NULL) {
                return clean;
            }
            bits = bits * strlen(kind->characters) + (size_t)(digit - kind->characters);
        }
        for (size_t b = kind->bytes; b-- > 0; bits >>= 8) {
            to[clean.bytes + b] = (uint8_t)bits;
        }
        clean.bytes += kind->bytes;
        clean.read = i - at;
    }
    return clean;
}

/* The first `count` units from `at` on, into `room` bytes, in both forms. */
static void try_room(const struct kind *kind, size_t count, size_t at, size_t room)
{
    static uint8_t bytes[LONGEST];
    uint8_t *first = text + LONGEST - count;
    uint16_t *units = wide + LONGEST - count;
    room = room < LONGEST ? room : LONGEST;
    struct fci_clean expected = model(bytes, kind, first - text + at, LONGEST, room);
    const fc_text forms[] = { fc_text_utf8((const char *)first, count),
                              fc_text_utf16(units, count) };
    for (size_t i = 0; i < 4; i++) {
        uint8_t *to = i < 2 ? fct_guarded_end(&target, room) : NULL;
        struct fci_clean got = fci_clean_decode(to, room, &forms[i % 2], at, kind->digits);
        if (got.read != expected.read || got.bytes != expected.bytes ||
            (to != NULL && memcmp(to, bytes, got.bytes) != 0)) {
            ck_abort_msg("digits %d, form %zu, %zu units from %zu, room %zu: %zu, %zu",
                         kind->digits, i, count, at, room, got.read, got.bytes);
        }
    }
}

/* Every unit of the text in both forms. */
static void put(size_t at, uint8_t character)
{
    text[at] = character;
    wide[at] = character;
}

/* Clean text. */
static void fill(const struct kind *kind)
{
    struct fct_random random = { .state = 9 };
    size_t count = strlen(kind->characters);
    for (size_t i = 0; i < LONGEST; i++) {
        put(i, (uint8_t)kind->characters[fct_random_below(&random, count)]);
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
    if (!fct_can_run(kernels)) {
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
    for (size_t k = 0; use(_i) && k < KINDS; k++) {
        const struct kind *kind = &kinds[k];
        const char *odd = kind->odd;
        fill(kind);
        for (size_t bad = 0; bad < LONGEST; bad = next(bad)) {
            uint8_t before = text[bad];
            put(bad, (uint8_t)*odd);
            odd = *odd != '\0' ? odd + 1 : kind->odd;
            try_room(kind, LONGEST, 0, SIZE_MAX);
            try_room(kind, LONGEST, 3, LONGEST);
            try_room(kind, LONGEST, bad, SIZE_MAX);
            put(bad, before);
        }
    }
}
END_TEST

START_TEST(clean_ends_with_text_or_room)
{
    for (size_t k = 0; use(_i) && k < KINDS; k++) {
        fill(&kinds[k]);
        for (size_t count = 0; count <= LONGEST; count = next(count)) {
            try_room(&kinds[k], count, 0, SIZE_MAX);
            try_room(&kinds[k], count, count, SIZE_MAX);
            try_room(&kinds[k], LONGEST, 0, count);
            try_room(&kinds[k], LONGEST, LONGEST - count, count / 2);
        }
    }
}
END_TEST

/* Line ends after every `length` characters and a few more or less in some lines; and now and then
 * something that is none. */
static void break_lines(struct fct_random *random, size_t length, bool both, size_t odd)
{
    size_t at = fct_random_below(random, length) / 4 * 4;
    while (at + 2 < LONGEST) {
        if (both) {
            put(at++, '\r');
        }
        put(at++, '\n');
        at += length;
        if (fct_random_below(random, 50) == 0) {
            at += 4 * fct_random_below(random, 3);
        }
        if (at < LONGEST && fct_random_below(random, odd) == 0) {
            put(at - 1, (uint8_t) "\n\r =*\xff"[fct_random_below(random, 6)]);
        }
    }
}

START_TEST(lines_of_any_length_are_clean)
{
    struct fct_random random = { .state = 12 };
    size_t step = fct_effort_step();
    for (size_t length = 1; use(_i) && length < 300; length += length % 4 == 0 ? 3 * step : 1) {
        for (size_t k = 0; k < 8; k++) {
            const struct kind *kind = &kinds[k % 5];
            fill(kind);
            break_lines(&random, length, k % 2 != 0, k < 4 ? SIZE_MAX : 40);
            try_room(kind, LONGEST, 0, SIZE_MAX);
            try_room(kind, LONGEST, length + 1, fct_random_below(&random, LONGEST));
            try_room(kind, LONGEST / 2 + length, 0, SIZE_MAX);
        }
    }
}
END_TEST

START_TEST(nothing_is_clean_where_nothing_is)
{
    for (size_t k = 0; k < KINDS; k++) {
        const fc_text empty = fc_text_utf8(NULL, 0);
        fill(&kinds[k]);
        ck_assert_uint_eq(fci_clean_decode(NULL, SIZE_MAX, &empty, 0, kinds[k].digits).read, 0);
        try_room(&kinds[k], 40, 0, 0);
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
    tcase_add_loop_test(all, clean_ends_with_text_or_room, 0, tiers());
    tcase_add_loop_test(all, lines_of_any_length_are_clean, 0, tiers());
    tcase_add_test(all, nothing_is_clean_where_nothing_is);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
