/* SPDX-License-Identifier: MIT */

/* utf16le against bytes put together by hand. */

#include "base/common.h"

#include "harness.h"

#include <string.h>

static const uint16_t usual[] = u"The quick brown \u0444\u043e\u043a\u4e2d\u6587";
static const uint16_t odd[] = u"\x7f\x80\u07ff\u0800\uffff\xd83d\xd800\xdbff\xde00\xdfff";
static const struct fct_encoding encoding = {
    .codec = &fci_codec_utf16le,
    .encode = fct_encode_utf16le,
    .decode = fct_decode_utf16le,
    .pools = { usual, 21, odd, sizeof odd / 2 - 1 },
};

/* Runs of surrogates across every end of a chunk: pairs begin at odd and at even units. */
START_TEST(encode_parts_no_pair_between_chunks)
{
    static uint8_t bytes[4096];
    for (size_t shift = 0; shift < 4; shift++) {
        for (size_t i = 0; i < sizeof bytes / 2; i++) {
            bytes[2 * i] = (uint8_t)i;
            bytes[2 * i + 1] = (i + shift) % 2 == 0 ? 0xd8 : shift / 2 != 0 ? 0xd9 : 0xdc;
        }
        fct_codec_assert_encodes(&encoding, bytes, sizeof bytes);
        fct_codec_assert_encodes(&encoding, bytes, sizeof bytes - 1);
    }
}
END_TEST

/* Odd addresses, which neither the model nor the pages' ends try. */
START_TEST(bytes_may_stand_at_odd_addresses)
{
    uint8_t bytes[65];
    uint16_t units[32], got[32];
    for (uint16_t i = 0; i < 32; i++) {
        units[i] = (uint16_t)(i * 2011);
    }
    ck_assert_uint_eq(fci_codec_utf16le.from_utf16(bytes + 1, 64, units, 32), 64);
    ck_assert_uint_eq(fct_encode_utf16le(got, bytes + 1, 64), 32);
    ck_assert_mem_eq(got, units, 64);
    memset(got, 0, sizeof got);
    ck_assert_uint_eq(fci_codec_utf16le.to_utf16(got, bytes + 1, 64), 32);
    ck_assert_mem_eq(got, units, 64);
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

START_TEST(encode_ignores_an_odd_last_byte)
{
    FCT_READS(fci_codec_utf16le, "a\0b", u"a");
    FCT_READS(fci_codec_utf16le, "a", u"");
}
END_TEST

START_TEST(surrogates_pass_unchanged_both_ways)
{
    FCT_READS(fci_codec_utf16le, "\x00\xd8", u"\xd800");
    FCT_GIVES(fci_codec_utf16le, u"\xde00\xd83d", SIZE_MAX, "\x00\xde\x3d\xd8");
}
END_TEST

START_TEST(decode_writes_whole_units_and_may_part_a_pair)
{
    FCT_GIVES(fci_codec_utf16le, u"abc", 5, "a\0b\0");
    FCT_GIVES(fci_codec_utf16le, u"\xd83d\xde00", 3, "\x3d\xd8");
    FCT_GIVES(fci_codec_utf16le, u"abc", 1, "");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/utf16le");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_test(both, encode_is_the_model);
    tcase_add_test(both, decode_is_the_model_in_every_room);
    tcase_add_test(both, decode_is_the_model_cut_anywhere);
    tcase_add_test(both, decode_is_the_model_with_any_bit_flipped);
    tcase_add_test(both, encode_parts_no_pair_between_chunks);
    tcase_add_test(both, bytes_may_stand_at_odd_addresses);
    tcase_add_test(both, encode_ignores_an_odd_last_byte);
    tcase_add_test(both, surrogates_pass_unchanged_both_ways);
    tcase_add_test(both, decode_writes_whole_units_and_may_part_a_pair);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
