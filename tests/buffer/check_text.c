/* SPDX-License-Identifier: MIT */

/* Text into new buffers, and bytes into text. What each encoding does with each text is the codecs'
 * business (tests/codec); here it is that the right one is asked, and what is around it. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "text.h"

#include <stdio.h>

/* ---- text to bytes --------------------------------------------------------------------------- */

static const struct {
    const char *text, *bytes;
    size_t length, byte_length;
    fc_encoding encoding;
} decoded[] = {
    { "caf\xc3\xa9\xf0\x9f\x98\x80", "caf\xc3\xa9\xf0\x9f\x98\x80", 9, 9, FC_ENCODING_UTF8 },
    { "a\xf0\x9f\x98\x80", "a\0\x3d\xd8\0\xde", 6, 6, FC_ENCODING_UTF16LE },
    { "\xc5\x81\xe2\x82\xac\xc3\xa9", "\x41\xac\xe9", 3, 3, FC_ENCODING_LATIN1 },
    { "\xc3\xa9\xe2\x82\xac", "\xe9\xac", 2, 2, FC_ENCODING_ASCII },
    { "abxxcd", "\xab", 1, 3, FC_ENCODING_HEX },
    { "abc", "\xab", 1, 1, FC_ENCODING_HEX },
    { "zz", "", 0, 1, FC_ENCODING_HEX },
    { "61\xc5\xa1"
      "62",
      "\x61\xa6", 2, 2, FC_ENCODING_HEX },
    { "YWJjYQ==", "abca", 4, 4, FC_ENCODING_BASE64 },
    { "YW Jj", "abc", 3, 3, FC_ENCODING_BASE64 },
    { "YW*J j\x0b", "abc", 3, 5, FC_ENCODING_BASE64 },
    { "YQ==YQ==", "a", 1, 4, FC_ENCODING_BASE64 },
    { "====", "", 0, 1, FC_ENCODING_BASE64 },
    { "=", "", 0, 0, FC_ENCODING_BASE64 },
    { "=a", "", 0, 1, FC_ENCODING_BASE64 },
    { "-_+/", "\xfb\xff\xbf", 3, 3, FC_ENCODING_BASE64URL },
    { "", "", 0, 0, FC_ENCODING_UTF8 },
    { "", "", 0, 0, FC_ENCODING_BASE64 },
};

START_TEST(text_becomes_bytes)
{
    struct fct_forms forms;
    fct_forms_make(&forms, decoded[_i].text, strlen(decoded[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer b = fct_untouched();
        ck_assert_uint_eq(fc_text_byte_length(forms.text[form], decoded[_i].encoding),
                          decoded[_i].byte_length);
        ck_assert_int_eq(fc_buffer_from_text(&b, forms.text[form], decoded[_i].encoding), FC_OK);
        ck_assert(fc_buffer_length(&b) == 0 || fc_buffer_is_unique(&b));
        fct_assert_holds(&b, decoded[_i].bytes, decoded[_i].length);
    }
}
END_TEST

START_TEST(text_of_no_encoding_is_refused)
{
    static const int none[] = { 0, 8, -1, 0x7fffffff };
    for (size_t i = 0; i < 4; i++) {
        fc_buffer b = fct_untouched();
        fc_encoding encoding = (fc_encoding)none[i];
        ck_assert_int_eq(fc_buffer_from_text(&b, FC_TEXT_LITERAL(""), encoding),
                         FC_ERR_UNKNOWN_ENCODING);
        ck_assert_int_eq(fc_buffer_from_text_strict(&b, NULL, FC_TEXT_LITERAL(""), encoding),
                         FC_ERR_UNKNOWN_ENCODING);
        ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 1, FC_TEXT_LITERAL(""), encoding),
                         FC_ERR_UNKNOWN_ENCODING);
        fct_assert_untouched(&b);
        ck_assert_uint_eq(fc_text_byte_length(FC_TEXT_LITERAL("\xe2\x82\xac"), encoding), 3);
    }
}
END_TEST

