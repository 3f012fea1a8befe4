/* SPDX-License-Identifier: MIT */

/* utf8 against the tables of the Unicode Standard. */

#include "base/common.h"

#include "codec/utf8.h"

#include "harness.h"

#include <stdio.h>
#include <string.h>

static const uint16_t usual[] = u"The quick brown \u00e9\u0444\u043e\u043a\u4e2d\u6587";
static const uint16_t odd[] = u"\0\x7f\x80\u07ff\u0800\ufffd\uffff\xd83d\xd800\xdbff\xde00\xdfff";
static const struct fct_encoding encoding = {
    .codec = &fci_codec_utf8,
    .encode = fct_units_of_utf8,
    .decode = fct_decode_utf8,
    .pools = { usual, 22, odd, sizeof odd / 2 - 1 },
};

/* Bytes of which most are well formed, where random ones never are for long. */
START_TEST(encode_is_the_model_for_text_with_errors)
{
    static uint16_t units[600];
    static uint8_t bytes[3 * 600];
    struct fct_random random = { .state = 21 };
    (void)printf("seed 21\n");
    for (size_t length = 1; length < 600; length += fct_effort_step()) {
        fct_random_units(units, length, &encoding.pools, 1 + length % 9, &random);
        size_t size = fct_utf8_of_units(bytes, units, length);
        for (int errors = 0; errors < 3; errors++) {
            bytes[fct_random_below(&random, size)] ^= (uint8_t)(1u << fct_random_below(&random, 8));
            fct_codec_assert_encodes(&encoding, bytes, size);
            fct_codec_assert_decodes_utf8(&encoding, bytes, size, 1 + size / 8);
        }
    }
}
END_TEST

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

START_TEST(encode_gives_one_replacement_for_each_maximal_subpart)
{
    FCT_READS(fci_codec_utf8, "\xf0\x9f\x98", u"\ufffd");
    FCT_READS(fci_codec_utf8, "\xe2\x82\x41", u"\ufffdA");
    FCT_READS(fci_codec_utf8, "\xc0\x80", u"\ufffd\ufffd");
    FCT_READS(fci_codec_utf8, "\xe0\x80\x80", u"\ufffd\ufffd\ufffd");
    FCT_READS(fci_codec_utf8, "\xed\xa0\x80", u"\ufffd\ufffd\ufffd");
    FCT_READS(fci_codec_utf8, "\xf4\x90\x80\x80", u"\ufffd\ufffd\ufffd\ufffd");
    FCT_READS(fci_codec_utf8, "\xf8\x88\x80\x80\x80", u"\ufffd\ufffd\ufffd\ufffd\ufffd");
    FCT_READS(fci_codec_utf8, "\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64",
              u"\ufffd\ufffd\ufffd"
              u"b\ufffd"
              u"c\ufffd\ufffd"
              u"d");
}
END_TEST

START_TEST(encode_keeps_marks_and_nul)
{
    FCT_READS(fci_codec_utf8, "\xef\xbb\xbf\x41", u"\ufeffA");
    FCT_READS(fci_codec_utf8, "a\0b", u"a\0b");
}
END_TEST

START_TEST(decode_gives_a_replacement_for_each_lone_surrogate)
{
    FCT_GIVES(fci_codec_utf8, u"\xd800", SIZE_MAX, "\xef\xbf\xbd");
    FCT_GIVES(fci_codec_utf8, u"\xde00\xd83d", SIZE_MAX, "\xef\xbf\xbd\xef\xbf\xbd");
}
END_TEST

START_TEST(decode_stops_before_a_character_that_does_not_fit)
{
    FCT_GIVES(fci_codec_utf8, u"ab\u20ac", 4, "ab");
    FCT_GIVES(fci_codec_utf8, u"\xd83d\xde00", 3, "");
    FCT_GIVES(fci_codec_utf8, u"a\u20acb", 3, "a");
}
END_TEST

