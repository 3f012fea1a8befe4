/* SPDX-License-Identifier: MIT */

/* The slots for ASCII and latin1 of every tier against a byte at a time, at the ends of guarded
 * pages. */

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

static uint16_t units[LENGTHS];

/* Units lie at even addresses. */
static unsigned unit_place(unsigned place)
{
    return place < 2 ? place : place | 1;
}

/* What latin1 `bytes` are in UTF-8. */
static size_t utf8_of(uint8_t *to, size_t length)
{
    size_t done = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] > 127) {
            to[done++] = (uint8_t)(192 + bytes[i] / 64);
        }
        to[done++] = (uint8_t)(bytes[i] > 127 ? 128 + bytes[i] % 64 : bytes[i]);
    }
    return done;
}

START_TEST(ascii_prefix_ends_at_the_first_high_byte)
{
    const struct fci_kernels *tier = fct_tier(_i);
    fill_bytes(1);
    for (size_t i = 0; i < LENGTHS; i++) {
        bytes[i] &= 0x7f;
    }
    for (size_t length = 0; tier != NULL && length < LENGTHS; length++) {
        for (size_t at = 0; at <= length; at += 1 + at / 64 * (fct_effort_step() + 2)) {
            unsigned place = (unsigned)(at + length) % FCT_PLACES;
            uint8_t *from = fct_place_copy(&source, bytes, length, place);
            if (at < length) {
                from[at] |= 0x80;
                from[length - 1] |= 0x80;
            }
            size_t got = tier->ascii_prefix(from, length);
            if (got != at) {
                ck_abort_msg("length %zu, high byte at %zu: %zu", length, at, got);
            }
        }
    }
}
END_TEST

/* Random bytes, half of them ASCII; ASCII only; and ASCII with a high byte now and then. */
START_TEST(latin1_to_utf8_gives_one_or_two_bytes)
{
    const struct fci_kernels *tier = fct_tier(_i);
    static uint8_t text[2 * LENGTHS];
    for (size_t length = 0; tier != NULL && length < LENGTHS; length++) {
        for (unsigned i = 0; i < 3; i++) {
            fill_bytes(length);
            for (size_t k = 0; k < length; k++) {
                bytes[k] &= i == 0 || (i == 1 && bytes[k] > 250) ? 0xff : 0x7f;
            }
            size_t size = utf8_of(text, length);
            for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
                unsigned q = fct_other_place(p);
                const uint8_t *from = fct_place_copy(&source, bytes, length, p);
                uint8_t *to = fct_place(&target, size, q);
                if (tier->utf8_length_of_latin1(from, length) != size ||
                    tier->latin1_to_utf8(to, from, length) != size ||
                    !fct_is_exactly(to, text, size, size, q)) {
                    ck_abort_msg("length %zu, place %u", length, p);
                }
            }
        }
    }
}
END_TEST

START_TEST(latin1_to_utf16_gives_a_unit_for_each_byte)
{
    const struct fci_kernels *tier = fct_tier(_i);
    fill_bytes(2);
    for (size_t i = 0; i < LENGTHS; i++) {
        units[i] = bytes[i];
    }
    for (size_t length = 0; tier != NULL && length < LENGTHS; length++) {
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = unit_place(fct_other_place(p));
            uint16_t *to = fct_place(&target, 2 * length, q);
            tier->latin1_to_utf16(to, fct_place_copy(&source, bytes, length, p), length);
            if (!fct_is_exactly(to, units, 2 * length, 2 * length, q)) {
                ck_abort_msg("length %zu, place %u", length, p);
            }
        }
    }
}
END_TEST

/* Any units, their high bytes as random as the low ones. */
START_TEST(utf16_to_latin1_keeps_the_low_byte_of_each_unit)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_random random = { .state = 3 };
    fill_bytes(3);
    for (size_t i = 0; i < LENGTHS; i++) {
        units[i] = (uint16_t)(bytes[i] + 256 * fct_random_below(&random, 256));
    }
    for (size_t count = 0; tier != NULL && count < LENGTHS; count++) {
        for (unsigned p = 0; p < FCT_PLACES; p = fct_next_place(p)) {
            unsigned q = fct_other_place(p);
            uint8_t *to = fct_place(&target, count, q);
            const uint16_t *from = fct_place_copy(&source, units, 2 * count, unit_place(p));
            tier->utf16_to_latin1(to, from, count);
            if (!fct_is_exactly(to, bytes, count, count, q)) {
                ck_abort_msg("count %zu, place %u", count, p);
            }
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/latin1");
    TCase *tiers = tcase_create("tiers");
    tcase_set_timeout(tiers, 600);
    tcase_add_checked_fixture(tiers, setup, teardown);
    tcase_add_loop_test(tiers, ascii_prefix_ends_at_the_first_high_byte, 0, fct_tiers());
    tcase_add_loop_test(tiers, latin1_to_utf8_gives_one_or_two_bytes, 0, fct_tiers());
    tcase_add_loop_test(tiers, latin1_to_utf16_gives_a_unit_for_each_byte, 0, fct_tiers());
    tcase_add_loop_test(tiers, utf16_to_latin1_keeps_the_low_byte_of_each_unit, 0, fct_tiers());
    suite_add_tcase(suite, tiers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
