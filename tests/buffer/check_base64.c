/* SPDX-License-Identifier: MIT */

/* The stricter ways from text to bytes and back: strict decoding, ECMAScript's base64 and hex, atob
 * and btoa. Their rules are tested in tests/codec; this is what happens to buffers.
 */

#include "base/common.h"

#include <fc_buffer/web.h>

#include "text.h"

#include <stdio.h>

/* ---- strict ---------------------------------------------------------------------------------- */

static const struct {
    fc_encoding encoding;
    const char *text, *bytes;
    size_t length;
} right[] = {
    { FC_ENCODING_HEX, "00fFA0", "\0\xff\xa0", 3 },
    { FC_ENCODING_BASE64, "+/8=", "\xfb\xff", 2 },
    { FC_ENCODING_BASE64URL, "-_8", "\xfb\xff", 2 },
    { FC_ENCODING_BASE64URL, "-_8=", "\xfb\xff", 2 },
    { FC_ENCODING_UTF8, "a\xe2\x82\xac", "a\xe2\x82\xac", 4 },
    { FC_ENCODING_UTF16LE, "\xf0\x9f\x98\x80", "\x3d\xd8\0\xde", 4 },
    { FC_ENCODING_LATIN1, "a\xc3\xa9", "a\xe9", 2 },
    { FC_ENCODING_ASCII, "a\x7f", "a\x7f", 2 },
    { FC_ENCODING_BASE64, "", "", 0 },
};

START_TEST(strict_takes_what_is_right)
{
    struct fct_forms forms;
    fct_forms_make(&forms, right[_i].text, strlen(right[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer b = fct_untouched();
        fc_decode_error error = { 77, 78, 79 };
        ck_assert_int_eq(
            fc_buffer_from_text_strict(&b, &error, forms.text[form], right[_i].encoding), FC_OK);
        ck_assert(error.offset == 77 && error.kind == 78 && error.reserved == 79);
        fct_assert_holds(&b, right[_i].bytes, right[_i].length);
    }
}
END_TEST

static const struct {
    fc_encoding encoding;
    const char *text;
    uint32_t kind;
    size_t offset;
} wrong[] = {
    { FC_ENCODING_HEX, "abc", FC_DECODE_LENGTH, 2 },
    { FC_ENCODING_BASE64, "-_8=", FC_DECODE_CHARACTER, 0 },
    { FC_ENCODING_BASE64, "+/8", FC_DECODE_PADDING, 3 },
    { FC_ENCODING_BASE64URL, "-_9", FC_DECODE_BITS, 2 },
    { FC_ENCODING_BASE64URL, "+/8", FC_DECODE_CHARACTER, 0 },
    { FC_ENCODING_UTF8, "a\xed\xa0\x80", FC_DECODE_SURROGATE, 1 },
    { FC_ENCODING_UTF16LE, "ab\xff", FC_DECODE_STRAY, 2 },
    { FC_ENCODING_LATIN1, "\xc3\xa9\xc4\x80", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_ASCII, "a\xc2\x80", FC_DECODE_CHARACTER, 1 },
};

START_TEST(strict_tells_what_is_wrong)
{
    fc_text text = fc_text_utf8(wrong[_i].text, strlen(wrong[_i].text));
    fc_buffer b = fct_untouched();
    fc_decode_error error = { 77, 78, 79 };
    ck_assert_int_eq(fc_buffer_from_text_strict(&b, &error, text, wrong[_i].encoding),
                     FC_ERR_INVALID_DATA);
    ck_assert_uint_eq(error.offset, wrong[_i].offset);
    ck_assert_uint_eq(error.kind, wrong[_i].kind);
    ck_assert_uint_eq(error.reserved, 0);
    ck_assert_int_eq(fc_buffer_from_text_strict(&b, NULL, text, wrong[_i].encoding),
                     FC_ERR_INVALID_DATA);
    fct_assert_untouched(&b);
}
END_TEST

START_TEST(utf8_is_checked_in_place)
{
    fc_decode_error error = { 77, 78, 79 };
    ck_assert_int_eq(fc_view_check_utf8(&error, FC_VIEW_LITERAL("a\xe2\x82\xac")), FC_OK);
    ck_assert_int_eq(fc_view_check_utf8(NULL, fc_view_of(NULL, 0)), FC_OK);
    ck_assert(error.offset == 77 && error.kind == 78 && error.reserved == 79);
    ck_assert_int_eq(fc_view_check_utf8(NULL, FC_VIEW_LITERAL("\xff")), FC_ERR_INVALID_DATA);
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, "ab\xe2\x82", 4), FC_OK);
    ck_assert_int_eq(fc_buffer_check_utf8(&error, &b), FC_ERR_INVALID_DATA);
    ck_assert(error.offset == 2 && error.kind == FC_DECODE_TRUNCATED && error.reserved == 0);
    fc_buffer_release(&b);
}
END_TEST

