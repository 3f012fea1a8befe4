/* SPDX-License-Identifier: MIT */

/* Lanes that are kept move together: AVX2 has no instruction for that, but a shuffle by what a
 * table of all sets of eight lanes says. For files of this folder only. */
#ifndef FCI_KERNELS_X86_AVX2_COMPACT_H
#define FCI_KERNELS_X86_AVX2_COMPACT_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* The places of the bits that are set in the index, from the lowest on, one a byte; then zeroes. */
extern const uint64_t fci_compact_avx2[256];
/* The same for units: the places of two bytes for each. */
extern const uint64_t fci_compact_pairs_avx2[256][2];

static inline size_t fci_kept_avx2(uint32_t kept)
{
    return (size_t)__builtin_popcount(kept);
}

/* Stores the bytes of which the bit is set, and returns how many: up to 16. What is stored in
 * excess ends 8 bytes behind the last of them or earlier. */
static inline size_t fci_compact_bytes_avx2(uint8_t *to, __m128i bytes, uint32_t kept)
{
    const __m128i halves = _mm_set_epi64x(0x0808080808080808, 0);
    size_t first = fci_kept_avx2(kept & 0xff);
    __m128i places = _mm_set_epi64x((long long)fci_compact_avx2[kept >> 8],
                                    (long long)fci_compact_avx2[kept & 0xff]);
    bytes = _mm_shuffle_epi8(bytes, _mm_add_epi8(places, halves));
    _mm_storeu_si64(to, bytes);
    _mm_storeu_si64(to + first, _mm_unpackhi_epi64(bytes, bytes));
    return first + fci_kept_avx2(kept >> 8);
}

/* The same for eight units. All eight are stored, those that count first. */
static inline size_t fci_compact_units_avx2(uint16_t *to, __m128i units, uint32_t kept)
{
    __m128i places = _mm_loadu_si128((const __m128i_u *)fci_compact_pairs_avx2[kept]);
    _mm_storeu_si128((__m128i_u *)to, _mm_shuffle_epi8(units, places));
    return fci_kept_avx2(kept);
}

#endif
