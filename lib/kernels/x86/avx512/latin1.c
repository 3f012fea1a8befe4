/* SPDX-License-Identifier: MIT */

/* latin1 to UTF-8, 64 bytes at a time: each has a lead, C0 or C1 if it needs none, and a last byte;
 * those that are needed move together (to_utf8.c).
 *
 * Bounds: whole vectors are stored where so much is still to come; the last ones under a mask. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/inline.h"
#include "kernels/x86/avx512/masks.h"

#define BYTES ((size_t)64)

static FCI_ALWAYS_INLINE __m512i splat_avx512(unsigned byte)
{
    return _mm512_set1_epi8((char)byte);
}

static FCI_ALWAYS_INLINE size_t put_avx512(uint8_t *to, __m512i twos, size_t count, bool whole)
{
    const __m512i least = _mm512_set1_epi16(0xc2);
    uint64_t kept = _mm512_cmpge_epu8_mask(twos, least);
    kept &= whole ? ~UINT64_C(0) : fci_first_avx512(2 * count);
    size_t made = (size_t)__builtin_popcountll(kept);
    twos = _mm512_maskz_compress_epi8(kept, twos);
    if (whole) {
        _mm512_storeu_si512(to, twos);
    } else {
        _mm512_mask_storeu_epi8(to, fci_first_avx512(made), twos);
    }
    return made;
}

/* `count` bytes; the others may be anything. */
static FCI_ALWAYS_INLINE size_t step_avx512(uint8_t *to, __m512i bytes, size_t count, bool whole)
{
    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    size_t half = count < BYTES / 2 ? count : BYTES / 2;
    bytes = _mm512_permutexvar_epi64(order, bytes);
    /* c0 | (bytes >> 6 & 3), and bytes & ~(bytes >> 1 & 40) */
    __m512i leads = _mm512_ternarylogic_epi32(_mm512_srli_epi16(bytes, 6), splat_avx512(3),
                                              splat_avx512(0xc0), 0xea);
    __m512i lasts =
        _mm512_ternarylogic_epi32(bytes, _mm512_srli_epi16(bytes, 1), splat_avx512(0x40), 0x70);
    size_t made = put_avx512(to, _mm512_unpacklo_epi8(leads, lasts), half, whole);
    return made + put_avx512(to + made, _mm512_unpackhi_epi8(leads, lasts), count - half, whole);
}

/* The same for a vector that may be ASCII. */
static FCI_ALWAYS_INLINE size_t any_avx512(uint8_t *to, const uint8_t *from, size_t count,
                                           bool whole)
{
    uint64_t wanted = fci_first_avx512(count);
    __m512i bytes = whole ? _mm512_loadu_si512(from) : _mm512_maskz_loadu_epi8(wanted, from);
    if (_mm512_movepi8_mask(bytes) != 0) {
        return step_avx512(to, bytes, count, whole);
    }
    if (whole) {
        _mm512_storeu_si512(to, bytes);
    } else {
        _mm512_mask_storeu_epi8(to, wanted, bytes);
    }
    return count;
}

/* No byte gives less than one: a vector behind a step gives what it stores in excess. */
size_t fci_latin1_to_utf8_avx512(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = 0, i = 0;
    for (; length - i >= 2 * BYTES; i += BYTES) {
        done += any_avx512(to + done, from + i, BYTES, true);
    }
    for (; i < length; i += BYTES) {
        size_t some = length - i < BYTES ? length - i : BYTES;
        done += any_avx512(to + done, from + i, some, false);
    }
    return done;
}
