/* SPDX-License-Identifier: MIT */

/* What surprises in Node and no vector shows, one test each, and the bugs of Node's that ours must
 * not have: doc/node.md says which test stands for which. Black box: the public header only. */

#include "bytes.h"

#include <math.h>
#include <stdlib.h>

static fc_buffer make(fc_view bytes)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, bytes.bytes, bytes.length), FC_OK);
    return b;
}

static void assert_bytes(const fc_buffer *b, fc_view bytes)
{
    ck_assert_uint_eq(fc_buffer_length(b), bytes.length);
    ck_assert_mem_eq(fc_buffer_data(b), bytes.bytes, bytes.length);
}

#define NO_ENCODING ((fc_encoding)99)

START_TEST(standard_s_example_gives_maximal_subparts)
{
    /* Table 3-8 of the Unicode Standard, as it stood up to version 10. */
    static const uint16_t units[] = {
        0xfffd, 0xfffd, 0xfffd, 'b', 0xfffd, 'c', 0xfffd, 0xfffd, 'd'
    };
    fc_buffer text = FC_BUFFER_INIT;
    fc_view bytes = FC_VIEW_LITERAL("\xf1\x80\x80\xe1\x80\xc2"
                                    "b\x80"
                                    "c\x80\xbf"
                                    "d");
    ck_assert_int_eq(fc_view_to_utf16(&text, bytes, FC_ENCODING_UTF8), FC_OK);
    assert_bytes(&text, fc_view_of(units, sizeof units));
    fc_buffer_release(&text);
}
END_TEST

START_TEST(ill_formed_utf8_is_replaced_part_by_part)
{
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        { "\xf0\x9f\x98", "\xef\xbf\xbd" },
        { "\xe2\x82"
          "A",
          "\xef\xbf\xbd"
          "A" },
        { "\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xe0\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xf8\x88\x80\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fc_buffer text = FC_BUFFER_INIT;
        fc_view bytes = fc_view_of(rows[i].bytes, strlen(rows[i].bytes));
        ck_assert_int_eq(fc_view_to_utf8(&text, bytes, FC_ENCODING_UTF8), FC_OK);
        assert_bytes(&text, fc_view_of(rows[i].text, strlen(rows[i].text)));
        fc_buffer_release(&text);
    }
}
END_TEST

START_TEST(base64_bits_of_no_byte_are_ignored)
{
    static const fc_text texts[] = { { "YR==", 4, FC_TEXT_UTF8, 0 }, { "Yf", 2, FC_TEXT_UTF8, 0 } };
    for (size_t i = 0; i < 2; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_from_text(&b, texts[i], FC_ENCODING_BASE64), FC_OK);
        assert_bytes(&b, FC_VIEW_LITERAL("a"));
        fc_buffer_release(&b);
    }
}
END_TEST

START_TEST(hex_needle_of_no_bytes_is_the_empty_needle)
{
    fc_view hay = FC_VIEW_LITERAL("abcdef");
    fc_text none = FC_TEXT_LITERAL("zz");
    ptrdiff_t index = -7;
    bool found = false;
    ck_assert_int_eq(fc_view_index_of_text(&index, hay, none, 3, FC_ENCODING_HEX), FC_OK);
    ck_assert_int_eq(index, 3);
    ck_assert_int_eq(fc_view_last_index_of_text(&index, hay, none, FC_END, FC_ENCODING_HEX), FC_OK);
    ck_assert_int_eq(index, 6);
    ck_assert_int_eq(fc_view_includes_text(&found, hay, none, 0, FC_ENCODING_HEX), FC_OK);
    ck_assert(found);
}
END_TEST

START_TEST(unknown_encoding_is_refused_for_any_text)
{
    static const fc_text texts[] = { { "", 0, FC_TEXT_UTF8, 0 }, { "61", 2, FC_TEXT_UTF8, 0 } };
    fc_buffer b = make(FC_VIEW_LITERAL("abc")), out = FC_BUFFER_INIT;
    for (size_t i = 0; i < 2; i++) {
        size_t written = 7;
        ck_assert_int_eq(fc_buffer_from_text(&out, texts[i], NO_ENCODING), FC_ERR_UNKNOWN_ENCODING);
        ck_assert_int_eq(fc_buffer_write_text(&written, &b, 0, 1, texts[i], NO_ENCODING),
                         FC_ERR_UNKNOWN_ENCODING);
        ck_assert_int_eq(fc_buffer_fill_text(&b, 0, 1, texts[i], NO_ENCODING),
                         FC_ERR_UNKNOWN_ENCODING);
        ck_assert_uint_eq(written, 7);
    }
    ck_assert_int_eq(fc_buffer_to_utf8(&out, &b, NO_ENCODING, 0, FC_END), FC_ERR_UNKNOWN_ENCODING);
    assert_bytes(&b, FC_VIEW_LITERAL("abc"));
    fc_buffer_release(&b);
}
END_TEST

