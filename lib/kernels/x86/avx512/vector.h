/* SPDX-License-Identifier: MIT */

/* Loads and stores of 64 bytes at any address. For files of this folder only. */
#ifndef FCI_KERNELS_X86_AVX512_VECTOR_H
#define FCI_KERNELS_X86_AVX512_VECTOR_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define FCI_VECTOR ((size_t)64)

typedef __m512i fci_vector_avx512;

static inline __m512i fci_load_avx512(const uint8_t *from)
{
    return _mm512_loadu_si512(from);
}

static inline void fci_store_avx512(uint8_t *to, __m512i vector)
{
    _mm512_storeu_si512(to, vector);
}

/* To an address that is a multiple of FCI_VECTOR. */
static inline void fci_store_aligned_avx512(uint8_t *to, __m512i vector)
{
    _mm512_store_si512(to, vector);
}

#endif
