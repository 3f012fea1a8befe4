/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Text and bytes that must be right, or the place of the first mistake.
 */
#ifndef FC_BUFFER_STRICT_H
#define FC_BUFFER_STRICT_H

#include "text.h"

FC_BUFFER_EXTERN_C_BEGIN

/** A value of fc_decode_error.kind: not a character of this encoding. */
#define FC_DECODE_CHARACTER 1u
/** A value of fc_decode_error.kind: a hexadecimal digit or a base64 character that is alone. */
#define FC_DECODE_LENGTH 2u
/** A value of fc_decode_error.kind: padding that is missing, too much, or has something behind. */
#define FC_DECODE_PADDING 3u
/** A value of fc_decode_error.kind: the last base64 character has bits that belong to no byte. */
#define FC_DECODE_BITS 4u
/** A value of fc_decode_error.kind: UTF-8 that lacks a continuation byte. */
#define FC_DECODE_TRUNCATED 5u
/** A value of fc_decode_error.kind: UTF-8 longer than its character needs. */
#define FC_DECODE_OVERLONG 6u
/** A value of fc_decode_error.kind: a surrogate in UTF-8, or a lone one in UTF-16. */
#define FC_DECODE_SURROGATE 7u
/** A value of fc_decode_error.kind: UTF-8 above U+10FFFF. */
#define FC_DECODE_TOO_LARGE 8u
/** A value of fc_decode_error.kind: a UTF-8 continuation byte without a lead, or F8 to FF. */
#define FC_DECODE_STRAY 9u

/** The first mistake that strict decoding has met. */
typedef struct fc_decode_error {
    size_t offset;     /**< in units of the text, or in bytes: where the mistake begins */
    uint32_t kind;     /**< FC_DECODE_… */
    uint32_t reserved; /**< 0 */
} fc_decode_error;

/* ---- strict decoding ------------------------------------------------------------------------- */

/**
 * A buffer with the bytes of a text that must be right, or the place of the first mistake.
 *
 * Hex: pairs of digits in either case, and nothing else. Base64: RFC 4648 without white space, in
 * the encoding's own alphabet, unused bits zero; FC_ENCODING_BASE64 with all its padding,
 * FC_ENCODING_BASE64URL with all of it or none. UTF-8 and UTF-16: text that is well-formed. Latin1
 * and ascii: well-formed text without a character above U+00FF and U+007F.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; untouched on failure
 * @param[out] error    set for FC_ERR_INVALID_DATA, and untouched otherwise; may be NULL
 * @param      text     borrowed for the call
 * @param      encoding of the bytes
 *
 * @retval FC_OK                   `out` holds the buffer
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 * @retval FC_ERR_INVALID_DATA     `error` tells the first mistake and its offset in units of the
 *                                 text; where something is missing, the offset of what lacks it
 *                                 (FC_DECODE_LENGTH), or of where it should be (FC_DECODE_PADDING)
 * @retval FC_ERR_OUT_OF_RANGE     the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE its bytes are
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    the bytes that fc_buffer_from_text gives
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   RFC 4648 sections 3, 4, 5 and 8; Unicode 15 section 3.9
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_from_text_strict(fc_buffer *out, fc_decode_error *error,
                                                             fc_text text, fc_encoding encoding)
    FC_ATTR_NONNULL(1);

/**
 * Whether bytes are well-formed UTF-8, and if not, where and why.
 *
 * @param[out] error set for FC_ERR_INVALID_DATA, its offset in bytes, and untouched otherwise; may
 *                   be NULL
 * @param      bytes borrowed for the call
 *
 * @retval FC_OK               all of it is
 * @retval FC_ERR_INVALID_DATA `error` tells the first mistake
 *
 * @par Shape    FC_OK for no bytes
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Unicode 15 section 3.9, table 3-7
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_check_utf8(fc_decode_error *error, fc_view bytes);

/**
 * fc_view_check_utf8 of a buffer.
 *
 * @param[out] error set for FC_ERR_INVALID_DATA, its offset in bytes, and untouched otherwise; may
 *                   be NULL
 * @param      b     borrowed for the call
 *
 * @retval FC_OK               all of it is
 * @retval FC_ERR_INVALID_DATA `error` tells the first mistake
 *
 * @par Shape    FC_OK for the empty buffer
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Unicode 15 section 3.9, table 3-7
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(2) inline fc_status
    fc_buffer_check_utf8(fc_decode_error *error, const fc_buffer *b)
{
    return fc_view_check_utf8(error, fc_buffer_view(b));
}

FC_BUFFER_EXTERN_C_END

#endif