START_TEST(unknown_encoding_of_no_bytes_is_not_looked_at)
{
    fc_buffer b = make(FC_VIEW_LITERAL("a")), out = { NULL, 7, 7 };
    ck_assert_int_eq(fc_buffer_to_utf8(&out, &b, NO_ENCODING, 9, FC_END), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&out), 0);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(byte_length_in_an_unknown_encoding_is_that_of_utf8)
{
    static const uint16_t euro[] = { 0x20ac };
    ck_assert_uint_eq(fc_text_byte_length(fc_text_utf16(euro, 1), NO_ENCODING), 3);
    ck_assert_uint_eq(fc_text_byte_length(FC_TEXT_LITERAL("\xe2\x82\xac"), NO_ENCODING), 3);
}
END_TEST

START_TEST(slice_is_a_view_and_copies_are_not)
{
    fc_buffer b = make(FC_VIEW_LITERAL("abc")), copy = FC_BUFFER_INIT, joined = FC_BUFFER_INIT;
    fc_buffer slice = fc_buffer_slice(&b, 0, 1);
    ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
    ck_assert_int_eq(fc_buffer_concat(&joined, &b, 1), FC_OK);
    fct_set(&slice, 0, 'z');
    assert_bytes(&b, FC_VIEW_LITERAL("zbc"));
    assert_bytes(&copy, FC_VIEW_LITERAL("abc"));
    assert_bytes(&joined, FC_VIEW_LITERAL("abc"));
    fc_buffer_release(&b), fc_buffer_release(&slice);
    fc_buffer_release(&copy), fc_buffer_release(&joined);
}
END_TEST

START_TEST(unit_needle_of_odd_length_loses_its_last_byte)
{
    fc_view hay = FC_VIEW_LITERAL("a\0b\0"), one = FC_VIEW_LITERAL("b");
    fc_view odd = FC_VIEW_LITERAL("b\0\x99");
    ck_assert_int_eq(fc_view_index_of_units(hay, odd, 0), 2);
    ck_assert_int_eq(fc_view_last_index_of_units(hay, odd, FC_END), 2);
    ck_assert_int_eq(fc_view_index_of_units(hay, one, 0), -1);
    ck_assert_int_eq(fc_view_last_index_of_units(hay, one, FC_END), -1);
}
END_TEST

START_TEST(unit_needle_is_not_found_in_an_odd_hay)
{
    fc_view hay = FC_VIEW_LITERAL("\0a\0"), needle = FC_VIEW_LITERAL("cc");
    ck_assert_int_eq(fc_view_index_of_units(hay, needle, 0), -1);
    ck_assert_int_eq(fc_view_last_index_of_units(hay, needle, FC_END), -1);
}
END_TEST

START_TEST(lone_surrogate_is_found_as_it_is_written)
{
    static const uint16_t lone[] = { 0xd800 };
    ptrdiff_t index = -7;
    fc_view hay = FC_VIEW_LITERAL("a\xef\xbf\xbd");
    ck_assert_int_eq(
        fc_view_index_of_text(&index, hay, fc_text_utf16(lone, 1), 0, FC_ENCODING_UTF8), FC_OK);
    ck_assert_int_eq(index, 1);
}
END_TEST

START_TEST(search_of_the_worst_needle_ends)
{
    /* Looked for naively these are 2^38 comparisons. */
    size_t hay_length = (size_t)4 << 20, length = (size_t)1 << 17;
    uint8_t *hay = malloc(hay_length), *needle = malloc(length);
    memset(hay, 'a', hay_length), memset(needle, 'a', length);
    fc_view view = fc_view_of(hay, hay_length), sought = fc_view_of(needle, length);
    static const size_t places[] = { 0, 1, 65536, 131071 };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        needle[places[i]] = 'b';
        ck_assert_int_eq(fc_view_index_of(view, sought, 0), -1);
        ck_assert_int_eq(fc_view_last_index_of(view, sought, FC_END), -1);
        needle[places[i]] = 'a';
    }
    ck_assert_int_eq(fc_view_index_of(view, sought, 0), 0);
    free(hay), free(needle);
}
END_TEST