/* ---- ECMAScript's ---------------------------------------------------------------------------- */

static fc_base64_options options(uint32_t alphabet, uint32_t last_chunk, uint32_t omit_padding)
{
    return (fc_base64_options){ .size = sizeof(fc_base64_options),
                                .alphabet = alphabet,
                                .last_chunk = last_chunk,
                                .omit_padding = omit_padding };
}

START_TEST(base64_options_are_checked)
{
    fc_base64_options bad[6];
    size_t read = 98, written = 99;
    for (size_t i = 0; i < 6; i++) {
        bad[i] = options(FC_BASE64_STANDARD, FC_BASE64_LOOSE, 0);
    }
    bad[0].size = 0;
    bad[1].size++;
    bad[2].alphabet = 2;
    bad[3].last_chunk = 3;
    bad[4].omit_padding = 2;
    bad[5].reserved = 1;
    for (size_t i = 0; i < 6; i++) {
        fc_buffer b = fct_untouched(), target = fct_make(4);
        fc_text text = FC_TEXT_LITERAL("YWJj");
        ck_assert_int_eq(fc_buffer_from_base64(&b, text, &bad[i]), FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_view_to_base64(&b, FC_VIEW_LITERAL("a"), &bad[i]),
                         FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_to_base64(&b, &target, &bad[i]), FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_set_from_base64(&read, &written, &target, text, &bad[i]),
                         FC_ERR_INVALID_ARG_VALUE);
        fct_assert_untouched(&b);
        fct_assert_pattern(&target, 0, FCT_NONE);
        fc_buffer_release(&target);
    }
    ck_assert(read == 98 && written == 99);
}
END_TEST

static const struct {
    const char *text;
    uint32_t alphabet, last_chunk;
    const char *bytes; /* NULL: a mistake */
} bases[] = {
    { " YW\tJj\r\nYQ==\f", 0, FC_BASE64_STRICT, "abca" },
    { "YQ", 0, FC_BASE64_LOOSE, "a" },
    { "YQ", 0, FC_BASE64_STRICT, NULL },
    { "YWJjYQ", 0, FC_BASE64_STOP_BEFORE_PARTIAL, "abc" },
    { "YQ=", 0, FC_BASE64_LOOSE, NULL },
    { "YQ=", 0, FC_BASE64_STOP_BEFORE_PARTIAL, "" },
    { "YR==", 0, FC_BASE64_LOOSE, "a" },
    { "YR==", 0, FC_BASE64_STRICT, NULL },
    { "-_-_", FC_BASE64_URL, FC_BASE64_LOOSE, "\xfb\xff\xbf" },
    { "-_-_", FC_BASE64_STANDARD, FC_BASE64_LOOSE, NULL },
    { "+/+/", FC_BASE64_URL, FC_BASE64_LOOSE, NULL },
    { "YWJj\x0b", 0, FC_BASE64_LOOSE, NULL },
    { "YW\xc5\x99j", 0, FC_BASE64_LOOSE, NULL },
};

