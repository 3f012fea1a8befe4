/* SPDX-License-Identifier: MIT */

/* Text written into buffers and filled with: what fits, what is seen by whom, and text that lies in
 * the buffer it is written to. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "text.h"

#include <stdio.h>

#define FILLER 0xee

static fc_buffer make_filled(size_t length)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc_fill(&b, length, FC_VIEW_LITERAL("\xee")), FC_OK);
    return b;
}

/* ---- written --------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    fc_encoding encoding;
    size_t length, offset, room;
    size_t written;
    const char *bytes;
} writes[] = {
    { "ab\xe2\x82\xac", FC_ENCODING_UTF8, 4, 0, 4, 2, "ab\xee\xee" },
    { "a\xe2\x82\xac"
      "b",
      FC_ENCODING_UTF8, 3, 0, 3, 1, "a\xee\xee" },
    { "\xf0\x9f\x98\x80", FC_ENCODING_UTF8, 3, 0, 3, 0, "\xee\xee\xee" },
    { "\xf0\x9f\x98\x80", FC_ENCODING_UTF8, 5, 1, 5, 4, "\xee\xf0\x9f\x98\x80" },
    { "abc", FC_ENCODING_UTF8, 5, 3, 5, 2,
      "\xee\xee\xee"
      "ab" },
    { "abc", FC_ENCODING_UTF8, 5, 5, 5, 0, "\xee\xee\xee\xee\xee" },
    { "abc", FC_ENCODING_UTF8, 5, 1, 2, 2,
      "\xee"
      "ab\xee\xee" },
    { "abc", FC_ENCODING_UTF8, 5, 0, 0, 0, "\xee\xee\xee\xee\xee" },
    { "\xc5\x81\xc5\x82\xc5\x83", FC_ENCODING_UTF16LE, 5, 0, 5, 4, "\x41\x01\x42\x01\xee" },
    { "\xf0\x9f\x98\x80", FC_ENCODING_UTF16LE, 3, 0, 3, 2, "\x3d\xd8\xee" },
    { "\xc5\x81\xe2\x82\xac", FC_ENCODING_LATIN1, 4, 1, 4, 2, "\xee\x41\xac\xee" },
    { "abzz", FC_ENCODING_HEX, 4, 0, 4, 1, "\xab\xee\xee\xee" },
    { "YWJjZGVm", FC_ENCODING_BASE64, 4, 0, 4, 4, "abcd" },
    { "====", FC_ENCODING_BASE64, 2, 0, 2, 0, "\xee\xee" },
    { "", FC_ENCODING_UTF8, 2, 0, 2, 0, "\xee\xee" },
    { "a", FC_ENCODING_UTF8, 0, 0, 0, 0, "" },
};

/* In place, in a slice, and into memory that a snapshot shares: always the same. */
START_TEST(write_stores_what_fits)
{
    struct fct_forms forms;
    fct_forms_make(&forms, writes[_i].text, strlen(writes[_i].text));
    for (size_t form = 0; form < 2; form++) {
        size_t length = writes[_i].length, written = 99;
        fc_buffer b = make_filled(length);
        ck_assert_int_eq(fc_buffer_write_text(&written, &b, writes[_i].offset, writes[_i].room,
                                              forms.text[form], writes[_i].encoding),
                         FC_OK);
        ck_assert_uint_eq(written, writes[_i].written);
        fct_assert_holds(&b, writes[_i].bytes, length);

        fc_buffer whole = make_filled(FCT_SHARED_SIZE);
        fc_buffer snapshot = fct_snapshot(&whole);
        b = fc_buffer_slice(&whole, 7, 7 + (ptrdiff_t)length);
        ck_assert_int_eq(fc_buffer_write_text(NULL, &b, writes[_i].offset, writes[_i].room,
                                              forms.text[form], writes[_i].encoding),
                         FC_OK);
        ck_assert_int_eq(fc_buffer_would_copy(&whole), written == 0);
        fct_assert_holds(&b, writes[_i].bytes, length);
        ck_assert_int_eq(fct_get(&whole, 6), FILLER);
        ck_assert_int_eq(fct_get(&whole, 7 + length), FILLER);
        ck_assert_int_eq(fct_get(&snapshot, 7), FILLER);
        ck_assert_int_eq(fct_get(&snapshot, 7 + length / 2), FILLER);
        fc_buffer_release(&snapshot);
        fc_buffer_release(&whole);
    }
}
END_TEST

