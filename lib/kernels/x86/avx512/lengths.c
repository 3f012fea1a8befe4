/* SPDX-License-Identifier: MIT */

/* The length in UTF-8 of UTF-16, 32 units at a time: see the template. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/x86/avx2/text.h"
#include "kernels/x86/avx512/vector.h"

static inline __m512i zeroes_avx512(void)
{
    return _mm512_setzero_si512();
}

static inline __m512i sum_avx512(__m512i a, __m512i b)
{
    return _mm512_add_epi16(a, b);
}

static inline size_t sum_of_avx512(__m512i units)
{
    __m512i pairs = _mm512_madd_epi16(units, _mm512_set1_epi16(1));
    return (size_t)(unsigned)_mm512_reduce_add_epi32(pairs);
}

/* 1 for each unit that is not zero. */
static inline __m512i one_avx512(__m512i units)
{
    return _mm512_min_epu16(units, _mm512_set1_epi16(1));
}

static inline __m512i over_avx512(__m512i here)
{
    return sum_avx512(one_avx512(_mm512_srli_epi16(here, 7)),
                      one_avx512(_mm512_srli_epi16(here, 11)));
}

/* Not zero but for surrogates of one half: (units & fc00) ^ half */
static inline __m512i unlike_avx512(__m512i units, unsigned half)
{
    return _mm512_ternarylogic_epi32(units, _mm512_set1_epi16((short)0xfc00),
                                     _mm512_set1_epi16((short)half), 0x6a);
}

static inline __m512i apart_avx512(__m512i here, __m512i next)
{
    return one_avx512(_mm512_or_si512(unlike_avx512(here, 0xd800), unlike_avx512(next, 0xdc00)));
}

static inline size_t rest_avx512(const uint16_t *units, size_t count)
{
    return fci_utf8_length_of_utf16_avx2(units, count);
}

#define FCI_TIER(name) name##_avx512
#include "kernels/lengths_template.h"
