/* SPDX-License-Identifier: MIT */

/* Eight bytes at a time: loads and stores at any address, and which bytes of a word are zero. Byte
 * `i` of the memory is bits [8 i, 8 i + 8) of a little-endian word, whatever the machine's order,
 * so the lowest mark is the first byte and the highest the last. */
#ifndef FCI_KERNELS_SCALAR_WORDS_H
#define FCI_KERNELS_SCALAR_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define FCI_WORD ((size_t)8)
#define FCI_WORD_ONES UINT64_C(0x0101010101010101)
#define FCI_WORD_MARKS UINT64_C(0x8080808080808080)

static inline uint64_t fci_word_load(const uint8_t *from)
{
    uint64_t word;
    __builtin_memcpy(&word, from, sizeof word);
    return word;
}

static inline void fci_word_store(uint8_t *to, uint64_t word)
{
    __builtin_memcpy(to, &word, sizeof word);
}

static inline uint64_t fci_word_load_le(const uint8_t *from)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(fci_word_load(from));
#else
    return fci_word_load(from);
#endif
}

/* 0x80 in every byte that is zero, 0 in the others: exactly, no carry crosses a byte. */
static inline uint64_t fci_word_zeroes(uint64_t word)
{
    return ~(((word & ~FCI_WORD_MARKS) + ~FCI_WORD_MARKS) | word | ~FCI_WORD_MARKS);
}

/* The place of the first mark, and of the last. The word is not 0. */
static inline size_t fci_word_first(uint64_t marks)
{
    return (size_t)__builtin_ctzll(marks) / 8;
}

static inline size_t fci_word_last(uint64_t marks)
{
    return (size_t)(63 - __builtin_clzll(marks)) / 8;
}

#endif
