/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Numbers in bytes, at any alignment: Node's readers and writers, checked, and the bare loads and
 * stores under them. All is inline: a checked write is a test of the bounds, a test for snapshots
 * and one store.
 *
 * A number's name is its kind, its bits and its byte order: u8 i8 u16le u16be i16le i16be u32le
 * u32be i32le i32be u64le u64be i64le i64be f32le f32be f64le f64be. Numbers of 1 to 6 bytes have
 * their width as an argument. Numbers whose width is their value's: varint.h.
 */
#ifndef FC_BUFFER_NUMBERS_H
#define FC_BUFFER_NUMBERS_H

#include "buffer.h"
#include "varint.h"

/** The integers: X(name, type, widest type of that sign, bits, byte order). */
#define FC_INTEGER_LIST(X)                                                                         \
    X(u8, uint8_t, uint64_t, 8, LE)                                                                \
    X(i8, int8_t, int64_t, 8, LE)                                                                  \
    X(u16le, uint16_t, uint64_t, 16, LE)                                                           \
    X(u16be, uint16_t, uint64_t, 16, BE)                                                           \
    X(i16le, int16_t, int64_t, 16, LE)                                                             \
    X(i16be, int16_t, int64_t, 16, BE)                                                             \
    X(u32le, uint32_t, uint64_t, 32, LE)                                                           \
    X(u32be, uint32_t, uint64_t, 32, BE)                                                           \
    X(i32le, int32_t, int64_t, 32, LE)                                                             \
    X(i32be, int32_t, int64_t, 32, BE)                                                             \
    X(u64le, uint64_t, uint64_t, 64, LE)                                                           \
    X(u64be, uint64_t, uint64_t, 64, BE)                                                           \
    X(i64le, int64_t, int64_t, 64, LE)                                                             \
    X(i64be, int64_t, int64_t, 64, BE)

/** The floating-point numbers, in the same form. */
#define FC_FLOAT_LIST(X)                                                                           \
    X(f32le, float, double, 32, LE)                                                                \
    X(f32be, float, double, 32, BE)                                                                \
    X(f64le, double, double, 64, LE)                                                               \
    X(f64be, double, double, 64, BE)

/** All fixed-width numbers. */
#define FC_NUMBER_LIST(X) FC_INTEGER_LIST(X) FC_FLOAT_LIST(X)

/** The numbers of 1 to 6 bytes: X(name, type). */
#define FC_WIDTH_LIST(X)                                                                           \
    X(uint_le, uint64_t)                                                                           \
    X(uint_be, uint64_t)                                                                           \
    X(int_le, int64_t)                                                                             \
    X(int_be, int64_t)

/* A word between this machine's byte order and the one that the name says. */
#define FC_NUMBER_SWAP_8(word) (word)
#define FC_NUMBER_SWAP_16(word) __builtin_bswap16(word)
#define FC_NUMBER_SWAP_32(word) __builtin_bswap32(word)
#define FC_NUMBER_SWAP_64(word) __builtin_bswap64(word)
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FC_NUMBER_LE(bits, word) FC_NUMBER_SWAP_##bits(word)
#define FC_NUMBER_BE(bits, word) (word)
#else
#define FC_NUMBER_LE(bits, word) (word)
#define FC_NUMBER_BE(bits, word) FC_NUMBER_SWAP_##bits(word)
#endif

FC_BUFFER_EXTERN_C_BEGIN

/* ---- unchecked ------------------------------------------------------------------------------- */

#define FC_NUMBER_LOAD(name, type, widest, bits, order)                                            \
    FC_API FC_ATTR_NONNULL(1) inline type fc_load_##name(const void *at)                           \
    {                                                                                              \
        type value;                                                                                \
        uint##bits##_t word;                                                                       \
        __builtin_memcpy(&word, at, sizeof word);                                                  \
        word = FC_NUMBER_##order(bits, word);                                                      \
        __builtin_memcpy(&value, &word, sizeof value);                                             \
        return value;                                                                              \
    }

/**
 * The number that stands at an address: nothing is checked.
 *
 * fc_load_u8, fc_load_i8, fc_load_u16le, fc_load_u16be, fc_load_i16le, fc_load_i16be,
 * fc_load_u32le, fc_load_u32be, fc_load_i32le, fc_load_i32be, fc_load_u64le, fc_load_u64be,
 * fc_load_i64le, fc_load_i64be, fc_load_f32le, fc_load_f32be, fc_load_f64le, fc_load_f64be.
 *
 * @param at the first byte, at any alignment
 *
 * @par Shape    exactly the number's bytes are read
 * @par Cost     O(1), inline: one load, and a swap of bytes in the other order
 * @par Threads  readers
 * @par Source   ours; JavaScript's DataView, without its check
 * @since 0.1
 */