START_TEST(text_is_nowhere_too_long)
{
    fc_text text = fc_text_utf8("", FC_BUFFER_MAX_LENGTH + 1);
    fc_buffer b = fct_untouched();
    fc_decode_error error = { 77, 78, 79 };
    size_t read = 5, written = 6;
    ptrdiff_t index = 7;
    for (int i = 1; i <= 7; i++) {
        fc_encoding encoding = (fc_encoding)i;
        ck_assert_int_eq(fc_buffer_from_text(&b, text, encoding), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_from_text_strict(&b, &error, text, encoding),
                         FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 3, text, encoding), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_view_index_of_text(&index, FC_VIEW_LITERAL("abc"), text, 0, encoding),
                         FC_ERR_OUT_OF_RANGE);
    }
    volatile size_t endless = SIZE_MAX; /* the compiler would object */
    ck_assert_int_eq(fc_buffer_from_utf8(&b, "", endless), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_from_base64(&b, text, NULL), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_from_hex(&b, text), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_atob(&b, text), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_btoa(&b, text), FC_ERR_OUT_OF_RANGE);
    fct_assert_untouched(&b);
    fc_buffer target = fct_make(8);
    ck_assert_int_eq(fc_buffer_write_text(&written, &target, 0, 8, text, FC_ENCODING_HEX),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_fill_text(&target, 0, 8, text, FC_ENCODING_HEX),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_set_from_base64(&read, &written, &target, text, NULL),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_set_from_hex(&read, &written, &target, text), FC_ERR_OUT_OF_RANGE);
    fct_assert_pattern(&target, 0, FCT_NONE);
    fc_buffer_release(&target);
    ck_assert(error.offset == 77 && error.kind == 78 && read == 5 && written == 6 && index == 7);
}
END_TEST

/* Text that gives less than it might keeps no more alive than it gave. */
START_TEST(dirty_text_gives_the_rest_back)
{
    static char text[65536];
    fc_buffer b = FC_BUFFER_INIT;
    memset(text, '\n', sizeof text);
    memcpy(text, "YWJj", 4);
    ck_assert_int_eq(fc_buffer_from_text(&b, fc_text_utf8(text, sizeof text), FC_ENCODING_BASE64),
                     FC_OK);
    ck_assert_uint_lt(fc_buffer_retained_bytes(&b), 128);
    FCT_ASSERT_HOLDS(&b, "abc");
}
END_TEST

START_TEST(ill_formed_text_is_the_string_it_would_be)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_utf8(&b, "a\xf0\x9f\x98z\xc0\x80", 7), FC_OK);
    FCT_ASSERT_HOLDS(&b, "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd");
    ck_assert_int_eq(fc_buffer_from_text(&b,
                                         FC_TEXT_LITERAL("\xe2\x82"
                                                         "A"),
                                         FC_ENCODING_UTF16LE),
                     FC_OK);
    fct_assert_holds(&b,
                     "\xfd\xff"
                     "A",
                     4);
    static const uint16_t lone[] = { 0xde00, 0xd83d };
    ck_assert_int_eq(fc_buffer_from_text(&b, fc_text_utf16(lone, 2), FC_ENCODING_UTF8), FC_OK);
    FCT_ASSERT_HOLDS(&b, "\xef\xbf\xbd\xef\xbf\xbd");
}
END_TEST

/* ---- bytes to text --------------------------------------------------------------------------- */

static const struct {
    const char *bytes;
    size_t length;
    const char *utf8; /* and UTF-16 from it, unless there are lone surrogates */
    fc_encoding encoding;
} encoded[] = {
    { "a\xf0\x9f\x98\x80\xff", 6, "a\xf0\x9f\x98\x80\xef\xbf\xbd", FC_ENCODING_UTF8 },
    { "\xef\xbb\xbf"
      "A",
      4,
      "\xef\xbb\xbf"
      "A",
      FC_ENCODING_UTF8 },
    { "a\0\x3d\xd8\0\xde"
      "b",
      7, "a\xf0\x9f\x98\x80", FC_ENCODING_UTF16LE },
    { "a", 1, "", FC_ENCODING_UTF16LE },
    { "\xe9\x7f", 2, "\xc3\xa9\x7f", FC_ENCODING_LATIN1 },
    { "\xe1\x41", 2, "aA", FC_ENCODING_ASCII },
    { "\x0f\xA0", 2, "0fa0", FC_ENCODING_HEX },
    { "\xfb\xff", 2, "+/8=", FC_ENCODING_BASE64 },
    { "\xfb\xff", 2, "-_8", FC_ENCODING_BASE64URL },
};

