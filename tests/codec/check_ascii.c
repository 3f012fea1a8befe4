/* SPDX-License-Identifier: MIT */

/* ascii: as latin1, but for the eighth bit on the way to text. */

#include "base/common.h"

#include "harness.h"

static const uint16_t usual[] = u"The quick brown fox 0123456789";
static const uint16_t odd[] = u"\x7f\x80\u00e9\u00ff\u0100\u0141\u20ac\ufffd\uffff\xd83d\xde00";
static const struct fct_encoding encoding = {
    .codec = &fci_codec_ascii,
    .encode = fct_encode_ascii,
    .decode = fct_decode_latin1,
    .pools = { usual, 30, odd, sizeof odd / 2 - 1 },
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

START_TEST(decode_keeps_all_eight_bits)
{
    FCT_GIVES(fci_codec_ascii, u"\u00e9\u20ac", SIZE_MAX, "\xe9\xac");
}
END_TEST

START_TEST(encode_clears_the_eighth_bit)
{
    FCT_READS(fci_codec_ascii, "\xe1\xff\x80", u"a\x7f\0");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/ascii");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_test(both, encode_is_the_model);
    tcase_add_test(both, decode_is_the_model_in_every_room);
    tcase_add_test(both, decode_is_the_model_of_low_bytes_in_runs);
    tcase_add_test(both, decode_is_the_model_cut_anywhere);
    tcase_add_test(both, decode_is_the_model_with_any_bit_flipped);
    tcase_add_test(both, decode_keeps_all_eight_bits);
    tcase_add_test(both, encode_clears_the_eighth_bit);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
