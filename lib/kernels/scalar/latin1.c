/* SPDX-License-Identifier: MIT */

/* ASCII and latin1: one byte a character. Conversions to UTF-8 run over ASCII by words and over the
 * rest by bytes; those to and from UTF-16 widen and narrow four characters at a time. */

#include "base/common.h"

#include "kernels/scalar/text.h"

#include "base/utf.h"
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

/* Stores one or two bytes without a branch, always both; returns how many count. */
static inline size_t put_two(uint8_t *to, uint32_t byte)
{
    uint32_t high = byte >> 7;
    to[0] = (uint8_t)(high != 0 ? 0xc0 | byte >> 6 : byte);
    to[1] = (uint8_t)(0x80 | (byte & 0x3f));
    return 1 + high;
}

/* What put_two stores too much, the next character stores again. Only the last has none. */
size_t fci_latin1_to_utf8_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0, done = 0;
    while (length - i > 8) {
        uint64_t word = fci_word_load(from + i);
        if ((word & HIGH_BITS) == 0) {
            fci_word_store(to + done, word);
            done += 8;
        } else {
            for (size_t k = 0; k < 8; k++) {
                done += put_two(to + done, from[i + k]);
            }
        }
        i += 8;
    }
    for (; i < length; i++) {
        done += fci_utf8_put(to + done, from[i]);
    }
    return done;
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
