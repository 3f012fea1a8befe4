/* SPDX-License-Identifier: MIT */

/* 64 bytes of UTF-8 at once: what each is, and whether all are right. A byte must be a continuation
 * if and only if a lead one, two or three bytes before it wants one; and some leads forbid some
 * second bytes. Both are read off the same bytes loaded one, two and three places earlier, so that
 * nothing but memory goes from one round to the next. The idea of comparing shifted input is that
 * of John Keiser and Daniel Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte",
 * Software: Practice and Experience 51 (2021). For files of this folder only. */
#ifndef FCI_KERNELS_X86_AVX512_UTF8_H
#define FCI_KERNELS_X86_AVX512_UTF8_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/inline.h"
#include "kernels/x86/avx512/masks.h"
#include "kernels/x86/avx512/vector.h"

#define FCI_UTF8_BYTES FCI_VECTOR
#define FCI_UTF8_SMALL ((size_t)1)
#define FCI_UTF16_SMALL ((size_t)1)

/* The bytes, and those one, two and three places before each. */
struct fci_utf8_avx512 {
    __m512i bytes, first, second, third;
};

static FCI_ALWAYS_INLINE struct fci_utf8_avx512 fci_utf8_load_avx512(const uint8_t *at)
{
    return (struct fci_utf8_avx512){ fci_load_avx512(at), fci_load_avx512(at - 1),
                                     fci_load_avx512(at - 2), fci_load_avx512(at - 3) };
}

/* The bytes from `back` places before `at` on that `wanted` has a bit for; the others are 0, and
 * need not be there. */
static FCI_ALWAYS_INLINE __m512i fci_some_avx512(const uint8_t *at, size_t back, uint64_t wanted)
{
    return _mm512_maskz_loadu_epi8(wanted, (const uint8_t *)((uintptr_t)at - back));
}

/* The same for `left` bytes, at most 64, with zeroes behind; and before them if the text begins
 * here. */
static FCI_ALWAYS_INLINE struct fci_utf8_avx512 fci_utf8_load_some_avx512(const uint8_t *at,
                                                                          size_t left, bool begins)
{
    uint64_t wanted = fci_first_avx512(left), before = begins ? 0 : 1;
    return (struct fci_utf8_avx512){ fci_some_avx512(at, 0, wanted),
                                     fci_some_avx512(at, 1, wanted << 1 | before),
                                     fci_some_avx512(at, 2, wanted << 2 | before * 3),
                                     fci_some_avx512(at, 3, wanted << 3 | before * 7) };
}

static FCI_ALWAYS_INLINE __mmask64 fci_from_avx512(__m512i bytes, unsigned least)
{
    return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)least));
}

/* Each byte less `much`, or 0: the high bit tells which are 80 + `much` or more. */
static FCI_ALWAYS_INLINE __m512i fci_less_avx512(__m512i bytes, unsigned much)
{
    return _mm512_subs_epu8(bytes, _mm512_set1_epi8((char)much));
}

/* A table by the low six bits of a byte. */
#define FCI_TABLE_4(f, x) f(x), f((x) + 1), f((x) + 2), f((x) + 3)
#define FCI_TABLE_16(f, x)                                                                         \
    FCI_TABLE_4(f, x), FCI_TABLE_4(f, (x) + 4), FCI_TABLE_4(f, (x) + 8), FCI_TABLE_4(f, (x) + 12)
#define FCI_TABLE_64(f)                                                                            \
    {                                                                                              \
        FCI_TABLE_16(f, 0), FCI_TABLE_16(f, 16), FCI_TABLE_16(f, 32), FCI_TABLE_16(f, 48)          \
    }

static FCI_ALWAYS_INLINE __m512i fci_lookup_avx512(const uint8_t *table, __m512i bytes)
{
    return _mm512_permutexvar_epi8(bytes, fci_load_avx512(table));
}

/* Which of three ranges of second bytes, 80..8F, 90..9F and A0..BF, this one is in; and which of
 * them a lead forbids. */
#define FCI_SECOND(x) ((x) < 0x10 ? 1 : (x) < 0x20 ? 2 : 4)
#define FCI_FORBIDS(x)                                                                             \
    ((x) < 2 || (x) > 0x34 ? 7                                                                     \
     : (x) == 0x20         ? 3                                                                     \
     : (x) == 0x2d         ? 4                                                                     \
     : (x) == 0x30         ? 1                                                                     \
     : (x) == 0x34         ? 6                                                                     \
                           : 0)

/* Not zero where something is wrong. */
static FCI_ALWAYS_INLINE __m512i fci_utf8_errors_avx512(const struct fci_utf8_avx512 *u)
{
    static const uint8_t forbids[64] = FCI_TABLE_64(FCI_FORBIDS);
    static const uint8_t is_second[64] = FCI_TABLE_64(FCI_SECOND);
    const __m512i high = _mm512_set1_epi8((char)0x80);
    __m512i wanted =
        _mm512_ternarylogic_epi32(fci_less_avx512(u->first, 0x40), fci_less_avx512(u->second, 0x60),
                                  fci_less_avx512(u->third, 0x70), 0xfe);
    __m512i conts = _mm512_andnot_si512(_mm512_add_epi8(u->bytes, u->bytes), u->bytes);
    /* (wanted ^ conts) & high */
    __m512i errors = _mm512_ternarylogic_epi32(wanted, conts, high, 0x28);
    __m512i leads = _mm512_maskz_permutexvar_epi8(fci_from_avx512(u->first, 0xc0), u->first,
                                                  fci_load_avx512(forbids));
    /* errors | (leads & seconds) */
    return _mm512_ternarylogic_epi32(errors, leads, fci_lookup_avx512(is_second, u->bytes), 0xf8);
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_right_avx512(const struct fci_utf8_avx512 *a,
                                                       const struct fci_utf8_avx512 *b)
{
    __m512i errors = _mm512_or_si512(fci_utf8_errors_avx512(a), fci_utf8_errors_avx512(b));
    return _mm512_test_epi8_mask(errors, errors) == 0;
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_ascii_avx512(const uint8_t *at)
{
    return _mm512_movepi8_mask(fci_load_avx512(at)) == 0;
}

/* The bytes that end a character, and the third of four: where the units of UTF-16 are made. None
 * is a lead, or the second of three or four. */
static FCI_ALWAYS_INLINE __mmask64 fci_utf8_units_avx512(const struct fci_utf8_avx512 *u)
{
    __m512i leads = _mm512_max_epu8(u->bytes, fci_less_avx512(u->first, 0x20));
    return _mm512_cmplt_epu8_mask(leads, _mm512_set1_epi8((char)0xc0));
}

#endif
