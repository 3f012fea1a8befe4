/* SPDX-License-Identifier: MIT */

/**
 * @file
 * The copy core: up to 64 bytes inline in your code, more through the fastest kernel that this
 * machine has. A call through the library for 16 bytes would cost as much as libc's; inline it
 * costs two loads and two stores.
 */
#ifndef FC_BUFFER_COPY_H
#define FC_BUFFER_COPY_H

#include "base.h"

/**
 * Whether your code, as it is being compiled, may use AVX-512's byte masks. Not under
 * AddressSanitizer, which cannot look at what a mask stores.
 */
#if defined(__x86_64__) && defined(__AVX512BW__) && defined(__BMI2__) &&                           \
    !defined(__SANITIZE_ADDRESS__)
#define FC_BUFFER_BYTE_MASKS 1
#include <immintrin.h>
#else
#define FC_BUFFER_BYTE_MASKS 0
#endif

/** The longest copy that is made inline, in bytes: more where your code is compiled for AVX2. */
#if defined(__AVX2__)
#define FC_COPY_INLINE_MAX 128
#else
#define FC_COPY_INLINE_MAX 64
#endif

/* clang's intrinsics are static functions, which it warns of in an inline one; they are inlined. */
#if FC_BUFFER_BYTE_MASKS && defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wstatic-in-inline"
#endif

FC_BUFFER_EXTERN_C_BEGIN

/** A loop over bytes of either kind below. */
typedef void fc_copy_function(uint8_t *to, const uint8_t *from, size_t length);

/**
 * Copies, whatever the length, by the fastest loop that this machine has: what fc_copy does past
 * its inline tier. Called as a function is.
 *
 * A variable rather than a function, because inline code can call through it straight into the
 * loop: a function would be reached by way of the linker's table, and would look the loop up in
 * another, which costs more than copying a hundred bytes. It is set when the library is loaded,
 * before that to a loop that runs anywhere; assigning to it is not allowed.
 *
 * @par Shape    (to, from, length): exactly `length` bytes are read and written; the ranges may not
 *               overlap; either may be NULL if `length` is 0
 * @par Cost     O(length)
 * @par Threads  alone on `to`, readers on `from`
 * @par Source   ours
 * @since 0.1
 */
FC_API extern fc_copy_function *fc_copy_kernel;

/**
 * Moves, whatever the length, by the fastest loop that this machine has: what fc_move does past its
 * inline tier. A variable, as fc_copy_kernel is.
 *
 * @par Shape    (to, from, length): exactly `length` bytes are read, as they were before the call,
 *               and written; the ranges may overlap; either may be NULL if `length` is 0
 * @par Cost     O(length)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API extern fc_copy_function *fc_move_kernel;

/** Sixteen bytes that travel together: one vector register where the machine has them. */
typedef struct fc_copy_lane {
    uint64_t words[2]; /**< no number: bytes, in the order of memory */
} fc_copy_lane;

/** Thirty-two bytes that travel together: one register of AVX2, two of SSE2. */
typedef uint64_t fc_copy_wide_lane __attribute__((vector_size(32)));

/**
 * Moves 65 to 128 bytes; the ranges may overlap.
 *
 * Four wide lanes cover the range, two from each end, overlapping in the middle.
 *
 * @param to     `length` bytes are written
 * @param from   `length` bytes are read
 * @param length 65 to 128, in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(1), inline
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_move_wide_lanes(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t last = length - 32;
    fc_copy_wide_lane a, b, c, d;
    __builtin_memcpy(&a, from, 32);
    __builtin_memcpy(&b, from + 32, 32);
    __builtin_memcpy(&c, from + last - 32, 32);
    __builtin_memcpy(&d, from + last, 32);
    __builtin_memcpy(to, &a, 32);
    __builtin_memcpy(to + 32, &b, 32);
    __builtin_memcpy(to + last - 32, &c, 32);
    __builtin_memcpy(to + last, &d, 32);
}

/**
 * Moves 17 to 64 bytes; the ranges may overlap.
 *
 * Four lanes cover the range, two from each end, overlapping in the middle. Up to 32 bytes the
 * inner two fall together with the outer ones, which is cheaper than a branch that is often
 * mispredicted.
 *
 * @param to     `length` bytes are written
 * @param from   `length` bytes are read
 * @param length 17 to 64, in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(1), inline
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_move_lanes(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t inner = ((length - 1) >> 1) & 16; /* 16 from 33 bytes on, below 0 */
    size_t last = length - 16;
    fc_copy_lane a, b, c, d;
    __builtin_memcpy(&a, from, 16);
    __builtin_memcpy(&b, from + inner, 16);
    __builtin_memcpy(&c, from + last - inner, 16);
    __builtin_memcpy(&d, from + last, 16);
    __builtin_memcpy(to, &a, 16);
    __builtin_memcpy(to + inner, &b, 16);
    __builtin_memcpy(to + last - inner, &c, 16);
    __builtin_memcpy(to + last, &d, 16);
}

