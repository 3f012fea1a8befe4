/* SPDX-License-Identifier: MIT */

/* The base64 slots of every tier against a group at a time, at the ends of guarded pages. */

#include "base/common.h"

#include "kernels/base64.h"

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

#define GROUPS ((size_t)200)

static const char *const alphabets[] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

static uint8_t bytes[3 * GROUPS], text[4 * GROUPS];

/* Random bytes, zeroes from `length` on, and their text: from the lowest six bits of each group to
 * the highest. */
static void fill(uint64_t seed, const char *alphabet, size_t length)
{
    struct fct_random random = { .state = seed };
    for (size_t g = 0; g < GROUPS; g++) {
        unsigned long group = 0;
        for (size_t i = 0; i < 3; i++) {
            uint8_t byte = (uint8_t)fct_random_next(&random);
            bytes[3 * g + i] = 3 * g + i < length ? byte : 0;
            group = group * 256 + bytes[3 * g + i];
        }
        for (size_t i = 4; i-- > 0; group /= 64) {
            text[4 * g + i] = (uint8_t)alphabet[group % 64];
        }
    }
}

START_TEST(base64_encode_uses_the_alphabet)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t length = 0; tier != NULL && length <= 3 * GROUPS; length++) {
        bool url = length % 2 != 0;
        size_t count = (8 * length + 5) / 6;
        fill(length, alphabets[url], length);
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = fct_other_place(p);
            uint8_t *to = fct_place(&target, count, q);
            const uint8_t *from = fct_place_copy(&source, bytes, length, p);
            size_t got = tier->base64_encode(to, from, length, url);
            if (got != count || !fct_is_exactly(to, text, count, count, q)) {
                ck_abort_msg("length %zu, place %u: %zu", length, p, got);
            }
        }
    }
}
END_TEST

START_TEST(base64_decode_takes_either_alphabet)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t groups = 0; tier != NULL && groups <= GROUPS; groups++) {
        unsigned alphabet = 1 + groups / 2 % 2;
        fill(groups, alphabets[alphabet - 1], 3 * GROUPS);
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = fct_other_place(p), which = groups % 2 == 0 ? alphabet : FCI_BASE64_EITHER;
            uint8_t *to = fct_place(&target, 3 * groups, q);
            const uint8_t *from = fct_place_copy(&source, text, 4 * groups, p);
            size_t got = tier->base64_decode(to, from, groups, which);
            if (got != groups || !fct_is_exactly(to, bytes, 3 * groups, 3 * groups, q)) {
                ck_abort_msg("%zu groups, place %u: %zu", groups, p, got);
            }
        }
    }
}
END_TEST

static bool is_in(unsigned value, unsigned alphabet)
{
    return value != 0 && strchr(alphabets[alphabet - 1], (int)value) != NULL;
}

/* Whether a character is of the alphabet, or of either. */
static bool is_good(unsigned value, unsigned alphabet)
{
    if (alphabet != FCI_BASE64_EITHER) {
        return is_in(value, alphabet);
    }
    return is_in(value, FCI_BASE64_STANDARD) || is_in(value, FCI_BASE64_URL);
}

static void try_bad(const struct fci_kernels *tier, size_t at, unsigned value, unsigned alphabet)
{
    const size_t groups = 37;
    size_t good = is_good(value, alphabet) ? groups : at / 4, rest = 3 * (groups - good);
    uint8_t *from = fct_place_copy(&source, text, 4 * groups, FCT_FAR);
    from[at] = (uint8_t)value;
    uint8_t *to = fct_place(&target, 3 * groups, FCT_FAR);
    size_t got = tier->base64_decode(to, from, groups, alphabet);
    if (got != good || !fct_is_exactly(to, bytes, at / 4 * 3, at / 4 * 3, FCT_FAR) ||
        !fct_is_exactly(to + 3 * good, bytes, 0, rest, FCT_FAR)) {
        ck_abort_msg("%02x at %zu, alphabet %u: %zu", value, at, alphabet, got);
    }
}

