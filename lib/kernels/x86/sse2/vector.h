/* SPDX-License-Identifier: MIT */

/* Loads and stores of 16 bytes at any address. For files of this folder only. */
#ifndef FCI_KERNELS_X86_SSE2_VECTOR_H
#define FCI_KERNELS_X86_SSE2_VECTOR_H

#include <emmintrin.h>
#include <stddef.h>
#include <stdint.h>

#define FCI_VECTOR ((size_t)16)

typedef __m128i fci_vector_sse2;

static inline __m128i fci_load_sse2(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i_u *)from);
}

static inline void fci_store_sse2(uint8_t *to, __m128i vector)
{
    _mm_storeu_si128((__m128i_u *)to, vector);
}

/* To an address that is a multiple of FCI_VECTOR. */
static inline void fci_store_aligned_sse2(uint8_t *to, __m128i vector)
{
    _mm_store_si128((__m128i *)(void *)to, vector);
}

/* The same, past the caches. */
static inline void fci_stream_sse2(uint8_t *to, __m128i vector)
{
    _mm_stream_si128((__m128i *)(void *)to, vector);
}

static inline __m128i fci_splat_sse2(uint8_t value)
{
    return _mm_set1_epi8((char)value);
}

#endif