START_TEST(write_refuses_a_wrong_range)
{
    fc_buffer b = fct_make(5);
    fc_text text = FC_TEXT_LITERAL("abc");
    fc_encoding none = (fc_encoding)99;
    size_t written = 99;
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, 6, 0, text, none), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, 0, 6, text, none), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, SIZE_MAX, 1, text, FC_ENCODING_UTF8),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, 1, SIZE_MAX, text, FC_ENCODING_UTF8),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, 5, 5, text, none), FC_ERR_UNKNOWN_ENCODING);
    ck_assert_uint_eq(written, 99);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(write_of_nothing_is_no_write)
{
    fc_buffer b = fct_make(5);
    size_t written = 99;
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    ck_assert_int_eq(
        fc_buffer_write_text(&written, &b, 0, 5, FC_TEXT_LITERAL("zz"), FC_ENCODING_HEX), FC_OK);
    ck_assert_uint_eq(written, 0);
    written = 99;
    ck_assert_int_eq(
        fc_buffer_write_text(&written, &b, 0, 5, FC_TEXT_LITERAL("ab"), FC_ENCODING_HEX),
        FC_ERR_FROZEN);
    ck_assert_uint_eq(written, 99);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* Hex of its own bytes, onto every place around itself: the text counts as read before. */
START_TEST(text_may_lie_in_the_buffer)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    enum { DIGITS = sizeof digits - 1, LENGTH = 4 * DIGITS, AT = DIGITS };
    uint8_t expected[LENGTH];
    for (size_t offset = 0; offset < LENGTH; offset++) {
        for (int form = 0; form < 2; form++) {
            fc_buffer b = make_filled(LENGTH);
            size_t written = 0, room = LENGTH - offset < DIGITS / 2 ? LENGTH - offset : DIGITS / 2;
            size_t unit = form == 0 ? 1 : 2;
            for (size_t i = 0; i < DIGITS; i++) {
                uint16_t wide = (uint8_t)digits[i];
                const void *digit = form == 0 ? (const void *)&digits[i] : &wide;
                ck_assert_int_eq(fc_buffer_write(&b, AT + unit * i, digit, unit), FC_OK);
            }
            memcpy(expected, fc_buffer_data(&b), LENGTH);
            for (size_t i = 0; i < room; i++) {
                unsigned value = 0;
                ck_assert_int_eq(sscanf(digits + 2 * i, "%2x", &value), 1);
                expected[offset + i] = (uint8_t)value;
            }
            const void *at = fc_buffer_data(&b) + AT;
            fc_text text = form == 0 ? fc_text_utf8(at, DIGITS) : fc_text_utf16(at, DIGITS);
            ck_assert_int_eq(
                fc_buffer_write_text(&written, &b, offset, LENGTH, text, FC_ENCODING_HEX), FC_OK);
            ck_assert_uint_eq(written, room);
            fct_assert_holds(&b, expected, LENGTH);
        }
    }
}
END_TEST

/* Text too long to be read at once, in either form, on either side of where it is written to: the
 * same as from elsewhere, whether its bytes are fewer or more than it. */
START_TEST(long_text_may_lie_in_the_buffer)
{
    static const fc_encoding encodings[] = { FC_ENCODING_UTF8, FC_ENCODING_UTF16LE,
                                             FC_ENCODING_HEX };
    enum { COUNT = 700, LENGTH = 8 * COUNT, AT = 3 * COUNT };
    static char chars[COUNT];
    static uint16_t units[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        units[i] = (uint16_t)(chars[i] = "0123456789abcdef"[(i * i + i / 7) % 16]);
    }
    for (size_t offset = AT - 3 * COUNT; offset < AT + 3 * COUNT; offset += 33) {
        bool wide = _i % 2 != 0;
        fc_text text = wide ? fc_text_utf16(units, COUNT) : fc_text_utf8(chars, COUNT);
        fc_buffer b = make_filled(LENGTH), expected = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_write(&b, AT, text.units, wide ? 2 * COUNT : COUNT), FC_OK);
        ck_assert_int_eq(fc_buffer_copy(&expected, &b), FC_OK);
        ck_assert_int_eq(
            fc_buffer_write_text(NULL, &expected, offset, LENGTH, text, encodings[_i / 2]), FC_OK);
        text.units = fc_buffer_data(&b) + AT;
        ck_assert_int_eq(fc_buffer_write_text(NULL, &b, offset, LENGTH, text, encodings[_i / 2]),
                         FC_OK);
        fct_assert_holds(&b, fc_buffer_data(&expected), LENGTH);
        fc_buffer_release(&expected);
    }
}
END_TEST

