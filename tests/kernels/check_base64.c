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

/* Random bytes, and their text: from the lowest six bits of each group to the highest. */
static void fill(uint64_t seed, const char *alphabet)
{
    struct fct_random random = { .state = seed };
    for (size_t g = 0; g < GROUPS; g++) {
        unsigned long group = 0;
        for (size_t i = 0; i < 3; i++) {
            bytes[3 * g + i] = (uint8_t)fct_random_next(&random);
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
    for (size_t groups = 0; tier != NULL && groups <= GROUPS; groups++) {
        for (unsigned i = 0; i < 4; i++) {
            bool far = i / 2 != 0, url = i % 2 != 0;
            fill(groups, alphabets[url]);
            uint8_t *to = fct_place(&target, 4 * groups, far);
            tier->base64_encode(to, fct_place_copy(&source, bytes, 3 * groups, far), groups, url);
            if (!fct_is_exactly(to, text, 4 * groups, 4 * groups, far)) {
                ck_abort_msg("%zu groups", groups);
            }
        }
    }
}
END_TEST

START_TEST(base64_decode_takes_both_alphabets)
{
    const struct fci_kernels *tier = fct_tier(_i);
    for (size_t groups = 0; tier != NULL && groups <= GROUPS; groups++) {
        for (unsigned i = 0; i < 4; i++) {
            bool far = i / 2 != 0;
            fill(groups, alphabets[i % 2]);
            uint8_t *to = fct_place(&target, 3 * groups, far);
            const uint8_t *from = fct_place_copy(&source, text, 4 * groups, far);
            size_t got = tier->base64_decode(to, from, groups);
            if (got != groups || !fct_is_exactly(to, bytes, 3 * groups, 3 * groups, far)) {
                ck_abort_msg("%zu groups: %zu", groups, got);
            }
        }
    }
}
END_TEST

/* Whether a character is of either alphabet. */
static bool is_good(unsigned value)
{
    return value != 0 &&
           (strchr(alphabets[0], (int)value) != NULL || strchr(alphabets[1], (int)value) != NULL);
}

/* Every character at every place of a few vectors: '=' and what is of no alphabet end it, and
 * nothing is stored for that group or behind it. */
START_TEST(base64_decode_stops_at_the_first_bad_group)
{
    const struct fci_kernels *tier = fct_tier(_i);
    const size_t groups = 37;
    fill(3, alphabets[0]);
    for (size_t at = 0; tier != NULL && at < 4 * groups; at++) {
        for (unsigned value = 0; value < 256; value++) {
            size_t good = is_good(value) ? groups : at / 4;
            uint8_t *from = fct_place_copy(&source, text, 4 * groups, true);
            from[at] = (uint8_t)value;
            uint8_t *to = fct_place(&target, 3 * groups, true);
            size_t got = tier->base64_decode(to, from, groups);
            size_t rest = 3 * (groups - good);
            if (got != good || !fct_is_exactly(to, bytes, at / 4 * 3, at / 4 * 3, true) ||
                !fct_is_exactly(to + 3 * good, bytes, 0, rest, true)) {
                ck_abort_msg("%02x at %zu: %zu", value, at, got);
            }
        }
    }
}
END_TEST

/* The table that goes with the slots. */
START_TEST(base64_values_are_places_in_the_alphabets)
{
    for (unsigned value = 0; value < 256; value++) {
        unsigned place = fci_base64_values[value];
        ck_assert_int_eq(place != FCI_BASE64_NONE, is_good(value));
        if (place != FCI_BASE64_NONE) {
            ck_assert_uint_lt(place, 64);
            ck_assert((unsigned)alphabets[0][place] == value ||
                      (unsigned)alphabets[1][place] == value);
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
    tcase_add_loop_test(tiers, base64_decode_takes_both_alphabets, 0, fct_tiers());
    tcase_add_loop_test(tiers, base64_decode_stops_at_the_first_bad_group, 0, fct_tiers());
    tcase_add_test(tiers, base64_values_are_places_in_the_alphabets);
    suite_add_tcase(suite, tiers);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
