/* SPDX-License-Identifier: MIT */

/* Transcoding, every character and every small piece of garbage, against rules written once more:
 * a source as a list of characters, a target as what each of them becomes. */

#include "base/common.h"

#include "codec/transcode.h"

#include <fc_buffer/text.h>

#include "codec/codec.h"
#include "models.h"

#include <stdio.h>
#include <string.h>

#define ROOM 64

/* ---- comparing ------------------------------------------------------------------------------- */

static struct fct_guarded source, target;

static void setup(void)
{
    source = fct_guarded_make(1);
    target = fct_guarded_make(1);
}

static void teardown(void)
{
    fct_guarded_free(&source);
    fct_guarded_free(&target);
}

static void compare(const uint8_t *bytes, size_t length, unsigned from, unsigned into)
{
    uint8_t expected[4 * ROOM];
    size_t count = fct_transcode(expected, bytes, length, from, into);
    const uint8_t *at = memcpy(fct_guarded_end(&source, length), bytes, length);
    uint8_t *to = fct_guarded_end(&target, count);
    if (fci_transcode(NULL, at, length, from, into) != count ||
        fci_transcode(to, at, length, from, into) != count || memcmp(to, expected, count) != 0) {
        ck_abort_msg("%zu bytes %02x %02x %02x %02x from %u into %u", length, bytes[0], bytes[1],
                     bytes[2], bytes[3], from, into);
    }
}

START_TEST(every_character_becomes_what_it_should)
{
    unsigned from = _i % 2 == 0 ? FC_ENCODING_UTF8 : FC_ENCODING_UTF16LE;
    unsigned into = (unsigned)_i / 2 + 1;
    for (uint32_t c = 0; c < 0x110000; c++) {
        uint16_t units[2] = { (uint16_t)c, 0 };
        uint8_t bytes[8] = { 0 };
        size_t size = 1;
        if (c > 0xffff) {
            units[0] = (uint16_t)(0xd7c0 + c / 0x400);
            units[1] = (uint16_t)(0xdc00 + c % 0x400);
            size = 2;
        }
        size_t length = fci_codec(from)->from_utf16(bytes, sizeof bytes, units, size);
        compare(bytes, length, from, into);
    }
}
END_TEST

START_TEST(every_short_garbage_becomes_what_it_should)
{
    static const uint8_t pool[] = { 0x00, 0x41, 0x80, 0x9f, 0xad, 0xbf, 0xc2, 0xd8,
                                    0xdc, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xfe, 0xff };
    unsigned from = (unsigned)_i / 4 + 1, into = (unsigned)_i % 4 + 1;
    for (size_t length = 1, all = 16; length <= 5; length++, all *= 16) {
        for (size_t number = 0; number < all; number += length < 4 ? 1 : fct_effort_step()) {
            uint8_t bytes[8] = { 0 };
            for (size_t i = 0; i < length; i++) {
                bytes[i] = pool[number >> (4 * i) & 15];
            }
            compare(bytes, length, from, into);
        }
    }
}
END_TEST

/* ---- well-formed ----------------------------------------------------------------------------- */

START_TEST(ill_formed_is_what_utf8_cannot_hold)
{
    static const uint8_t pool[] = { 0x00, 0x41, 0xd7, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0 };
    for (size_t number = 0; number < 8 * 8 * 8 * 8 * 8 * 8; number += 1) {
        uint8_t bytes[7] = { 0 };
        for (size_t i = 0; i < 6; i++) {
            bytes[i] = pool[number >> (3 * i) & 7];
        }
        uint8_t text[16], again[16];
        size_t count = fci_codec_utf16le.to_utf8(text, bytes, 6);
        bool same = fci_codec_utf16le.from_utf8(again, 16, text, count) == 6 &&
                    memcmp(again, bytes, 6) == 0;
        if (fci_is_well_formed(bytes, 6, FC_ENCODING_UTF16LE) != same ||
            fci_is_well_formed(bytes, 7, FC_ENCODING_UTF16LE) != same) {
            ck_abort_msg("%02x%02x %02x%02x %02x%02x", bytes[1], bytes[0], bytes[3], bytes[2],
                         bytes[5], bytes[4]);
        }
    }
    ck_assert(fci_is_well_formed((const uint8_t *)"\xc3\xa9", 2, FC_ENCODING_UTF8));
    ck_assert(!fci_is_well_formed((const uint8_t *)"\xc3\xa9\xc3", 3, FC_ENCODING_UTF8));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/transcode");
    TCase *tc = tcase_create("transcode");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_character_becomes_what_it_should, 0, 8);
    tcase_add_loop_test(tc, every_short_garbage_becomes_what_it_should, 0, 16);
    tcase_add_test(tc, ill_formed_is_what_utf8_cannot_hold);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
