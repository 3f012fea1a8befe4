/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Comparing bytes: whether they are equal, and which come first.
 *
 * Bytes compare as unsigned numbers, and a range comes before every longer one that begins with it.
 * Each function is there for views and, inline, for buffers.
 */
#ifndef FC_BUFFER_COMPARE_H
#define FC_BUFFER_COMPARE_H

#include "buffer.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Whether two ranges hold the same bytes.
 *
 * @param a borrowed for the call
 * @param b borrowed for the call
 *
 * @par Shape    true for two empty ranges
 * @par Cost     O(length); O(1) if the lengths differ
 * @par Threads  readers
 * @par Source   Node v22 buf.equals()
 * @since 0.1
 */
FC_API FC_ATTR_PURE bool fc_view_equal(fc_view a, fc_view b);

/**
 * fc_view_equal for buffers.
 *
 * @param a borrowed
 * @param b borrowed
 *
 * @par Shape    true for two empty buffers
 * @par Cost     O(length); O(1) if the lengths differ
 * @par Threads  readers
 * @par Source   Node v22 buf.equals()
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1, 2) inline bool fc_buffer_equal(const fc_buffer *a,
                                                                      const fc_buffer *b)
{
    return fc_view_equal(fc_buffer_view(a), fc_buffer_view(b));
}

/**
 * Whether two ranges hold the same bytes, in a time that does not tell where they differ.
 *
 * For keys, tags and digests. Only the lengths show in the time: they are no secret here.
 *
 * @param a borrowed for the call
 * @param b borrowed for the call
 *
 * @par Shape    true for two empty ranges
 * @par Cost     O(length), the same for all contents; O(1) if the lengths differ
 * @par Threads  readers
 * @par Source   Node v22 crypto.timingSafeEqual(a, b); different lengths are unequal
 * @since 0.1
 */
FC_API FC_ATTR_PURE bool fc_view_equal_secret(fc_view a, fc_view b);

/**
 * fc_view_equal_secret for buffers.
 *
 * @param a borrowed
 * @param b borrowed
 *
 * @par Shape    true for two empty buffers
 * @par Cost     O(length), the same for all contents; O(1) if the lengths differ
 * @par Threads  readers
 * @par Source   Node v22 crypto.timingSafeEqual(a, b); different lengths are unequal
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1, 2) inline bool fc_buffer_equal_secret(const fc_buffer *a,
                                                                             const fc_buffer *b)
{
    return fc_view_equal_secret(fc_buffer_view(a), fc_buffer_view(b));
}

/**
 * Which of two ranges comes first in the order of bytes.
 *
 * @param a borrowed for the call
 * @param b borrowed for the call
 *
 * @par Shape    exactly -1 if `a` comes first, 0 if they are equal, 1 if `b` does
 * @par Cost     O(length of the shorter)
 * @par Threads  readers
 * @par Source   Node v22 Buffer.compare(a, b)
 * @since 0.1
 */
FC_API FC_ATTR_PURE int fc_view_compare(fc_view a, fc_view b);

/**
 * fc_view_compare for buffers.
 *
 * @param a borrowed
 * @param b borrowed
 *
 * @par Shape    exactly -1 if `a` comes first, 0 if they are equal, 1 if `b` does
 * @par Cost     O(length of the shorter)
 * @par Threads  readers
 * @par Source   Node v22 Buffer.compare(a, b)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1, 2) inline int fc_buffer_compare(const fc_buffer *a,
                                                                       const fc_buffer *b)
{
    return fc_view_compare(fc_buffer_view(a), fc_buffer_view(b));
}

/**
 * Which of two parts comes first: Node's `source.compare(target, …)`, in its order of arguments.
 *
 * A range whose begin is not below its end is empty; only an end must be within the length.
 *
 * @param[out] order        -1, 0 or 1; untouched on failure
 * @param      source       borrowed for the call
 * @param      target       borrowed for the call
 * @param      target_begin first byte of the range of `target`; may be past the end
 * @param      target_end   one past its last byte; not past the end
 * @param      source_begin first byte of the range of `source`; may be past the end
 * @param      source_end   one past its last byte; not past the end
 *
 * @retval FC_OK               `order` is set
 * @retval FC_ERR_OUT_OF_RANGE an end is past the end, or a begin over FC_BUFFER_MAX_LENGTH
 *
 * @par Shape    exactly -1 if the range of `source` comes first, 0 if they are equal, 1 otherwise
 * @par Cost     O(length of the shorter range)
 * @par Threads  readers
 * @par Source   Node v22 buf.compare(target, targetStart, targetEnd, sourceStart, sourceEnd)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_compare_ranges(int *order, fc_view source, fc_view target,
                                                         size_t target_begin, size_t target_end,
                                                         size_t source_begin, size_t source_end)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_compare_ranges for buffers.
 *
 * @param[out] order        -1, 0 or 1; untouched on failure
 * @param      source       borrowed
 * @param      target       borrowed
 * @param      target_begin first byte of the range of `target`; may be past the end
 * @param      target_end   one past its last byte; not past the end
 * @param      source_begin first byte of the range of `source`; may be past the end
 * @param      source_end   one past its last byte; not past the end
 *
 * @retval FC_OK               `order` is set
 * @retval FC_ERR_OUT_OF_RANGE an end is past the end, or a begin over FC_BUFFER_MAX_LENGTH
 *
 * @par Shape    exactly -1 if the range of `source` comes first, 0 if they are equal, 1 otherwise
 * @par Cost     O(length of the shorter range)
 * @par Threads  readers
 * @par Source   Node v22 buf.compare(target, targetStart, targetEnd, sourceStart, sourceEnd)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2, 3) inline fc_status
    fc_buffer_compare_ranges(int *order, const fc_buffer *source, const fc_buffer *target,
                             size_t target_begin, size_t target_end, size_t source_begin,
                             size_t source_end)
{
    return fc_view_compare_ranges(order, fc_buffer_view(source), fc_buffer_view(target),
                                  target_begin, target_end, source_begin, source_end);
}

FC_BUFFER_EXTERN_C_END

#endif