/* Letters and digits, and then every character at every place of a few vectors: '=' and what is of
 * another alphabet end it, and nothing is stored for that group or behind it. */
START_TEST(base64_decode_stops_at_the_first_bad_group)
{
    const struct fci_kernels *tier = fct_tier(_i);
    static const char common[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789zz";
    fill(3, common, 3 * GROUPS);
    for (size_t i = 0; i < 3 * GROUPS; i += 3) {
        /* What the text stands for: no field is 62 or 63. */
        (void)fci_kernels_scalar.base64_decode(bytes + i, text + i / 3 * 4, 1, FCI_BASE64_EITHER);
    }
    for (size_t at = 0; tier != NULL && at < 148; at++) {
        for (unsigned value = 0; value < 256; value++) {
            try_bad(tier, at, value, (unsigned)(at + value / 16) % 3);
        }
        for (const char *odd = "+/-_=\xad"; *odd != '\0'; odd++) {
            for (unsigned alphabet = 0; alphabet < 3; alphabet++) {
                try_bad(tier, at, (uint8_t)*odd, alphabet);
            }
        }
    }
}
END_TEST

/* `lines` lines of `groups` groups, with their line ends before them; returns their length. */
static size_t make_lines(uint8_t *to, size_t lines, size_t groups, size_t end)
{
    size_t length = 0;
    for (size_t i = 0; i < lines; i++) {
        if (end == 2) {
            to[length++] = '\r';
        }
        to[length++] = '\n';
        memcpy(to + length, text + 4 * groups * i, 4 * groups);
        length += 4 * groups;
    }
    return length;
}

/* Of as many lines as have room the one with the odd character at `bad` ends it. */
static void try_lines(const struct fci_kernels *tier, size_t groups, size_t end, size_t bad,
                      unsigned alphabet)
{
    static uint8_t made[5 * GROUPS];
    size_t lines = GROUPS / groups < 5 ? GROUPS / groups : 5, room = 3 * groups * lines;
    size_t length = make_lines(made, lines, groups, end), size = length / lines;
    size_t good = bad < length ? bad / size : lines;
    uint8_t *from = fct_place_copy(&source, made, length, FCT_FAR);
    uint8_t *to = fct_place(&target, room, FCT_FAR);
    if (bad < length) {
        from[bad] =
            (uint8_t) "\n=*\xff\r "[bad % 6] != from[bad] ? (uint8_t) "\n=*\xff\r "[bad % 6] : '.';
    }
    size_t got = tier->base64_decode_lines(to, from, lines, groups, end, alphabet);
    /* Some of the bad line may be decoded, and nothing behind it is touched. */
    size_t touched = good < lines ? 3 * groups * (good + 1) : room;
    if (got != good || memcmp(to, bytes, 3 * groups * good) != 0 ||
        !fct_is_exactly(to + touched, bytes, 0, room - touched, FCT_FAR)) {
        ck_abort_msg("%zu groups, end %zu, odd %zu, alphabet %u: %zu", groups, end, bad, alphabet,
                     got);
    }
}

/* One odd character at every place, line ends included, or none. */
START_TEST(base64_decode_lines_stops_at_the_first_bad_line)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t groups = 1; tier != NULL && groups <= 100; groups += 1 + groups / 40 * 7) {
        unsigned alphabet = (unsigned)groups % 3;
        fill(groups, alphabets[alphabet == FCI_BASE64_URL], 3 * GROUPS);
        for (size_t end = 1; end <= 2; end++) {
            size_t most = 5 * (end + 4 * groups);
            for (size_t bad = 0; bad <= most; bad += 1 + (groups > 20) * fct_effort_step()) {
                try_lines(tier, groups, end, bad, alphabet);
            }
        }
    }
}
END_TEST

/* A character at a time. */
static size_t compact(uint8_t *to, const uint8_t *from, size_t length, size_t *used)
{
    size_t kept = 0;
    for (*used = 0; *used < length && from[*used] != '=' && from[*used] < 128; ++*used) {
        if (is_good(from[*used], FCI_BASE64_EITHER)) {
            to[kept++] = from[*used];
        }
    }
    return kept;
}

