/* SPDX-License-Identifier: MIT */

/* Bytes in another order, by vectors of 64 bytes: see the template. */

#include "base/common.h"

#include "kernels/x86/avx512/swap.h"

#include "kernels/x86/avx512/vector.h"

static inline __m512i flipped_avx512(char flip)
{
    const __m512i places =
        _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    return _mm512_xor_si512(places, _mm512_set1_epi8(flip));
}

static inline __m512i shuffled_avx512(__m512i vector, __m512i order)
{
    return _mm512_shuffle_epi8(vector, order);
}

static inline __m512i reversed_avx512(__m512i vector)
{
    __m512i quarters = shuffled_avx512(vector, flipped_avx512(15));
    return _mm512_shuffle_i64x2(quarters, quarters, 0x1b);
}

#define FCI_TIER(name) name##_avx512
#include "kernels/swap_template.h"
