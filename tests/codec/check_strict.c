/* SPDX-License-Identifier: MIT */

/* Strict decoding: which text passes, and where and why the other does not. The models: what passes
 * is just what encoding its bytes again gives, or what the tables of Unicode let pass. */

#include "base/common.h"

#include "codec/strict.h"

#include "codec/codec.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 80

/* Both forms of text that is all ASCII. */
struct forms {
    uint16_t units[LONGEST];
    fc_text utf8, utf16;
};

static void make_forms(struct forms *forms, const char *text)
{
    size_t count = strlen(text);
    ck_assert_uint_le(count, LONGEST);
    for (size_t i = 0; i < count; i++) {
        forms->units[i] = (uint8_t)text[i];
    }
    forms->utf8 = fc_text_utf8(text, count);
    forms->utf16 = fc_text_utf16(forms->units, count);
}

static uint32_t check(size_t *offset, const fc_text *text, fc_encoding encoding)
{
    return encoding == FC_ENCODING_HEX
               ? fci_check_hex(offset, text)
               : fci_check_base64(offset, text, encoding == FC_ENCODING_BASE64URL);
}

/* ---- the first mistake ----------------------------------------------------------------------- */

static const struct {
    fc_encoding encoding;
    const char *text;
    uint32_t kind;
    size_t offset;
} mistakes[] = {
    { FC_ENCODING_HEX, "", 0, 0 },
    { FC_ENCODING_HEX, "09afAF", 0, 0 },
    { FC_ENCODING_HEX, "0", FC_DECODE_LENGTH, 0 },
    { FC_ENCODING_HEX, "012", FC_DECODE_LENGTH, 2 },
    { FC_ENCODING_HEX, "01g", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_HEX, "0x12", FC_DECODE_CHARACTER, 1 },
    { FC_ENCODING_HEX, "12 34", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_HEX, "/0", FC_DECODE_CHARACTER, 0 },
    { FC_ENCODING_HEX, ":0", FC_DECODE_CHARACTER, 0 },
    { FC_ENCODING_HEX, "0@", FC_DECODE_CHARACTER, 1 },
    { FC_ENCODING_HEX, "0G", FC_DECODE_CHARACTER, 1 },
    { FC_ENCODING_HEX, "0`", FC_DECODE_CHARACTER, 1 },
    { FC_ENCODING_BASE64, "", 0, 0 },
    { FC_ENCODING_BASE64, "YWJj", 0, 0 },
    { FC_ENCODING_BASE64, "YWI=", 0, 0 },
    { FC_ENCODING_BASE64, "YQ==", 0, 0 },
    { FC_ENCODING_BASE64, "+/+/", 0, 0 },
    { FC_ENCODING_BASE64, "YQ", FC_DECODE_PADDING, 2 },
    { FC_ENCODING_BASE64, "YQ=", FC_DECODE_PADDING, 3 },
    { FC_ENCODING_BASE64, "YQ===", FC_DECODE_PADDING, 4 },
    { FC_ENCODING_BASE64, "YQ=a", FC_DECODE_PADDING, 3 },
    { FC_ENCODING_BASE64, "YWI==", FC_DECODE_PADDING, 4 },
    { FC_ENCODING_BASE64, "YWJj=", FC_DECODE_PADDING, 4 },
    { FC_ENCODING_BASE64, "YQ==YQ==", FC_DECODE_PADDING, 4 },
    { FC_ENCODING_BASE64, "=", FC_DECODE_PADDING, 0 },
    { FC_ENCODING_BASE64, "Y", FC_DECODE_LENGTH, 0 },
    { FC_ENCODING_BASE64, "YWJjY", FC_DECODE_LENGTH, 4 },
    { FC_ENCODING_BASE64, "Y===", FC_DECODE_LENGTH, 0 },
    { FC_ENCODING_BASE64, "YR==", FC_DECODE_BITS, 1 },
    { FC_ENCODING_BASE64, "YR", FC_DECODE_BITS, 1 },
    { FC_ENCODING_BASE64, "YWJ=", FC_DECODE_BITS, 2 },
    { FC_ENCODING_BASE64, "YW-j", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64, "YW_j", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64, "YW Jj", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64, "YWJj\n", FC_DECODE_CHARACTER, 4 },
    { FC_ENCODING_BASE64, "YR*", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64URL, "-_-_", 0, 0 },
    { FC_ENCODING_BASE64URL, "YQ", 0, 0 },
    { FC_ENCODING_BASE64URL, "YQ==", 0, 0 },
    { FC_ENCODING_BASE64URL, "YWI", 0, 0 },
    { FC_ENCODING_BASE64URL, "YWI=", 0, 0 },
    { FC_ENCODING_BASE64URL, "YQ=", FC_DECODE_PADDING, 3 },
    { FC_ENCODING_BASE64URL, "YW+j", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64URL, "YW/j", FC_DECODE_CHARACTER, 2 },
    { FC_ENCODING_BASE64URL, "YR", FC_DECODE_BITS, 1 },
    { FC_ENCODING_BASE64URL, "Y", FC_DECODE_LENGTH, 0 },
};

