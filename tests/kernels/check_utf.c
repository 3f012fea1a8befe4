/* SPDX-License-Identifier: MIT */

/* The UTF-8 and UTF-16 slots of every tier against the tables of the Unicode Standard: text of
 * every length with and without errors, in many rooms, at the ends of guarded pages; every lead
 * with every second byte; every code point. */

#include "base/common.h"

#include "text.h"
#include "tiers.h"

#define LENGTHS ((size_t)601)

static struct fct_guarded source, target;

static void setup(void)
{
    source = fct_guarded_make(4 * LENGTHS);
    target = fct_guarded_make(4 * LENGTHS);
}

static void teardown(void)
{
    fct_guarded_free(&source);
    fct_guarded_free(&target);
}

static const uint16_t usual[] = u"The quick brown \u00e9\u0444\u043e\u043a\u4e2d\u6587";
static const uint16_t odd[] = u"\0\x7f\x80\u07ff\u0800\ufffd\uffff\xd83d\xd800\xdbff\xde00\xdfff";
static const uint16_t ascii[] = u"abc";

/* What random text is made of: ASCII, with more now and then; many scripts; three bytes each. */
static const struct fct_pools pools[] = {
    { ascii, 3, ascii, 3 },
    { ascii, 3, odd, 12 },
    { usual, 22, odd, 12 },
    { usual + 19, 3, odd, 12 },
};

static uint8_t utf8[3 * LENGTHS];
static uint16_t units[3 * LENGTHS];

/* All that the slots say about `size` bytes of UTF-8. */
static void try_utf8(const struct fci_kernels *tier, const uint8_t *text, size_t size, size_t step)
{
    static uint16_t expected[3 * LENGTHS];
    size_t count = fct_units_of_utf8(expected, text, size), good = 0, used = 0;
    while (good < size && fct_utf8_first(text + good, size - good) > 0) {
        good += (size_t)fct_utf8_first(text + good, size - good);
    }
    for (size_t room = 0; room <= count + 1; room += step) {
        bool far = room % 2 != 0;
        const uint8_t *from = fct_place_copy(&source, text, size, far);
        uint16_t *to = fct_place(&target, 2 * room, true);
        size_t got = tier->utf8_to_utf16(to, room, from, size, &used);
        /* What was used is what makes these units, and only a pair may not have fitted. */
        bool whole =
            got == room || got == count || (got + 1 == room && (expected[got] & 0xfc00) == 0xd800);
        if (!whole || fct_units_of_utf8(units, text, used) != got ||
            !fct_is_exactly(to, expected, 2 * got, 2 * room, true) ||
            (got == count && used != size)) {
            ck_abort_msg("%zu bytes, room %zu: %zu of %zu", size, room, got, used);
        }
        if (tier->utf8_prefix(from, size) != good ||
            tier->utf16_length_of_utf8(from, size) != count) {
            ck_abort_msg("%zu bytes, %zu well formed", size, good);
        }
    }
    uint16_t *to = fct_place(&target, 2 * count, true);
    size_t got =
        tier->utf8_to_utf16(to, SIZE_MAX, fct_place_copy(&source, text, size, true), size, &used);
    ck_assert(got == count && used == size && memcmp(to, expected, 2 * count) == 0);
}

/* The size in UTF-8 of the first character of some text. */
static size_t first_size(const uint16_t *text, size_t count)
{
    uint8_t bytes[6];
    size_t size = fct_utf8_of_units(bytes, text, count < 2 ? count : 2);
    return size == 4 && bytes[0] >= 0xf0 ? 4 : fct_utf8_of_units(bytes, text, count < 1 ? 0 : 1);
}

