/* SPDX-License-Identifier: MIT */

/* Hex: lenient against the model, the kernels against scalar's, strict and ECMAScript's against
 * what stands here: pairs of digits, and nothing else. */

#include "base/common.h"

#include "codecs.h"

#include <ctype.h>

static const struct fct_encoding encoding = {
    .codec = &fci_codec_hex,
    .encode = fct_encode_hex,
    .decode = fct_decode_hex,
};

static size_t first_bad(const fc_text *text)
{
    size_t i = 0;
    while (i < text->count && fuzz_unit(text, i) < 128 && isxdigit((int)fuzz_unit(text, i))) {
        i++;
    }
    return i;
}

static void strict(const fc_text *text)
{
    fc_decode_error error = { .offset = 99 };
    fc_buffer made = FC_BUFFER_INIT, web = FC_BUFFER_INIT;
    size_t bad = first_bad(text);
    uint32_t kind = bad < text->count      ? FC_DECODE_CHARACTER
                    : text->count % 2 != 0 ? FC_DECODE_LENGTH
                                           : 0;
    fc_status status = fc_buffer_from_text_strict(&made, &error, *text, FC_ENCODING_HEX);
    FUZZ_CHECK(status == (kind == 0 ? FC_OK : FC_ERR_INVALID_DATA));
    FUZZ_CHECK(error.kind == kind);
    FUZZ_CHECK(error.offset == (kind == 0 ? 99 : kind == FC_DECODE_LENGTH ? bad - 1 : bad));
    FUZZ_CHECK(fc_buffer_from_hex(&web, *text) == status);
    if (status == FC_OK) {
        fuzz_decoded(&made, text, fct_decode_hex);
        fuzz_decoded(&web, text, fct_decode_hex);
    }
}

/* Into a buffer that may be too short: only the digits that are needed count, and whether the units
 * of all of it are even. */
static void set(const fc_text *text, size_t room)
{
    static uint16_t units[FUZZ_TEXT_MAX];
    fc_buffer b = FC_BUFFER_INIT;
    size_t read = 99, written = 99;
    size_t needed = room < text->count / 2 ? room : text->count / 2;
    bool good = fuzz_units(units, text) % 2 == 0 && first_bad(text) >= 2 * needed;
    FUZZ_CHECK(fc_buffer_alloc(&b, room) == FC_OK);
    fc_status status = fc_buffer_set_from_hex(&read, &written, &b, *text);
    FUZZ_CHECK(status == (good ? FC_OK : FC_ERR_INVALID_DATA));
    FUZZ_CHECK(written == (good ? needed : 99) && read == (good ? 2 * needed : 99));
    for (size_t i = good ? needed : 0; i < room; i++) {
        FUZZ_CHECK(fc_buffer_data(&b)[i] == 0);
    }
    fc_text taken = *text;
    taken.count = 2 * needed;
    if (good) {
        fc_buffer_narrow(&b, 0, (ptrdiff_t)needed);
        fuzz_decoded(&b, &taken, fct_decode_hex);
    }
    fc_buffer_release(&b);
}

static void kernels(const struct fci_kernels *tier, fc_view bytes)
{
    uint8_t scalar[2 * FUZZ_TEXT_MAX];
    size_t size = 2 * bytes.length, pairs = bytes.length / 2;
    for (int far = 0; far < 2; far++) {
        const uint8_t *from = fuzz_place_copy(0, bytes, far != 0);
        uint8_t *to = fuzz_place(1, size, far != 0);
        fci_kernels_scalar.hex_encode(scalar, from, bytes.length);
        tier->hex_encode(to, from, bytes.length);
        FUZZ_CHECK(memcmp(to, scalar, size) == 0);
        to = fuzz_place(1, pairs, far != 0);
        size_t done = fci_kernels_scalar.hex_decode(scalar, from, pairs);
        FUZZ_CHECK(tier->hex_decode(to, from, pairs) == done);
        FUZZ_CHECK(memcmp(to, scalar, done) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t room = fuzz_number(&input, 1);
        fuzz_codec(&encoding, input);
        fc_view rest = fuzz_take(&input, FUZZ_TEXT_MAX);
        kernels(tier, rest);
        for (int wide = 0; wide < 2; wide++) {
            fc_text text = fuzz_text(rest, wide != 0);
            strict(&text);
            set(&text, room);
        }
    }
    return 0;
}