START_TEST(first_mistake_is_told)
{
    struct forms forms;
    make_forms(&forms, mistakes[_i].text);
    const fc_text *both[] = { &forms.utf8, &forms.utf16 };
    for (size_t i = 0; i < 2; i++) {
        size_t offset = mistakes[_i].kind == 0 ? 0 : SIZE_MAX;
        ck_assert_uint_eq(check(&offset, both[i], mistakes[_i].encoding), mistakes[_i].kind);
        ck_assert_uint_eq(offset, mistakes[_i].offset);
    }
}
END_TEST

/* The low byte is not what counts here. */
START_TEST(wide_unit_is_no_digit)
{
    static const uint16_t hex[] = { '6', 0x0131 }, base64[] = { 'Y', 'W', 0x0159, 'j' };
    fc_text text = fc_text_utf16(hex, 2);
    size_t offset = 0;
    ck_assert_uint_eq(fci_check_hex(&offset, &text), FC_DECODE_CHARACTER);
    ck_assert_uint_eq(offset, 1);
    text = fc_text_utf16(base64, 4);
    ck_assert_uint_eq(fci_check_base64(&offset, &text, false), FC_DECODE_CHARACTER);
    ck_assert_uint_eq(offset, 2);
    text = fc_text_utf8("YW\xc5\x99j", 5);
    ck_assert_uint_eq(fci_check_base64(&offset, &text, false), FC_DECODE_CHARACTER);
    ck_assert_uint_eq(offset, 2);
}
END_TEST

/* ---- against the encoders -------------------------------------------------------------------- */

/* Whether encoding what the lenient decoder makes of the text gives the text, in lower case for
 * hex, and for base64url with or without its padding. */
static bool is_canonical(const char *text, fc_encoding encoding)
{
    char lower[LONGEST + 1], again[LONGEST * 2];
    uint8_t bytes[LONGEST];
    const struct fci_codec *codec = fci_codec(encoding);
    size_t count = strlen(text);
    size_t length = codec->from_utf8(bytes, sizeof bytes, (const uint8_t *)text, count);
    size_t again_length = codec->to_utf8((uint8_t *)again, bytes, length);
    for (size_t i = 0; i <= count; i++) {
        bool upper = encoding == FC_ENCODING_HEX && text[i] >= 'A' && text[i] <= 'F';
        lower[i] = (char)(upper ? text[i] + 32 : text[i]);
    }
    if (encoding == FC_ENCODING_BASE64URL && again_length % 4 != 0 && strchr(text, '=') != NULL) {
        for (; again_length % 4 != 0; again_length++) {
            again[again_length] = '=';
        }
    }
    return again_length == count && memcmp(again, lower, count) == 0;
}