FC_NUMBER_LIST(FC_NUMBER_LOAD)

#define FC_NUMBER_STORE(name, type, widest, bits, order)                                           \
    FC_API FC_ATTR_NONNULL(1) inline void fc_store_##name(void *at, type value)                    \
    {                                                                                              \
        uint##bits##_t word;                                                                       \
        __builtin_memcpy(&word, &value, sizeof word);                                              \
        word = FC_NUMBER_##order(bits, word);                                                      \
        __builtin_memcpy(at, &word, sizeof word);                                                  \
    }

/**
 * The number stands at an address: nothing is checked.
 *
 * fc_store_u8, fc_store_i8, fc_store_u16le, fc_store_u16be, fc_store_i16le, fc_store_i16be,
 * fc_store_u32le, fc_store_u32be, fc_store_i32le, fc_store_i32be, fc_store_u64le, fc_store_u64be,
 * fc_store_i64le, fc_store_i64be, fc_store_f32le, fc_store_f32be, fc_store_f64le, fc_store_f64be.
 *
 * Into a buffer only between fc_buffer_begin_write and fc_buffer_end_write.
 *
 * @param at    the first byte, at any alignment
 * @param value the number
 *
 * @par Shape    exactly the number's bytes are written
 * @par Cost     O(1), inline: a swap of bytes in the other order, and one store
 * @par Threads  alone
 * @par Source   ours; JavaScript's DataView, without its check
 * @since 0.1
 */
FC_NUMBER_LIST(FC_NUMBER_STORE)

/* ---- checked --------------------------------------------------------------------------------- */