/* The same for UTF-16. */
static void try_utf16(const struct fci_kernels *tier, const uint16_t *text, size_t count,
                      size_t step)
{
    static uint8_t expected[3 * LENGTHS], part[3 * LENGTHS];
    size_t size = fct_utf8_of_units(expected, text, count), used = 0;
    for (size_t room = 0; room <= size + 1; room += step) {
        const uint16_t *from = fct_place_copy(&source, text, 2 * count, room % 2 != 0);
        uint8_t *to = fct_place(&target, room, true);
        size_t got = tier->utf16_to_utf8(to, room, from, count, &used);
        bool more = used < count && got + first_size(text + used, count - used) <= room;
        if (got > room || more || fct_utf8_of_units(part, text, used) != got ||
            !fct_is_exactly(to, expected, got, room, true) || (got == size) != (used == count)) {
            ck_abort_msg("%zu units, room %zu: %zu of %zu", count, room, got, used);
        }
    }
    const uint16_t *from = fct_place_copy(&source, text, 2 * count, true);
    uint8_t *to = fct_place(&target, size, true);
    size_t got = tier->utf16_to_utf8(to, SIZE_MAX, from, count, &used);
    ck_assert(got == size && used == count && memcmp(to, expected, size) == 0);
    ck_assert_uint_eq(tier->utf8_length_of_utf16(from, count), size);
}

START_TEST(conversions_are_the_model_for_every_length)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_random random = { .state = 4 };
    (void)printf("seed 4\n");
    for (size_t count = 0; tier != NULL && count < LENGTHS;
         count += count < 100 ? 1 : fct_effort_step()) {
        for (size_t i = 0; i < 4; i++) {
            size_t step = count < 70 ? 1 : 31 + count / 4;
            fct_random_units(units, count, &pools[i], 12, &random);
            try_utf16(tier, units, count, step);
            size_t size = fct_utf8_of_units(utf8, units, count);
            try_utf8(tier, utf8, size, step);
            for (size_t errors = 0; errors < 1 + size / 100 && size > 0; errors++) {
                utf8[fct_random_below(&random, size)] ^=
                    (uint8_t)(1u << fct_random_below(&random, 8));
                try_utf8(tier, utf8, size, step);
            }
        }
    }
}
END_TEST

/* Every high byte and every next, then two that matter, at places that vectors see differently. */
START_TEST(utf8_is_the_model_for_all_leads_and_seconds)
{
    static const uint8_t matter[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
                                      0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xf0, 0xff };
    const struct fci_kernels *tier = fct_tier(_i);
    uint16_t expected[48], got[48];
    uint8_t text[48];
    size_t step = fct_effort_step() * 5 - 4;
    for (size_t i = 0x8000 * 14 * 14; tier != NULL && i < 0x10000 * 14 * 14; i += step) {
        size_t at = i % 37, used = 0;
        memset(text, 'x', sizeof text);
        text[at] = (uint8_t)(i / 14 / 14 / 256);
        text[at + 1] = (uint8_t)(i / 14 / 14);
        text[at + 2] = matter[i / 14 % 14];
        text[at + 3] = matter[i % 14];
        size_t size = at + 4 + i % 7;
        size_t count = fct_units_of_utf8(expected + at, text + at, size - at) + at;
        for (size_t k = 0; k < at; k++) {
            expected[k] = 'x';
        }
        if (tier->utf8_to_utf16(got, 48, text, size, &used) != count || used != size ||
            memcmp(got, expected, 2 * count) != 0 ||
            tier->utf16_length_of_utf8(text, size) != count) {
            ck_abort_msg("%02x %02x %02x %02x at %zu", text[at], text[at + 1], text[at + 2],
                         text[at + 3], at);
        }
    }
}
END_TEST

