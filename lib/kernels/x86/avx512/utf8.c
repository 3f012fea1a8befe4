/* SPDX-License-Identifier: MIT */

/* UTF-8 checked, counted and converted to UTF-16, 64 bytes at a time, whatever they hold: see the
 * template. The last byte of each character makes the low and the high byte of its unit out of
 * itself and those before it; the bytes that make units are then moved together by one instruction
 * of VBMI2. That instruction is from Robert Clausecker and Daniel Lemire, "Transcoding Unicode
 * Characters with AVX-512 Instructions", Software: Practice and Experience 53 (2023), who move
 * together where characters begin. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/x86/avx2/text.h"
#include "kernels/x86/avx512/utf8.h"

#define UNITS ((size_t)32)

/* The low and the high byte of the unit that ends at each byte. */
struct units {
    __m512i low, high;
};

/* By the byte before: what it adds to the low byte, apart from the mark of a continuation; what to
 * the high one. */
#define LOW_OF(x) (((x) << 6 & 0xff) ^ 0x80)
#define HIGH_OF(x) ((x) >> 2)

static FCI_ALWAYS_INLINE struct units units_avx512(const struct fci_utf8_avx512 *u)
{
    static const uint8_t lows[64] = FCI_TABLE_64(LOW_OF), highs[64] = FCI_TABLE_64(HIGH_OF);
    const __m512i fours = _mm512_broadcast_i32x4(
        _mm_setr_epi8(0, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, (char)0x80, (char)0x90,
                      (char)0xa0, (char)0xb0, (char)0xc0, (char)0xd0, (char)0xe0, (char)0xf0));
    __mmask64 conts = _mm512_cmplt_epi8_mask(u->bytes, _mm512_set1_epi8((char)0xc0));
    __m512i low = _mm512_maskz_permutexvar_epi8(conts, u->first, fci_load_avx512(lows));
    __m512i high = _mm512_maskz_permutexvar_epi8(conts, u->first, fci_load_avx512(highs));
    /* The low half of a lead from E0 on; 0 for others, of which this sets the highest bit. */
    __m512i leads =
        _mm512_xor_si512(fci_less_avx512(u->second, 0x60), _mm512_set1_epi8((char)0x80));
    high = _mm512_or_si512(high, _mm512_shuffle_epi8(fours, leads));
    return (struct units){ _mm512_xor_si512(u->bytes, low), high };
}

/* Of the first unit of a pair, at the third byte of four: the low byte by the second and the third,
 * the high byte by the lead and the second. 0x40 less than the ten bits that they are, since pairs
 * begin at 0x10000. */
#define LOW_OF_SECOND(x) ((((x) << 2) - 0x40) & 0xff)
#define LOW_OF_THIRD(x) ((x) >> 4)
#define HIGH_OF_LEAD(x) (0xd8 + ((x)&7))
#define HIGH_OF_SECOND(x) ((x) < 0x10 ? 0xff : 0)
/* Of the second unit, at the fourth byte: the high byte by the third. */
#define HIGH_OF_THIRD(x) (0xdc | ((x) >> 2 & 3))

static FCI_ALWAYS_INLINE void put_pairs_avx512(struct units *units, const struct fci_utf8_avx512 *u)
{
    static const uint8_t low_of_second[64] = FCI_TABLE_64(LOW_OF_SECOND);
    static const uint8_t low_of_third[64] = FCI_TABLE_64(LOW_OF_THIRD);
    static const uint8_t high_of_lead[64] = FCI_TABLE_64(HIGH_OF_LEAD);
    static const uint8_t high_of_second[64] = FCI_TABLE_64(HIGH_OF_SECOND);
    static const uint8_t high_of_third[64] = FCI_TABLE_64(HIGH_OF_THIRD);
    __mmask64 tops = fci_from_avx512(u->second, 0xf0), lasts = fci_from_avx512(u->third, 0xf0);
    units->low = _mm512_mask_add_epi8(units->low, tops, fci_lookup_avx512(low_of_second, u->first),
                                      fci_lookup_avx512(low_of_third, u->bytes));
    units->high =
        _mm512_mask_add_epi8(units->high, tops, fci_lookup_avx512(high_of_lead, u->second),
                             fci_lookup_avx512(high_of_second, u->first));
    units->high =
        _mm512_mask_mov_epi8(units->high, lasts, fci_lookup_avx512(high_of_third, u->first));
}

static FCI_ALWAYS_INLINE size_t fci_utf16_count_avx512(const struct fci_utf8_avx512 *u)
{
    return (size_t)__builtin_popcountll(fci_utf8_units_avx512(u));
}

/* The units moved together: two vectors. */
static FCI_ALWAYS_INLINE void widen_avx512(__m512i *front, __m512i *back,
                                           const struct fci_utf8_avx512 *u)
{
    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    struct units units = units_avx512(u);
    if (fci_from_avx512(_mm512_max_epu8(u->second, u->third), 0xf0) != 0) {
        put_pairs_avx512(&units, u);
    }
    __mmask64 kept = fci_utf8_units_avx512(u);
    __m512i low = _mm512_permutexvar_epi64(order, _mm512_maskz_compress_epi8(kept, units.low));
    __m512i high = _mm512_permutexvar_epi64(order, _mm512_maskz_compress_epi8(kept, units.high));
    *front = _mm512_unpacklo_epi8(low, high);
    *back = _mm512_unpackhi_epi8(low, high);
}

static FCI_ALWAYS_INLINE size_t fci_utf16_put_avx512(uint16_t *to, const struct fci_utf8_avx512 *u)
{
    __m512i front, back;
    widen_avx512(&front, &back, u);
    _mm512_storeu_si512(to, front);
    _mm512_storeu_si512(to + UNITS, back);
    return fci_utf16_count_avx512(u);
}

static FCI_ALWAYS_INLINE void fci_utf16_put_first_avx512(uint16_t *to,
                                                         const struct fci_utf8_avx512 *u,
                                                         size_t count)
{
    uint64_t wanted = fci_first_avx512(count);
    __m512i front, back;
    widen_avx512(&front, &back, u);
    _mm512_mask_storeu_epi16(to, (__mmask32)wanted, front);
    _mm512_mask_storeu_epi16(to + UNITS, (__mmask32)(wanted >> 32), back);
}

static FCI_ALWAYS_INLINE void fci_utf16_put_ascii_avx512(uint16_t *to, const uint8_t *at)
{
    __m512i bytes = fci_load_avx512(at);
    _mm512_storeu_si512(to, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(bytes)));
    _mm512_storeu_si512(to + UNITS, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(bytes, 1)));
}

/* What 64 bytes at a time do not better. */
#define fci_ascii_prefix_avx512 fci_ascii_prefix_avx2

#define FCI_TIER(name) name##_avx512
#define FCI_UTF16 1
#include "kernels/utf8_template.h"