START_TEST(base64_becomes_bytes)
{
    struct fct_forms forms;
    fc_base64_options how = options(bases[_i].alphabet, bases[_i].last_chunk, 0);
    fct_forms_make(&forms, bases[_i].text, strlen(bases[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer b = fct_untouched();
        fc_status status = fc_buffer_from_base64(&b, forms.text[form], &how);
        ck_assert_int_eq(status, bases[_i].bytes != NULL ? FC_OK : FC_ERR_INVALID_DATA);
        if (status != FC_OK) {
            fct_assert_untouched(&b);
            continue;
        }
        fct_assert_holds(&b, bases[_i].bytes, strlen(bases[_i].bytes));
    }
}
END_TEST

static const struct {
    const char *text;
    uint32_t last_chunk;
    size_t length, read, written; /* read SIZE_MAX: a mistake */
} sets[] = {
    { "YWJjZGVm", FC_BASE64_LOOSE, 4, 4, 3 },
    { "YWJjZGVm", FC_BASE64_LOOSE, 6, 8, 6 },
    { "YWJjZGVm", FC_BASE64_LOOSE, 9, 8, 6 },
    { " YWJj ZGV", FC_BASE64_LOOSE, 9, 9, 5 },
    { " YWJj ZGV", FC_BASE64_STOP_BEFORE_PARTIAL, 9, 5, 3 },
    { " YWJj ZGV", FC_BASE64_STRICT, 9, SIZE_MAX, 0 },
    { "YWJj#", FC_BASE64_LOOSE, 3, SIZE_MAX, 0 },
    { "YWJjZGVm#", FC_BASE64_LOOSE, 3, 4, 3 },
    { "YWJj \n", FC_BASE64_LOOSE, 3, 6, 3 },
    { "YWJjZ", FC_BASE64_LOOSE, 3, SIZE_MAX, 0 },
    { "YWJjZG", FC_BASE64_LOOSE, 3, 4, 3 },
    { "YWJj#", FC_BASE64_LOOSE, 4, SIZE_MAX, 0 },
    { "YWJ#", FC_BASE64_LOOSE, 2, SIZE_MAX, 0 },
    { "YWJj", FC_BASE64_LOOSE, 2, 0, 0 },
    { "YWI=", FC_BASE64_LOOSE, 2, 4, 2 },
    { "#", FC_BASE64_LOOSE, 0, 0, 0 },
    { "", FC_BASE64_LOOSE, 3, 0, 0 },
};

START_TEST(base64_is_set_at_the_start)
{
    struct fct_forms forms;
    fc_base64_options how = options(FC_BASE64_STANDARD, sets[_i].last_chunk, 0);
    fct_forms_make(&forms, sets[_i].text, strlen(sets[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer whole = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&whole);
        fc_buffer b = fc_buffer_slice(&whole, 0, (ptrdiff_t)sets[_i].length);
        size_t read = 98, written = 99;
        bool good = sets[_i].read != SIZE_MAX;
        ck_assert_int_eq(fc_buffer_set_from_base64(&read, &written, &b, forms.text[form], &how),
                         good ? FC_OK : FC_ERR_INVALID_DATA);
        ck_assert_uint_eq(read, good ? sets[_i].read : 98);
        ck_assert_uint_eq(written, good ? sets[_i].written : 99);
        ck_assert_int_eq(fc_buffer_would_copy(&whole), sets[_i].written == 0);
        ck_assert_mem_eq(fc_buffer_data(&whole), "abcdef", sets[_i].written);
        for (size_t i = sets[_i].written; i < 16; i++) {
            ck_assert_uint_eq(fct_get(&whole, i), fct_pattern(i));
        }
        fct_assert_pattern(&snapshot, 0, FCT_NONE);
        fc_buffer_release(&b);
        fc_buffer_release(&whole);
        fc_buffer_release(&snapshot);
    }
}
END_TEST

START_TEST(base64_may_lie_in_the_buffer)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, "xYWJjZGVm", 9), FC_OK);
    fc_text text = fc_text_utf8((const char *)fc_buffer_data(&b) + 1, 8);
    ck_assert_int_eq(fc_buffer_set_from_base64(NULL, NULL, &b, text, NULL), FC_OK);
    FCT_ASSERT_HOLDS(&b, "abcdefGVm");
}
END_TEST