/* Bytes in a text of one kind of character, over more than three of the widest vectors. */
#define AROUND ((size_t)208)
static const char *const around[] = { "a", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80" };

/* The text, with `wrong` at the `at`th of its characters. */
static size_t make_wrong(uint8_t *text, const char *character, size_t at, const char *wrong)
{
    size_t size = 0, length = strlen(character);
    for (size_t i = 0; i < AROUND / length; i++) {
        if (i == at) {
            memcpy(text + size, wrong, strlen(wrong));
            size += strlen(wrong);
        }
        memcpy(text + size, character, length);
        size += length;
    }
    return size;
}

/* Everything that can be wrong, at every place among characters of each length. */
START_TEST(utf8_errors_are_found_at_every_place)
{
    static const char *const wrong[] = {
        "\x80",
        "\xbf\x80",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xc3",
        "\xe4\xb8",
        "\xe4",
        "\xf0\x9f\x98",
        "\xf0\x9f",
        "\xf0",
        "\xc3\xa9\xa9",
        "\xe4\xb8\xad\xad",
        "\xf0\x9f\x98\x80\x80",
    };
    const struct fci_kernels *tier = fct_tier(_i);
    uint8_t text[AROUND + 16];
    for (size_t i = 0; tier != NULL && i < sizeof wrong / sizeof *wrong; i++) {
        for (size_t kind = 0; kind < 4; kind++) {
            const char *character = around[kind];
            for (size_t at = 0; at < AROUND / strlen(character); at++) {
                size_t size = make_wrong(text, character, at, wrong[i]);
                try_utf8(tier, text, size, SIZE_MAX / 2);
            }
        }
    }
}
END_TEST

/* Each half of a pair, and two in the wrong order. */
START_TEST(lone_surrogates_are_found_at_every_place)
{
    static const uint16_t wrong[][2] = { { 0xd800, 0 }, { 0xdfff, 0 }, { 0xdc00, 0xdbff } };
    const struct fci_kernels *tier = fct_tier(_i);
    uint16_t text[AROUND + 2];
    uint8_t bytes[AROUND + 16];
    for (size_t i = 0; tier != NULL && i < 12; i++) {
        size_t more = wrong[i / 4][1] != 0 ? 2 : 1, length = strlen(around[i % 4]);
        for (size_t at = 0; at < AROUND / length; at++) {
            size_t size = make_wrong(bytes, around[i % 4], at, "");
            size_t before = fct_units_of_utf8(text, bytes, at * length);
            memcpy(text + before, wrong[i / 4], 2 * more);
            size_t behind = fct_units_of_utf8(text + before + more, bytes, size - at * length);
            try_utf16(tier, text, before + more + behind, SIZE_MAX / 2);
        }
    }
}
END_TEST

START_TEST(every_code_point_goes_both_ways)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (unsigned long code = 0; tier != NULL && code < 0x110000; code += fct_effort_step()) {
        uint16_t text[20], back[20];
        uint8_t bytes[40];
        size_t at = code % 17, count = 20, used = 0;
        for (size_t i = 0; i < count; i++) {
            text[i] = 'x';
        }
        text[at] = (uint16_t)(code < 0x10000 ? code : 0xd800 + (code - 0x10000) / 0x400);
        text[at + 1] = (uint16_t)(code < 0x10000 ? 'x' : 0xdc00 + code % 0x400);
        size_t size = tier->utf16_to_utf8(bytes, 40, text, count, &used);
        size_t units_back = tier->utf8_to_utf16(back, 20, bytes, size, &used);
        if (code / 0x800 == 0xd800 / 0x800) {
            text[at] = 0xfffd;
        }
        if (units_back != count || memcmp(back, text, sizeof text) != 0 ||
            tier->utf8_prefix(bytes, size) != size) {
            ck_abort_msg("U+%04lX", code);
        }
    }
}
END_TEST

#define LONG ((size_t)4300)

/* Around the few KiB that a tier may take at a time, at many alignments, with and without errors,
 * cut in the middle of characters: each slot is what the scalar tier makes of it. */
