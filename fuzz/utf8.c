/* SPDX-License-Identifier: MIT */

/* UTF-8 against the tables of the Unicode Standard: both ways, checked, and where it is wrong; the
 * kernels against scalar's, in every room. */

#include "base/common.h"

#include "codecs.h"

static const struct fct_encoding encoding = {
    .codec = &fci_codec_utf8,
    .encode = fct_units_of_utf8,
    .decode = fct_decode_utf8,
};

static size_t first_bad(fc_view bytes)
{
    size_t i = 0;
    for (int used = 0; i < bytes.length; i += (size_t)used) {
        used = fct_utf8_first(bytes.bytes + i, bytes.length - i);
        if (used < 0) {
            break;
        }
    }
    return i;
}

static void checked(fc_view bytes)
{
    fc_view placed = fc_view_of(fuzz_place_copy(0, bytes, true), bytes.length);
    fc_decode_error error = { .offset = 99 };
    fc_buffer made = FC_BUFFER_INIT;
    fc_text text = fc_text_utf8((const char *)placed.bytes, placed.length);
    size_t bad = first_bad(bytes), ascii = 0;
    bool good = bad == bytes.length;
    fc_status expected = good ? FC_OK : FC_ERR_INVALID_DATA;
    while (ascii < bytes.length && bytes.bytes[ascii] < 0x80) {
        ascii++;
    }
    FUZZ_CHECK(fc_view_is_utf8(placed) == good);
    FUZZ_CHECK(fc_text_is_well_formed(text) == good);
    FUZZ_CHECK(fc_view_is_ascii(placed) == (ascii == bytes.length));
    FUZZ_CHECK(fc_view_check_utf8(&error, placed) == expected);
    FUZZ_CHECK(error.offset == (good ? 99 : bad));
    FUZZ_CHECK(fc_buffer_from_text_strict(&made, &error, text, FC_ENCODING_UTF8) == expected);
    FUZZ_CHECK(error.offset == (good ? 99 : bad));
    if (good) {
        fuzz_decoded(&made, &text, fct_decode_utf8);
    }
}

static void kernels(const struct fci_kernels *tier, fc_view bytes, size_t room, bool far)
{
    static uint16_t scalar[FUZZ_TEXT_MAX];
    const uint8_t *from = fuzz_place_copy(0, bytes, far);
    size_t length = fci_kernels_scalar.utf16_length_of_utf8(from, bytes.length);
    size_t used = 99, expected_used = 99;
    FUZZ_CHECK(tier->ascii_prefix(from, bytes.length) ==
               fci_kernels_scalar.ascii_prefix(from, bytes.length));
    FUZZ_CHECK(tier->utf8_prefix(from, bytes.length) == first_bad(bytes));
    FUZZ_CHECK(tier->utf16_length_of_utf8(from, bytes.length) == length);
    room = room < length ? room : length;
    uint16_t *to = (uint16_t *)(void *)fuzz_place(1, 2 * room, far);
    size_t count =
        fci_kernels_scalar.utf8_to_utf16(scalar, room, from, bytes.length, &expected_used);
    FUZZ_CHECK(tier->utf8_to_utf16(to, room, from, bytes.length, &used) == count);
    FUZZ_CHECK(used == expected_used && memcmp(to, scalar, 2 * count) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t room = fuzz_number(&input, 2);
        fuzz_codec(&encoding, input);
        fc_view rest = fuzz_take(&input, FUZZ_TEXT_MAX);
        if (room >= 0x8000) {
            rest = fuzz_spell(&fuzz_utf8_letters, rest, FUZZ_TEXT_MAX);
        }
        checked(rest);
        kernels(tier, rest, room, true);
        kernels(tier, rest, SIZE_MAX, false);
    }
    return 0;
}