START_TEST(bytes_become_base64)
{
    static const char *const expected[4][4] = {
        { "", "+w==", "+/8=", "+/+/" },
        { "", "-w==", "-_8=", "-_-_" },
        { "", "+w", "+/8", "+/+/" },
        { "", "-w", "-_8", "-_-_" },
    };
    for (size_t i = 0; i < 16; i++) {
        fc_base64_options how = options(i % 2, FC_BASE64_LOOSE, i / 2 % 2);
        fc_buffer b = FC_BUFFER_INIT, bytes = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_from_bytes(&bytes, "\xfb\xff\xbf", i / 4), FC_OK);
        ck_assert_int_eq(fc_buffer_to_base64(&b, &bytes, &how), FC_OK);
        fct_assert_holds(&b, expected[i % 4][i / 4], strlen(expected[i % 4][i / 4]));
        if (i % 4 == 0) {
            ck_assert_int_eq(fc_buffer_to_base64(&b, &bytes, NULL), FC_OK);
            fct_assert_holds(&b, expected[0][i / 4], strlen(expected[0][i / 4]));
        }
        fc_buffer_release(&bytes);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t length, written; /* SIZE_MAX: a mistake */
    const char *bytes;
} hexes[] = {
    { "6162", 2, 2, "ab" },
    { "6162", 5, 2, "ab" },
    { "616263", 1, 1, "a" },
    { "61zz", 1, 1, "a" },
    { "61zz", 2, SIZE_MAX, NULL },
    { "616", 1, SIZE_MAX, NULL },
    { "61\xc3\xa9", 1, SIZE_MAX, NULL },
    { "61\xc3\xa9z", 1, 1, "a" },
    { "", 2, 0, "" },
    { "zz", 0, 0, "" },
    { "z", 0, SIZE_MAX, NULL },
    { "61 62", 2, SIZE_MAX, NULL },
};

START_TEST(hex_is_set_at_the_start)
{
    struct fct_forms forms;
    fct_forms_make(&forms, hexes[_i].text, strlen(hexes[_i].text));
    for (size_t form = 0; form < 2; form++) {
        fc_buffer b =
            hexes[_i].length == 0 ? (fc_buffer)FC_BUFFER_INIT : fct_make(hexes[_i].length);
        size_t read = 98, written = 99;
        fc_status status = fc_buffer_set_from_hex(&read, &written, &b, forms.text[form]);
        if (hexes[_i].written == SIZE_MAX) {
            ck_assert_int_eq(status, FC_ERR_INVALID_DATA);
            ck_assert(read == 98 && written == 99);
            fct_assert_pattern(&b, 0, FCT_NONE);
        } else {
            ck_assert_int_eq(status, FC_OK);
            ck_assert_uint_eq(written, hexes[_i].written);
            ck_assert_uint_eq(read, 2 * written);
            ck_assert_mem_eq(fc_buffer_data(&b), hexes[_i].bytes, written);
        }
        fc_buffer_release(&b);
    }
}
END_TEST

START_TEST(hex_goes_both_ways)
{
    fc_buffer b = FC_BUFFER_INIT, text = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_hex(&b, FC_TEXT_LITERAL("00aAfF")), FC_OK);
    ck_assert_int_eq(fc_buffer_to_hex(&text, &b), FC_OK);
    FCT_ASSERT_HOLDS(&text, "00aaff");
    ck_assert_int_eq(fc_view_to_hex(&text, fc_view_of(NULL, 0)), FC_OK);
    FCT_ASSERT_HOLDS(&text, "");
    FCT_ASSERT_HOLDS(&b, "\0\xaa\xff");
    b = fct_untouched();
    ck_assert_int_eq(fc_buffer_from_hex(&b, FC_TEXT_LITERAL("abc")), FC_ERR_INVALID_DATA);
    ck_assert_int_eq(fc_buffer_from_hex(&b, FC_TEXT_LITERAL("ag")), FC_ERR_INVALID_DATA);
    fct_assert_untouched(&b);
}
END_TEST

/* ---- atob and btoa --------------------------------------------------------------------------- */