START_TEST(long_text_is_what_the_scalar_tier_makes_of_it)
{
    const struct fci_kernels *tier = fct_tier(_i);
    static uint8_t text[3 * LONG + 64], got8[9 * LONG], expected8[9 * LONG];
    static uint16_t made[LONG], got16[3 * LONG], expected16[3 * LONG];
    struct fct_random random = { .state = 6 };
    (void)printf("seed 6\n");
    for (size_t i = 0; tier != NULL && i < 800; i += fct_effort_step()) {
        uint8_t *from = text + i % 64;
        fct_random_units(made, LONG, &pools[i % 4], i % 3 == 0 ? SIZE_MAX : 200, &random);
        size_t size = fct_utf8_of_units(from, made, LONG), used[2], count[2];
        size = i % 2 != 0 ? size - fct_random_below(&random, 80) : 4040 + i % 112;
        for (size_t errors = i / 64 % 4; errors > 0; errors--) {
            from[fct_random_below(&random, size)] = (uint8_t)fct_random_next(&random);
        }
        size_t room = i % 5 == 0 ? fct_random_below(&random, size) : 3 * LONG;
        count[0] = tier->utf8_to_utf16(got16, room, from, size, &used[0]);
        count[1] = fci_kernels_scalar.utf8_to_utf16(expected16, room, from, size, &used[1]);
        if (tier->utf8_prefix(from, size) != fci_kernels_scalar.utf8_prefix(from, size) ||
            tier->utf16_length_of_utf8(from, size) !=
                fci_kernels_scalar.utf16_length_of_utf8(from, size) ||
            tier->utf8_length_of_utf16(made, size / 4) !=
                fci_kernels_scalar.utf8_length_of_utf16(made, size / 4) ||
            count[0] != count[1] || used[0] != used[1] ||
            memcmp(got16, expected16, 2 * count[0]) != 0) {
            ck_abort_msg("case %zu: %zu bytes, room %zu", i, size, room);
        }
        count[0] = tier->utf16_to_utf8(got8, room, expected16, count[1], &used[0]);
        count[1] =
            fci_kernels_scalar.utf16_to_utf8(expected8, room, expected16, count[1], &used[1]);
        if (count[0] != count[1] || used[0] != used[1] || memcmp(got8, expected8, count[0]) != 0) {
            ck_abort_msg("case %zu: back from %zu units, room %zu", i, used[1], room);
        }
        count[0] = tier->latin1_to_utf8(got8, from, size);
        count[1] = fci_kernels_scalar.latin1_to_utf8(expected8, from, size);
        if (count[0] != count[1] || memcmp(got8, expected8, count[0]) != 0) {
            ck_abort_msg("case %zu: %zu bytes of latin1", i, size);
        }
    }
}
END_TEST

/* More units than a tier adds up before a sum could run over: of three bytes each, or of two in
 * pairs that begin at either place. */
START_TEST(long_utf16_is_counted_in_full)
{
    enum { COUNT = 300001 };
    static uint16_t text[COUNT];
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t first = 0; tier != NULL && first < 3; first++) {
        for (size_t i = 0; i < COUNT; i++) {
            text[i] = first == 2 ? 0xffff : (i + first) % 2 == 0 ? 0xd83d : 0xde00;
        }
        /* One is left over: the first half of a pair at the end, or the second at the front. */
        size_t size = first == 2 ? (size_t)3 * COUNT : (size_t)COUNT / 2 * 4 + 3;
        ck_assert_uint_eq(tier->utf8_length_of_utf16(text, COUNT), size);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/utf");
    TCase *tiers = tcase_create("tiers");
    tcase_set_timeout(tiers, 600);
    tcase_add_checked_fixture(tiers, setup, teardown);
    tcase_add_loop_test(tiers, conversions_are_the_model_for_every_length, 0, fct_tiers());
    tcase_add_loop_test(tiers, utf8_is_the_model_for_all_leads_and_seconds, 0, fct_tiers());
    tcase_add_loop_test(tiers, utf8_errors_are_found_at_every_place, 0, fct_tiers());
    tcase_add_loop_test(tiers, lone_surrogates_are_found_at_every_place, 0, fct_tiers());
    tcase_add_loop_test(tiers, every_code_point_goes_both_ways, 0, fct_tiers());
    tcase_add_loop_test(tiers, long_text_is_what_the_scalar_tier_makes_of_it, 0, fct_tiers());
    tcase_add_loop_test(tiers, long_utf16_is_counted_in_full, 0, fct_tiers());
    suite_add_tcase(suite, tiers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
