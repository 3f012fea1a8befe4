/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by vectors of 32 bytes. Up to 256 bytes the vectors come from both ends and
 * overlap in the middle; above, a loop of four aligned stores runs between two ends that were
 * loaded before it and are stored after it. A plain loop rather than `rep movsb`, which on AMD
 * falls to a sixteenth of its speed where (to - from) mod 4096 is small.
 *
 * Bounds: a short move of `half` vectors from each end touches [0, 32 half) and [length - 32 half,
 * length), and is called with 32 half <= length <= 64 half. The forward loop starts at i <= 32 and
 * touches [i, i + 128) while i < length - 128. Backwards it starts at i >= length - 32 and touches
 * [i - 128, i) while i > 128. What it leaves, at most 128 bytes at the far end and 32 at the near
 * one, the ends cover.
 *
 * Overlap: all loads of a short move come before its stores. In the loops the ends are loaded first
 * and stored last, and a round's stores lie on the side of the source that has been read. */

#include "base/common.h"

#include "kernels/x86/avx2/copy.h"

#include "kernels/scalar/copy.h"
#include "kernels/x86/avx2/vector.h"

#include <fc_buffer/copy.h>

#define ROUND (4 * FCI_VECTOR)

static inline void store_aligned_avx2(uint8_t *to, __m256i vector)
{
    _mm256_store_si256((__m256i *)(void *)to, vector);
}

/* 65 to 256 bytes, half of them from each end. */
static inline void move_short_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    const uint8_t *end = from + length;
    uint8_t *to_end = to + length;
    if (length <= 4 * FCI_VECTOR) {
        __m256i a = fci_load_avx2(from), b = fci_load_avx2(from + 32);
        __m256i y = fci_load_avx2(end - 64), z = fci_load_avx2(end - 32);
        fci_store_avx2(to, a);
        fci_store_avx2(to + 32, b);
        fci_store_avx2(to_end - 64, y);
        fci_store_avx2(to_end - 32, z);
    } else {
        __m256i a = fci_load_avx2(from), b = fci_load_avx2(from + 32);
        __m256i c = fci_load_avx2(from + 64), d = fci_load_avx2(from + 96);
        __m256i w = fci_load_avx2(end - 128), x = fci_load_avx2(end - 96);
        __m256i y = fci_load_avx2(end - 64), z = fci_load_avx2(end - 32);
        fci_store_avx2(to, a);
        fci_store_avx2(to + 32, b);
        fci_store_avx2(to + 64, c);
        fci_store_avx2(to + 96, d);
        fci_store_avx2(to_end - 128, w);
        fci_store_avx2(to_end - 96, x);
        fci_store_avx2(to_end - 64, y);
        fci_store_avx2(to_end - 32, z);
    }
}

/* Over 256 bytes, from the first on. */
static inline void move_forwards_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    __m256i head = fci_load_avx2(from);
    __m256i w = fci_load_avx2(from + length - 128), x = fci_load_avx2(from + length - 96);
    __m256i y = fci_load_avx2(from + length - 64), z = fci_load_avx2(from + length - 32);
    for (size_t i = FCI_VECTOR - (uintptr_t)to % FCI_VECTOR; i < length - ROUND; i += ROUND) {
        __m256i a = fci_load_avx2(from + i), b = fci_load_avx2(from + i + 32);
        __m256i c = fci_load_avx2(from + i + 64), d = fci_load_avx2(from + i + 96);
        store_aligned_avx2(to + i, a);
        store_aligned_avx2(to + i + 32, b);
        store_aligned_avx2(to + i + 64, c);
        store_aligned_avx2(to + i + 96, d);
    }
    fci_store_avx2(to, head);
    fci_store_avx2(to + length - 128, w);
    fci_store_avx2(to + length - 96, x);
    fci_store_avx2(to + length - 64, y);
    fci_store_avx2(to + length - 32, z);
}

/* Over 256 bytes, from the last on. */
static inline void move_backwards_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    __m256i tail = fci_load_avx2(from + length - 32);
    __m256i a = fci_load_avx2(from), b = fci_load_avx2(from + 32);
    __m256i c = fci_load_avx2(from + 64), d = fci_load_avx2(from + 96);
    for (size_t i = length - (uintptr_t)(to + length) % FCI_VECTOR; i > ROUND; i -= ROUND) {
        __m256i w = fci_load_avx2(from + i - 128), x = fci_load_avx2(from + i - 96);
        __m256i y = fci_load_avx2(from + i - 64), z = fci_load_avx2(from + i - 32);
        store_aligned_avx2(to + i - 128, w);
        store_aligned_avx2(to + i - 96, x);
        store_aligned_avx2(to + i - 64, y);
        store_aligned_avx2(to + i - 32, z);
    }
    fci_store_avx2(to + length - 32, tail);
    fci_store_avx2(to, a);
    fci_store_avx2(to + 32, b);
    fci_store_avx2(to + 64, c);
    fci_store_avx2(to + 96, d);
}

void fci_copy_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline(to, from, length);
    } else if (length <= 2 * ROUND) {
        move_short_avx2(to, from, length);
    } else {
        move_forwards_avx2(to, from, length);
    }
}

void fci_move_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline(to, from, length);
    } else if (length <= 2 * ROUND) {
        move_short_avx2(to, from, length);
    } else if ((uintptr_t)to - (uintptr_t)from >= length) {
        /* `to` does not lie inside `from`: before it, or apart. */
        move_forwards_avx2(to, from, length);
    } else {
        move_backwards_avx2(to, from, length);
    }
}

/* 32 bytes and more: whole vectors, the first and the last unaligned. */
static inline void fill_long_avx2(uint8_t *to, __m256i vector, size_t length)
{
    fci_store_avx2(to, vector);
    if (length > ROUND) {
        for (size_t i = FCI_VECTOR - (uintptr_t)to % FCI_VECTOR; i < length - ROUND; i += ROUND) {
            store_aligned_avx2(to + i, vector);
            store_aligned_avx2(to + i + 32, vector);
            store_aligned_avx2(to + i + 64, vector);
            store_aligned_avx2(to + i + 96, vector);
        }
        fci_store_avx2(to + length - 128, vector);
        fci_store_avx2(to + length - 96, vector);
    } else if (length > 2 * FCI_VECTOR) {
        fci_store_avx2(to + 32, vector);
    }
    if (length > 2 * FCI_VECTOR) {
        fci_store_avx2(to + length - 64, vector);
    }
    fci_store_avx2(to + length - 32, vector);
}

void fci_fill_avx2(uint8_t *to, uint8_t value, size_t length)
{
    if (length >= FCI_VECTOR) {
        fill_long_avx2(to, _mm256_set1_epi8((char)value), length);
    } else {
        fci_fill_scalar(to, value, length);
    }
}
