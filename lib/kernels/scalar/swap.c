/* SPDX-License-Identifier: MIT */

/* Bytes in another order, a word at a time. Each group is loaded before it is stored, so the result
 * may take the place of the source. Reversing in place works from both ends: a word from each is
 * loaded before the two are stored, crosswise; what is left in the middle, fewer than sixteen
 * bytes, goes byte by byte in the same manner. */

#include "base/common.h"

#include "kernels/scalar/swap.h"

#include "kernels/scalar/words.h"

static inline uint64_t swap16(uint64_t word)
{
    const uint64_t low = UINT64_C(0x00ff00ff00ff00ff);
    return (word & low) << 8 | (word >> 8 & low);
}

void fci_swap16_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0;
    for (; length - i >= FCI_WORD; i += FCI_WORD) {
        fci_word_store(to + i, swap16(fci_word_load(from + i)));
    }
    for (; i < length; i += 2) {
        uint8_t first = from[i];
        to[i] = from[i + 1];
        to[i + 1] = first;
    }
}

void fci_swap32_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    for (size_t i = 0; i < length; i += 4) {
        uint32_t word;
        __builtin_memcpy(&word, from + i, sizeof word);
        word = __builtin_bswap32(word);
        __builtin_memcpy(to + i, &word, sizeof word);
    }
}

void fci_swap64_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    for (size_t i = 0; i < length; i += FCI_WORD) {
        fci_word_store(to + i, __builtin_bswap64(fci_word_load(from + i)));
    }
}

void fci_reverse_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t low = 0, high = length;
    for (; high - low >= 2 * FCI_WORD; low += FCI_WORD, high -= FCI_WORD) {
        uint64_t front = fci_word_load(from + low), back = fci_word_load(from + high - FCI_WORD);
        fci_word_store(to + low, __builtin_bswap64(back));
        fci_word_store(to + high - FCI_WORD, __builtin_bswap64(front));
    }
    for (; low < high; low++, high--) {
        uint8_t front = from[low], back = from[high - 1];
        to[low] = back;
        to[high - 1] = front;
    }
}