/* The text lies in the block that the arena leaves. */
START_TEST(text_may_lie_in_the_block_that_is_left)
{
    fc_buffer b = make_filled(FCT_SHARED_SIZE);
    ck_assert_int_eq(fc_buffer_write(&b, 0, "6162636465", 10), FC_OK);
    fc_buffer snapshot = fct_snapshot(&b);
    fc_text text = fc_text_utf8((const char *)fc_buffer_data(&b), 10);
    ck_assert_int_eq(fc_buffer_write_text(NULL, &b, 1, 100, text, FC_ENCODING_HEX), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&b), "6abcde6465\xee", 11);
    ck_assert_mem_eq(fc_buffer_data(&snapshot), "6162636465\xee", 11);
    fc_buffer_release(&snapshot);
    fc_buffer_release(&b);
}
END_TEST

/* Long text, past the scratch on the stack. */
START_TEST(long_text_is_written_whole)
{
    static char text[20000];
    fc_buffer b = make_filled(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    size_t written = 0;
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = "0123456789abcdef"[i % 16];
    }
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, 5, 50000, fc_text_utf8(text, sizeof text),
                                          FC_ENCODING_HEX),
                     FC_OK);
    ck_assert_uint_eq(written, 10000);
    const uint8_t *bytes = fc_buffer_data(&b);
    ck_assert_mem_eq(bytes + 5, "\x01\x23\x45\x67\x89\xab\xcd\xef", 8);
    ck_assert_int_eq(memcmp(bytes + 5, bytes + 13, 9992), 0);
    ck_assert_int_eq(bytes[10005], FILLER);
    fc_buffer_release(&snapshot);
    fc_buffer_release(&b);
}
END_TEST

