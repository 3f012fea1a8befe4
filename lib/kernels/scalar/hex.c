/* SPDX-License-Identifier: MIT */

/* Hex by arithmetic on eight digits at a time, without tables: the time taken does not tell the
 * bytes, only where the text goes wrong. Each byte of a word stays below 0x100 in every sum, so
 * that no lane carries into the next. */

#include "base/common.h"

#include "kernels/scalar/text.h"

#include "kernels/scalar/words.h"

#define HIGH_BITS FCI_BYTES(0x80)

/* Whether this machine stores the low byte of a unit first. */
#define LOW_FIRST (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

/* 0x80 in each byte that is `first` or more. All bytes must be below 0x80. */
static inline uint64_t reaches(uint64_t word, unsigned first)
{
    return (word + FCI_BYTES(0x80 - first)) & HIGH_BITS;
}

/* Eight numbers below 16 to digits: those from ten on are 'a' - '9' - 1 further up. */
static inline uint64_t digits_of(uint64_t numbers)
{
    uint64_t letters = reaches(numbers, 10) >> 7;
    return numbers + FCI_BYTES('0') + letters * ('a' - '9' - 1);
}

/* Four bytes to eight digits, the high half of each first. */
static inline uint64_t encode_four(uint32_t bytes)
{
    uint64_t units = fci_word_widen(bytes);
    uint64_t high = units >> 4, low = units;
    uint64_t both = LOW_FIRST ? (high | low << 8) : (high << 8 | low);
    return digits_of(both & FCI_BYTES(0x0f));
}

void fci_hex_encode_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0;
    for (; length - i >= 4; i += 4) {
        fci_word_store(to + 2 * i, encode_four(fci_half_load(from + i)));
    }
    for (; i < length; i++) {
        to[2 * i] = (uint8_t) "0123456789abcdef"[from[i] >> 4];
        to[2 * i + 1] = (uint8_t) "0123456789abcdef"[from[i] & 0xf];
    }
}

/* 0x80 in each byte that is no digit. */
static inline uint64_t bad_digits(uint64_t text)
{
    uint64_t seven = text & ~HIGH_BITS;
    uint64_t lower = seven | FCI_BYTES(0x20);
    uint64_t digits = reaches(seven, '0') & ~reaches(seven, '9' + 1);
    uint64_t letters = reaches(lower, 'a') & ~reaches(lower, 'f' + 1);
    return (text | ~(digits | letters)) & HIGH_BITS;
}

/* The value of eight good digits, two to a unit. A letter has bit 6, and is 9 more than its low
 * half. */
static inline uint64_t decode_eight(uint64_t text)
{
    uint64_t numbers = (text & FCI_BYTES(0x0f)) + (text >> 6 & FCI_BYTES(1)) * 9;
    return LOW_FIRST ? (numbers << 4 | numbers >> 8) : (numbers >> 4 | numbers);
}

size_t fci_hex_decode_scalar(uint8_t *to, const uint8_t *from, size_t pairs)
{
    size_t i = 0;
    for (; pairs - i >= 4; i += 4) {
        uint64_t text = fci_word_load(from + 2 * i);
        if (bad_digits(text) != 0) {
            break;
        }
        fci_half_store(to + i, fci_word_narrow(decode_eight(text)));
    }
    for (; i < pairs; i++) {
        /* The pair, and six zeroes behind it. */
        uint64_t pair = FCI_BYTES('0');
        __builtin_memcpy(&pair, from + 2 * i, 2);
        if (bad_digits(pair) != 0) {
            break;
        }
        uint32_t bytes = fci_word_narrow(decode_eight(pair));
        __builtin_memcpy(to + i, &bytes, 1);
    }
    return i;
}