/**
 * Moves up to 16 bytes; the ranges may overlap.
 *
 * Sizes vary, and a branch on them that is mispredicted costs more than the whole copy. So there is
 * one at 4 bytes, below which three single bytes cover the range, and one for 16, the commonest of
 * all; between them four groups of four bytes cover it, two from each end.
 *
 * @param to     `length` bytes are written
 * @param from   `length` bytes are read
 * @param length 0 to 16, in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(1), inline
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_move_short(uint8_t *to, const uint8_t *from, size_t length)
{
    if (FC_BUFFER_LIKELY(length == 16)) {
        fc_copy_lane lane;
        __builtin_memcpy(&lane, from, 16);
        __builtin_memcpy(to, &lane, 16);
    } else if (length >= 4) {
        size_t inner = ((length + 8) >> 2) & 4; /* 4 from 8 bytes on, below 0 */
        size_t last = length - 4;
        uint32_t a, b, c, d;
        __builtin_memcpy(&a, from, 4);
        __builtin_memcpy(&b, from + inner, 4);
        __builtin_memcpy(&c, from + last - inner, 4);
        __builtin_memcpy(&d, from + last, 4);
        __builtin_memcpy(to, &a, 4);
        __builtin_memcpy(to + inner, &b, 4);
        __builtin_memcpy(to + last - inner, &c, 4);
        __builtin_memcpy(to + last, &d, 4);
    } else if (length != 0) {
        uint8_t first = from[0];
        uint8_t middle = from[length / 2];
        uint8_t last = from[length - 1];
        to[0] = first;
        to[length / 2] = middle;
        to[length - 1] = last;
    }
}

/**
 * Moves up to 128 bytes; the ranges may overlap.
 *
 * All loads come before all stores. A length that the compiler knows becomes the loads and stores
 * that it would choose itself. Where there are byte masks, one load and one store do any length up
 * to 64 that is known only at run time, without a branch to mispredict; the price is that reading
 * the result back at once has to wait for the store.
 *
 * @param to     `length` bytes are written
 * @param from   `length` bytes are read
 * @param length 0 to 128, in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(1), inline
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_move_inline(uint8_t *to, const uint8_t *from, size_t length)
{
    if (__builtin_constant_p(length) && length <= 16) {
        __builtin_memmove(to, from, length);
    } else if (length > 64) {
        fc_move_wide_lanes(to, from, length);
#if FC_BUFFER_BYTE_MASKS
    } else if (!__builtin_constant_p(length)) {
        __mmask64 mask = _bzhi_u64(~UINT64_C(0), (unsigned)length);
        _mm512_mask_storeu_epi8(to, mask, _mm512_maskz_loadu_epi8(mask, from));
#endif
    } else if (length <= 16) {
        fc_move_short(to, from, length);
    } else {
        fc_move_lanes(to, from, length);
    }
}

/**
 * Copies bytes between ranges that do not overlap: memcpy, with the small sizes inline.
 *
 * @param to     `length` bytes are written; may be NULL if `length` is 0
 * @param from   `length` bytes are read; may not overlap `to`; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(length); up to FC_COPY_INLINE_MAX bytes without a call
 * @par Threads  alone on `to`, readers on `from`
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_WRITES(1, 3)
    FC_ATTR_READS(2, 3) inline void fc_copy(void *to, const void *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline((uint8_t *)to, (const uint8_t *)from, length);
    } else {
        fc_copy_kernel((uint8_t *)to, (const uint8_t *)from, length);
    }
}

/**
 * Copies bytes between ranges that may overlap: memmove, with the small sizes inline.
 *
 * @param to     `length` bytes are written; may be NULL if `length` is 0
 * @param from   `length` bytes are read as they were before the call; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(length); up to FC_COPY_INLINE_MAX bytes without a call
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_WRITES(1, 3)
    FC_ATTR_READS(2, 3) inline void fc_move(void *to, const void *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline((uint8_t *)to, (const uint8_t *)from, length);
    } else {
        fc_move_kernel((uint8_t *)to, (const uint8_t *)from, length);
    }
}

FC_BUFFER_EXTERN_C_END

#if FC_BUFFER_BYTE_MASKS && defined(__clang__)
#pragma clang diagnostic pop
#endif

#endif
