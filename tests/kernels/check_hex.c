/* SPDX-License-Identifier: MIT */

/* The hex slots of every tier against two digits at a time, at the ends of guarded pages. */

#include "base/common.h"

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

static uint8_t bytes[LENGTHS];

static void fill_bytes(uint64_t seed)
{
    struct fct_random random = { .state = seed };
    for (size_t i = 0; i < LENGTHS; i++) {
        bytes[i] = (uint8_t)fct_random_next(&random);
    }
}

static uint8_t text[2 * LENGTHS];

/* Fills `bytes` with random ones, and `text` with their digits, the letters in `letters`' case. */
static void fill(uint64_t seed, const char *digits)
{
    fill_bytes(seed);
    for (size_t i = 0; i < LENGTHS; i++) {
        text[2 * i] = (uint8_t)digits[bytes[i] / 16];
        text[2 * i + 1] = (uint8_t)digits[bytes[i] % 16];
    }
}

START_TEST(hex_encode_gives_lower_case_digits)
{
    const struct fci_kernels *tier = fct_tier(_i);
    fill(1, "0123456789abcdef");
    for (size_t length = 0; tier != NULL && length < LENGTHS; length++) {
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = fct_other_place(p);
            uint8_t *to = fct_place(&target, 2 * length, q);
            tier->hex_encode(to, fct_place_copy(&source, bytes, length, p), length);
            if (!fct_is_exactly(to, text, 2 * length, 2 * length, q)) {
                ck_abort_msg("length %zu, place %u", length, p);
            }
        }
    }
}
END_TEST

START_TEST(hex_encode_gives_each_byte_anywhere)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (unsigned value = 0; tier != NULL && value < 256; value++) {
        uint8_t same[70], got[140], expected[141];
        memset(same, (int)value, sizeof same);
        for (size_t i = 0; i < 70; i++) {
            (void)snprintf((char *)expected + 2 * i, 3, "%02x", value);
        }
        tier->hex_encode(got, same, 70);
        ck_assert_mem_eq(got, expected, 140);
    }
}
END_TEST

START_TEST(hex_decode_takes_digits_in_either_case)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t pairs = 0; tier != NULL && pairs < LENGTHS; pairs++) {
        fill(pairs, pairs % 2 != 0 ? "0123456789abcdef" : "0123456789ABCDEF");
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = fct_other_place(p);
            uint8_t *to = fct_place(&target, pairs, q);
            size_t got = tier->hex_decode(to, fct_place_copy(&source, text, 2 * pairs, p), pairs);
            if (got != pairs || !fct_is_exactly(to, bytes, pairs, pairs, q)) {
                ck_abort_msg("%zu pairs, place %u: %zu", pairs, p, got);
            }
        }
    }
}
END_TEST

/* Every character at every place of a few vectors: what is no digit ends it, and nothing is stored
 * for that pair or behind it. */
START_TEST(hex_decode_stops_at_the_first_bad_pair)
{
    const struct fci_kernels *tier = fct_tier(_i);
    const size_t pairs = 75;
    fill(3, "0123456789abcdef");
    for (size_t at = 0; tier != NULL && at < 2 * pairs; at++) {
        for (unsigned value = 0; value < 256; value++) {
            bool digit = value != 0 && strchr("0123456789abcdefABCDEF", (int)value) != NULL;
            size_t good = digit ? pairs : at / 2;
            uint8_t *from = fct_place_copy(&source, text, 2 * pairs, true);
            from[at] = (uint8_t)value;
            uint8_t *to = fct_place(&target, pairs, true);
            size_t got = tier->hex_decode(to, from, pairs);
            bool same = fct_is_exactly(to, bytes, at / 2, at / 2, true);
            if (got != good || !same || !fct_is_exactly(to + good, bytes, 0, pairs - good, true)) {
                ck_abort_msg("%02x at %zu: %zu", value, at, got);
            }
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/hex");
    TCase *tiers = tcase_create("tiers");
    tcase_set_timeout(tiers, 600);
    tcase_add_checked_fixture(tiers, setup, teardown);
    tcase_add_loop_test(tiers, hex_encode_gives_lower_case_digits, 0, fct_tiers());
    tcase_add_loop_test(tiers, hex_encode_gives_each_byte_anywhere, 0, fct_tiers());
    tcase_add_loop_test(tiers, hex_decode_takes_digits_in_either_case, 0, fct_tiers());
    tcase_add_loop_test(tiers, hex_decode_stops_at_the_first_bad_pair, 0, fct_tiers());
    suite_add_tcase(suite, tiers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