START_TEST(numbers_fill_with_their_bytes)
{
    static const uint16_t values[] = { 257, 2 };
    uint8_t bytes[5];
    fc_buffer b = make(FC_VIEW_LITERAL("abcde")), copy = make(fc_view_of(&values[1], 2));
    memcpy(bytes, values, 4), bytes[4] = bytes[0];
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 0, 5, fc_view_of(values, sizeof values)), FC_OK);
    assert_bytes(&b, fc_view_of(bytes, 5));
    assert_bytes(&copy, fc_view_of(bytes + 2, 2));
    fc_buffer_release(&b), fc_buffer_release(&copy);
}
END_TEST

START_TEST(bits_of_nan_come_through)
{
    fc_buffer b = make(FC_VIEW_LITERAL("\x7f\xf0\0\0\0\0\0\1")),
              f = make(FC_VIEW_LITERAL("\x7f\x80\0\1"));
    double number = 0;
    float narrow = 0;
    ck_assert_int_eq(fc_buffer_read_f64be(&number, &b, 0), FC_OK);
    ck_assert(isnan(number));
    ck_assert_int_eq(fc_buffer_write_f64be(&b, 0, number), FC_OK);
    assert_bytes(&b, FC_VIEW_LITERAL("\x7f\xf0\0\0\0\0\0\1"));
    /* A float that signals is quieted when it becomes a double, as every number of Node's is. */
    ck_assert_int_eq(fc_buffer_read_f32be(&narrow, &f, 0), FC_OK);
    volatile double wide = narrow;
    ck_assert_int_eq(fc_buffer_write_f32be(&f, 0, wide), FC_OK);
    assert_bytes(&f, FC_VIEW_LITERAL("\x7f\xc0\0\1"));
    fc_buffer_release(&b), fc_buffer_release(&f);
}
END_TEST

START_TEST(wrapped_memory_is_shared)
{
    uint8_t memory[2] = { 0, 0 };
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_wrap_shared(&b, memory, 2, NULL, NULL), FC_OK);
    memory[0] = 7;
    ck_assert_uint_eq(fct_get(&b, 0), 7);
    fct_set(&b, 1, 8);
    ck_assert_uint_eq(memory[1], 8);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(set_past_the_end_says_so)
{
    fc_buffer b = make(FC_VIEW_LITERAL("abc"));
    fct_set(&b, 0, (uint8_t)300);
    ck_assert_int_eq(fc_buffer_set(&b, 9, 4), FC_ERR_OUT_OF_RANGE);
    assert_bytes(&b, FC_VIEW_LITERAL(",bc"));
    fc_buffer_release(&b);
}
END_TEST

static void assert_inspected(size_t length, const char *end)
{
    static const uint8_t zeroes[60];
    fc_buffer text = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_view_inspect(&text, fc_view_of(zeroes, length), FC_INSPECT_MAX_BYTES),
                     FC_OK);
    fc_buffer_narrow(&text, -(ptrdiff_t)strlen(end), FC_END);
    assert_bytes(&text, fc_view_of(end, strlen(end)));
    fc_buffer_release(&text);
}

START_TEST(inspect_counts_what_it_does_not_show)
{
    assert_inspected(50, " 00 00>");
    assert_inspected(51, " 00 ... 1 more byte>");
    assert_inspected(52, " 00 ... 2 more bytes>");
}
END_TEST

START_TEST(transcode_drops_half_a_unit)
{
    static const uint8_t zeroes[5523];
    fc_buffer out = FC_BUFFER_INIT;
    fc_view odd = FC_VIEW_LITERAL("A\0\0");
    ck_assert_int_eq(fc_view_transcode(&out, odd, FC_ENCODING_UTF16LE, FC_ENCODING_LATIN1), FC_OK);
    assert_bytes(&out, FC_VIEW_LITERAL("A"));
    fc_buffer_release(&out);
    fc_view many = fc_view_of(zeroes, sizeof zeroes);
    ck_assert_int_eq(fc_view_transcode(&out, many, FC_ENCODING_UTF16LE, FC_ENCODING_LATIN1), FC_OK);
    assert_bytes(&out, fc_view_of(zeroes, sizeof zeroes / 2));
    fc_buffer_release(&out);
}
END_TEST

START_TEST(nothing_is_utf8)
{
    ck_assert(fc_view_is_utf8(fc_view_of(NULL, 0)));
    ck_assert(fc_view_is_ascii(fc_view_of(NULL, 0)));
    ck_assert(!fc_view_is_utf8(FC_VIEW_LITERAL("\xed\xa0\x80")));
    ck_assert(!fc_view_is_utf8(FC_VIEW_LITERAL("\xc0\x80")));
}
END_TEST

