/* SPDX-License-Identifier: MIT */

/* UTF-8 checked, counted and converted to UTF-16, 32 bytes at a time, whatever they hold: see the
 * template. The last byte of each character makes the low and the high byte of its unit out of
 * itself and those before it; the bytes that make units are then moved together by shuffles
 * (compact.h). Moving together is the way of Robert Clausecker and Daniel Lemire, "Transcoding
 * Unicode Characters with AVX-512 Instructions", Software: Practice and Experience 53 (2023). */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "kernels/x86/avx2/compact.h"
#include "kernels/x86/avx2/utf8.h"

#define UNITS ((size_t)8)

static FCI_ALWAYS_INLINE __m256i and_avx2(__m256i bytes, unsigned mask)
{
    return _mm256_and_si256(bytes, fci_splat_avx2((uint8_t)mask));
}

/* FF where a byte is 80 + `much` or more. */
static FCI_ALWAYS_INLINE __m256i from_avx2(__m256i bytes, unsigned much)
{
    return _mm256_cmpgt_epi8(_mm256_setzero_si256(), fci_less_avx2(bytes, much));
}

/* Bits for the bytes that end a character, and the third of four. None is a lead, or the second of
 * three or four. */
static FCI_ALWAYS_INLINE uint32_t units_avx2(const struct fci_utf8_avx2 *u)
{
    __m256i leads = _mm256_max_epu8(u->bytes, fci_less_avx2(u->first, 0x20));
    return ~(uint32_t)_mm256_movemask_epi8(fci_less_avx2(leads, 0x40));
}

static FCI_ALWAYS_INLINE size_t fci_utf16_count_avx2(const struct fci_utf8_avx2 *u)
{
    return (size_t)__builtin_popcount(units_avx2(u));
}

/* The low and the high byte of the unit that ends at each byte. */
struct units {
    __m256i low, high;
};

/* The first unit of a pair, at the third byte of four: 0x40 less than the ten bits that the lead
 * and two bytes are, since pairs begin at 0x10000. The high byte of the second, at the fourth. */
static FCI_ALWAYS_INLINE void put_pairs_avx2(struct units *units, const struct fci_utf8_avx2 *u)
{
    __m256i tops = from_avx2(u->second, 0x70), lasts = from_avx2(u->third, 0x70);
    __m256i low =
        _mm256_sub_epi8(and_avx2(_mm256_slli_epi16(u->first, 2), 0xfc), fci_splat_avx2(0x40));
    low = _mm256_add_epi8(low, and_avx2(_mm256_srli_epi16(u->bytes, 4), 3));
    __m256i borrow = _mm256_cmpeq_epi8(and_avx2(u->first, 0x30), _mm256_setzero_si256());
    __m256i high = _mm256_add_epi8(and_avx2(u->second, 7), fci_splat_avx2(0xd8));
    high = _mm256_add_epi8(high, borrow);
    __m256i last = _mm256_or_si256(and_avx2(units->high, 3), fci_splat_avx2(0xdc));
    units->low = _mm256_blendv_epi8(units->low, low, tops);
    units->high = _mm256_blendv_epi8(units->high, high, tops);
    units->high = _mm256_blendv_epi8(units->high, last, lasts);
}

static FCI_ALWAYS_INLINE struct units low_and_high_avx2(const struct fci_utf8_avx2 *u)
{
    __m256i conts = _mm256_cmpgt_epi8(fci_splat_avx2(0xc0), u->bytes);
    __m256i low = and_avx2(_mm256_slli_epi16(u->first, 6), 0xc0);
    low = _mm256_and_si256(conts, _mm256_xor_si256(low, fci_splat_avx2(0x80)));
    __m256i high = and_avx2(_mm256_srli_epi16(u->first, 2), 0x0f);
    __m256i lead = _mm256_and_si256(from_avx2(u->second, 0x60), fci_splat_avx2(0xf0));
    lead = _mm256_and_si256(_mm256_slli_epi16(u->second, 4), lead);
    high = _mm256_or_si256(_mm256_and_si256(conts, high), lead);
    struct units units = { _mm256_xor_si256(u->bytes, low), high };
    __m256i fours = fci_less_avx2(_mm256_max_epu8(u->second, u->third), 0x70);
    if (_mm256_movemask_epi8(fours) != 0) {
        put_pairs_avx2(&units, u);
    }
    return units;
}

static FCI_ALWAYS_INLINE size_t fci_utf16_put_avx2(uint16_t *to, const struct fci_utf8_avx2 *u)
{
    struct units units = low_and_high_avx2(u);
    uint32_t kept = units_avx2(u);
    __m256i a = _mm256_unpacklo_epi8(units.low, units.high);
    __m256i b = _mm256_unpackhi_epi8(units.low, units.high);
    size_t done = fci_compact_units_avx2(to, _mm256_castsi256_si128(a), kept & 0xff);
    done += fci_compact_units_avx2(to + done, _mm256_castsi256_si128(b), kept >> 8 & 0xff);
    done += fci_compact_units_avx2(to + done, _mm256_extracti128_si256(a, 1), kept >> 16 & 0xff);
    return done + fci_compact_units_avx2(to + done, _mm256_extracti128_si256(b, 1), kept >> 24);
}

static FCI_ALWAYS_INLINE void fci_utf16_put_first_avx2(uint16_t *to, const struct fci_utf8_avx2 *u,
                                                       size_t count)
{
    uint16_t units[FCI_UTF8_BYTES];
    (void)fci_utf16_put_avx2(units, u);
    __builtin_memcpy(to, units, count * sizeof *to);
}

static FCI_ALWAYS_INLINE void fci_utf16_put_ascii_avx2(uint16_t *to, const uint8_t *at)
{
    __m256i low = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)at));
    __m256i high = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)(at + 16)));
    _mm256_storeu_si256((__m256i_u *)to, low);
    _mm256_storeu_si256((__m256i_u *)(to + 16), high);
}

#define FCI_UTF16 1
#include "kernels/utf8_template.h"
