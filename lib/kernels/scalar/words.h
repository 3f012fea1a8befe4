/* SPDX-License-Identifier: MIT */

/* Eight bytes, or four units, as one word: loads and stores at any address, which bytes of a word
 * are zero, and the steps on lanes that the text loops share. In a little-endian word byte `i` of
 * the memory is bits [8 i, 8 i + 8), whatever the machine's order, so the lowest mark is the first
 * byte and the highest the last. */
#ifndef FCI_KERNELS_SCALAR_WORDS_H
#define FCI_KERNELS_SCALAR_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define FCI_WORD ((size_t)8)

/* `value` in each byte. */
#define FCI_BYTES(value) (UINT64_C(0x0101010101010101) * (value))

#define FCI_WORD_MARKS FCI_BYTES(0x80)

static inline uint64_t fci_word_load(const void *from)
{
    uint64_t word;
    __builtin_memcpy(&word, from, sizeof word);
    return word;
}

static inline void fci_word_store(void *to, uint64_t word)
{
    __builtin_memcpy(to, &word, sizeof word);
}

static inline uint32_t fci_half_load(const void *from)
{
    uint32_t half;
    __builtin_memcpy(&half, from, sizeof half);
    return half;
}

static inline void fci_half_store(void *to, uint32_t half)
{
    __builtin_memcpy(to, &half, sizeof half);
}

static inline uint64_t fci_word_load_le(const void *from)
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

/* Each of four bytes into a unit, and the low byte of each of four units. The order is that of
 * memory on any machine. */
static inline uint64_t fci_word_widen(uint32_t bytes)
{
    uint64_t word = bytes;
    word = (word | word << 16) & UINT64_C(0x0000ffff0000ffff);
    return (word | word << 8) & UINT64_C(0x00ff00ff00ff00ff);
}

static inline uint32_t fci_word_narrow(uint64_t units)
{
    units &= UINT64_C(0x00ff00ff00ff00ff);
    units = (units | units >> 8) & UINT64_C(0x0000ffff0000ffff);
    return (uint32_t)(units | units >> 16);
}

#endif