START_TEST(strict_decoding_refuses_wide_characters)
{
    /* To Node U+0131 is the digit 1, and U+0159 the letter Y. */
    static const uint16_t hex[] = { '6', 0x131 }, base64[] = { 0x159, 'W', 'J', 'j' };
    fc_buffer out = FC_BUFFER_INIT;
    fc_decode_error error;
    ck_assert_int_eq(
        fc_buffer_from_text_strict(&out, &error, fc_text_utf16(hex, 2), FC_ENCODING_HEX),
        FC_ERR_INVALID_DATA);
    ck_assert_uint_eq(error.offset, 1);
    ck_assert_uint_eq(error.kind, FC_DECODE_CHARACTER);
    ck_assert_int_eq(
        fc_buffer_from_text_strict(&out, &error, fc_text_utf16(base64, 4), FC_ENCODING_BASE64),
        FC_ERR_INVALID_DATA);
    ck_assert_uint_eq(error.offset, 0);
    ck_assert_uint_eq(error.kind, FC_DECODE_CHARACTER);
}
END_TEST

START_TEST(concat_refuses_what_no_buffer_can_hold)
{
    static const uint8_t byte;
    fc_buffer out = FC_BUFFER_INIT;
    fc_view list[] = { { &byte, FC_BUFFER_MAX_LENGTH },
                       { &byte, 1 },
                       { &byte, FC_BUFFER_MAX_LENGTH } };
    ck_assert_int_eq(fc_view_concat(&out, list, 2), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_concat(&out, list, 3), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_concat_total(&out, list, 2, SIZE_MAX), FC_ERR_OUT_OF_RANGE);
}
END_TEST

START_TEST(write_beyond_four_gib_is_a_write)
{
#if SIZE_MAX > 0xffffffffu
    size_t far = ((size_t)1 << 32) + 5, written = 0;
    fc_buffer b = FC_BUFFER_INIT;
    /* Where memory is watched, so much of it takes long, and anywhere it may be refused. */
    if (fct_effort_step() != 1 || fc_buffer_alloc(&b, far + 3) != FC_OK) {
        return;
    }
    ck_assert_int_eq(fc_buffer_write_text(&written, &b, far, fc_buffer_length(&b),
                                          FC_TEXT_LITERAL("abcd"), FC_ENCODING_LATIN1),
                     FC_OK);
    ck_assert_uint_eq(written, 3);
    fc_view end = fc_view_slice(fc_buffer_view(&b), -8, FC_END);
    ck_assert_mem_eq(end.bytes, "\0\0\0\0\0abc", 8);
    ck_assert_uint_eq(fct_get(&b, 5), 0);
    fc_buffer_release(&b);
#endif
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("api/node_surprises");
    TCase *node = tcase_create("node");
    tcase_add_checked_fixture(node, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(node, 60);
    tcase_add_test(node, standard_s_example_gives_maximal_subparts);
    tcase_add_test(node, ill_formed_utf8_is_replaced_part_by_part);
    tcase_add_test(node, base64_bits_of_no_byte_are_ignored);
    tcase_add_test(node, hex_needle_of_no_bytes_is_the_empty_needle);
    tcase_add_test(node, unknown_encoding_is_refused_for_any_text);
    tcase_add_test(node, unknown_encoding_of_no_bytes_is_not_looked_at);
    tcase_add_test(node, byte_length_in_an_unknown_encoding_is_that_of_utf8);
    tcase_add_test(node, slice_is_a_view_and_copies_are_not);
    tcase_add_test(node, unit_needle_of_odd_length_loses_its_last_byte);
    tcase_add_test(node, unit_needle_is_not_found_in_an_odd_hay);
    tcase_add_test(node, lone_surrogate_is_found_as_it_is_written);
    tcase_add_test(node, search_of_the_worst_needle_ends);
    tcase_add_test(node, numbers_fill_with_their_bytes);
    tcase_add_test(node, bits_of_nan_come_through);
    tcase_add_test(node, wrapped_memory_is_shared);
    tcase_add_test(node, set_past_the_end_says_so);
    tcase_add_test(node, inspect_counts_what_it_does_not_show);
    tcase_add_test(node, transcode_drops_half_a_unit);
    tcase_add_test(node, nothing_is_utf8);
    tcase_add_test(node, strict_decoding_refuses_wide_characters);
    tcase_add_test(node, concat_refuses_what_no_buffer_can_hold);
    tcase_add_test(node, write_beyond_four_gib_is_a_write);
    suite_add_tcase(suite, node);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
