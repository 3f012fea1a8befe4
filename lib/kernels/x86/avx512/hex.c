/* SPDX-License-Identifier: MIT */

/* Hex by vectors: 32 bytes make 64 digits and back. To encode, each byte becomes a unit, shifts of
 * every byte apart take its halves out, and their lowest bits look the digit up. To decode,
 * all of ASCII is looked up in registers, and a multiplication joins the pairs. What is less than a
 * vector is loaded and stored through masks, so that nothing is touched outside the ranges. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/x86/avx512/masks.h"

/* Bytes of a vector of text. */
#define BYTES ((size_t)32)

/* The halves of unit `i` of a word lie at its bits 16 i + 4 and 16 i. What is above the four bits
 * of a half only chooses among copies of the sixteen digits. */
static inline __m512i encoded_avx512(__m256i bytes)
{
    const __m512i digits = _mm512_broadcast_i32x4(_mm_setr_epi8(
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'));
    const __m512i halves = _mm512_set1_epi64(0x3034202410140004);
    __m512i units = _mm512_cvtepu8_epi16(bytes);
    return _mm512_permutexvar_epi8(_mm512_multishift_epi64_epi8(halves, units), digits);
}

void fci_hex_encode_avx512(uint8_t *to, const uint8_t *from, size_t length)
{
    for (; length >= BYTES; length -= BYTES, from += BYTES, to += 2 * BYTES) {
        __m256i bytes = _mm256_loadu_si256((const __m256i_u *)from);
        _mm512_storeu_si512(to, encoded_avx512(bytes));
    }
    if (length != 0) {
        __m256i bytes = _mm256_maskz_loadu_epi8((__mmask32)fci_first_avx512(length), from);
        _mm512_mask_storeu_epi8(to, fci_first_avx512(2 * length), encoded_avx512(bytes));
    }
}

#define NO 0x80

/* clang-format off */
static const uint8_t values[128] = {
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, NO, NO, NO, NO, NO, NO,
    NO, 10, 11, 12, 13, 14, 15, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    NO, 10, 11, 12, 13, 14, 15, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
};
/* clang-format on */

/* The value of each digit; the sign bit is set for what is none, or in the text itself. */
static inline __m512i values_avx512(__m512i text)
{
    return _mm512_permutex2var_epi8(_mm512_loadu_si512(values), text,
                                    _mm512_loadu_si512(values + 64));
}

static inline __m256i joined_avx512(__m512i fours)
{
    return _mm512_cvtepi16_epi8(_mm512_maddubs_epi16(fours, _mm512_set1_epi16(0x0110)));
}

/* Two vectors of text; false, and nothing is stored, if there is anything else in them. */
static inline bool decode_avx512(uint8_t *to, const uint8_t *from)
{
    __m512i text = _mm512_loadu_si512(from), more = _mm512_loadu_si512(from + 2 * BYTES);
    __m512i a = values_avx512(text), b = values_avx512(more);
    __m512i all = _mm512_or_si512(_mm512_or_si512(text, more), _mm512_or_si512(a, b));
    if (_mm512_movepi8_mask(all) != 0) {
        return false;
    }
    _mm256_storeu_si256((__m256i_u *)to, joined_avx512(a));
    _mm256_storeu_si256((__m256i_u *)(to + BYTES), joined_avx512(b));
    return true;
}

size_t fci_hex_decode_avx512(uint8_t *to, const uint8_t *from, size_t pairs)
{
    size_t i = 0;
    while (pairs - i >= 2 * BYTES && decode_avx512(to + i, from + 2 * i)) {
        i += 2 * BYTES;
    }
    /* What is left, or the two vectors that are not all good. */
    for (uint64_t bad = 0; i < pairs && bad == 0;) {
        size_t some = pairs - i < BYTES ? pairs - i : BYTES;
        uint64_t all = fci_first_avx512(2 * some);
        __m512i text = _mm512_maskz_loadu_epi8(all, from + 2 * i), fours = values_avx512(text);
        bad = _mm512_movepi8_mask(_mm512_or_si512(text, fours)) & all;
        some = bad != 0 ? (size_t)__builtin_ctzll(bad) / 2 : some;
        _mm256_mask_storeu_epi8(to + i, (__mmask32)fci_first_avx512(some), joined_avx512(fours));
        i += some;
    }
    return i;
}
