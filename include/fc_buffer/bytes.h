/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Moving bytes in and out of buffers.
 *
 * Every write first checks everything, then finds memory if the arena has to leave a shared block,
 * then stores. A source may lie anywhere, in the written arena too: it counts as read before the
 * first byte is stored. Zero bytes never detach.
 */
#ifndef FC_BUFFER_BYTES_H
#define FC_BUFFER_BYTES_H

#include "buffer.h"
#include "copy.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * fc_buffer_write through the library: wrong ranges, empty buffers and arenas that must detach.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param bytes  borrowed for the call; may lie in `b`; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @retval FC_OK               the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE `offset` or `offset + length` is past the end
 * @retval FC_ERR_FROZEN       the arena is frozen
 * @retval FC_ERR_NO_MEMORY    no block to detach to
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     as fc_buffer_write
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_general(fc_buffer *b, size_t offset,
                                                          const void *bytes, size_t length)
    FC_ATTR_NONNULL(1) FC_ATTR_READS(3, 4);

/**
 * The bytes stand in the buffer from `offset` on, whole or not at all: JavaScript's TypedArray.set.
 *
 * Seen by every buffer on the same arena and by no snapshot. Clones the arena's block first if a
 * snapshot shares it or the memory is read-only. Zero bytes within range change nothing and detach
 * nothing, on a frozen arena too.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param bytes  borrowed for the call; may lie in `b` or in any arena that shares its block; may be
 *               NULL if `length` is 0
 * @param length in bytes
 *
 * @retval FC_OK               the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE `offset` or `offset + length` is past the end; nothing changed
 * @retval FC_ERR_FROZEN       the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(length), inline up to FC_COPY_INLINE_MAX; O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   ECMA-262 %TypedArray%.prototype.set
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_status
    fc_buffer_write(fc_buffer *b, size_t offset, const void *bytes, size_t length)
{
    fc_arena *arena = b->arena;
    if (FC_BUFFER_LIKELY(arena != NULL && offset <= b->length && length <= b->length - offset) &&
        FC_BUFFER_LIKELY(__atomic_load_n(arena->holders, __ATOMIC_ACQUIRE) == 0)) {
        fc_move(arena->bytes + b->offset + offset, bytes, length);
        return FC_OK;
    }
    return fc_buffer_write_general(b, offset, bytes, length);
}

/**
 * Byte `index` has the value: JavaScript's `buf[index] = value`.
 *
 * Where JavaScript silently ignores an index past the end, this says so.
 *
 * @param b     the buffer to write
 * @param index in bytes from the start
 * @param value the new byte
 *
 * @retval FC_OK               the byte is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE `index` is not below the length; nothing changed
 * @retval FC_ERR_FROZEN       the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1), inline; O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf[index]
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_status
    fc_buffer_set(fc_buffer *b, size_t index, uint8_t value)
{
    fc_arena *arena = b->arena;
    if (FC_BUFFER_LIKELY(index < b->length) &&
        FC_BUFFER_LIKELY(__atomic_load_n(arena->holders, __ATOMIC_ACQUIRE) == 0)) {
        arena->bytes[b->offset + index] = value;
        return FC_OK;
    }
    return fc_buffer_write_general(b, index, &value, 1);
}

/**
 * The byte at `index`: JavaScript's `buf[index]`.
 *
 * @param[out] value the byte; untouched on failure
 * @param      b     borrowed for the call
 * @param      index in bytes from the start
 *
 * @retval FC_OK               `value` is set
 * @retval FC_ERR_OUT_OF_RANGE `index` is not below the length (JavaScript's undefined)
 *
 * @par Shape    one byte
 * @par Cost     O(1), inline
 * @par Threads  readers
 * @par Source   Node v22 buf[index]
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status
    fc_buffer_get(uint8_t *value, const fc_buffer *b, size_t index)
{
    if (index >= b->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *value = b->arena->bytes[b->offset + index];
    return FC_OK;
}

/**
 * The byte at a relative index: JavaScript's `buf.at(index)`.
 *
 * @param[out] value the byte; untouched on failure
 * @param      b     borrowed for the call
 * @param      index in bytes from the start; negative counts from the end; not clamped
 *
 * @retval FC_OK               `value` is set
 * @retval FC_ERR_OUT_OF_RANGE there is no such byte (JavaScript's undefined)
 *
 * @par Shape    one byte
 * @par Cost     O(1), inline
 * @par Threads  readers
 * @par Source   ECMA-262 %TypedArray%.prototype.at
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status
    fc_buffer_at(uint8_t *value, const fc_buffer *b, ptrdiff_t index)
{
    size_t distance = (size_t)index;
    if (index < 0) {
        distance = (size_t)0 - distance;
        return distance <= b->length ? fc_buffer_get(value, b, b->length - distance)
                                     : FC_ERR_OUT_OF_RANGE;
    }
    return fc_buffer_get(value, b, distance);
}

/**
 * As many bytes as fit stand in the target from `at` on: Node's `source.copy(target, at)`.
 *
 * Copies min(source length, target length - at) bytes, none if `at` is past the end: no error, as
 * in Node. For Node's sourceStart and sourceEnd hand in fc_view_slice(…).
 *
 * @param[out] copied how many bytes were copied; may be NULL; untouched on failure
 * @param      target the buffer to write
 * @param      at     first byte to write, from the start of `target`
 * @param      source borrowed for the call; may lie in `target`
 *
 * @retval FC_OK            the bytes are in `target`, seen by every buffer on its arena
 * @retval FC_ERR_FROZEN    the target's arena is frozen and at least one byte fits; nothing changed
 * @retval FC_ERR_NO_MEMORY no block to detach to; nothing changed
 *
 * @par Shape    length of `target` unchanged
 * @par Cost     O(copied); O(arena) once after a snapshot
 * @par Threads  alone on `target`, readers on `source`
 * @par Source   Node v22 buf.copy()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_copy_into(size_t *copied, fc_buffer *target, size_t at,
                                                      fc_view source) FC_ATTR_NONNULL(2);

FC_BUFFER_EXTERN_C_END

#endif