START_TEST(bytes_become_text)
{
    fc_view bytes = fc_view_of(encoded[_i].bytes, encoded[_i].length);
    fc_encoding encoding = encoded[_i].encoding;
    struct fct_forms forms;
    fc_buffer b = FC_BUFFER_INIT;
    size_t length = strlen(encoded[_i].utf8);
    fct_forms_make(&forms, encoded[_i].utf8, length);
    ck_assert_uint_eq(fc_view_utf8_length(bytes, encoding), length);
    ck_assert_uint_eq(fc_view_utf16_length(bytes, encoding), forms.text[1].count);
    ck_assert_int_eq(fc_view_to_utf8(&b, bytes, encoding), FC_OK);
    fct_assert_holds(&b, encoded[_i].utf8, length);
    ck_assert_int_eq(fc_view_to_utf16(&b, bytes, encoding), FC_OK);
    fct_assert_holds(&b, forms.units, 2 * forms.text[1].count);
}
END_TEST

START_TEST(lone_surrogate_stays_in_utf16_only)
{
    fc_buffer b = FC_BUFFER_INIT;
    static const uint16_t lone = 0xd800;
    ck_assert_int_eq(fc_view_to_utf16(&b, fc_view_of("\0\xd8", 2), FC_ENCODING_UTF16LE), FC_OK);
    fct_assert_holds(&b, &lone, 2);
    ck_assert_int_eq(fc_view_to_utf8(&b, fc_view_of("\0\xd8", 2), FC_ENCODING_UTF16LE), FC_OK);
    FCT_ASSERT_HOLDS(&b, "\xef\xbf\xbd");
}
END_TEST

/* Into just enough memory, and a byte or unit less, where nothing happens. */
START_TEST(text_fits_whole_or_not_at_all)
{
    fc_view bytes = fc_view_of(encoded[_i].bytes, encoded[_i].length);
    fc_encoding encoding = encoded[_i].encoding;
    struct fct_guarded area = fct_guarded_make(1);
    size_t length = fc_view_utf8_length(bytes, encoding), written = 99;
    size_t count = fc_view_utf16_length(bytes, encoding);
    struct fct_forms forms;
    fct_forms_make(&forms, encoded[_i].utf8, strlen(encoded[_i].utf8));
    for (size_t lack = length == 0 ? 0 : 1; lack != SIZE_MAX; lack--) {
        char *to = (char *)fct_guarded_end(&area, length - lack);
        ck_assert_int_eq(fc_view_write_utf8(&written, to, length - lack, bytes, encoding),
                         lack != 0 ? FC_ERR_OUT_OF_RANGE : FC_OK);
        ck_assert_uint_eq(written, lack != 0 ? 99 : length);
        ck_assert(lack == 0 || length == 1 || to[0] == 0);
        ck_assert(lack != 0 || memcmp(to, encoded[_i].utf8, length) == 0);
    }
    memset(area.bytes, 0, area.length);
    written = 99;
    for (size_t lack = count == 0 ? 0 : 1; lack != SIZE_MAX; lack--) {
        uint16_t *to = (uint16_t *)(void *)fct_guarded_end(&area, 2 * (count - lack));
        ck_assert_int_eq(fc_view_write_utf16(&written, to, count - lack, bytes, encoding),
                         lack != 0 ? FC_ERR_OUT_OF_RANGE : FC_OK);
        ck_assert_uint_eq(written, lack != 0 ? 99 : count);
        ck_assert(lack == 0 || count == 1 || to[0] == 0);
        ck_assert(lack != 0 || memcmp(to, forms.units, 2 * count) == 0);
    }
    fct_guarded_free(&area);
}
END_TEST

static const struct {
    ptrdiff_t begin, end;
    const char *text;
} ranges[] = {
    { 0, FC_END, "abcdef" },
    { -2, FC_END, "abcdef" },
    { PTRDIFF_MIN, 3, "abc" },
    { 0, -2, "" },
    { 2, 4, "cd" },
    { 4, 2, "" },
    { 6, FC_END, "" },
    { FC_END, FC_END, "" },
    { 5, 99, "f" },
    { 3, 3, "" },
    { PTRDIFF_MIN, PTRDIFF_MIN, "" },
};

