/* SPDX-License-Identifier: MIT */

/**
 * @file
 * The copy core: up to 16 bytes inline in your code, more through the fastest kernel that this
 * machine has. A call through the library for 16 bytes would cost as much as libc's; inline it
 * costs two loads and two stores.
 */
#ifndef FC_BUFFER_COPY_H
#define FC_BUFFER_COPY_H

#include "base.h"

/** The longest copy that is made inline, in bytes. */
#define FC_COPY_INLINE_MAX 16

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Copies through the kernel table, whatever the length: what fc_copy does past its inline tier.
 *
 * @param to     `length` bytes are written; may not overlap `from`; may be NULL if `length` is 0
 * @param from   `length` bytes are read; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(length)
 * @par Threads  alone on `to`, readers on `from`
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_copy_kernel(void *to, const void *from, size_t length);

/**
 * Moves through the kernel table, whatever the length: what fc_move does past its inline tier.
 *
 * @param to     `length` bytes are written; may overlap `from`; may be NULL if `length` is 0
 * @param from   `length` bytes are read; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(length)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_move_kernel(void *to, const void *from, size_t length);

/**
 * Moves 1 to 16 bytes; the ranges may overlap.
 *
 * All loads come before all stores. From 8 bytes on two words cover the range, overlapping in the
 * middle; below, three bytes or two half words do.
 *
 * @param to     `length` bytes are written
 * @param from   `length` bytes are read
 * @param length 0 to FC_COPY_INLINE_MAX, in bytes
 *
 * @par Shape    exactly `length` bytes are read and written
 * @par Cost     O(1), inline
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_move_inline(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length >= 8) {
        uint64_t head, tail;
        __builtin_memcpy(&head, from, 8);
        __builtin_memcpy(&tail, from + length - 8, 8);
        __builtin_memcpy(to, &head, 8);
        __builtin_memcpy(to + length - 8, &tail, 8);
    } else if (length >= 4) {
        uint32_t head, tail;
        __builtin_memcpy(&head, from, 4);
        __builtin_memcpy(&tail, from + length - 4, 4);
        __builtin_memcpy(to, &head, 4);
        __builtin_memcpy(to + length - 4, &tail, 4);
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
FC_API inline void fc_copy(void *to, const void *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline((uint8_t *)to, (const uint8_t *)from, length);
    } else {
        fc_copy_kernel(to, from, length);
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
FC_API inline void fc_move(void *to, const void *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline((uint8_t *)to, (const uint8_t *)from, length);
    } else {
        fc_move_kernel(to, from, length);
    }
}

FC_BUFFER_EXTERN_C_END

#endif
