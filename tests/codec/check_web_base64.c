/* SPDX-License-Identifier: MIT */

/* The web's base64 against models that first take the white space out and then look at groups of
 * four, for all short strings over an alphabet of trouble, and for longer ones cut anywhere and
 * with any bit flipped. The text stands flush against inaccessible pages. */

#include "base/common.h"

#include "codec/web_base64.h"

#include "codec/codec.h"
#include "models.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 40

static struct fct_guarded narrow, wide;

static void setup(void)
{
    narrow = fct_guarded_make(1);
    wide = fct_guarded_make(1);
}

static void teardown(void)
{
    fct_guarded_free(&narrow);
    fct_guarded_free(&wide);
}

static void compare_scans(const char *chars, const fc_base64_options *options, size_t room)
{
    size_t count = strlen(chars);
    uint8_t *bytes = fct_guarded_end(&narrow, count);
    uint16_t *units = (uint16_t *)(void *)fct_guarded_end(&wide, 2 * count);
    struct fci_web_base64 expected, found = { 99, 99 };
    bool right = fct_web_base64(&expected, chars, options, room);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = units[i] = (uint8_t)chars[i];
    }
    fc_text texts[] = { fc_text_utf8((const char *)bytes, count), fc_text_utf16(units, count) };
    if (!right) {
        expected = found;
    }
    for (size_t i = 0; i < 2; i++) {
        if (fci_web_base64(&found, &texts[i], options, room) != right ||
            memcmp(&found, &expected, sizeof found) != 0) {
            ck_abort_msg("\"%s\", alphabet %u, last chunk %u, room %zu: read %zu, bytes %zu", chars,
                         options->alphabet, options->last_chunk, room, found.read, found.bytes);
        }
    }
    if (right) {
        uint8_t decoded[LONGEST];
        size_t length = fci_codec_base64.from_utf8(decoded, sizeof decoded, bytes, found.read);
        ck_assert_msg(length == found.bytes, "\"%s\" decodes to %zu bytes", chars, length);
    }
}

static void try_options(const char *chars)
{
    static const size_t rooms[] = { 0, 1, 2, 3, 4, 5, 6, SIZE_MAX };
    for (size_t i = 0; i < 6 * sizeof rooms / sizeof rooms[0]; i++) {
        fc_base64_options options = { .size = sizeof options,
                                      .alphabet = (uint32_t)(i % 2),
                                      .last_chunk = (uint32_t)(i / 2 % 3) };
        compare_scans(chars, &options, rooms[i / 6]);
    }
}

/* All strings of up to `longest` characters. */
static void for_each_string(const char *alphabet, size_t longest, void (*visit)(const char *text))
{
    char text[LONGEST + 1];
    size_t count = strlen(alphabet), all = 1;
    for (size_t length = 0; length <= longest; length++, all *= count) {
        for (size_t number = 0; number < all; number += length < 5 ? 1 : fct_effort_step()) {
            size_t rest = number;
            for (size_t i = 0; i < length; i++, rest /= count) {
                text[i] = alphabet[rest % count];
            }
            text[length] = '\0';
            visit(text);
        }
    }
}

START_TEST(ecmascript_reads_what_its_model_reads)
{
    for_each_string("AR=+ *", 6, try_options);
    for_each_string("Q-=\n", 7, try_options);
    for_each_string("AB=", 8, try_options);
}
END_TEST

START_TEST(only_ascii_white_space_is_skipped)
{
    fc_base64_options options = { .size = sizeof options };
    for (int c = 1; c < 0x80; c++) {
        char text[] = { 'Y', (char)c, 'W', 'J', 'j', '\0' };
        compare_scans(text, &options, SIZE_MAX);
    }
    static const uint16_t spaces[] = { 0xa0, 0x2003, 0x3000, 0xfeff, 0x0109, 0x0120 };
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        uint16_t units[] = { 'Y', spaces[i], 'W', 'J', 'j' };
        fc_text text = fc_text_utf16(units, 5);
        struct fci_web_base64 found;
        ck_assert(!fci_web_base64(&found, &text, &options, SIZE_MAX));
        ck_assert(!fci_web_atob(&text));
    }
}
END_TEST

/* ---- atob ------------------------------------------------------------------------------------ */

static void try_atob(const char *chars)
{
    size_t count = strlen(chars);
    fc_text text = fc_text_utf8(memcpy(fct_guarded_end(&narrow, count), chars, count), count);
    if (fci_web_atob(&text) != fct_web_atob(chars)) {
        ck_abort_msg("\"%s\"", chars);
    }
}

START_TEST(atob_takes_what_its_model_takes)
{
    for_each_string("AR=+ *", 7, try_atob);
    for_each_string("AR=\r-", 7, try_atob);
    for_each_string("A=", 8, try_atob);
}
END_TEST

/* ---- longer text ----------------------------------------------------------------------------- */

START_TEST(text_cut_or_flipped_is_what_its_model_says)
{
    static const char *const good[] = { "VGhlIHF1aWNrIGJy\tb3duIGZv",
                                        "eCBqdW1wcyBvdmVy\r\nIHRoZSA=", "bGF6eSBkb2c-_+/QQ==",
                                        "IHRoZSBsYXp5\fIGRvZ_-_AA" };
    char text[LONGEST];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        size_t count = strlen(good[i]);
        strcpy(text, good[i]);
        for (size_t bit = 0; bit < 8 * count; bit++) {
            text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
            try_options(text);
            try_atob(text);
            text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
        }
        for (; count != 0; count--) {
            text[count] = '\0';
            try_options(text);
            try_atob(text);
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("codec/web_base64");
    TCase *tc = tcase_create("the web's base64");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, ecmascript_reads_what_its_model_reads);
    tcase_add_test(tc, only_ascii_white_space_is_skipped);
    tcase_add_test(tc, atob_takes_what_its_model_takes);
    tcase_add_test(tc, text_cut_or_flipped_is_what_its_model_says);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
