/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Searching for text, in any of Node's encodings: for the bytes that it stands for.
 *
 * What search.h says of bytes holds here too.
 */
#ifndef FC_BUFFER_SEARCH_TEXT_H
#define FC_BUFFER_SEARCH_TEXT_H

#include "text.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Where the bytes of a text first stand, at `from` or behind it.
 *
 * In UTF-16 the search goes by whole units of `hay`, whose odd last byte counts for no position; it
 * goes by bytes otherwise. Text without bytes is found at `from`, as far as there is such a place.
 *
 * @param[out] index    in bytes from the start; -1 if they are nowhere; untouched on failure
 * @param      hay      borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; clamped
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `index` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    -1 or in [0, length]
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_index_of_text(ptrdiff_t *index, fc_view hay,
                                                        fc_text needle, ptrdiff_t from,
                                                        fc_encoding encoding) FC_ATTR_NONNULL(1);

/**
 * Where the bytes of a text last stand, at `from` or before it.
 *
 * @param[out] index    in bytes from the start; -1 if they are nowhere; untouched on failure
 * @param      hay      borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; `FC_END` for anywhere
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `index` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    -1 or in [0, length]
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_last_index_of_text(ptrdiff_t *index, fc_view hay,
                                                             fc_text needle, ptrdiff_t from,
                                                             fc_encoding encoding)
    FC_ATTR_NONNULL(1);

/**
 * Whether the bytes of a text stand anywhere at `from` or behind it.
 *
 * @param[out] found    whether they do; untouched on failure
 * @param      hay      borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; clamped
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `found` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    true for a text without bytes
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_status
    fc_view_includes_text(bool *found, fc_view hay, fc_text needle, ptrdiff_t from,
                          fc_encoding encoding)
{
    ptrdiff_t index = -1;
    fc_status status = fc_view_index_of_text(&index, hay, needle, from, encoding);
    if (status == FC_OK) {
        *found = index >= 0;
    }
    return status;
}

/**
 * fc_view_index_of_text in a buffer.
 *
 * @param[out] index    in bytes from the start; -1 if they are nowhere; untouched on failure
 * @param      b        borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; clamped
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `index` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    -1 or in [0, length]
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.indexOf(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status
    fc_buffer_index_of_text(ptrdiff_t *index, const fc_buffer *b, fc_text needle, ptrdiff_t from,
                            fc_encoding encoding)
{
    return fc_view_index_of_text(index, fc_buffer_view(b), needle, from, encoding);
}

/**
 * fc_view_last_index_of_text in a buffer.
 *
 * @param[out] index    in bytes from the start; -1 if they are nowhere; untouched on failure
 * @param      b        borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; `FC_END` for anywhere
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `index` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    -1 or in [0, length]
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.lastIndexOf(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status
    fc_buffer_last_index_of_text(ptrdiff_t *index, const fc_buffer *b, fc_text needle,
                                 ptrdiff_t from, fc_encoding encoding)
{
    return fc_view_last_index_of_text(index, fc_buffer_view(b), needle, from, encoding);
}

/**
 * fc_view_includes_text in a buffer.
 *
 * @param[out] found    whether they do; untouched on failure
 * @param      b        borrowed for the call
 * @param      needle   borrowed for the call
 * @param      from     where a match may start; negative counts from the end; clamped
 * @param      encoding of the bytes to be found
 *
 * @retval FC_OK                   `found` is set
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_OUT_OF_RANGE     the needle's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the needle's bytes are
 * @retval FC_ERR_NO_MEMORY        no room to decode a long needle in
 *
 * @par Shape    true for a text without bytes
 * @par Cost     O(length + count)
 * @par Threads  readers
 * @par Source   Node v22 buf.includes(string, byteOffset, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1, 2) inline fc_status
    fc_buffer_includes_text(bool *found, const fc_buffer *b, fc_text needle, ptrdiff_t from,
                            fc_encoding encoding)
{
    return fc_view_includes_text(found, fc_buffer_view(b), needle, from, encoding);
}

FC_BUFFER_EXTERN_C_END

#endif
