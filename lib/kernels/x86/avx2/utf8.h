/* SPDX-License-Identifier: MIT */

/* 32 bytes of UTF-8, and whether they are right: the errors of utf8_errors.h. Two continuations in
 * a row are right only behind a lead of three or four. For utf8.c only. */
#ifndef FCI_KERNELS_X86_AVX2_UTF8_H
#define FCI_KERNELS_X86_AVX2_UTF8_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/inline.h"
#include "kernels/utf8_errors.h"
#include "kernels/x86/avx2/vector.h"

#define FCI_UTF8_BYTES FCI_VECTOR
#define FCI_UTF8_SMALL FCI_VECTOR
#define FCI_UTF16_SMALL (3 * FCI_VECTOR)

#define FCI_TIER(name) name##_avx2
#include "kernels/utf8_load_template.h"

/* Each byte less `much`, or 0: the high bit tells which are 80 + `much` or more. */
static FCI_ALWAYS_INLINE __m256i fci_less_avx2(__m256i bytes, unsigned much)
{
    return _mm256_subs_epu8(bytes, fci_splat_avx2((uint8_t)much));
}

static FCI_ALWAYS_INLINE __m256i lookup_avx2(const uint8_t *table, __m256i halves)
{
    __m128i loaded = _mm_loadu_si128((const __m128i_u *)table);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loaded), halves);
}

static FCI_ALWAYS_INLINE __m256i pair_errors_avx2(__m256i first, __m256i second)
{
    const struct fci_utf8_errors *of = &fci_utf8_errors;
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i a = lookup_avx2(of->first_high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half));
    __m256i b = lookup_avx2(of->first_low, _mm256_and_si256(first, half));
    __m256i c = lookup_avx2(of->second_high, _mm256_and_si256(_mm256_srli_epi16(second, 4), half));
    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

/* Not zero where something is wrong. */
static FCI_ALWAYS_INLINE __m256i fci_utf8_errors_avx2(const struct fci_utf8_avx2 *u)
{
    __m256i pairs = pair_errors_avx2(u->first, u->bytes);
    /* TWO where the byte two before is a lead of three or more, or that three before one of four.
     */
    __m256i two = _mm256_or_si256(fci_less_avx2(u->second, 0x60), fci_less_avx2(u->third, 0x70));
    return _mm256_xor_si256(pairs, _mm256_and_si256(two, fci_splat_avx2(FCI_UTF8_TWO)));
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_right_avx2(const struct fci_utf8_avx2 *a,
                                                     const struct fci_utf8_avx2 *b)
{
    __m256i errors = _mm256_or_si256(fci_utf8_errors_avx2(a), fci_utf8_errors_avx2(b));
    return _mm256_testz_si256(errors, errors) != 0;
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_ascii_avx2(const uint8_t *at)
{
    return _mm256_movemask_epi8(fci_load_avx2(at)) == 0;
}

#endif
