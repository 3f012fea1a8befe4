/* SPDX-License-Identifier: MIT */

/* hex against a model that looks digits up in a string. */

#include "base/common.h"

#include "harness.h"

#include <string.h>

/* Odd: no digits, and characters whose low byte is one. */
static const uint16_t usual[] = u"0123456789abcdefABCDEF";
static const uint16_t odd[] = u"gG/:@` x\u0131\u0161\u0130\u4e41\x80\u00e1\xd830\xdc61\xd800";
static const struct fct_encoding encoding = {
    .codec = &fci_codec_hex,
    .encode = fct_encode_hex,
    .decode = fct_decode_hex,
    .pools = { usual, 22, odd, sizeof odd / 2 - 1 },
};

START_TEST(encode_is_the_model)
{
    fct_codec_try_bytes(&encoding);
}
END_TEST

START_TEST(decode_is_the_model_in_every_room)
{
    fct_codec_try_texts(&encoding);
}
END_TEST

START_TEST(decode_is_the_model_of_low_bytes_in_runs)
{
    fct_codec_try_low_bytes(&encoding);
}
END_TEST

START_TEST(decode_is_the_model_cut_anywhere)
{
    fct_codec_try_truncations(&encoding);
}
END_TEST

START_TEST(decode_is_the_model_with_any_bit_flipped)
{
    fct_codec_try_flips(&encoding);
}
END_TEST

START_TEST(decode_stops_where_node_stops)
{
    FCT_GIVES(fci_codec_hex, u"abc", SIZE_MAX, "\xab");
    FCT_GIVES(fci_codec_hex, u"abxxcd", SIZE_MAX, "\xab");
    FCT_GIVES(fci_codec_hex, u"0x12", SIZE_MAX, "");
    FCT_GIVES(fci_codec_hex, u"12 34", SIZE_MAX, "\x12");
    FCT_GIVES(fci_codec_hex, u"a", SIZE_MAX, "");
    FCT_GIVES(fci_codec_hex, u"abzz", 4, "\xab");
    FCT_GIVES(fci_codec_hex, u"abcdef", 2, "\xab\xcd");
}
END_TEST

START_TEST(decode_looks_at_low_bytes_only)
{
    FCT_GIVES(fci_codec_hex, u"61\u016162", SIZE_MAX, "\x61\xa6");
    FCT_GIVES(fci_codec_hex, u"\u0131\u0131", SIZE_MAX, "\x11");
}
END_TEST

/* Every unit as the first and as the last digit. */
START_TEST(decode_takes_digits_and_nothing_else)
{
    for (unsigned unit = 0; unit < 0x10000; unit++) {
        uint16_t text[20];
        for (size_t at = 0; at < 20; at += 19) {
            for (size_t i = 0; i < 20; i++) {
                text[i] = '7';
            }
            text[at] = (uint16_t)unit;
            uint8_t got[10], expected[10];
            size_t count = fct_decode_hex(expected, 10, text, 20);
            if (fci_codec_hex.from_utf16(got, 10, text, 20) != count ||
                memcmp(got, expected, count) != 0) {
                ck_abort_msg("unit %04x at %zu", unit, at);
            }
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/hex");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_test(both, encode_is_the_model);
    tcase_add_test(both, decode_is_the_model_in_every_room);
    tcase_add_test(both, decode_is_the_model_of_low_bytes_in_runs);
    tcase_add_test(both, decode_is_the_model_cut_anywhere);
    tcase_add_test(both, decode_is_the_model_with_any_bit_flipped);
    tcase_add_test(both, decode_stops_where_node_stops);
    tcase_add_test(both, decode_looks_at_low_bytes_only);
    tcase_add_test(both, decode_takes_digits_and_nothing_else);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