/**
 * Whether a number of `width` bytes at `offset` lies within `length` bytes, in Node's words.
 *
 * @param length of the whole, in bytes
 * @param offset first byte of the number
 * @param width  of the number, in bytes
 *
 * @retval FC_OK                       it does
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS `length` is below `width`, whatever `offset` is
 * @retval FC_ERR_OUT_OF_RANGE         `offset` is over `length - width`
 *
 * @par Shape    nothing is read or written
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Node v22 buf.readUInt8() and its kin
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE inline fc_status fc_number_check(size_t length, size_t offset, size_t width)
{
    if (FC_BUFFER_LIKELY(length >= width && offset <= length - width)) {
        return FC_OK;
    }
    return length < width ? FC_ERR_BUFFER_OUT_OF_BOUNDS : FC_ERR_OUT_OF_RANGE;
}

/* NOLINTBEGIN(bugprone-macro-parentheses): types and names stand without */
#define FC_NUMBER_READ(name, type, widest, bits, order)                                            \
    FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_status fc_view_read_##name(               \
        type *value, fc_view v, size_t offset)                                                     \
    {                                                                                              \
        fc_status status = fc_number_check(v.length, offset, sizeof *value);                       \
        if (FC_BUFFER_LIKELY(status == FC_OK)) {                                                   \
            *value = fc_load_##name(v.bytes + offset);                                             \
        }                                                                                          \
        return status;                                                                             \
    }                                                                                              \
    FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status fc_buffer_read_##name(          \
        type *value, const fc_buffer *b, size_t offset)                                            \
    {                                                                                              \
        fc_status status = fc_number_check(b->length, offset, sizeof *value);                      \
        if (FC_BUFFER_LIKELY(status == FC_OK)) {                                                   \
            *value = fc_load_##name(b->arena->bytes + b->offset + offset);                         \
        }                                                                                          \
        return status;                                                                             \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

/**
 * The number at `offset` of a view, or of a buffer: Node's `buf.readUInt16LE(offset)` and its kin.
 *
 * fc_view_read_u8, fc_view_read_i8, fc_view_read_u16le, fc_view_read_u16be, fc_view_read_i16le,
 * fc_view_read_i16be, fc_view_read_u32le, fc_view_read_u32be, fc_view_read_i32le,
 * fc_view_read_i32be, fc_view_read_u64le, fc_view_read_u64be, fc_view_read_i64le,
 * fc_view_read_i64be, fc_view_read_f32le, fc_view_read_f32be, fc_view_read_f64le,
 * fc_view_read_f64be; fc_buffer_read_u8, fc_buffer_read_i8, fc_buffer_read_u16le,
 * fc_buffer_read_u16be, fc_buffer_read_i16le, fc_buffer_read_i16be, fc_buffer_read_u32le,
 * fc_buffer_read_u32be, fc_buffer_read_i32le, fc_buffer_read_i32be, fc_buffer_read_u64le,
 * fc_buffer_read_u64be, fc_buffer_read_i64le, fc_buffer_read_i64be, fc_buffer_read_f32le,
 * fc_buffer_read_f32be, fc_buffer_read_f64le, fc_buffer_read_f64be.
 *
 * @param[out] value  the number; untouched on failure
 * @param      v      borrowed for the call; of fc_buffer_read_…: `b`, likewise
 * @param      offset in bytes from the start
 *
 * @retval FC_OK                       `value` is set
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the whole is shorter than the number, whatever `offset` is
 * @retval FC_ERR_OUT_OF_RANGE         the number would reach past the end
 *
 * @par Shape    the bits as they stand, those of a NaN too
 * @par Cost     O(1), inline
 * @par Threads  readers
 * @par Source   Node v22 buf.readUInt8() to buf.readDoubleBE()
 * @since 0.1
 */
FC_NUMBER_LIST(FC_NUMBER_READ)

/**
 * What the writers of numbers do where inline code is not enough: errors, and arenas that detach.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param image  its first `width` bytes, as they stand in memory, are what is written
 * @param width  0 to 8, in bytes
 *
 * @retval FC_OK                       the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE         `width` is over 8, or the number would reach past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS `b` is shorter than `width`, whatever `offset` is
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_image(fc_buffer *b, size_t offset, uint64_t image,
                                                        size_t width) FC_ATTR_NONNULL(1);

#define FC_NUMBER_WRITE(name, type, widest, fits)                                                  \
    FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_status fc_buffer_write_##name(            \
        fc_buffer *b, size_t offset, widest value)                                                 \
    {                                                                                              \
        fc_arena *arena = b->arena;                                                                \
        uint64_t image = 0;                                                                        \
        type number = (type)value;                                                                 \
        if (FC_BUFFER_UNLIKELY(!(fits))) {                                                         \
            return FC_ERR_OUT_OF_RANGE;                                                            \
        }                                                                                          \
        if (FC_BUFFER_LIKELY(fc_number_check(b->length, offset, sizeof number) == FC_OK) &&        \
            FC_BUFFER_LIKELY(__atomic_load_n(arena->holders, __ATOMIC_ACQUIRE) == 0)) {            \
            fc_store_##name(arena->bytes + b->offset + offset, number);                            \
            return FC_OK;                                                                          \
        }                                                                                          \
        fc_store_##name(&image, number);                                                           \
        return fc_buffer_write_image(b, offset, image, sizeof number);                             \
    }
#define FC_NUMBER_WRITE_INTEGER(name, type, widest, bits, order)                                   \
    FC_NUMBER_WRITE(name, type, widest, (widest)number == value)
#define FC_NUMBER_WRITE_FLOAT(name, type, widest, bits, order)                                     \
    FC_NUMBER_WRITE(name, type, widest, true)

/**
 * The integer stands at `offset`: Node's `buf.writeUInt16LE(value, offset)` and its kin.
 *
 * fc_buffer_write_u8, fc_buffer_write_i8, fc_buffer_write_u16le, fc_buffer_write_u16be,
 * fc_buffer_write_i16le, fc_buffer_write_i16be, fc_buffer_write_u32le, fc_buffer_write_u32be,
 * fc_buffer_write_i32le, fc_buffer_write_i32be, fc_buffer_write_u64le, fc_buffer_write_u64be,
 * fc_buffer_write_i64le, fc_buffer_write_i64be.
 *
 * The value is looked at before the position, as in Node.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param value  as 64 bits of its sign; refused if the number cannot hold it
 *
 * @retval FC_OK                       the number is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE         the value does not fit, or the number would reach past the
 *                                     end; nothing changed
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS `b` is shorter than the number, whatever `offset` is
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1), inline; O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.writeUInt8() to buf.writeBigInt64BE()
 * @since 0.1
 */
FC_INTEGER_LIST(FC_NUMBER_WRITE_INTEGER)

/**
 * The floating-point number stands at `offset`: Node's `buf.writeFloatLE(value, offset)` and its
 * kin, fc_buffer_write_f32le, fc_buffer_write_f32be, fc_buffer_write_f64le, fc_buffer_write_f64be.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param value  any; for 32 bits rounded to the nearest, to infinity if it is too large
 *
 * @retval FC_OK                       the number is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS `b` is shorter than the number, whatever `offset` is
 * @retval FC_ERR_OUT_OF_RANGE         the number would reach past the end; nothing changed
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged; of a NaN, what the machine's conversion keeps of it
 * @par Cost     O(1), inline; O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.writeFloatLE() to buf.writeDoubleBE()
 * @since 0.1
 */
FC_FLOAT_LIST(FC_NUMBER_WRITE_FLOAT)

/* ---- one to six bytes ------------------------------------------------------------------------ */

/* NOLINTBEGIN(bugprone-macro-parentheses): types and names stand without */
#define FC_NUMBER_READ_WIDTH(name, type)                                                           \
    FC_API FC_ATTR_MUST_USE fc_status fc_view_read_##name(type *value, fc_view v, size_t offset,   \
                                                          size_t width) FC_ATTR_NONNULL(1);        \
    FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status fc_buffer_read_##name(          \
        type *value, const fc_buffer *b, size_t offset, size_t width)                              \
    {                                                                                              \
        return fc_view_read_##name(value, fc_buffer_view(b), offset, width);                       \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

/**
 * The integer of `width` bytes at `offset`: Node's `buf.readUIntLE(offset, byteLength)` and its
 * kin.
 *
 * fc_view_read_uint_le, fc_view_read_uint_be, fc_view_read_int_le, fc_view_read_int_be;
 * fc_buffer_read_uint_le, fc_buffer_read_uint_be, fc_buffer_read_int_le, fc_buffer_read_int_be.
 *
 * @param[out] value  the number, its sign extended; untouched on failure
 * @param      v      borrowed for the call; of fc_buffer_read_…: `b`, likewise
 * @param      offset in bytes from the start
 * @param      width  1 to 6, in bytes
 *
 * @retval FC_OK                       `value` is set
 * @retval FC_ERR_OUT_OF_RANGE         `width` is none, or the number would reach past the end
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS the whole is shorter than `width`, whatever `offset` is
 *
 * @par Shape    exactly `width` bytes are read
 * @par Cost     O(width)
 * @par Threads  readers
 * @par Source   Node v22 buf.readUIntLE(), readUIntBE(), readIntLE(), readIntBE()
 * @since 0.1
 */
FC_WIDTH_LIST(FC_NUMBER_READ_WIDTH)

#define FC_NUMBER_WRITE_WIDTH(name, type)                                                          \
    FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_##name(                                      \
        fc_buffer *b, size_t offset, size_t width, type value) FC_ATTR_NONNULL(1);

