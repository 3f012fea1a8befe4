/* SPDX-License-Identifier: MIT */

/* Encodings by name, and text that is well-formed or is made so. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "text.h"

/* ---- names ----------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int encoding; /* 0: none */
} names[] = {
    { "utf8", 1 },      { "UTF-8", 1 },      { "Utf-8", 1 },    { "ucs2", 2 },
    { "UCS-2", 2 },     { "utf16le", 2 },    { "utf-16LE", 2 }, { "latin1", 3 },
    { "BINARY", 3 },    { "ascii", 4 },      { "hex", 5 },      { "HEX", 5 },
    { "base64", 6 },    { "Base64Url", 7 },  { "", 0 },         { " utf8", 0 },
    { "utf8 ", 0 },     { "utf_8", 0 },      { "utf16", 0 },    { "utf-16be", 0 },
    { "us-ascii", 0 },  { "buffer", 0 },     { "base-64", 0 },  { "iso-8859-1", 0 },
    { "utf-16-le", 0 }, { "base64urls", 0 }, { "u", 0 },        { "utf", 0 },
    { "hex\n", 0 },     { "`ex", 0 },
};

START_TEST(name_is_known_in_any_case)
{
    fc_encoding encoding = FC_ENCODING_FORCE_INT;
    size_t length = strlen(names[_i].name);
    fc_status status = fc_encoding_from_name(&encoding, names[_i].name, length);
    ck_assert_int_eq(status, names[_i].encoding != 0 ? FC_OK : FC_ERR_UNKNOWN_ENCODING);
    ck_assert_int_eq(encoding, names[_i].encoding != 0 ? names[_i].encoding : 0x7fffffff);
    ck_assert_int_eq(fc_encoding_is_name(names[_i].name, length), status == FC_OK);
}
END_TEST

START_TEST(name_is_nodes_own)
{
    static const char *const normal[] = { "utf8", "utf16le", "latin1",   "ascii",
                                          "hex",  "base64",  "base64url" };
    for (int i = 0; i < 7; i++) {
        ck_assert_str_eq(fc_encoding_name((fc_encoding)(i + 1)), normal[i]);
    }
    ck_assert_ptr_null(fc_encoding_name((fc_encoding)0));
    ck_assert_ptr_null(fc_encoding_name((fc_encoding)8));
    ck_assert_ptr_null(fc_encoding_name((fc_encoding)-1));
}
END_TEST

/* ---- well-formed ----------------------------------------------------------------------------- */

START_TEST(well_formed_is_told)
{
    static const uint16_t pair[] = { 'a', 0xd83d, 0xde00 }, lone[] = { 0xde00, 0xd83d };
    ck_assert(fc_view_is_utf8(fc_view_of(NULL, 0)));
    ck_assert(fc_view_is_ascii(fc_view_of(NULL, 0)));
    ck_assert(fc_view_is_utf8(FC_VIEW_LITERAL("a\xe2\x82\xac")));
    ck_assert(!fc_view_is_utf8(FC_VIEW_LITERAL("a\xed\xa0\x80")));
    ck_assert(fc_view_is_ascii(FC_VIEW_LITERAL("a\x7f")));
    ck_assert(!fc_view_is_ascii(FC_VIEW_LITERAL("abcdefghijklmnopq\x80")));
    ck_assert(fc_text_is_well_formed(fc_text_utf8(NULL, 0)));
    ck_assert(fc_text_is_well_formed(fc_text_utf16(NULL, 0)));
    ck_assert(fc_text_is_well_formed(FC_TEXT_LITERAL("\xef\xbf\xbd")));
    ck_assert(!fc_text_is_well_formed(FC_TEXT_LITERAL("\xc0\x80")));
    ck_assert(fc_text_is_well_formed(fc_text_utf16(pair, 3)));
    ck_assert(!fc_text_is_well_formed(fc_text_utf16(pair, 2)));
    ck_assert(!fc_text_is_well_formed(fc_text_utf16(lone, 2)));
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert(fc_buffer_is_utf8(&b) && fc_buffer_is_ascii(&b));
    ck_assert_int_eq(fc_buffer_from_bytes(&b, "\xc3", 1), FC_OK);
    ck_assert(!fc_buffer_is_utf8(&b) && !fc_buffer_is_ascii(&b));
    fc_buffer_release(&b);
}
END_TEST

START_TEST(lone_surrogates_are_replaced_in_place)
{
    uint16_t units[] = { 0xde00, 'a', 0xd83d, 0xde00, 0xd83d, 0xd83d, 0xde00, 0xfffd, 0xdbff };
    static const uint16_t expected[] = { 0xfffd, 'a',    0xd83d, 0xde00, 0xfffd,
                                         0xd83d, 0xde00, 0xfffd, 0xfffd };
    fc_utf16_make_well_formed(units, 9);
    ck_assert_mem_eq(units, expected, sizeof units);
    fc_utf16_make_well_formed(NULL, 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/encoding");
    TCase *tc = tcase_create("encodings");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, name_is_known_in_any_case, 0, FCT_COUNT(names));
    tcase_add_test(tc, name_is_nodes_own);
    tcase_add_test(tc, well_formed_is_told);
    tcase_add_test(tc, lone_surrogates_are_replaced_in_place);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
