/* SPDX-License-Identifier: MIT */

/**
 * @file
 * What every other header stands on: attributes, positions and views.
 *
 * A *view* is a pointer and a length: it borrows bytes and owns nothing. Whatever only reads bytes
 * takes a view, so plain memory and buffers enjoy the same functions.
 */
#ifndef FC_BUFFER_BASE_H
#define FC_BUFFER_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define FC_BUFFER_EXTERN_C_BEGIN extern "C" {
#define FC_BUFFER_EXTERN_C_END }
#else
#define FC_BUFFER_EXTERN_C_BEGIN
#define FC_BUFFER_EXTERN_C_END
#endif

/** Marks what the shared library exports, inline functions included. */
#define FC_API __attribute__((visibility("default")))

/** The result is a status or a new owner: dropping it is a mistake. */
#define FC_ATTR_MUST_USE __attribute__((warn_unused_result))

/** The result depends on the arguments and on memory, and nothing is changed. */
#define FC_ATTR_PURE __attribute__((pure))

/** These parameters, counted from 1, may not be NULL. The library itself still checks them. */
#ifdef FC_BUILDING
#define FC_ATTR_NONNULL(...)
#else
#define FC_ATTR_NONNULL(...) __attribute__((nonnull(__VA_ARGS__)))
#endif

/**
 * What happens to the memory that parameters point at, for the compiler's warnings. READS and
 * WRITES: as many elements as parameter `length` says. NEEDS: an object that is set before the
 * call.
 */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 10
#define FC_ATTR_READS(pointer, length) __attribute__((access(read_only, pointer, length)))
#define FC_ATTR_WRITES(pointer, length) __attribute__((access(write_only, pointer, length)))
#define FC_ATTR_NEEDS(pointer) __attribute__((access(read_write, pointer)))
#else
#define FC_ATTR_READS(pointer, length)
#define FC_ATTR_WRITES(pointer, length)
#define FC_ATTR_NEEDS(pointer)
#endif

#define FC_BUFFER_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define FC_BUFFER_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/** As a position: the end, whatever the length is. JavaScript's `undefined` for an end. */
#define FC_END PTRDIFF_MAX

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Borrowed bytes: an address and a length, by value. Owns nothing; valid as long as the memory is.
 * `bytes` may be NULL when `length` is 0.
 */
typedef struct fc_view {
    const uint8_t *bytes; /**< the first byte */
    size_t length;        /**< in bytes */
} fc_view;

/** A string literal as a view, without its terminating NUL: `FC_VIEW_LITERAL("PNG")`. */
#define FC_VIEW_LITERAL(literal) fc_view_of("" literal, sizeof(literal) - 1)

/**
 * A view of plain memory.
 *
 * Nothing is copied and nothing is counted: the view is good as long as the memory is.
 *
 * @param bytes  borrowed; may be NULL if `length` is 0
 * @param length in bytes
 *
 * @par Shape    result length = `length`
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_READS(1, 2) inline fc_view fc_view_of(const void *bytes, size_t length)
{
    fc_view view;
    view.bytes = (const uint8_t *)bytes;
    view.length = length;
    return view;
}

/**
 * Where a Node-style position stands in a range of `length` bytes.
 *
 * Negative positions count from the end; the result is clamped to [0, length]. No sum is made that
 * could wrap, so PTRDIFF_MIN and PTRDIFF_MAX (`FC_END`) are ordinary arguments.
 *
 * @param position in bytes from the start, or, if negative, from the end
 * @param length   in bytes
 *
 * @par Shape    result in [0, length]
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ECMA-262 %TypedArray%.prototype.subarray (relative positions)
 * @since 0.1
 */
FC_API inline size_t fc_position_clamp(ptrdiff_t position, size_t length)
{
    if (position < 0) {
        size_t distance = (size_t)-(position + 1) + 1;
        return distance < length ? length - distance : 0;
    }
    return (size_t)position < length ? (size_t)position : length;
}

/**
 * A part of a view, with Node's relative positions.
 *
 * @param view  borrowed
 * @param begin first byte; negative counts from the end; clamped to [0, length]
 * @param end   one past the last byte, likewise; `FC_END` for the end
 *
 * @par Shape    result length = max(0, end' - begin')
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Node v22 buf.subarray()
 * @since 0.1
 */
FC_API inline fc_view fc_view_slice(fc_view view, ptrdiff_t begin, ptrdiff_t end)
{
    size_t first = fc_position_clamp(begin, view.length);
    size_t last = fc_position_clamp(end, view.length);
    if (last <= first) {
        return fc_view_of(view.bytes, 0);
    }
    return fc_view_of(view.bytes + first, last - first);
}

FC_BUFFER_EXTERN_C_END

#endif
