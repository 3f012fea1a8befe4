/* SPDX-License-Identifier: MIT */

/* UTF-16, latin1 and ascii against models that take them byte by byte; surrogates; the kernels
 * against scalar's, in every room. */

#include "base/common.h"

#include "codecs.h"

static const struct fct_encoding encodings[] = {
    { .codec = &fci_codec_utf16le, .encode = fct_encode_utf16le, .decode = fct_decode_utf16le },
    { .codec = &fci_codec_latin1, .encode = fct_encode_latin1, .decode = fct_decode_latin1 },
    { .codec = &fci_codec_ascii, .encode = fct_encode_ascii, .decode = fct_decode_latin1 },
};

/* Whether the unit is a surrogate without its other half. */
static bool is_lone(const uint16_t *units, size_t count, size_t i)
{
    bool low = units[i] / 0x400 == 0xdc00 / 0x400, high = units[i] / 0x400 == 0xd800 / 0x400;
    bool behind_high = i > 0 && units[i - 1] / 0x400 == 0xd800 / 0x400;
    bool before_low = i + 1 < count && units[i + 1] / 0x400 == 0xdc00 / 0x400;
    return (low && !behind_high) || (high && !before_low);
}

static void well_formed(const uint16_t *units, size_t count)
{
    uint16_t *made = (uint16_t *)(void *)fuzz_place_copy(0, fc_view_of(units, 2 * count), true);
    size_t lone = 0;
    for (size_t i = 0; i < count; i++) {
        lone += is_lone(units, count, i);
    }
    FUZZ_CHECK(fc_text_is_well_formed(fc_text_utf16(made, count)) == (lone == 0));
    fc_utf16_make_well_formed(made, count);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(made[i] == (is_lone(units, count, i) ? 0xfffd : units[i]));
    }
}

/* The first unit that strict decoding may not take; `largest` is the encoding's last character. */
static void strict(const uint16_t *units, size_t count, fc_encoding encoding, unsigned largest)
{
    fc_text text =
        fc_text_utf16((void *)fuzz_place_copy(0, fc_view_of(units, 2 * count), true), count);
    fc_decode_error error = { .offset = 99 };
    fc_buffer made = FC_BUFFER_INIT;
    size_t bad = 0;
    while (bad < count && !is_lone(units, count, bad) && units[bad] <= largest) {
        bad++;
    }
    bool good = bad == count;
    FUZZ_CHECK(fc_buffer_from_text_strict(&made, &error, text, encoding) ==
               (good ? FC_OK : FC_ERR_INVALID_DATA));
    FUZZ_CHECK(error.offset == (good ? 99 : bad));
    if (good) {
        fuzz_decoded(&made, &text,
                     encoding == FC_ENCODING_UTF16LE ? fct_decode_utf16le : fct_decode_latin1);
    }
}

static void from_units(const struct fci_kernels *tier, const uint16_t *units, size_t count,
                       size_t room, bool far)
{
    static uint8_t scalar[3 * FUZZ_TEXT_MAX / 2];
    const uint16_t *from = (void *)fuzz_place_copy(0, fc_view_of(units, 2 * count), far);
    size_t length = fci_kernels_scalar.utf8_length_of_utf16(from, count), used = 99, wanted = 99;
    FUZZ_CHECK(tier->utf8_length_of_utf16(from, count) == length);
    room = room < length ? room : length;
    uint8_t *to = fuzz_place(1, room, far);
    size_t done = fci_kernels_scalar.utf16_to_utf8(scalar, room, from, count, &wanted);
    FUZZ_CHECK(tier->utf16_to_utf8(to, room, from, count, &used) == done);
    FUZZ_CHECK(used == wanted && memcmp(to, scalar, done) == 0);
    to = fuzz_place(1, count, far);
    tier->utf16_to_latin1(to, from, count);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(to[i] == units[i] % 256);
    }
}

static void from_bytes(const struct fci_kernels *tier, fc_view bytes, bool far)
{
    static uint8_t scalar[2 * FUZZ_TEXT_MAX];
    const uint8_t *from = fuzz_place_copy(0, bytes, far);
    size_t length = fci_kernels_scalar.latin1_to_utf8(scalar, from, bytes.length);
    FUZZ_CHECK(tier->utf8_length_of_latin1(from, bytes.length) == length);
    uint8_t *to = fuzz_place(1, length, far);
    FUZZ_CHECK(tier->latin1_to_utf8(to, from, bytes.length) == length);
    FUZZ_CHECK(memcmp(to, scalar, length) == 0);
    uint16_t *units = (void *)fuzz_place(1, 2 * bytes.length, far);
    tier->latin1_to_utf16(units, from, bytes.length);
    for (size_t i = 0; i < bytes.length; i++) {
        FUZZ_CHECK(units[i] == bytes.bytes[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static uint16_t units[FUZZ_TEXT_MAX / 2];
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t which = fuzz_below(&input, 3), room = fuzz_number(&input, 2);
        fuzz_codec(&encodings[which], input);
        fc_view rest = fuzz_take(&input, FUZZ_TEXT_MAX);
        size_t count = rest.length / 2;
        if (count != 0) {
            memcpy(units, rest.bytes, 2 * count);
        }
        well_formed(units, count);
        strict(units, count, FC_ENCODING_UTF16LE, 0xffff);
        strict(units, count, FC_ENCODING_LATIN1, 0xff);
        strict(units, count, FC_ENCODING_ASCII, 0x7f);
        from_units(tier, units, count, room, true);
        from_units(tier, units, count, SIZE_MAX, false);
        from_bytes(tier, rest, which != 0);
    }
    return 0;
}
