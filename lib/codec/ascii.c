/* SPDX-License-Identifier: MIT */

/* ascii: bytes to text drops the eighth bit; text to bytes is latin1, which keeps it. */

#include "base/common.h"

#include "codec/codec.h"

#include "codec/latin1.h"
#include "codec/low.h"

static size_t text_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return length;
}

static size_t to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t word;
        __builtin_memcpy(&word, bytes + i, 8);
        word &= UINT64_C(0x7f7f7f7f7f7f7f7f);
        __builtin_memcpy(to + i, &word, 8);
    }
    for (; i < length; i++) {
        to[i] = bytes[i] & 0x7f;
    }
    return length;
}

static size_t to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return fci_low_widen(to_utf8, to, bytes, length);
}

const struct fci_codec fci_codec_ascii = {
    .name = "ascii",
    .utf8_length = text_length,
    .to_utf8 = to_utf8,
    .utf16_length = text_length,
    .to_utf16 = to_utf16,
    .most_utf8 = 1,
    .most_utf16 = 1,
    .bytes_of_utf8 = fci_latin1_bytes_of_utf8,
    .from_utf8 = fci_latin1_from_utf8,
    .bytes_of_utf16 = fci_latin1_bytes_of_utf16,
    .from_utf16 = fci_latin1_from_utf16,
};