/* All strings over a small alphabet. */
static void try_strings(const char *alphabet, size_t longest, fc_encoding encoding)
{
    char text[LONGEST + 1];
    size_t letters = strlen(alphabet), all = 1, passed = 0;
    for (size_t length = 0; length <= longest; length++, all *= letters) {
        for (size_t number = 0; number < all; number += length < 5 ? 1 : fct_effort_step()) {
            size_t rest = number, offset = SIZE_MAX;
            struct forms forms;
            for (size_t i = 0; i < length; i++, rest /= letters) {
                text[i] = alphabet[rest % letters];
            }
            text[length] = '\0';
            make_forms(&forms, text);
            uint32_t kind = check(&offset, &forms.utf8, encoding);
            size_t offset16 = SIZE_MAX;
            if ((kind == 0) != is_canonical(text, encoding) ||
                (kind == 0) != (offset == SIZE_MAX) || (kind != 0 && offset > length) ||
                check(&offset16, &forms.utf16, encoding) != kind || offset16 != offset) {
                ck_abort_msg("\"%s\": %u at %zu", text, kind, offset);
            }
            passed += kind == 0;
        }
    }
    ck_assert_uint_gt(passed, 100 / fct_effort_step());
}

START_TEST(what_passes_is_what_is_encoded)
{
    try_strings("0aF9g", 6, FC_ENCODING_HEX);
    try_strings("AQgw+-=", 6, FC_ENCODING_BASE64);
    try_strings("AQgw+-=", 6, FC_ENCODING_BASE64URL);
    try_strings("AB=", 8, FC_ENCODING_BASE64);
}
END_TEST

/* ---- text ------------------------------------------------------------------------------------ */

static const struct {
    const char *text;
    uint32_t largest, kind;
    size_t offset;
} utf8[] = {
    { "", FCI_LARGEST, 0, 0 },
    { "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", FCI_LARGEST, 0, 0 },
    { "a\xc3\xa9\xc2\x80", 0xff, 0, 0 },
    { "ab\x7f", 0x7f, 0, 0 },
    { "\xef\xbf\xbd", FCI_LARGEST, 0, 0 },
    { "a\xc3\xa9", 0x7f, FC_DECODE_CHARACTER, 1 },
    { "a\xc3\xa9\xe2\x82\xac", 0xff, FC_DECODE_CHARACTER, 3 },
    { "\xc4\x80", 0xff, FC_DECODE_CHARACTER, 0 },
    { "\xe2\x82\xac\xff", 0xff, FC_DECODE_CHARACTER, 0 },
    { "\xc3\xa9\xff\xe2\x82\xac", 0xff, FC_DECODE_STRAY, 2 },
    { "a\xe2\x82", FCI_LARGEST, FC_DECODE_TRUNCATED, 1 },
    { "\xe2\x82z", 0x7f, FC_DECODE_TRUNCATED, 0 },
    { "ab\xc0\x80", FCI_LARGEST, FC_DECODE_OVERLONG, 2 },
    { "\xed\xa0\x80", FCI_LARGEST, FC_DECODE_SURROGATE, 0 },
    { "\xf4\x90\x80\x80", FCI_LARGEST, FC_DECODE_TOO_LARGE, 0 },
    { "a\x80", FCI_LARGEST, FC_DECODE_STRAY, 1 },
};

START_TEST(utf8_text_is_checked)
{
    fc_text text = fc_text_utf8(utf8[_i].text, strlen(utf8[_i].text));
    size_t offset = 0;
    ck_assert_uint_eq(fci_check_text(&offset, &text, utf8[_i].largest), utf8[_i].kind);
    ck_assert_uint_eq(offset, utf8[_i].offset);
}
END_TEST

