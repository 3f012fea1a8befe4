/* SPDX-License-Identifier: MIT */

/* From encoding to encoding, and results that no buffer could hold. The rules of transcode are
 * tested in tests/codec; this is what happens to buffers. */

#include "base/common.h"

#include <fc_buffer/encoding.h>
#include <fc_buffer/web.h>

#include "text.h"

static const struct {
    fc_encoding from, to;
    const char *source;
    size_t length;
    fc_status status;
    const char *bytes;
    size_t result;
} transcoded[] = {
    { 1, 3, "\xf0\x9f\x98\x80", 4, FC_OK, "?", 1 },
    { 1, 3,
      "\xff"
      "A",
      2, FC_OK, "?A", 2 },
    { 1, 4,
      "a\xc2\xad\xe2\x80\x8b"
      "b",
      7, FC_OK, "ab", 2 },
    { 1, 3, "\xe2\x80\x8b", 3, FC_OK, "", 0 },
    { 1, 1, "\xff", 1, FC_OK, "\xef\xbf\xbd", 3 },
    { 1, 2, "\xc3\xa9", 2, FC_OK, "\xe9\0", 2 },
    { 1, 2, "\xff", 1, FC_ERR_INVALID_DATA, NULL, 0 },
    { 2, 1, "\x3d\xd8\0\xde", 4, FC_OK, "\xf0\x9f\x98\x80", 4 },
    { 2, 1, "\0\xd8", 2, FC_ERR_INVALID_DATA, NULL, 0 },
    { 2, 1, "A\0\0", 3, FC_OK, "A", 1 },
    { 2, 1, "A", 1, FC_ERR_INVALID_DATA, NULL, 0 },
    { 2, 2, "A\0\0\xd8\0", 5, FC_OK, "A\0\xfd\xff", 4 },
    { 2, 2, "A\0B", 3, FC_OK, "A\0\xfd\xff", 4 },
    { 2, 3, "A\0\0", 3, FC_OK, "A", 1 },
    { 2, 3,
      "\0\xd8"
      "A\0",
      4, FC_OK, "?A", 2 },
    { 3, 1, "\xe9", 1, FC_OK, "\xc3\xa9", 2 },
    { 3, 4, "a\xe9\xad", 3, FC_OK, "a?", 2 },
    { 4, 1, "\xe9", 1, FC_OK, "\xef\xbf\xbd", 3 },
    { 4, 2, "\xe9", 1, FC_OK, "\xe9\0", 2 },
    { 4, 3, "\xe9", 1, FC_OK, "?", 1 },
    { 1, 5, "a", 1, FC_ERR_INVALID_ARG_VALUE, NULL, 0 },
    { 6, 1, "a", 1, FC_ERR_INVALID_ARG_VALUE, NULL, 0 },
    { 0, 1, "a", 1, FC_ERR_INVALID_ARG_VALUE, NULL, 0 },
    { 1, 99, "a", 1, FC_ERR_INVALID_ARG_VALUE, NULL, 0 },
    { 99, 99, "", 0, FC_OK, "", 0 },
};

START_TEST(transcode_is_nodes)
{
    fc_buffer source = FC_BUFFER_INIT, b = fct_untouched();
    ck_assert_int_eq(fc_buffer_from_bytes(&source, transcoded[_i].source, transcoded[_i].length),
                     FC_OK);
    ck_assert_int_eq(fc_buffer_transcode(&b, &source, transcoded[_i].from, transcoded[_i].to),
                     transcoded[_i].status);
    if (transcoded[_i].status == FC_OK) {
        fct_assert_holds(&b, transcoded[_i].bytes, transcoded[_i].result);
    } else {
        fct_assert_untouched(&b);
    }
    fc_buffer_release(&source);
}
END_TEST

START_TEST(result_must_fit_a_buffer)
{
    fc_view view = fc_view_of("a", FC_BUFFER_MAX_LENGTH + 1);
    fc_buffer b = fct_untouched();
    ck_assert_int_eq(fc_view_to_hex(&b, view), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_view_to_base64(&b, view, NULL), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_view_transcode(&b, view, FC_ENCODING_UTF8, FC_ENCODING_LATIN1),
                     FC_ERR_OUT_OF_RANGE);
    view.length--;
    ck_assert_int_eq(fc_view_to_hex(&b, view), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_to_base64(&b, view, NULL), FC_ERR_BUFFER_TOO_LARGE);
    fct_assert_untouched(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/transcode");
    TCase *tc = tcase_create("transcode");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(tc, transcode_is_nodes, 0, FCT_COUNT(transcoded));
    tcase_add_test(tc, result_must_fit_a_buffer);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
