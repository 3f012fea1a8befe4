/* SPDX-License-Identifier: MIT */

/* Bytes in another order, by vectors of 32 bytes: one shuffle each. What is less than a vector, or
 * than the two that reversing takes from both ends, goes to the scalar tier. Every vector is loaded
 * before its place is stored to, so the result may take the place of the source. */

#include "base/common.h"

#include "kernels/x86/avx2/swap.h"

#include "kernels/scalar/swap.h"
#include "kernels/x86/avx2/vector.h"

/* Byte `i` of each half comes from byte `i ^ flip` of it. */
static inline __m256i flipped_avx2(char flip)
{
    const __m256i places = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    return _mm256_xor_si256(places, _mm256_set1_epi8(flip));
}

/* Turns round units of flip + 1 bytes; returns how many bytes are done. */
static inline size_t swap_avx2(uint8_t *to, const uint8_t *from, size_t length, char flip)
{
    __m256i order = flipped_avx2(flip);
    size_t i = 0;
    for (; length - i >= FCI_VECTOR; i += FCI_VECTOR) {
        fci_store_avx2(to + i, _mm256_shuffle_epi8(fci_load_avx2(from + i), order));
    }
    return i;
}

void fci_swap16_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = swap_avx2(to, from, length, 1);
    fci_swap16_scalar(to + done, from + done, length - done);
}

void fci_swap32_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = swap_avx2(to, from, length, 3);
    fci_swap32_scalar(to + done, from + done, length - done);
}

void fci_swap64_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = swap_avx2(to, from, length, 7);
    fci_swap64_scalar(to + done, from + done, length - done);
}

static inline __m256i reversed_avx2(__m256i vector)
{
    __m256i halves = _mm256_shuffle_epi8(vector, flipped_avx2(15));
    return _mm256_permute4x64_epi64(halves, 0x4e);
}

void fci_reverse_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t low = 0, high = length;
    for (; high - low >= 2 * FCI_VECTOR; low += FCI_VECTOR, high -= FCI_VECTOR) {
        __m256i front = fci_load_avx2(from + low), back = fci_load_avx2(from + high - FCI_VECTOR);
        fci_store_avx2(to + low, reversed_avx2(back));
        fci_store_avx2(to + high - FCI_VECTOR, reversed_avx2(front));
    }
    fci_reverse_scalar(to + low, from + low, high - low);
}
