/* SPDX-License-Identifier: MIT */

/* Searching for text: in every encoding as its bytes, in UTF-16 by units. */

#include "base/common.h"

#include <fc_buffer/search_text.h>

#include "text.h"

#include <stdio.h>

static const struct {
    const char *hay;
    size_t length;
    const char *needle;
    fc_encoding encoding;
    ptrdiff_t from, index, last; /* the last at or before `from`, too */
} finds[] = {
    { "abcabc", 6, "bc", FC_ENCODING_UTF8, 0, 1, -1 },
    { "abcabc", 6, "bc", FC_ENCODING_UTF8, 2, 4, 1 },
    { "abcabc", 6, "bc", FC_ENCODING_UTF8, -2, 4, 4 },
    { "abcabc", 6, "bc", FC_ENCODING_UTF8, FC_END, -1, 4 },
    { "abcabc", 6, "abc", FC_ENCODING_UTF8, -7, 0, -1 },
    { "abcdef", 6, "", FC_ENCODING_UTF8, 99, 6, 6 },
    { "abcdef", 6, "zz", FC_ENCODING_HEX, 3, 3, 3 },
    { "abcdef", 6, "636", FC_ENCODING_HEX, 0, 2, -1 },
    { "abcdef", 6, "ZGU=", FC_ENCODING_BASE64, FC_END, -1, 3 },
    { "abcdef", 6, "ZGU", FC_ENCODING_BASE64URL, 3, 3, 3 },
    { "a\xe9\xac", 3, "\xc3\xa9\xe2\x82\xac", FC_ENCODING_LATIN1, 0, 1, -1 },
    { "a\xe9", 2, "\xc3\xa9", FC_ENCODING_ASCII, 1, 1, 1 },
    { "a\xe2\x82\xac", 4, "\xe2\x82\xac", FC_ENCODING_UTF8, 1, 1, 1 },
    { "\0a\0b\0c", 6, "a", FC_ENCODING_UTF16LE, 0, -1, -1 },
    { "a\0b\0a\0b\0", 8, "a", FC_ENCODING_UTF16LE, 1, 0, 0 },
    { "a\0b\0a\0b\0", 8, "b", FC_ENCODING_UTF16LE, 3, 2, 2 },
    { "a\0b\0a\0b\0", 8, "ab", FC_ENCODING_UTF16LE, FC_END, -1, 4 },
    { "a\0b\0a\0X", 7, "a", FC_ENCODING_UTF16LE, -2, 4, 4 },
    { "a\0b\0a\0X", 7, "a", FC_ENCODING_UTF16LE, -7, 0, -1 },
    { "a\0b\0X", 5, "", FC_ENCODING_UTF16LE, 99, 4, 4 },
    { "a\0b\0X", 5, "", FC_ENCODING_UTF16LE, -1, 3, 3 },
    { "a", 1, "a", FC_ENCODING_UTF16LE, 0, -1, -1 },
    { "", 0, "", FC_ENCODING_UTF8, -5, 0, 0 },
    { "", 0, "a", FC_ENCODING_UTF8, 0, -1, -1 },
};

/* At an odd address too: units count from the start of the hay, wherever that is. */
START_TEST(text_is_found)
{
    struct fct_forms forms;
    fct_forms_make(&forms, finds[_i].needle, strlen(finds[_i].needle));
    for (size_t i = 0; i < 4; i++) {
        fc_buffer whole = FC_BUFFER_INIT;
        uint8_t bytes[16] = { 'a' };
        memcpy(bytes + 1 + i / 2, finds[_i].hay, finds[_i].length);
        ck_assert_int_eq(fc_buffer_from_bytes(&whole, bytes, sizeof bytes), FC_OK);
        fc_buffer b = fc_buffer_slice(&whole, 1 + (ptrdiff_t)(i / 2),
                                      (ptrdiff_t)(1 + i / 2 + finds[_i].length));
        fc_text needle = forms.text[i % 2];
        fc_encoding encoding = finds[_i].encoding;
        ptrdiff_t from = finds[_i].from, index = 99;
        bool found = finds[_i].index < 0;
        ck_assert_int_eq(fc_buffer_index_of_text(&index, &b, needle, from, encoding), FC_OK);
        ck_assert_int_eq(index, finds[_i].index);
        ck_assert_int_eq(fc_buffer_last_index_of_text(&index, &b, needle, from, encoding), FC_OK);
        ck_assert_int_eq(index, finds[_i].last);
        ck_assert_int_eq(fc_buffer_includes_text(&found, &b, needle, from, encoding), FC_OK);
        ck_assert_int_eq(found, finds[_i].index >= 0);
        fc_buffer_release(&b);
        fc_buffer_release(&whole);
    }
}
END_TEST

START_TEST(lone_surrogate_is_found_as_its_replacement)
{
    static const uint16_t lone = 0xd800;
    ptrdiff_t index = 99;
    ck_assert_int_eq(fc_view_index_of_text(&index, FC_VIEW_LITERAL("a\xef\xbf\xbd"),
                                           fc_text_utf16(&lone, 1), 0, FC_ENCODING_UTF8),
                     FC_OK);
    ck_assert_int_eq(index, 1);
}
END_TEST

/* Longer than the scratch on the stack. */
START_TEST(long_needle_is_found)
{
    static char needle[4000], hay[9000];
    ptrdiff_t index = 99;
    memset(hay, 'a', sizeof hay);
    memset(needle, 'a', sizeof needle);
    needle[3999] = 'b';
    hay[7777] = 'b';
    ck_assert_int_eq(fc_view_index_of_text(&index, fc_view_of(hay, sizeof hay),
                                           fc_text_utf8(needle, sizeof needle), 0,
                                           FC_ENCODING_LATIN1),
                     FC_OK);
    ck_assert_int_eq(index, 7777 - 3999);
    ck_assert_int_eq(fc_view_last_index_of_text(&index, fc_view_of(hay, sizeof hay),
                                                fc_text_utf8(needle, sizeof needle), 7777 - 4000,
                                                FC_ENCODING_LATIN1),
                     FC_OK);
    ck_assert_int_eq(index, -1);
}
END_TEST

START_TEST(encoding_must_be_one)
{
    ptrdiff_t index = 99;
    bool found = true;
    fc_view hay = FC_VIEW_LITERAL("abc");
    fc_encoding none = (fc_encoding)0;
    ck_assert_int_eq(fc_view_index_of_text(&index, hay, FC_TEXT_LITERAL(""), 0, none),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_view_last_index_of_text(&index, hay, FC_TEXT_LITERAL("a"), 0, none),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_view_includes_text(&found, hay, FC_TEXT_LITERAL("x"), 0, none),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(index, 99);
    ck_assert(found);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/text_find");
    TCase *tc = tcase_create("searching for text");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, text_is_found, 0, (int)(sizeof finds / sizeof finds[0]));
    tcase_add_test(tc, lone_surrogate_is_found_as_its_replacement);
    tcase_add_test(tc, long_needle_is_found);
    tcase_add_test(tc, encoding_must_be_one);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