/* ---- filled ---------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    fc_encoding encoding;
    size_t length, begin, end;
    fc_status status;
    const char *bytes;
} fills[] = {
    { "\xe2\x82\xac", FC_ENCODING_UTF8, 5, 0, 5, FC_OK, "\xe2\x82\xac\xe2\x82" },
    { "a", FC_ENCODING_UTF16LE, 5, 0, 5, FC_OK, "a\0a\0a" },
    { "abxx", FC_ENCODING_HEX, 5, 1, 4, FC_OK, "\xee\xab\xab\xab\xee" },
    { "YWI=", FC_ENCODING_BASE64, 5, 0, 5, FC_OK, "ababa" },
    { "", FC_ENCODING_HEX, 3, 1, (size_t)FC_END, FC_OK, "\xee\0\0" },
    { "zz", FC_ENCODING_HEX, 3, 0, 3, FC_ERR_INVALID_ARG_VALUE, "\xee\xee\xee" },
    { "=", FC_ENCODING_BASE64, 3, 0, 1, FC_ERR_INVALID_ARG_VALUE, "\xee\xee\xee" },
    { "zz", FC_ENCODING_HEX, 3, 2, 2, FC_OK, "\xee\xee\xee" },
    { "zz", FC_ENCODING_HEX, 3, 3, 1, FC_OK, "\xee\xee\xee" },
    { "zz", FC_ENCODING_HEX, 0, 0, 0, FC_OK, "" },
    { "a", FC_ENCODING_UTF8, 5, 6, (size_t)FC_END, FC_OK, "\xee\xee\xee\xee\xee" },
    { "a", FC_ENCODING_UTF8, 3, 0, 4, FC_ERR_OUT_OF_RANGE, "\xee\xee\xee" },
    { "a", FC_ENCODING_UTF8, 3, SIZE_MAX, 3, FC_ERR_OUT_OF_RANGE, "\xee\xee\xee" },
    { "zz", FC_ENCODING_HEX, 3, 0, 4, FC_ERR_OUT_OF_RANGE, "\xee\xee\xee" },
    { "a", (fc_encoding)0, 3, 2, 2, FC_ERR_UNKNOWN_ENCODING, "\xee\xee\xee" },
};

START_TEST(fill_repeats_the_bytes_of_text)
{
    struct fct_forms forms;
    fct_forms_make(&forms, fills[_i].text, strlen(fills[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer b = make_filled(fills[_i].length);
        ck_assert_int_eq(fc_buffer_fill_text(&b, fills[_i].begin, fills[_i].end, forms.text[form],
                                             fills[_i].encoding),
                         fills[_i].status);
        fct_assert_holds(&b, fills[_i].bytes, fills[_i].length);
    }
}
END_TEST

START_TEST(fill_takes_its_pattern_from_the_buffer)
{
    fc_buffer b = make_filled(8);
    ck_assert_int_eq(fc_buffer_write(&b, 0,
                                     "\xee"
                                     "6162",
                                     5),
                     FC_OK);
    fc_text text = fc_text_utf8((const char *)fc_buffer_data(&b) + 1, 4);
    ck_assert_int_eq(fc_buffer_fill_text(&b, 0, 8, text, FC_ENCODING_HEX), FC_OK);
    FCT_ASSERT_HOLDS(&b, "abababab");
}
END_TEST

START_TEST(fill_does_not_show_in_a_snapshot)
{
    static char text[3000];
    fc_buffer b = make_filled(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    memset(text, 'x', sizeof text);
    ck_assert_int_eq(
        fc_buffer_fill_text(&b, 0, 9000, fc_text_utf8(text, sizeof text), FC_ENCODING_LATIN1),
        FC_OK);
    ck_assert_int_eq(fct_get(&b, 8999), 'x');
    ck_assert_int_eq(fct_get(&b, 9000), FILLER);
    ck_assert_int_eq(fct_get(&snapshot, 0), FILLER);
    fc_buffer_release(&snapshot);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    ck_assert_int_eq(fc_buffer_fill_text(&b, 0, 1, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8),
                     FC_ERR_FROZEN);
    ck_assert_int_eq(fc_buffer_fill_text(&b, 1, 1, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8), FC_OK);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(alloc_fills_with_text)
{
    fc_buffer b = FC_BUFFER_INIT;
    fc_encoding none = (fc_encoding)99;
    ck_assert_int_eq(
        fc_buffer_alloc_fill_text(&b, 5, FC_TEXT_LITERAL("\xe2\x82\xac"), FC_ENCODING_UTF8), FC_OK);
    FCT_ASSERT_HOLDS(&b, "\xe2\x82\xac\xe2\x82");
    ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 3, FC_TEXT_LITERAL(""), FC_ENCODING_HEX), FC_OK);
    FCT_ASSERT_HOLDS(&b, "\0\0\0");
    ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 0, FC_TEXT_LITERAL("xx"), none), FC_OK);
    FCT_ASSERT_HOLDS(&b, "");
    b = fct_untouched();
    ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 3, FC_TEXT_LITERAL("xx"), FC_ENCODING_HEX),
                     FC_ERR_INVALID_ARG_VALUE);
    ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, 3, FC_TEXT_LITERAL("xx"), none),
                     FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(fc_buffer_alloc_fill_text(&b, SIZE_MAX, FC_TEXT_LITERAL("xx"), none),
                     FC_ERR_OUT_OF_RANGE);
    fct_assert_untouched(&b);
}
END_TEST

START_TEST(number_that_nobody_asks_for_is_not_told)
{
    fc_buffer b = fct_make(4);
    size_t written = 0;
    fc_text text = fc_text_utf8("0a0b", 4);
    ck_assert_int_eq(fc_buffer_set_from_hex(NULL, &written, &b, text), FC_OK);
    ck_assert_uint_eq(written, 2);
    ck_assert(fct_get(&b, 0) == 0x0a && fct_get(&b, 1) == 0x0b && fct_get(&b, 2) == fct_pattern(2));
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/text_write");
    TCase *tc = tcase_create("text into buffers");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, write_stores_what_fits, 0, FCT_COUNT(writes));
    tcase_add_test(tc, write_refuses_a_wrong_range);
    tcase_add_test(tc, write_of_nothing_is_no_write);
    tcase_add_test(tc, number_that_nobody_asks_for_is_not_told);
    tcase_add_test(tc, text_may_lie_in_the_buffer);
    tcase_add_loop_test(tc, long_text_may_lie_in_the_buffer, 0, 6);
    tcase_add_test(tc, text_may_lie_in_the_block_that_is_left);
    tcase_add_test(tc, long_text_is_written_whole);
    tcase_add_loop_test(tc, fill_repeats_the_bytes_of_text, 0, FCT_COUNT(fills));
    tcase_add_test(tc, fill_takes_its_pattern_from_the_buffer);
    tcase_add_test(tc, fill_does_not_show_in_a_snapshot);
    tcase_add_test(tc, alloc_fills_with_text);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