/* What a lead and the byte behind it tell; the first row that fits counts. */
static const struct row {
    uint8_t lead_first, lead_last, next_first, next_last;
    unsigned kind;
} rows[] = {
    { 0x80, 0xbf, 0x00, 0xff, FCI_UTF8_STRAY },     { 0xf8, 0xff, 0x00, 0xff, FCI_UTF8_STRAY },
    { 0xc0, 0xc1, 0x00, 0xff, FCI_UTF8_OVERLONG },  { 0xe0, 0xe0, 0x80, 0x9f, FCI_UTF8_OVERLONG },
    { 0xf0, 0xf0, 0x80, 0x8f, FCI_UTF8_OVERLONG },  { 0xed, 0xed, 0xa0, 0xbf, FCI_UTF8_SURROGATE },
    { 0xf4, 0xf4, 0x90, 0xbf, FCI_UTF8_TOO_LARGE }, { 0xf5, 0xf7, 0x00, 0xff, FCI_UTF8_TOO_LARGE },
    { 0xc2, 0xf4, 0x00, 0xff, FCI_UTF8_TRUNCATED },
};

static unsigned kind_of(unsigned lead, unsigned next)
{
    size_t r = 0;
    while (lead < rows[r].lead_first || rows[r].lead_last < lead || next < rows[r].next_first ||
           rows[r].next_last < next) {
        r++;
    }
    return rows[r].kind;
}

/* Every two bytes between two ASCII characters: nothing longer than two bytes is whole. */
START_TEST(valid_prefix_tells_where_and_why_text_is_wrong)
{
    for (unsigned lead = 0x80; lead < 0x100; lead++) {
        for (unsigned next = 0; next < 0x100; next++) {
            const uint8_t text[] = { 'a', 'b', (uint8_t)lead, (uint8_t)next, 'c' };
            bool good = fct_utf8_first(text + 2, 3) == 2;
            unsigned kind = 77, expected = good ? 0 : kind_of(lead, next);
            size_t length = fci_utf8_valid_prefix(text, 5, &kind);
            if (kind != expected || (kind != 0 && length != 2)) {
                ck_abort_msg("%02x %02x: kind %u at %zu", lead, next, kind, length);
            }
        }
    }
}
END_TEST

/* Where the text ends, nothing tells but what is there. */
START_TEST(valid_prefix_tells_what_is_cut_off)
{
    static const struct {
        const char *text;
        size_t length, good;
        unsigned kind;
    } cases[] = {
        { "", 0, 0, 0 },
        { "abc", 3, 3, 0 },
        { "\xe2\x82\xac\xf0\x9f\x98\x80", 7, 7, 0 },
        { "\xe2\x82", 2, 0, FCI_UTF8_TRUNCATED },
        { "\xe2\x82\xac\xf0\x9f\x98", 6, 3, FCI_UTF8_TRUNCATED },
        { "\xe0", 1, 0, FCI_UTF8_TRUNCATED },
        { "\xed", 1, 0, FCI_UTF8_TRUNCATED },
        { "\xed\xa0", 2, 0, FCI_UTF8_SURROGATE },
        { "a\xc0", 2, 1, FCI_UTF8_OVERLONG },
        { "a\xf5", 2, 1, FCI_UTF8_TOO_LARGE },
        { "a\x80", 2, 1, FCI_UTF8_STRAY },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned kind = 77;
        const uint8_t *text = (const uint8_t *)cases[i].text;
        ck_assert_uint_eq(fci_utf8_valid_prefix(text, cases[i].length, &kind), cases[i].good);
        ck_assert_uint_eq(kind, cases[i].kind);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/utf8");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_test(both, encode_is_the_model);
    tcase_add_test(both, decode_is_the_model_in_every_room);
    tcase_add_test(both, decode_is_the_model_cut_anywhere);
    tcase_add_test(both, decode_is_the_model_with_any_bit_flipped);
    tcase_add_test(both, encode_is_the_model_for_text_with_errors);
    tcase_add_test(both, encode_gives_one_replacement_for_each_maximal_subpart);
    tcase_add_test(both, encode_keeps_marks_and_nul);
    tcase_add_test(both, decode_gives_a_replacement_for_each_lone_surrogate);
    tcase_add_test(both, decode_stops_before_a_character_that_does_not_fit);
    tcase_add_test(both, valid_prefix_tells_where_and_why_text_is_wrong);
    tcase_add_test(both, valid_prefix_tells_what_is_cut_off);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
