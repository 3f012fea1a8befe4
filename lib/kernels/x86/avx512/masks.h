/* SPDX-License-Identifier: MIT */

/* Masks of the first lanes, and vectors whose lanes count. For files of this folder only. */
#ifndef FCI_KERNELS_X86_AVX512_MASKS_H
#define FCI_KERNELS_X86_AVX512_MASKS_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* The lowest `count` bits, at most 64. */
static inline uint64_t fci_first_avx512(size_t count)
{
    return _bzhi_u64(~UINT64_C(0), (unsigned)count);
}

/* Byte `i` is `i`. */
static inline __m512i fci_places_avx512(void)
{
    return _mm512_set_epi64(0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928,
                            0x2726252423222120, 0x1f1e1d1c1b1a1918, 0x1716151413121110,
                            0x0f0e0d0c0b0a0908, 0x0706050403020100);
}

#endif