START_TEST(atob_and_btoa_are_the_webs)
{
    fc_buffer b = FC_BUFFER_INIT;
    static const uint16_t bytes[] = { 'a', 0xff, 0 }, wide[] = { 0x100 }, lone[] = { 0xd83d };
    ck_assert_int_eq(fc_atob(&b, FC_TEXT_LITERAL(" YWJj\tYQ = = ")), FC_OK);
    FCT_ASSERT_HOLDS(&b, "abca");
    ck_assert_int_eq(fc_atob(&b, FC_TEXT_LITERAL("YR")), FC_OK);
    FCT_ASSERT_HOLDS(&b, "a");
    ck_assert_int_eq(fc_btoa(&b, fc_text_utf16(bytes, 3)), FC_OK);
    FCT_ASSERT_HOLDS(&b, "Yf8A");
    ck_assert_int_eq(fc_btoa(&b, FC_TEXT_LITERAL("a\xc3\xbf")), FC_OK);
    FCT_ASSERT_HOLDS(&b, "Yf8=");
    b = fct_untouched();
    static const char *const bad[] = { "YWJj\x0b", "YQ=", "-_", "Y", "YQ===", "=", "YWJj=" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(fc_atob(&b, fc_text_utf8(bad[i], strlen(bad[i]))), FC_ERR_INVALID_DATA);
    }
    ck_assert_int_eq(fc_btoa(&b, fc_text_utf16(wide, 1)), FC_ERR_INVALID_DATA);
    ck_assert_int_eq(fc_btoa(&b, fc_text_utf16(lone, 1)), FC_ERR_INVALID_DATA);
    ck_assert_int_eq(fc_btoa(&b, FC_TEXT_LITERAL("\xc4\x80")), FC_ERR_INVALID_DATA);
    ck_assert_int_eq(fc_btoa(&b, FC_TEXT_LITERAL("\xff")), FC_ERR_INVALID_DATA);
    fct_assert_untouched(&b);
}
END_TEST

/* What btoa makes, atob takes: long ones too. */
START_TEST(atob_undoes_btoa)
{
    struct fct_random random = { .state = 7 };
    static uint16_t units[3000];
    (void)printf("seed %llu\n", (unsigned long long)random.state);
    for (size_t length = 0; length < 3000; length += 1 + length / 8) {
        fc_buffer text = FC_BUFFER_INIT, b = FC_BUFFER_INIT;
        for (size_t i = 0; i < length; i++) {
            units[i] = (uint16_t)fct_random_below(&random, 256);
        }
        ck_assert_int_eq(fc_btoa(&text, fc_text_utf16(units, length)), FC_OK);
        ck_assert_uint_eq(fc_buffer_length(&text), (length + 2) / 3 * 4);
        ck_assert_int_eq(
            fc_atob(&b, fc_text_utf8((const char *)fc_buffer_data(&text), fc_buffer_length(&text))),
            FC_OK);
        ck_assert_uint_eq(fc_buffer_length(&b), length);
        for (size_t i = 0; i < length; i++) {
            if (fc_buffer_data(&b)[i] != units[i]) {
                ck_abort_msg("byte %zu of %zu", i, length);
            }
        }
        fc_buffer_release(&text);
        fc_buffer_release(&b);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/base64");
    TCase *tc = tcase_create("the stricter ways");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, strict_takes_what_is_right, 0, FCT_COUNT(right));
    tcase_add_loop_test(tc, strict_tells_what_is_wrong, 0, FCT_COUNT(wrong));
    tcase_add_test(tc, utf8_is_checked_in_place);
    tcase_add_test(tc, base64_options_are_checked);
    tcase_add_loop_test(tc, base64_becomes_bytes, 0, FCT_COUNT(bases));
    tcase_add_loop_test(tc, base64_is_set_at_the_start, 0, FCT_COUNT(sets));
    tcase_add_test(tc, base64_may_lie_in_the_buffer);
    tcase_add_test(tc, bytes_become_base64);
    tcase_add_loop_test(tc, hex_is_set_at_the_start, 0, FCT_COUNT(hexes));
    tcase_add_test(tc, hex_goes_both_ways);
    tcase_add_test(tc, atob_and_btoa_are_the_webs);
    tcase_add_test(tc, atob_undoes_btoa);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