START_TEST(range_is_to_strings)
{
    fc_buffer b = FC_BUFFER_INIT, whole = FC_BUFFER_INIT, text = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_utf8(&whole, "xabcdefx", 8), FC_OK);
    b = fc_buffer_slice(&whole, 1, -1);
    size_t length = strlen(ranges[_i].text);
    fc_encoding none = length == 0 ? (fc_encoding)99 : FC_ENCODING_UTF8;
    ck_assert_int_eq(fc_buffer_to_utf8(&text, &b, none, ranges[_i].begin, ranges[_i].end), FC_OK);
    fct_assert_holds(&text, ranges[_i].text, length);
    ck_assert_int_eq(fc_buffer_to_utf16(&text, &b, none, ranges[_i].begin, ranges[_i].end), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&text), 2 * length);
    fc_buffer_release(&text);
    text = fct_untouched();
    if (length != 0) {
        ck_assert_int_eq(
            fc_buffer_to_utf8(&text, &b, (fc_encoding)99, ranges[_i].begin, ranges[_i].end),
            FC_ERR_UNKNOWN_ENCODING);
        ck_assert_int_eq(
            fc_buffer_to_utf16(&text, &b, (fc_encoding)0, ranges[_i].begin, ranges[_i].end),
            FC_ERR_UNKNOWN_ENCODING);
        fct_assert_untouched(&text);
    }
    fc_buffer_release(&b);
    fc_buffer_release(&whole);
}
END_TEST

START_TEST(encoding_of_no_bytes_is_not_looked_at)
{
    fc_buffer b = fct_untouched();
    fc_view none = fc_view_of(NULL, 0);
    size_t written = 99;
    ck_assert_int_eq(fc_view_to_utf8(&b, none, (fc_encoding)99), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
    b = fct_untouched();
    ck_assert_int_eq(fc_view_to_utf16(&b, none, (fc_encoding)99), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
    ck_assert_int_eq(fc_view_write_utf8(&written, NULL, 0, none, (fc_encoding)99), FC_OK);
    ck_assert_uint_eq(written, 0);
    written = 99;
    ck_assert_int_eq(fc_view_write_utf16(&written, NULL, 0, none, (fc_encoding)99), FC_OK);
    ck_assert_uint_eq(written, 0);
}
END_TEST

START_TEST(bytes_of_no_encoding_are_refused)
{
    fc_view bytes = FC_VIEW_LITERAL("a");
    fc_view endless = fc_view_of("a", FC_BUFFER_MAX_LENGTH + 1);
    fc_buffer b = fct_untouched();
    size_t written = 99;
    char to[8];
    uint16_t units[8];
    ck_assert_int_eq(fc_view_to_utf8(&b, bytes, (fc_encoding)8), FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_view_to_utf16(&b, bytes, (fc_encoding)8), FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_view_write_utf8(&written, to, 8, bytes, (fc_encoding)8),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_view_write_utf16(&written, units, 8, bytes, (fc_encoding)8),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_uint_eq(fc_view_utf8_length(bytes, (fc_encoding)8), 0);
    ck_assert_uint_eq(fc_view_utf16_length(bytes, (fc_encoding)8), 0);
    ck_assert_int_eq(fc_view_to_utf8(&b, endless, FC_ENCODING_HEX), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_view_to_utf16(&b, endless, FC_ENCODING_HEX), FC_ERR_OUT_OF_RANGE);
    endless.length = FC_BUFFER_MAX_LENGTH;
    ck_assert_int_eq(fc_view_to_utf8(&b, endless, FC_ENCODING_HEX), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_to_utf16(&b, endless, FC_ENCODING_LATIN1), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_to_utf16(&b, endless, FC_ENCODING_HEX), FC_ERR_BUFFER_TOO_LARGE);
    fct_assert_untouched(&b);
    ck_assert_uint_eq(written, 99);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/text");
    TCase *tc = tcase_create("text");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, text_becomes_bytes, 0, FCT_COUNT(decoded));
    tcase_add_test(tc, text_of_no_encoding_is_refused);
    tcase_add_test(tc, text_is_nowhere_too_long);
    tcase_add_test(tc, dirty_text_gives_the_rest_back);
    tcase_add_test(tc, ill_formed_text_is_the_string_it_would_be);
    tcase_add_loop_test(tc, bytes_become_text, 0, FCT_COUNT(encoded));
    tcase_add_test(tc, lone_surrogate_stays_in_utf16_only);
    tcase_add_loop_test(tc, text_fits_whole_or_not_at_all, 0, FCT_COUNT(encoded));
    tcase_add_loop_test(tc, range_is_to_strings, 0, FCT_COUNT(ranges));
    tcase_add_test(tc, encoding_of_no_bytes_is_not_looked_at);
    tcase_add_test(tc, bytes_of_no_encoding_are_refused);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
