/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Searching for bytes, and going through them.
 *
 * A search is linear in hay and needle together, whatever they hold, and takes no memory. `from` is
 * relative: negative counts from the end. It is where a match may begin: at or behind it forwards,
 * at or before it backwards, where FC_END allows all and a place before the start none. An empty
 * needle is found at `from`, clamped. Each function is there for views and, inline, for buffers.
 */
#ifndef FC_BUFFER_SEARCH_H
#define FC_BUFFER_SEARCH_H

#include "buffer.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Goes through the bytes of a view: `FC_VIEW_FOR_EACH(at, view) { use(*at); }`. `at` is a
 * const uint8_t pointer of the loop's own; `at - view.bytes` is the index. `break` and `continue`
 * do what they do in any loop. The view is evaluated once.
 */
/* NOLINTBEGIN(bugprone-macro-parentheses): types and names stand without */
#define FC_VIEW_FOR_EACH(pointer, view)                                                            \
    for (fc_view pointer##_rest = (view), *pointer##_once = &pointer##_rest;                       \
         pointer##_once != NULL; pointer##_once = NULL)                                            \
        for (const uint8_t *pointer = pointer##_rest.bytes; pointer##_rest.length != 0;            \
             pointer++, pointer##_rest.length--)
/* NOLINTEND(bugprone-macro-parentheses) */

/**
 * Where a needle first begins, at or behind `from`.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_index_of(fc_view hay, fc_view needle, ptrdiff_t from);

/**
 * fc_view_index_of for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_index_of(const fc_buffer *b, fc_view needle, ptrdiff_t from)
{
    return fc_view_index_of(fc_buffer_view(b), needle, from);
}

/**
 * Where a needle last begins, at or before `from`.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_last_index_of(fc_view hay, fc_view needle, ptrdiff_t from);

/**
 * fc_view_last_index_of for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_last_index_of(const fc_buffer *b, fc_view needle, ptrdiff_t from)
{
    return fc_view_last_index_of(fc_buffer_view(b), needle, from);
}

/**
 * Where a byte first stands, at or behind `from`.
 *
 * @param hay   borrowed for the call
 * @param value the byte
 * @param from  the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_index_of_byte(fc_view hay, uint8_t value, ptrdiff_t from);

/**
 * fc_view_index_of_byte for a buffer.
 *
 * @param b     borrowed
 * @param value the byte
 * @param from  the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_index_of_byte(const fc_buffer *b, uint8_t value, ptrdiff_t from)
{
    return fc_view_index_of_byte(fc_buffer_view(b), value, from);
}

/**
 * Where a byte last stands, at or before `from`.
 *
 * @param hay   borrowed for the call
 * @param value the byte
 * @param from  the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_last_index_of_byte(fc_view hay, uint8_t value,
                                                         ptrdiff_t from);

/**
 * fc_view_last_index_of_byte for a buffer.
 *
 * @param b     borrowed
 * @param value the byte
 * @param from  the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_last_index_of_byte(const fc_buffer *b, uint8_t value, ptrdiff_t from)
{
    return fc_view_last_index_of_byte(fc_buffer_view(b), value, from);
}

/**
 * Where a needle of 16-bit units first begins, at or behind `from`.
 *
 * Units are counted from the start of the view, wherever that is in memory. The needle must fit
 * behind `from`, which is then rounded down to a unit. An odd last byte of hay or needle is
 * ignored, except that the needle must fit with it, and that a needle of one byte is never found:
 * so does Node.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1; even, unless the needle is empty
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from);

/**
 * fc_view_index_of_units for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    an index in bytes, or -1; even, unless the needle is empty
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_index_of_units(const fc_buffer *b, fc_view needle, ptrdiff_t from)
{
    return fc_view_index_of_units(fc_buffer_view(b), needle, from);
}

/**
 * Where a needle of 16-bit units last begins, at or before `from`.
 *
 * Units as in fc_view_index_of_units.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1; even, unless the needle is empty
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE ptrdiff_t fc_view_last_index_of_units(fc_view hay, fc_view needle,
                                                          ptrdiff_t from);

/**
 * fc_view_last_index_of_units for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the last place to begin at; negative counts from the end; FC_END for any
 *
 * @par Shape    an index in bytes, or -1; even, unless the needle is empty
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline ptrdiff_t
    fc_buffer_last_index_of_units(const fc_buffer *b, fc_view needle, ptrdiff_t from)
{
    return fc_view_last_index_of_units(fc_buffer_view(b), needle, from);
}

/**
 * Whether a needle is there, beginning at or behind `from`.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    true for an empty needle
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE inline bool fc_view_includes(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fc_view_index_of(hay, needle, from) >= 0;
}

/**
 * fc_view_includes for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    true for an empty needle
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(buffer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline bool fc_buffer_includes(const fc_buffer *b,
                                                                      fc_view needle,
                                                                      ptrdiff_t from)
{
    return fc_view_includes(fc_buffer_view(b), needle, from);
}

/**
 * Whether a byte is there, at or behind `from`.
 *
 * @param hay   borrowed for the call
 * @param value the byte
 * @param from  the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    false for an empty range
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE inline bool fc_view_includes_byte(fc_view hay, uint8_t value, ptrdiff_t from)
{
    return fc_view_index_of_byte(hay, value, from) >= 0;
}

/**
 * fc_view_includes_byte for a buffer.
 *
 * @param b     borrowed
 * @param value the byte
 * @param from  the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    false for an empty range
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(integer, byteOffset)
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline bool fc_buffer_includes_byte(const fc_buffer *b,
                                                                           uint8_t value,
                                                                           ptrdiff_t from)
{
    return fc_view_includes_byte(fc_buffer_view(b), value, from);
}

/**
 * Whether units of UTF-16 are there, beginning at or behind `from`.
 *
 * Units as in fc_view_index_of_units.
 *
 * @param hay    borrowed for the call
 * @param needle borrowed for the call; may lie in the hay
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    true for an empty needle
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE inline bool fc_view_includes_units(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fc_view_index_of_units(hay, needle, from) >= 0;
}

/**
 * fc_view_includes_units for a buffer.
 *
 * @param b      borrowed
 * @param needle borrowed for the call; may lie in `b`
 * @param from   the first place to begin at; negative counts from the end; clamped to [0, length]
 *
 * @par Shape    true for an empty needle
 * @par Cost     O(length + needle length)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(buffer, byteOffset, 'utf16le')
 * @since 0.1
 */
FC_API FC_ATTR_PURE FC_ATTR_NONNULL(1) inline bool fc_buffer_includes_units(const fc_buffer *b,
                                                                            fc_view needle,
                                                                            ptrdiff_t from)
{
    return fc_view_includes_units(fc_buffer_view(b), needle, from);
}

FC_BUFFER_EXTERN_C_END

#endif
