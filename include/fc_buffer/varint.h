/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Varints: integers in as many bytes as they need, seven bits each, the lowest first, and the top
 * bit of every byte but the last set (LEB128, as in DWARF, WebAssembly and Protocol Buffers).
 * Signed ones are zigzagged first, so that small numbers stay short whatever their sign.
 */
#ifndef FC_BUFFER_VARINT_H
#define FC_BUFFER_VARINT_H

#include "buffer.h"

/** The longest varint, in bytes: 64 bits, seven at a time. */
#define FC_VARINT_MAX_LENGTH 10

FC_BUFFER_EXTERN_C_BEGIN

/**
 * How many bytes a number takes as a varint.
 *
 * @param value any
 *
 * @par Shape    1 to FC_VARINT_MAX_LENGTH
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   DWARF 5, section 7.6 (LEB128)
 * @since 0.1
 */
FC_API inline size_t fc_varint_length(uint64_t value)
{
    return (size_t)(63 - __builtin_clzll(value | 1)) / 7 + 1;
}

/**
 * A signed number as an unsigned one, small where it is near 0: 0, -1, 1, -2… become 0, 1, 2, 3…
 *
 * @param value any
 *
 * @par Shape    one to one
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Protocol Buffers, sint64 (zigzag)
 * @since 0.1
 */
FC_API inline uint64_t fc_zigzag_encode(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

/**
 * The signed number that fc_zigzag_encode has made this of.
 *
 * @param value any
 *
 * @par Shape    one to one
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Protocol Buffers, sint64 (zigzag)
 * @since 0.1
 */
FC_API inline int64_t fc_zigzag_decode(uint64_t value)
{
    return (int64_t)((value >> 1) ^ ((value & 1) != 0 ? UINT64_MAX : 0));
}

/**
 * The varint at `offset` of a view.
 *
 * Zero bytes that lengthen a number (80 00 for 0) are read as any others.
 *
 * @param[out] value  the number; untouched on failure
 * @param[out] length how many bytes it takes; may be NULL; untouched on failure
 * @param      v      borrowed for the call
 * @param      offset in bytes from the start, at most the length
 *
 * @retval FC_OK                       `value` and `length` are set
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the view ends before the number does: with more bytes it can
 *                                     succeed
 * @retval FC_ERR_INVALID_DATA         more than FC_VARINT_MAX_LENGTH bytes or more than 64 bits
 *
 * @par Shape    1 to FC_VARINT_MAX_LENGTH bytes
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   DWARF 5, section 7.6 (LEB128)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_read_varint(uint64_t *value, size_t *length, fc_view v,
                                                      size_t offset) FC_ATTR_NONNULL(1);

/**
 * The signed varint at `offset` of a view: fc_view_read_varint, zigzag undone.
 *
 * @param[out] value  the number; untouched on failure
 * @param[out] length how many bytes it takes; may be NULL; untouched on failure
 * @param      v      borrowed for the call
 * @param      offset in bytes from the start, at most the length
 *
 * @retval FC_OK                       `value` and `length` are set
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the view ends before the number does: with more bytes it can
 *                                     succeed
 * @retval FC_ERR_INVALID_DATA         more than FC_VARINT_MAX_LENGTH bytes or more than 64 bits
 *
 * @par Shape    1 to FC_VARINT_MAX_LENGTH bytes
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   Protocol Buffers, sint64 (zigzag)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_read_varint_signed(int64_t *value, size_t *length,
                                                             fc_view v, size_t offset)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_read_varint of a buffer.
 *
 * @param[out] value  the number; untouched on failure
 * @param[out] length how many bytes it takes; may be NULL; untouched on failure
 * @param      b      borrowed for the call
 * @param      offset in bytes from the start, at most the length
 *
 * @retval FC_OK                       `value` and `length` are set
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the buffer ends before the number does
 * @retval FC_ERR_INVALID_DATA         more than FC_VARINT_MAX_LENGTH bytes or more than 64 bits
 *
 * @par Shape    1 to FC_VARINT_MAX_LENGTH bytes
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   DWARF 5, section 7.6 (LEB128)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 3) inline fc_status
    fc_buffer_read_varint(uint64_t *value, size_t *length, const fc_buffer *b, size_t offset)
{
    return fc_view_read_varint(value, length, fc_buffer_view(b), offset);
}

/**
 * fc_view_read_varint_signed of a buffer.
 *
 * @param[out] value  the number; untouched on failure
 * @param[out] length how many bytes it takes; may be NULL; untouched on failure
 * @param      b      borrowed for the call
 * @param      offset in bytes from the start, at most the length
 *
 * @retval FC_OK                       `value` and `length` are set
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the buffer ends before the number does
 * @retval FC_ERR_INVALID_DATA         more than FC_VARINT_MAX_LENGTH bytes or more than 64 bits
 *
 * @par Shape    1 to FC_VARINT_MAX_LENGTH bytes
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   Protocol Buffers, sint64 (zigzag)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 3) inline fc_status
    fc_buffer_read_varint_signed(int64_t *value, size_t *length, const fc_buffer *b, size_t offset)
{
    return fc_view_read_varint_signed(value, length, fc_buffer_view(b), offset);
}

/**
 * The number stands at `offset` as a varint, whole or not at all.
 *
 * @param[out] written how many bytes it took, fc_varint_length; may be NULL; untouched on failure
 * @param      b       the buffer to write
 * @param      offset  first byte to write, from the start of `b`, at most its length
 * @param      value   any
 *
 * @retval FC_OK                       the number is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the buffer ends before the number would
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   DWARF 5, section 7.6 (LEB128)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_varint(size_t *written, fc_buffer *b,
                                                         size_t offset, uint64_t value)
    FC_ATTR_NONNULL(2);

/**
 * The signed number stands at `offset` as a varint, zigzagged.
 *
 * @param[out] written how many bytes it took; may be NULL; untouched on failure
 * @param      b       the buffer to write
 * @param      offset  first byte to write, from the start of `b`, at most its length
 * @param      value   any
 *
 * @retval FC_OK                       the number is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the buffer ends before the number would
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Protocol Buffers, sint64 (zigzag)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_varint_signed(size_t *written, fc_buffer *b,
                                                                size_t offset, int64_t value)
    FC_ATTR_NONNULL(2);

FC_BUFFER_EXTERN_C_END

#endif
