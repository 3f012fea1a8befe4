/* SPDX-License-Identifier: MIT */

/* Bytes in another order, by vectors of 32 bytes: see the template. */

#include "base/common.h"

#include "kernels/x86/avx2/swap.h"

#include "kernels/x86/avx2/vector.h"

static inline __m256i flipped_avx2(char flip)
{
    const __m256i places = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    return _mm256_xor_si256(places, _mm256_set1_epi8(flip));
}

static inline __m256i shuffled_avx2(__m256i vector, __m256i order)
{
    return _mm256_shuffle_epi8(vector, order);
}

static inline __m256i reversed_avx2(__m256i vector)
{
    return _mm256_permute4x64_epi64(shuffled_avx2(vector, flipped_avx2(15)), 0x4e);
}

#define FCI_TIER(name) name##_avx2
#include "kernels/swap_template.h"
