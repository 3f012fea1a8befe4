/* SPDX-License-Identifier: MIT */

/* The first byte that differs, or that has a value. Rounds of four vectors join what they have
 * found before they look whether it is anything; the rest goes by vectors, the last under a mask,
 * so that short ranges need no other way. */

#include "base/common.h"

#include "kernels/x86/avx512/find.h"

#include "kernels/x86/avx2/find.h"
#include "kernels/x86/avx512/masks.h"
#include "kernels/x86/avx512/vector.h"

#include <stdbool.h>

#define ROUND (4 * FCI_VECTOR)

/* Two longer ranges leave the nearest cache, and there AVX2's loop is faster by a tenth. */
#define NEAR ((size_t)16 << 10)

static inline __m512i differing_avx512(const uint8_t *a, const uint8_t *b)
{
    return _mm512_xor_si512(fci_load_avx512(a), fci_load_avx512(b));
}

static inline bool round_differs_avx512(const uint8_t *a, const uint8_t *b)
{
    __m512i first = differing_avx512(a, b), second = differing_avx512(a + 64, b + 64);
    __m512i third = differing_avx512(a + 128, b + 128), last = differing_avx512(a + 192, b + 192);
    __m512i all = _mm512_or_si512(_mm512_or_si512(first, second), _mm512_or_si512(third, last));
    return _mm512_test_epi64_mask(all, all) != 0;
}

size_t fci_mismatch_avx512(const uint8_t *a, const uint8_t *b, size_t length)
{
    if (length > NEAR) {
        return fci_mismatch_avx2(a, b, length);
    }
    size_t i = 0;
    while (length - i >= ROUND && !round_differs_avx512(a + i, b + i)) {
        i += ROUND;
    }
    for (; i < length; i += FCI_VECTOR) {
        uint64_t all = fci_first_avx512(length - i < FCI_VECTOR ? length - i : FCI_VECTOR);
        __m512i vector = _mm512_maskz_loadu_epi8(all, a + i);
        uint64_t found = _mm512_cmpneq_epi8_mask(vector, _mm512_maskz_loadu_epi8(all, b + i));
        if (found != 0) {
            return i + (size_t)__builtin_ctzll(found);
        }
    }
    return length;
}

/* Zero where a byte has the value. */
static inline __m512i other_avx512(const uint8_t *hay, __m512i value)
{
    return _mm512_xor_si512(fci_load_avx512(hay), value);
}

static inline bool round_has_avx512(const uint8_t *hay, __m512i value)
{
    __m512i first = _mm512_min_epu8(other_avx512(hay, value), other_avx512(hay + 64, value));
    __m512i last = _mm512_min_epu8(other_avx512(hay + 128, value), other_avx512(hay + 192, value));
    __m512i least = _mm512_min_epu8(first, last);
    return _mm512_testn_epi8_mask(least, least) != 0;
}

size_t fci_find_byte_avx512(const uint8_t *hay, size_t length, uint8_t value)
{
    const __m512i values = _mm512_set1_epi8((char)value);
    size_t i = 0;
    while (length - i >= ROUND && !round_has_avx512(hay + i, values)) {
        i += ROUND;
    }
    for (; i < length; i += FCI_VECTOR) {
        uint64_t all = fci_first_avx512(length - i < FCI_VECTOR ? length - i : FCI_VECTOR);
        __m512i vector = _mm512_maskz_loadu_epi8(all, hay + i);
        uint64_t found = _mm512_mask_cmpeq_epi8_mask(all, vector, values);
        if (found != 0) {
            return i + (size_t)__builtin_ctzll(found);
        }
    }
    return length;
}