static const struct {
    uint16_t text[4];
    size_t count;
    uint32_t largest, kind;
    size_t offset;
} utf16[] = {
    { { 0 }, 0, 0x7f, 0, 0 },
    { { 'a', 0xd83d, 0xde00, 0xfffd }, 4, FCI_LARGEST, 0, 0 },
    { { 'a', 0xff }, 2, 0xff, 0, 0 },
    { { 0x7f }, 1, 0x7f, 0, 0 },
    { { 'a', 0x80 }, 2, 0x7f, FC_DECODE_CHARACTER, 1 },
    { { 'a', 0x100 }, 2, 0xff, FC_DECODE_CHARACTER, 1 },
    { { 0xd83d, 0xde00 }, 2, 0xff, FC_DECODE_CHARACTER, 0 },
    { { 0xfffd }, 1, 0xff, FC_DECODE_CHARACTER, 0 },
    { { 'a', 0xd83d }, 2, FCI_LARGEST, FC_DECODE_SURROGATE, 1 },
    { { 0xd83d, 'a' }, 2, 0x7f, FC_DECODE_SURROGATE, 0 },
    { { 0xd83d, 0xde00, 0xde00 }, 3, FCI_LARGEST, FC_DECODE_SURROGATE, 2 },
    { { 0xd83d, 0xd83d, 0xde00 }, 3, FCI_LARGEST, FC_DECODE_SURROGATE, 0 },
};

START_TEST(utf16_text_is_checked)
{
    fc_text text = fc_text_utf16(utf16[_i].text, utf16[_i].count);
    size_t offset = 0;
    ck_assert_uint_eq(fci_check_text(&offset, &text, utf16[_i].largest), utf16[_i].kind);
    ck_assert_uint_eq(offset, utf16[_i].offset);
}
END_TEST

/* ---- anywhere in longer text, which stands between inaccessible pages ------------------------ */

static struct fct_guarded pages;

static void setup(void)
{
    pages = fct_guarded_make(1);
}

static void teardown(void)
{
    fct_guarded_free(&pages);
}

static uint32_t check_any(size_t *offset, const fc_text *text, fc_encoding encoding)
{
    switch (encoding) {
    case FC_ENCODING_LATIN1:
        return fci_check_text(offset, text, 0xff);
    case FC_ENCODING_ASCII:
        return fci_check_text(offset, text, 0x7f);
    case FC_ENCODING_UTF8:
    case FC_ENCODING_UTF16LE:
        return fci_check_text(offset, text, FCI_LARGEST);
    default:
        return check(offset, text, encoding);
    }
}

/* At the far end of the pages, and at the near one. */
static uint32_t check_placed(size_t *offset, const fc_text *text, fc_encoding encoding)
{
    size_t size = text->count * (text->form == FC_TEXT_UTF16 ? 2 : 1), near_offset = SIZE_MAX;
    fc_text placed = *text;
    placed.units = memcpy(fct_guarded_end(&pages, size), text->units, size);
    *offset = SIZE_MAX;
    uint32_t kind = check_any(offset, &placed, encoding);
    placed.units = memcpy(pages.bytes, text->units, size);
    if (check_any(&near_offset, &placed, encoding) != kind || near_offset != *offset) {
        ck_abort_msg("encoding %d, %zu units: %u at %zu", encoding, text->count, kind, *offset);
    }
    return kind;
}

/* The first character that the encoding has not, in text by the tables of Unicode. */
static size_t first_unfit(const fc_text *text, fc_encoding encoding)
{
    uint8_t converted[3 * LONGEST];
    uint32_t largest = encoding == FC_ENCODING_ASCII    ? 0x7f
                       : encoding == FC_ENCODING_LATIN1 ? 0xff
                                                        : 0x10ffff;
    bool wide = text->form == FC_TEXT_UTF16;
    const uint16_t *units = text->units;
    for (size_t i = 0, length; i < text->count; i += length) {
        bool two = wide && i + 1 < text->count && (units[i] & 0xfc00) == 0xd800 &&
                   (units[i + 1] & 0xfc00) == 0xdc00;
        const uint8_t *at = wide ? converted : (const uint8_t *)text->units + i;
        size_t rest = wide ? fct_utf8_of_units(converted, units + i, two ? 2 : 1) : text->count - i;
        int first = fct_utf8_first(at, rest);
        bool lone = wide && !two && (units[i] & 0xf800) == 0xd800;
        uint32_t lead = at[0] < 0x80 ? at[0] : at[0] < 0xc4 ? 0xff : 0x10ffff;
        if (first < 0 || lone || lead > largest) {
            return i;
        }
        length = wide ? (two ? 2 : 1) : (size_t)first;
    }
    return SIZE_MAX;
}

