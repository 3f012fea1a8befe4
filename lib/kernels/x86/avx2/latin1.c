/* SPDX-License-Identifier: MIT */

/* ASCII and latin1 by vectors of 32 bytes: the sign bits say what is ASCII, unpacking widens,
 * packing narrows. latin1 becomes UTF-8 by whole vectors while it is ASCII, and by the scalar tier
 * where it is not.
 *
 * Bounds: every loop runs while a whole round is left. What is less is done by a last round that
 * ends at the end, over what has been done before, or where there is no whole round by the scalar
 * tier. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/vector.h"

#define ROUND (4 * FCI_VECTOR)

/* Bit `i` tells whether byte `i` is not ASCII. */
static inline uint32_t high_avx2(const uint8_t *at)
{
    return (uint32_t)_mm256_movemask_epi8(fci_load_avx2(at));
}

static inline bool round_is_ascii_avx2(const uint8_t *at)
{
    __m256i a = _mm256_or_si256(fci_load_avx2(at), fci_load_avx2(at + 32));
    __m256i b = _mm256_or_si256(fci_load_avx2(at + 64), fci_load_avx2(at + 96));
    return _mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0;
}

size_t fci_ascii_prefix_avx2(const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    if (length < FCI_VECTOR) {
        return fci_ascii_prefix_scalar(bytes, length);
    }
    while (length - i >= ROUND && round_is_ascii_avx2(bytes + i)) {
        i += ROUND;
    }
    for (; length - i >= FCI_VECTOR; i += FCI_VECTOR) {
        uint32_t high = high_avx2(bytes + i);
        if (high != 0) {
            return i + fci_lowest_avx2(high);
        }
    }
    uint32_t high = high_avx2(bytes + length - FCI_VECTOR);
    return high != 0 ? length - FCI_VECTOR + fci_lowest_avx2(high) : length;
}

static inline void widen_avx2(uint16_t *to, const uint8_t *from)
{
    __m256i low = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)from));
    __m256i high = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)(from + 16)));
    _mm256_storeu_si256((__m256i_u *)to, low);
    _mm256_storeu_si256((__m256i_u *)(to + 16), high);
}

void fci_latin1_to_utf16_avx2(uint16_t *to, const uint8_t *from, size_t length)
{
    if (length < FCI_VECTOR) {
        fci_latin1_to_utf16_scalar(to, from, length);
        return;
    }
    for (size_t i = 0; i < length - FCI_VECTOR; i += FCI_VECTOR) {
        widen_avx2(to + i, from + i);
    }
    widen_avx2(to + length - FCI_VECTOR, from + length - FCI_VECTOR);
}

/* Packing works in each half of the vectors: the quarters come out as 0 2 1 3. */
static inline void narrow_avx2(uint8_t *to, const uint16_t *from)
{
    const __m256i low_bytes = _mm256_set1_epi16(0xff);
    __m256i a = _mm256_and_si256(_mm256_loadu_si256((const __m256i_u *)from), low_bytes);
    __m256i b = _mm256_and_si256(_mm256_loadu_si256((const __m256i_u *)(from + 16)), low_bytes);
    fci_store_avx2(to, _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xd8));
}

void fci_utf16_to_latin1_avx2(uint8_t *to, const uint16_t *from, size_t count)
{
    if (count < FCI_VECTOR) {
        fci_utf16_to_latin1_scalar(to, from, count);
        return;
    }
    for (size_t i = 0; i < count - FCI_VECTOR; i += FCI_VECTOR) {
        narrow_avx2(to + i, from + i);
    }
    narrow_avx2(to + count - FCI_VECTOR, from + count - FCI_VECTOR);
}

/* One byte for each, and one more for each high bit. */
size_t fci_utf8_length_of_latin1_avx2(const uint8_t *bytes, size_t length)
{
    size_t i = 0, high = 0;
    for (; length - i >= 2 * FCI_VECTOR; i += 2 * FCI_VECTOR) {
        uint64_t both = (uint64_t)high_avx2(bytes + i + 32) << 32 | high_avx2(bytes + i);
        high += (size_t)__builtin_popcountll(both);
    }
    return i + high + fci_utf8_length_of_latin1_scalar(bytes + i, length - i);
}
