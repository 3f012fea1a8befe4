/* SPDX-License-Identifier: MIT */

/* base64 and base64url against a model that goes bit by bit. */

#include "base/common.h"

#include "harness.h"

#include <stdio.h>
#include <string.h>

/* Groups of a long text. */
#define LINES ((size_t)4000)

/* Odd: of neither alphabet, and characters whose low byte is of one, or '='. */
static const uint16_t usual[] =
    u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
static const uint16_t odd[] = u" \n\r*,.:@[`{\x7f\x80\u00e9\u0159\u4e2b\xd841\xdc41\xd800";
static const uint16_t ends[] = u"=\u013d\n";
static const struct fct_encoding encodings[] = {
    { &fci_codec_base64,
      fct_encode_base64,
      fct_decode_base64,
      { usual, 66, odd, sizeof odd / 2 - 1 } },
    { &fci_codec_base64url,
      fct_encode_base64url,
      fct_decode_base64,
      { usual, 66, odd, sizeof odd / 2 - 1 } },
    { &fci_codec_base64, fct_encode_base64, fct_decode_base64, { usual, 66, ends, 3 } },
};

START_TEST(encode_is_the_model)
{
    fct_codec_try_bytes(&encodings[_i]);
}
END_TEST

START_TEST(decode_is_the_model_in_every_room)
{
    fct_codec_try_texts(&encodings[_i]);
}
END_TEST

START_TEST(decode_is_the_model_of_low_bytes_in_runs)
{
    fct_codec_try_low_bytes(&encodings[_i]);
}
END_TEST

START_TEST(decode_is_the_model_cut_anywhere)
{
    fct_codec_try_truncations(&encodings[_i]);
}
END_TEST

START_TEST(decode_is_the_model_with_any_bit_flipped)
{
    fct_codec_try_flips(&encodings[_i]);
}
END_TEST

START_TEST(decode_takes_what_node_takes)
{
    for (unsigned i = 0; i < 2; i++) {
        const struct fci_codec codec = *encodings[i].codec;
        FCT_GIVES(codec, u"+/-_", SIZE_MAX, "\xfb\xff\xbf");
        FCT_GIVES(codec, u"+/+/", SIZE_MAX, "\xfb\xff\xbf");
        FCT_GIVES(codec, u"YW*J j\0\v", SIZE_MAX, "abc");
        FCT_GIVES(codec, u"YWJj\u00e9YWJj", SIZE_MAX, "abcabc");
        FCT_GIVES(codec, u"YQ==YQ==", SIZE_MAX, "a");
        FCT_GIVES(codec, u"Y=WJj", SIZE_MAX, "");
        FCT_GIVES(codec, u"YWJjY", SIZE_MAX, "abc");
        FCT_GIVES(codec, u"YWJjYQ=", SIZE_MAX, "abca");
        FCT_GIVES(codec, u"YR==", SIZE_MAX, "a");
        FCT_GIVES(codec, u"====", SIZE_MAX, "");
    }
}
END_TEST

/* Lines of any length, of both forms, longer than whatever is decoded at once; and what may stand
 * at the end of the last. */
START_TEST(decode_leaves_line_ends_out)
{
    static uint8_t bytes[3 * LINES], got[3 * LINES + 1], text[12 * LINES + 64];
    static uint16_t units[12 * LINES + 64];
    static const char *const breaks[] = { "\n", "\r\n", "=\n=AAAA" };
    struct fct_random random = { .state = 6 };
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)fct_random_next(&random);
    }
    for (size_t line = 1; line < 200; line += fct_effort_step()) {
        size_t length = sizeof bytes - line % 3, count = 0;
        size_t characters = fct_encode_base64(units, bytes, length) - line % 3;
        for (size_t i = 0; i < characters; i++) {
            text[count++] = (uint8_t)units[i];
            for (const char *end = breaks[line % 2]; i % line == line - 1 && *end != 0; end++) {
                text[count++] = (uint8_t)*end;
            }
        }
        count += (size_t)snprintf((char *)text + count, 16, "%s", breaks[line / 2 % 3]);
        for (size_t i = 0; i < count; i++) {
            units[i] = text[i];
        }
        ck_assert_uint_eq(fci_codec_base64.from_utf8(got, sizeof got, text, count), length);
        ck_assert_mem_eq(got, bytes, length);
        memset(got, 0, sizeof got);
        ck_assert_uint_eq(fci_codec_base64.from_utf16(got, length, units, count), length);
        ck_assert_mem_eq(got, bytes, length);
    }
}
END_TEST

START_TEST(decode_looks_at_low_bytes_only)
{
    FCT_GIVES(fci_codec_base64, u"YW\u0159Jj", SIZE_MAX, "\x61\x66\x09");
    FCT_GIVES(fci_codec_base64, u"YWJj\u013dYWJj", SIZE_MAX, "abc");
    FCT_GIVES(fci_codec_base64, u"YWJj\u0100YWJj", SIZE_MAX, "abcabc");
}
END_TEST

START_TEST(decode_cuts_a_group_where_room_ends)
{
    FCT_GIVES(fci_codec_base64, u"YWJjZGVm", 4, "abcd");
    FCT_GIVES(fci_codec_base64, u"YWJjZGVm", 5, "abcde");
    FCT_GIVES(fci_codec_base64, u"YWJjZGVm", 0, "");
}
END_TEST

START_TEST(encode_pads_as_node_does)
{
    FCT_READS(fci_codec_base64, "", u"");
    FCT_READS(fci_codec_base64, "\xfb", u"+w==");
    FCT_READS(fci_codec_base64, "\xfb\xff", u"+/8=");
    FCT_READS(fci_codec_base64, "\xfb\xff\xbf", u"+/+/");
    FCT_READS(fci_codec_base64url, "\xfb", u"-w");
    FCT_READS(fci_codec_base64url, "\xfb\xff", u"-_8");
    FCT_READS(fci_codec_base64url, "\xfb\xff\xbf", u"-_-_");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/base64");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_loop_test(both, encode_is_the_model, 0, 3);
    tcase_add_loop_test(both, decode_is_the_model_in_every_room, 0, 3);
    tcase_add_loop_test(both, decode_is_the_model_of_low_bytes_in_runs, 0, 3);
    tcase_add_loop_test(both, decode_is_the_model_cut_anywhere, 0, 3);
    tcase_add_loop_test(both, decode_is_the_model_with_any_bit_flipped, 0, 3);
    tcase_add_test(both, decode_takes_what_node_takes);
    tcase_add_test(both, decode_leaves_line_ends_out);
    tcase_add_test(both, decode_looks_at_low_bytes_only);
    tcase_add_test(both, decode_cuts_a_group_where_room_ends);
    tcase_add_test(both, encode_pads_as_node_does);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
