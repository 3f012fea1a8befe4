/* SPDX-License-Identifier: MIT */

/* 32 units of UTF-16 to the bytes of UTF-8 that each may have, and which of them it needs. For
 * to_utf8.c only. */
#ifndef FCI_KERNELS_X86_AVX512_UNITS_H
#define FCI_KERNELS_X86_AVX512_UNITS_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/inline.h"
#include "kernels/x86/avx512/masks.h"

static FCI_ALWAYS_INLINE __m512i fci_splat_avx512(unsigned unit)
{
    return _mm512_set1_epi16((short)unit);
}

/* (bytes & mask) | tag */
static FCI_ALWAYS_INLINE __m512i fci_tagged_avx512(__m512i bytes, unsigned mask, __m512i tag)
{
    return _mm512_ternarylogic_epi32(bytes, fci_splat_avx512(mask), tag, 0xea);
}

/* The eight bits of each unit from bit `first` on, and those from bit `second` on; they may reach
 * into the next unit. */
static FCI_ALWAYS_INLINE __m512i fci_shifted_avx512(__m512i units, unsigned first, unsigned second)
{
    uint64_t places =
        UINT64_C(0x3030202010100000) + UINT64_C(0x0001000100010001) * (first | second << 8);
    return _mm512_multishift_epi64_epi8(_mm512_set1_epi64((long long)places), units);
}

static FCI_ALWAYS_INLINE __mmask32 fci_units_from_avx512(__m512i units, unsigned least)
{
    return _mm512_cmpge_epu16_mask(units, fci_splat_avx512(least));
}

/* Units below 0x800: each is a lead, 0 or 1 if there is none, and a last byte. *kept: which count,
 * of the first `count` units. */
static FCI_ALWAYS_INLINE __m512i fci_twos_avx512(uint64_t *kept, __m512i units, size_t count)
{
    __m512i ascii = fci_shifted_avx512(units, 6, 0);
    __m512i twos = fci_tagged_avx512(ascii, 0x3f3f, fci_splat_avx512(0x80c0));
    twos = _mm512_mask_mov_epi16(ascii, fci_units_from_avx512(units, 0x80), twos);
    *kept = _mm512_mask_cmpge_epu8_mask(fci_first_avx512(2 * count), twos, fci_splat_avx512(2));
    return twos;
}

/* Surrogates in pairs give two bytes of the four each, as if they were characters of two with
 * another lead: the first the ten bits and 0x40 that are above the low twelve, the second those
 * twelve, two of which are the first one's last. `before` is the unit before each. */
struct fci_pairs_avx512 {
    __m512i before;
    __mmask32 high, low;
};

static FCI_ALWAYS_INLINE __m512i fci_paired_avx512(__m512i units,
                                                   const struct fci_pairs_avx512 *pairs)
{
    __m512i ten = _mm512_and_si512(units, fci_splat_avx512(0x3ff));
    __m512i top = _mm512_srli_epi16(_mm512_add_epi16(ten, fci_splat_avx512(0x40)), 2);
    __m512i two = _mm512_and_si512(_mm512_slli_epi16(pairs->before, 10), fci_splat_avx512(0xc00));
    units = _mm512_mask_mov_epi16(units, pairs->high, top);
    return _mm512_mask_add_epi16(units, pairs->low, ten, two);
}

/* Units of any size, surrogates in pairs only: a lead and a middle in units of their own, 0 where
 * there is none, and a last byte in another. */
struct fci_threes_avx512 {
    __m512i front, last;
};

static FCI_ALWAYS_INLINE struct fci_threes_avx512 fci_threes_avx512(
    __m512i units, const struct fci_pairs_avx512 *pairs)
{
    __mmask32 wide = fci_units_from_avx512(units, 0x80);
    __m512i least = _mm512_min_epu16(units, _mm512_xor_si512(units, fci_splat_avx512(0xd800)));
    __mmask32 twos = _mm512_cmplt_epu16_mask(least, fci_splat_avx512(0x800));
    __m512i tag = fci_splat_avx512(0xc000);
    if (pairs != NULL) {
        tag = _mm512_mask_mov_epi16(tag, pairs->high, fci_splat_avx512(0xf000));
        tag = _mm512_mask_mov_epi16(tag, pairs->low, fci_splat_avx512(0x8000));
        units = fci_paired_avx512(units, pairs);
    }
    __m512i bytes = fci_shifted_avx512(units, 12, 6);
    __m512i front = fci_tagged_avx512(bytes, 0x3f0f, fci_splat_avx512(0x80e0));
    front = _mm512_mask_mov_epi16(front, twos, fci_tagged_avx512(bytes, 0x3f00, tag));
    front = _mm512_maskz_mov_epi16(wide, front);
    __m512i last = fci_tagged_avx512(units, 0x3f, fci_splat_avx512(0x80));
    return (struct fci_threes_avx512){ front, _mm512_mask_mov_epi16(units, wide, last) };
}

/* Four bytes for each unit, of which the fourth never counts and the third always does. */
static FCI_ALWAYS_INLINE uint64_t fci_kept_avx512(__m512i fours, size_t count)
{
    return _mm512_mask_cmpge_epu8_mask(fci_first_avx512(4 * count), fours,
                                       _mm512_set1_epi32((int)0xff000101));
}

#endif