/**
 * The integer stands in `width` bytes at `offset`: Node's `buf.writeUIntLE(value, offset, width)`
 * and its kin, fc_buffer_write_uint_le, fc_buffer_write_uint_be, fc_buffer_write_int_le,
 * fc_buffer_write_int_be.
 *
 * The width is looked at first, then the value, then the position, as in Node.
 *
 * @param b      the buffer to write
 * @param offset first byte to write, from the start of `b`
 * @param width  1 to 6, in bytes
 * @param value  refused if so many bytes cannot hold it
 *
 * @retval FC_OK                       the number is in `b`, seen by every buffer on its arena
 * @retval FC_ERR_OUT_OF_RANGE         `width` is none, the value does not fit, or the number would
 *                                     reach past the end; nothing changed
 * @retval FC_ERR_BUFFER_OUT_OF_BOUNDS `b` is shorter than `width`, whatever `offset` is
 * @retval FC_ERR_FROZEN               the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY            no block to detach to; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(1); O(arena) once after a snapshot
 * @par Threads  alone
 * @par Source   Node v22 buf.writeUIntLE(), writeUIntBE(), writeIntLE(), writeIntBE()
 * @since 0.1
 */
FC_WIDTH_LIST(FC_NUMBER_WRITE_WIDTH)

#undef FC_NUMBER_LOAD
#undef FC_NUMBER_STORE
#undef FC_NUMBER_READ
#undef FC_NUMBER_WRITE
#undef FC_NUMBER_WRITE_INTEGER
#undef FC_NUMBER_WRITE_FLOAT
#undef FC_NUMBER_READ_WIDTH
#undef FC_NUMBER_WRITE_WIDTH

FC_BUFFER_EXTERN_C_END

#endif
