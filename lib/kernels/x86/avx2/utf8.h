/* SPDX-License-Identifier: MIT */

/* 32 bytes of UTF-8, and whether they are right, after John Keiser and Daniel Lemire, "Validating
 * UTF-8 In Less Than One Instruction Per Byte", Software: Practice and Experience 51 (2021): the
 * halves of a byte and the high half of the next one each have a table of the errors that they
 * allow; what all three allow is one. Two continuations in a row are right only behind a lead of
 * three or four. For utf8.c only. */
#ifndef FCI_KERNELS_X86_AVX2_UTF8_H
#define FCI_KERNELS_X86_AVX2_UTF8_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/inline.h"
#include "kernels/x86/avx2/vector.h"

#define FCI_UTF8_BYTES FCI_VECTOR
#define FCI_UTF8_SMALL FCI_VECTOR
#define FCI_UTF16_SMALL (3 * FCI_VECTOR)

/* The bytes, and those one, two and three places before each. */
struct fci_utf8_avx2 {
    __m256i bytes, first, second, third;
};

static FCI_ALWAYS_INLINE struct fci_utf8_avx2 fci_utf8_load_avx2(const uint8_t *at)
{
    return (struct fci_utf8_avx2){ fci_load_avx2(at), fci_load_avx2(at - 1), fci_load_avx2(at - 2),
                                   fci_load_avx2(at - 3) };
}

/* Out of a copy, which has zeroes behind, and before if the text begins here. */
static FCI_ALWAYS_INLINE struct fci_utf8_avx2 fci_utf8_load_some_avx2(const uint8_t *at,
                                                                      size_t left, bool begins)
{
    uint8_t copy[3 + FCI_UTF8_BYTES] = { 0 };
    size_t before = begins ? 0 : 3;
    __builtin_memcpy(copy + 3 - before, at - before, before + left);
    return fci_utf8_load_avx2(copy + 3);
}

/* Each byte less `much`, or 0: the high bit tells which are 80 + `much` or more. */
static FCI_ALWAYS_INLINE __m256i fci_less_avx2(__m256i bytes, unsigned much)
{
    return _mm256_subs_epu8(bytes, fci_splat_avx2((uint8_t)much));
}

/* Errors of a byte and the next one. */
#define TOO_SHORT 0x01  /* a lead, and then no continuation */
#define TOO_LONG 0x02   /* ASCII, and then a continuation */
#define OVERLONG_3 0x04 /* E0 80..9F */
#define TOO_LARGE 0x08  /* F4 90..BF, F5..FF 90..BF */
#define SURROGATE 0x10  /* ED A0..BF */
#define OVERLONG_2 0x20 /* C0, C1 */
#define OVERLONG_4 0x40 /* F0 80..8F; and TOO_LARGE with a second byte 80..8F */
#define TWO 0x80        /* a continuation, and then another: right or wrong */
#define CARRY (TOO_SHORT | TOO_LONG | TWO)

static FCI_ALWAYS_INLINE __m256i lookup_avx2(__m128i table, __m256i halves)
{
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), halves);
}

/* By the high half of the first byte, by its low half, and by the high half of the second. */
static FCI_ALWAYS_INLINE __m256i pair_errors_avx2(__m256i first, __m256i second)
{
    const __m128i first_high = _mm_setr_epi8(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, (char)TWO,
        (char)TWO, (char)TWO, (char)TWO, TOO_SHORT | OVERLONG_2, TOO_SHORT,
        TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4);
    const __m128i first_low = _mm_setr_epi8(
        (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2),
        (char)CARRY, (char)CARRY, (char)(CARRY | TOO_LARGE), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4 | SURROGATE),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4));
    const char any = (char)(TOO_LONG | OVERLONG_2 | TWO);
    const __m128i second_high = _mm_setr_epi8(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        any | OVERLONG_3 | OVERLONG_4, any | OVERLONG_3 | TOO_LARGE, any | SURROGATE | TOO_LARGE,
        any | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i a = lookup_avx2(first_high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half));
    __m256i b = lookup_avx2(first_low, _mm256_and_si256(first, half));
    __m256i c = lookup_avx2(second_high, _mm256_and_si256(_mm256_srli_epi16(second, 4), half));
    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

/* Not zero where something is wrong. */
static FCI_ALWAYS_INLINE __m256i fci_utf8_errors_avx2(const struct fci_utf8_avx2 *u)
{
    __m256i pairs = pair_errors_avx2(u->first, u->bytes);
    /* TWO where the byte two before is a lead of three or more, or that three before one of four.
     */
    __m256i two = _mm256_or_si256(fci_less_avx2(u->second, 0x60), fci_less_avx2(u->third, 0x70));
    return _mm256_xor_si256(pairs, _mm256_and_si256(two, fci_splat_avx2(TWO)));
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
