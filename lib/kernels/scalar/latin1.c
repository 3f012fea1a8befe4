/* SPDX-License-Identifier: MIT */

/* ASCII and latin1: one byte a character. Conversions to UTF-8 run over ASCII by words and over the
 * rest by bytes; those to and from UTF-16 widen and narrow four characters at a time. */

#include "base/common.h"

#include "kernels/scalar/text.h"

#include "kernels/scalar/words.h"

#define HIGH_BITS FCI_BYTES(0x80)

size_t fci_ascii_prefix_scalar(const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    while (length - i >= 16 &&
           ((fci_word_load(bytes + i) | fci_word_load(bytes + i + 8)) & HIGH_BITS) == 0) {
        i += 16;
    }
    while (i < length && bytes[i] < 0x80) {
        i++;
    }
    return i;
}

size_t fci_latin1_to_utf8_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    const uint8_t *begin = to;
    size_t i = 0;
    while (i < length) {
        if (length - i >= 8 && (fci_word_load(from + i) & HIGH_BITS) == 0) {
            fci_word_store(to, fci_word_load(from + i));
            to += 8;
            i += 8;
        } else if (from[i] < 0x80) {
            *to++ = from[i++];
        } else {
            *to++ = (uint8_t)(0xc0 | from[i] >> 6);
            *to++ = (uint8_t)(0x80 | (from[i++] & 0x3f));
        }
    }
    return (size_t)(to - begin);
}

void fci_latin1_to_utf16_scalar(uint16_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0;
    for (; length - i >= 4; i += 4) {
        fci_word_store(to + i, fci_word_widen(fci_half_load(from + i)));
    }
    for (; i < length; i++) {
        to[i] = from[i];
    }
}

void fci_utf16_to_latin1_scalar(uint8_t *to, const uint16_t *from, size_t count)
{
    size_t i = 0;
    for (; count - i >= 4; i += 4) {
        fci_half_store(to + i, fci_word_narrow(fci_word_load(from + i)));
    }
    for (; i < count; i++) {
        to[i] = (uint8_t)from[i];
    }
}

/* One byte for each, and one more for each high bit. A product with FCI_BYTES(1) sums the eight
 * flags in its top byte. */
size_t fci_utf8_length_of_latin1_scalar(const uint8_t *bytes, size_t length)
{
    size_t total = length, i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t flags = fci_word_load(bytes + i) >> 7 & FCI_BYTES(1);
        total += (size_t)(FCI_BYTES(flags) >> 56);
    }
    for (; i < length; i++) {
        total += bytes[i] >> 7;
    }
    return total;
}
