/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Moving bytes: into buffers, out of them and within them.
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
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) FC_ATTR_READS(3, 4) inline fc_status
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
 * in Node. For a part of the source hand in fc_view_slice(…), or see fc_buffer_copy_range_into.
 *
 * @param[out] copied how many bytes were copied; may be NULL; untouched on failure
 * @param      target the buffer to write
 * @param      at     first byte to write, from the start of `target`
 * @param      source borrowed for the call; may lie in `target`
 *
 * @retval FC_OK               the bytes are in `target`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE `at` is over FC_BUFFER_MAX_LENGTH: a negative number; nothing changed
 * @retval FC_ERR_FROZEN       the arena is frozen and at least one byte fits; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to; nothing changed
 *
 * @par Shape    length of `target` unchanged
 * @par Cost     O(copied); O(arena) once after a snapshot
 * @par Threads  alone on `target`, readers on `source`
 * @par Source   Node v22 buf.copy(target, targetStart)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_copy_into(size_t *copied, fc_buffer *target, size_t at,
                                                      fc_view source) FC_ATTR_NONNULL(2);

/**
 * As many bytes of a part of the source as fit stand in the target from `at` on: Node's
 * `source.copy(target, at, begin, end)`.
 *
 * fc_buffer_copy_into with Node's positions in the source and Node's errors for them.
 *
 * @param[out] copied how many bytes were copied; may be NULL; untouched on failure
 * @param      target the buffer to write
 * @param      at     first byte to write, from the start of `target`; past the end nothing is
 * copied
 * @param      source borrowed for the call; may lie in `target`
 * @param      begin  first byte to read, from the start of `source`
 * @param      end    one past the last byte to read; past the end, FC_END too, it is the end; not
 *                    above `begin`, nothing is copied
 *
 * @retval FC_OK               the bytes are in `target`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE `begin` is past the end of `source`, or `at` or `end` over
 *                             FC_BUFFER_MAX_LENGTH; nothing changed
 * @retval FC_ERR_FROZEN       the arena is frozen and at least one byte fits; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to; nothing changed
 *
 * @par Shape    length of `target` unchanged
 * @par Cost     O(copied); O(arena) once after a snapshot
 * @par Threads  alone on `target`, readers on `source`
 * @par Source   Node v22 buf.copy(target, targetStart, sourceStart, sourceEnd)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_copy_range_into(size_t *copied, fc_buffer *target,
                                                            size_t at, fc_view source, size_t begin,
                                                            size_t end) FC_ATTR_NONNULL(2);

/**
 * Every byte of a range has the value: Node's `buf.fill(value, begin, end)`.
 *
 * @param b     the buffer to write
 * @param begin first byte, from the start of `b`; past the end, or not below `end`, nothing happens
 * @param end   one past the last byte; FC_END for the end
 * @param value the new byte
 *
 * @retval FC_OK               the bytes are in `b`, or the range is empty
 * @retval FC_ERR_OUT_OF_RANGE `end` is past the end, or `begin` over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_FROZEN       the arena is frozen and the range is not empty; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(end - begin); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.fill(value)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_fill(fc_buffer *b, size_t begin, size_t end,
                                                 uint8_t value) FC_ATTR_NONNULL(1);

/**
 * A range holds a pattern, repeated and cut off at its end: Node's `buf.fill(bytes, begin, end)`.
 *
 * @param b       the buffer to write
 * @param begin   first byte, from the start of `b`; past the end, or not below `end`, nothing
 *                happens
 * @param end     one past the last byte; FC_END for the end
 * @param pattern borrowed for the call; may lie in `b`, in the range too; may not be empty unless
 *                the range is
 *
 * @retval FC_OK                    the bytes are in `b`, or the range is empty
 * @retval FC_ERR_OUT_OF_RANGE      `end` is past the end, or `begin` over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE the pattern is empty and the range is not
 * @retval FC_ERR_FROZEN            the arena is frozen and the range is not empty; nothing changed
 * @retval FC_ERR_NO_MEMORY         no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(end - begin); O(arena) once after a snapshot
 * @par Threads  alone on `b`, readers on `pattern`
 * @par Source   Node v22 buf.fill(buffer)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_fill_bytes(fc_buffer *b, size_t begin, size_t end,
                                                       fc_view pattern) FC_ATTR_NONNULL(1);

/**
 * A range of the buffer is copied to another place in it: JavaScript's `buf.copyWithin`.
 *
 * As many bytes as fit behind `target`. The ranges may overlap.
 *
 * @param b      the buffer to write
 * @param target first byte to write; negative counts from the end; clamped to [0, length]
 * @param begin  first byte to read, likewise
 * @param end    one past the last byte to read, likewise; `FC_END` for the end
 *
 * @retval FC_OK            the bytes are in place, or there are none to copy
 * @retval FC_ERR_FROZEN    the arena is frozen and a byte would be written; nothing changed
 * @retval FC_ERR_NO_MEMORY no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(bytes copied); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   ECMA-262 %TypedArray%.prototype.copyWithin
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_copy_within(fc_buffer *b, ptrdiff_t target,
                                                        ptrdiff_t begin, ptrdiff_t end)
    FC_ATTR_NONNULL(1);

/**
 * The bytes stand in the opposite order: JavaScript's `buf.reverse()`.
 *
 * @param b the buffer to write
 *
 * @retval FC_OK            the bytes are turned round, or `b` is empty
 * @retval FC_ERR_FROZEN    the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(length); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   ECMA-262 %TypedArray%.prototype.reverse
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_reverse(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * The bytes of each 16-bit unit stand in the opposite order.
 *
 * @param b the buffer to write
 *
 * @retval FC_OK                      every unit is turned round, or `b` is empty
 * @retval FC_ERR_INVALID_BUFFER_SIZE the length is not a multiple of 2; nothing changed
 * @retval FC_ERR_FROZEN              the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY           no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(length); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.swap16()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_swap16(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * The bytes of each 32-bit unit stand in the opposite order.
 *
 * @param b the buffer to write
 *
 * @retval FC_OK                      every unit is turned round, or `b` is empty
 * @retval FC_ERR_INVALID_BUFFER_SIZE the length is not a multiple of 4; nothing changed
 * @retval FC_ERR_FROZEN              the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY           no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(length); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.swap32()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_swap32(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * The bytes of each 64-bit unit stand in the opposite order.
 *
 * @param b the buffer to write
 *
 * @retval FC_OK                      every unit is turned round, or `b` is empty
 * @retval FC_ERR_INVALID_BUFFER_SIZE the length is not a multiple of 8; nothing changed
 * @retval FC_ERR_FROZEN              the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY           no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(length); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.swap64()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_swap64(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * The bytes of many buffers, one behind the other, in a new buffer: always a copy, even of one.
 *
 * @param[out] out   a new buffer, yours: fc_buffer_release; may not be in `list`; untouched on
 * failure
 * @param      list  borrowed for the call; may be NULL if `count` is 0
 * @param      count of elements
 *
 * @retval FC_OK                   `out` holds the buffer
 * @retval FC_ERR_BUFFER_TOO_LARGE together they are longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = sum of the lengths
 * @par Cost     O(count + result length)
 * @par Threads  any; readers on the list
 * @par Source   Node v22 Buffer.concat(list)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_concat(fc_buffer *out, const fc_buffer *list,
                                                   size_t count) FC_ATTR_NONNULL(1);

/**
 * fc_buffer_concat with the length of the result: what is too long is cut off, what is too short is
 * followed by zeroes.
 *
 * @param[out] out   a new buffer, yours: fc_buffer_release; may not be in `list`; untouched on
 * failure
 * @param      list  borrowed for the call; may be NULL if `count` is 0
 * @param      count of elements; 0 gives the empty buffer, whatever `total` is
 * @param      total in bytes
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE `total` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = `total`, or 0 for an empty list
 * @par Cost     O(count + result length)
 * @par Threads  any; readers on the list
 * @par Source   Node v22 Buffer.concat(list, totalLength)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_concat_total(fc_buffer *out, const fc_buffer *list,
                                                         size_t count, size_t total)
    FC_ATTR_NONNULL(1);

/**
 * The bytes of many views, one behind the other, in a new buffer: always a copy, even of one.
 *
 * @param[out] out   a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      list  borrowed for the call; may be NULL if `count` is 0
 * @param      count of elements
 *
 * @retval FC_OK                   `out` holds the buffer
 * @retval FC_ERR_BUFFER_TOO_LARGE together they are longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = sum of the lengths
 * @par Cost     O(count + result length)
 * @par Threads  any; readers on the list
 * @par Source   ours; Node v22 Buffer.concat(list)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_concat(fc_buffer *out, const fc_view *list, size_t count)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_concat with the length of the result: what is too long is cut off, what is too short is
 * followed by zeroes.
 *
 * @param[out] out   a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      list  borrowed for the call; may be NULL if `count` is 0
 * @param      count of elements; 0 gives the empty buffer, whatever `total` is
 * @param      total in bytes
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE `total` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = `total`, or 0 for an empty list
 * @par Cost     O(count + result length)
 * @par Threads  any; readers on the list
 * @par Source   ours; Node v22 Buffer.concat(list, totalLength)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_concat_total(fc_buffer *out, const fc_view *list,
                                                       size_t count, size_t total)
    FC_ATTR_NONNULL(1);

FC_BUFFER_EXTERN_C_END

#endif
