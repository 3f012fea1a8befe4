/* SPDX-License-Identifier: MIT */

/* The length in UTF-8 of UTF-16, 16 units at a time: see the template. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/vector.h"

static inline __m256i zeroes_avx2(void)
{
    return _mm256_setzero_si256();
}

static inline __m256i sum_avx2(__m256i a, __m256i b)
{
    return _mm256_add_epi16(a, b);
}

static inline size_t sum_of_avx2(__m256i units)
{
    uint32_t sums[8];
    size_t sum = 0;
    __m256i pairs = _mm256_madd_epi16(units, _mm256_set1_epi16(1));
    _mm256_storeu_si256((__m256i_u *)sums, pairs);
    for (size_t i = 0; i < 8; i++) {
        sum += sums[i];
    }
    return sum;
}

/* 1 for each unit that is not zero. */
static inline __m256i one_avx2(__m256i units)
{
    return _mm256_min_epu16(units, _mm256_set1_epi16(1));
}

static inline __m256i over_avx2(__m256i here)
{
    return sum_avx2(one_avx2(_mm256_srli_epi16(here, 7)), one_avx2(_mm256_srli_epi16(here, 11)));
}

/* Not zero but for surrogates of one half. */
static inline __m256i unlike_avx2(__m256i units, unsigned half)
{
    __m256i six = _mm256_and_si256(units, _mm256_set1_epi16((short)0xfc00));
    return _mm256_xor_si256(six, _mm256_set1_epi16((short)half));
}

static inline __m256i apart_avx2(__m256i here, __m256i next)
{
    return one_avx2(_mm256_or_si256(unlike_avx2(here, 0xd800), unlike_avx2(next, 0xdc00)));
}

static inline size_t rest_avx2(const uint16_t *units, size_t count)
{
    return fci_utf8_length_of_utf16_scalar(units, count);
}

#define FCI_TIER(name) name##_avx2
#include "kernels/lengths_template.h"
