/* SPDX-License-Identifier: MIT */

/* Text that is none stops a checked build, whoever takes it. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "bytes.h"

/* No characters, no such form, UTF-16 at an odd address, and a member that has to be 0. */
static fc_text make_wrong(int which)
{
    static const uint16_t units[2] = u"61";
    fc_text text = fc_text_utf16(units, 2);
    switch (which) {
    case 0:
        text.units = NULL;
        break;
    case 1:
        text.form = 99;
        break;
    case 2:
        text.units = (const uint8_t *)units + 1;
        text.count = 1;
        break;
    default:
        text.reserved = 1;
        break;
    }
    return text;
}

enum { WRONG = 4, TAKERS = 10 };

static void take_wrong(int which)
{
    fc_text text = make_wrong(which % WRONG);
    fc_buffer out = FC_BUFFER_INIT, b = fct_make(40);
    size_t length = 0;
    switch (which / WRONG) {
    case 0:
        (void)fc_text_byte_length(text, FC_ENCODING_UTF8);
        break;
    case 1:
        (void)fc_text_is_well_formed(text);
        break;
    case 2:
        (void)!fc_buffer_from_text(&out, text, FC_ENCODING_UTF16LE);
        break;
    case 3:
        (void)!fc_buffer_from_text_strict(&out, NULL, text, FC_ENCODING_UTF8);
        break;
    case 4:
        (void)!fc_buffer_write_text(&length, &b, 0, 40, text, FC_ENCODING_UTF8);
        break;
    case 5:
        (void)!fc_buffer_from_hex(&out, text);
        break;
    case 6:
        (void)!fc_buffer_set_from_hex(NULL, NULL, &b, text);
        break;
    case 7:
        (void)!fc_buffer_from_base64(&out, text, NULL);
        break;
    case 8:
        (void)!fc_buffer_set_from_base64(NULL, &length, &b, text, NULL);
        break;
    default:
        (void)!fc_btoa(&out, text);
        break;
    }
}

START_TEST(text_that_is_none_stops)
{
    (void)fct_assert_stops(take_wrong, _i, "fci_text_is_valid");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/text_stops");
    TCase *stops = tcase_create("stops");
    tcase_set_timeout(stops, 300);
    tcase_add_loop_test(stops, text_that_is_none_stops, 0, WRONG * TAKERS);
    suite_add_tcase(suite, stops);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
