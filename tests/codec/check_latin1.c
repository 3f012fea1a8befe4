/* SPDX-License-Identifier: MIT */

/* latin1: a byte is a character, a unit is its low byte. */

#include "base/common.h"

#include "harness.h"

static const uint16_t usual[] = u"The quick brown fox 0123456789";
static const uint16_t odd[] = u"\x7f\x80\u00e9\u00ff\u0100\u0141\u20ac\ufffd\uffff\xd83d\xde00";
static const struct fct_encoding encoding = {
    .codec = &fci_codec_latin1,
    .encode = fct_encode_latin1,
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

START_TEST(decode_keeps_low_bytes)
{
    FCT_GIVES(fci_codec_latin1, u"\u0141\u20ac\u00e9", SIZE_MAX, "\x41\xac\xe9");
}
END_TEST

START_TEST(decode_makes_two_bytes_of_a_pair_and_may_part_them)
{
    FCT_GIVES(fci_codec_latin1, u"\xd83d\xde00", SIZE_MAX, "\x3d\x00");
    FCT_GIVES(fci_codec_latin1, u"\xd83d\xde00", 1, "\x3d");
}
END_TEST

START_TEST(encode_keeps_all_eight_bits)
{
    FCT_READS(fci_codec_latin1, "a\xe9\x80\xff", u"a\u00e9\x80\u00ff");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/latin1");
    TCase *both = tcase_create("both ways");
    tcase_set_timeout(both, 600);
    tcase_add_checked_fixture(both, fct_codec_setup, fct_codec_teardown);
    tcase_add_test(both, encode_is_the_model);
    tcase_add_test(both, decode_is_the_model_in_every_room);
    tcase_add_test(both, decode_is_the_model_of_low_bytes_in_runs);
    tcase_add_test(both, decode_is_the_model_cut_anywhere);
    tcase_add_test(both, decode_is_the_model_with_any_bit_flipped);
    tcase_add_test(both, decode_keeps_low_bytes);
    tcase_add_test(both, decode_makes_two_bytes_of_a_pair_and_may_part_them);
    tcase_add_test(both, encode_keeps_all_eight_bits);
    suite_add_tcase(suite, both);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
