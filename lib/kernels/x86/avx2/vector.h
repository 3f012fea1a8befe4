/* SPDX-License-Identifier: MIT */

/* Loads, stores and comparisons of 32 bytes at any address. For files of this folder only. */
#ifndef FCI_KERNELS_X86_AVX2_VECTOR_H
#define FCI_KERNELS_X86_AVX2_VECTOR_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define FCI_VECTOR ((size_t)32)

typedef __m256i fci_vector_avx2;

static inline __m256i fci_load_avx2(const uint8_t *from)
{
    return _mm256_loadu_si256((const __m256i_u *)from);
}

static inline void fci_store_avx2(uint8_t *to, __m256i vector)
{
    _mm256_storeu_si256((__m256i_u *)to, vector);
}

/* To an address that is a multiple of FCI_VECTOR. */
static inline void fci_store_aligned_avx2(uint8_t *to, __m256i vector)
{
    _mm256_store_si256((__m256i *)(void *)to, vector);
}

/* The same, past the caches. */
static inline void fci_stream_avx2(uint8_t *to, __m256i vector)
{
    _mm256_stream_si256((__m256i *)(void *)to, vector);
}

static inline __m256i fci_splat_avx2(uint8_t value)
{
    return _mm256_set1_epi8((char)value);
}

/* Bit `i` tells whether byte `i` of the two is equal. */
static inline uint32_t fci_equal_avx2(__m256i a, __m256i b)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b));
}

/* The lowest and the highest bit that is set. The mask is not 0. */
static inline size_t fci_lowest_avx2(uint32_t mask)
{
    return (size_t)__builtin_ctz(mask);
}

static inline size_t fci_highest_avx2(uint32_t mask)
{
    return 31 - (size_t)__builtin_clz(mask);
}

#endif