/* One character in `rare` is of neither alphabet, and one in `last` is what ends it, or nothing. */
static void mix(struct fct_random *random, size_t length, size_t rare, size_t last)
{
    for (size_t i = 0; i < length; i++) {
        text[i] = (uint8_t)alphabets[i % 2][fct_random_below(random, 64)];
        if (fct_random_below(random, rare) == 0) {
            text[i] = (uint8_t) "\r\n\t *,.:@[`{^~\x7f"[fct_random_below(random, 16)];
        }
        if (fct_random_below(random, last) == 0) {
            text[i] = (uint8_t) "=\x80\xad\xff"[fct_random_below(random, 4)];
        }
    }
}

static void try_compact(const struct fci_kernels *tier, size_t length, unsigned place)
{
    static uint8_t expected[4 * GROUPS];
    unsigned other = fct_other_place(place);
    size_t used, read = SIZE_MAX, kept = compact(expected, text, length, &used);
    uint8_t *to = fct_place(&target, length, other);
    size_t got =
        tier->base64_compact(to, fct_place_copy(&source, text, length, place), length, &read);
    /* All of `to` may be written, and nothing behind it. */
    if (got != kept || read != used || memcmp(to, expected, kept) != 0 ||
        !fct_is_exactly(to + length, expected, 0, 0, other)) {
        ck_abort_msg("length %zu, place %u: %zu of %zu", length, place, got, read);
    }
}

START_TEST(base64_compact_keeps_both_alphabets)
{
    static const size_t rare[] = { 1, 2, 20, 77, SIZE_MAX }, last[] = { SIZE_MAX, 30, 300 };
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_random random = { .state = 5 };
    for (size_t length = 0; tier != NULL && length <= 600; length++) {
        for (size_t i = 0; i < 15; i++) {
            mix(&random, length, rare[i % 5], last[i / 5]);
            for (unsigned p = (unsigned)i % 2; p < FCT_PLACES; p += 1 + (unsigned)i) {
                try_compact(tier, length, p);
            }
        }
    }
}
END_TEST

/* Every character at every place of a few vectors. */
START_TEST(base64_compact_knows_each_character)
{
    const struct fci_kernels *tier = fct_tier(_i);
    const size_t length = 150;
    fill(4, alphabets[1], 3 * GROUPS);
    for (size_t at = 0; tier != NULL && at < length; at++) {
        uint8_t before = text[at];
        for (unsigned value = 0; value < 256; value++) {
            text[at] = (uint8_t)value;
            try_compact(tier, length, FCT_FAR);
        }
        text[at] = before;
    }
}
END_TEST

/* The tables that go with the slots. */
START_TEST(base64_values_are_places_in_the_alphabets)
{
    for (unsigned value = 0; value < 256; value++) {
        for (unsigned alphabet = 0; alphabet < 3; alphabet++) {
            unsigned place = fci_base64_values[alphabet][value];
            ck_assert_int_eq(place != FCI_BASE64_NONE, is_good(value, alphabet));
            if (place != FCI_BASE64_NONE) {
                ck_assert_uint_lt(place, 64);
                ck_assert((unsigned)alphabets[0][place] == value ||
                          (unsigned)alphabets[1][place] == value);
            }
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/base64");
    TCase *tiers = tcase_create("tiers");
    tcase_set_timeout(tiers, 600);
    tcase_add_checked_fixture(tiers, setup, teardown);
    tcase_add_loop_test(tiers, base64_encode_uses_the_alphabet, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_decode_takes_either_alphabet, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_decode_stops_at_the_first_bad_group, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_decode_lines_stops_at_the_first_bad_line, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_compact_keeps_both_alphabets, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_compact_knows_each_character, 0, fct_tiers());
    tcase_add_test(tiers, base64_values_are_places_in_the_alphabets);
    suite_add_tcase(suite, tiers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