static void try_text(const fc_text *text, fc_encoding encoding)
{
    size_t offset;
    uint32_t kind = check_placed(&offset, text, encoding);
    if (encoding < FC_ENCODING_HEX) {
        ck_assert_uint_eq(offset, first_unfit(text, encoding));
        ck_assert_int_eq(kind == 0, offset == SIZE_MAX);
        return;
    }
    char ascii[LONGEST + 1] = "";
    bool narrow = true;
    for (size_t i = 0; i < text->count; i++) {
        unsigned unit = text->form == FC_TEXT_UTF16 ? ((const uint16_t *)text->units)[i]
                                                    : ((const uint8_t *)text->units)[i];
        ascii[i] = (char)unit;
        narrow = narrow && unit - 1 < 0x7f;
    }
    ck_assert_int_eq(kind == 0, narrow && is_canonical(ascii, encoding));
    ck_assert(kind == 0 ? offset == SIZE_MAX : offset <= text->count);
}

/* Every truncation, and every bit flipped. */
static void try_mistakes(fc_text text, void *units, size_t unit, fc_encoding encoding)
{
    size_t size = text.count * unit;
    uint8_t *bytes = units;
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        try_text(&text, encoding);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (; text.count != 0; text.count--) {
        try_text(&text, encoding);
    }
}

static const struct {
    fc_encoding encoding;
    const char *text;
} good[] = {
    { FC_ENCODING_UTF8,
      "plain text first, then caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 \xed\x9f\xbf" },
    { FC_ENCODING_UTF16LE, "eight or more before \xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf!" },
    { FC_ENCODING_LATIN1, "caf\xc3\xa9, and then a longer run of ASCII\xc2\x80\xc3\xbf" },
    { FC_ENCODING_ASCII, "nothing but ASCII, and more than one vector of it" },
    { FC_ENCODING_HEX, "00112233445566778899aabbccddeeffAABBCCDDEEFF0123456789abcdef" },
    { FC_ENCODING_BASE64, "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw+/AA==" },
    { FC_ENCODING_BASE64, "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZ2E=" },
    { FC_ENCODING_BASE64URL, "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw-_" },
};

START_TEST(mistake_anywhere_is_told)
{
    char chars[LONGEST];
    uint16_t units[LONGEST];
    size_t count = strlen(good[_i].text);
    memcpy(chars, good[_i].text, count);
    fc_text text = fc_text_utf8(chars, count);
    ck_assert_uint_eq(check_any(&(size_t){ 0 }, &text, good[_i].encoding), 0);
    try_mistakes(text, chars, 1, good[_i].encoding);
    count = fct_units_of_utf8(units, (const uint8_t *)chars, count);
    try_mistakes(fc_text_utf16(units, count), units, 2, good[_i].encoding);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/strict");
    TCase *tc = tcase_create("strict");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, first_mistake_is_told, 0, FCT_COUNT(mistakes));
    tcase_add_test(tc, wide_unit_is_no_digit);
    tcase_add_test(tc, what_passes_is_what_is_encoded);
    tcase_add_loop_test(tc, utf8_text_is_checked, 0, FCT_COUNT(utf8));
    tcase_add_loop_test(tc, utf16_text_is_checked, 0, FCT_COUNT(utf16));
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, mistake_anywhere_is_told, 0, FCT_COUNT(good));
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
