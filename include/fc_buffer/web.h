/* SPDX-License-Identifier: MIT */

/**
 * @file
 * The web's base64 (atob and btoa), and ECMAScript's base64 and hex (Uint8Array.fromBase64 and the
 * others), with their results.
 */
#ifndef FC_BUFFER_WEB_H
#define FC_BUFFER_WEB_H

#include "text.h"

FC_BUFFER_EXTERN_C_BEGIN

/** A value of fc_base64_options.alphabet: `+` and `/`. */
#define FC_BASE64_STANDARD 0u
/** A value of fc_base64_options.alphabet: `-` and `_`. */
#define FC_BASE64_URL 1u

/** A value of fc_base64_options.last_chunk: the last chunk may lack its padding. */
#define FC_BASE64_LOOSE 0u
/** A value of fc_base64_options.last_chunk: padding must be there, and unused bits zero. */
#define FC_BASE64_STRICT 1u
/** A value of fc_base64_options.last_chunk: an incomplete last chunk is left unread. */
#define FC_BASE64_STOP_BEFORE_PARTIAL 2u

/** How ECMAScript's base64 functions work. Zero what you do not set. */
typedef struct fc_base64_options {
    size_t size;           /**< sizeof(fc_base64_options) */
    uint32_t alphabet;     /**< FC_BASE64_STANDARD or FC_BASE64_URL */
    uint32_t last_chunk;   /**< FC_BASE64_LOOSE, …; only for text to bytes */
    uint32_t omit_padding; /**< 0 or 1; only for bytes to text */
    uint32_t reserved;     /**< 0 */
} fc_base64_options;

/* ---- the web's base64 ------------------------------------------------------------------------ */

/**
 * The bytes of base64 text, by the web's rules: forgiving about white space and missing padding,
 * and about nothing else.
 *
 * @param[out] out  a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      text borrowed for the call
 *
 * @retval FC_OK               `out` holds the bytes (atob's string has them as its units)
 * @retval FC_ERR_INVALID_DATA a character that is none of base64, a lone one, or wrong padding
 * @retval FC_ERR_OUT_OF_RANGE the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = three quarters of the base64 characters
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   WHATWG HTML atob(), Infra "forgiving-base64 decode"; Node v22 buffer.atob()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_atob(fc_buffer *out, fc_text text) FC_ATTR_NONNULL(1);

/**
 * The base64 characters of a text whose units are bytes.
 *
 * @param[out] out  a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      text borrowed for the call
 *
 * @retval FC_OK                   `out` holds the characters, with padding
 * @retval FC_ERR_INVALID_DATA     a unit is over 0xFF, or UTF-8 text is ill-formed
 * @retval FC_ERR_OUT_OF_RANGE     the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the result is
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = 4 * ceil(units / 3)
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   WHATWG HTML btoa(); Node v22 buffer.btoa()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_btoa(fc_buffer *out, fc_text text) FC_ATTR_NONNULL(1);

/* ---- ECMAScript's base64 and hex ------------------------------------------------------------- */

/**
 * A buffer with the bytes of base64 text, by ECMAScript's rules.
 *
 * ASCII white space is skipped; any other character outside the one alphabet is a mistake.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      text    borrowed for the call
 * @param      options borrowed for the call; NULL: the standard alphabet, loose
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_INVALID_ARG_VALUE an option is none that this library knows
 * @retval FC_ERR_INVALID_DATA      JavaScript's SyntaxError
 * @retval FC_ERR_OUT_OF_RANGE      the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = three quarters of the base64 characters that are read
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   ECMA-262 Uint8Array.fromBase64
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_from_base64(fc_buffer *out, fc_text text,
                                                        const fc_base64_options *options)
    FC_ATTR_NONNULL(1);

/**
 * As many bytes of base64 text as fit stand at the start of a buffer, by ECMAScript's rules.
 *
 * Reads whole chunks of four characters, and stops before the first that does not fit whole. That
 * chunk must be well formed, as V8 has it and the standard has not; what is behind it is not looked
 * at. An empty buffer reads nothing. Where JavaScript writes before it throws, this writes nothing.
 *
 * @param[out] read    how many units were read; may be NULL; untouched on failure
 * @param[out] written how many bytes were written; may be NULL; untouched on failure
 * @param      b       the buffer to write
 * @param      text    borrowed for the call; may lie in `b`
 * @param      options borrowed for the call; NULL: the standard alphabet, loose
 *
 * @retval FC_OK                    the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_INVALID_ARG_VALUE an option is none that this library knows; nothing changed
 * @retval FC_ERR_INVALID_DATA      JavaScript's SyntaxError; nothing changed
 * @retval FC_ERR_OUT_OF_RANGE      the text's count is over FC_BUFFER_MAX_LENGTH; nothing changed
 * @retval FC_ERR_FROZEN            the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY         no block to detach to, or no room to decode in; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(count read); O(arena) once after a snapshot
 * @par Threads  alone; readers on the text
 * @par Source   ECMA-262 Uint8Array.prototype.setFromBase64
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_set_from_base64(size_t *read, size_t *written,
                                                            fc_buffer *b, fc_text text,
                                                            const fc_base64_options *options)
    FC_ATTR_NONNULL(3);

/**
 * The base64 characters of bytes, in a buffer.
 *
 * Both alphabets pad unless told not to: Node's encoding "base64url" does not.
 *
 * @param[out] out     a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      bytes   borrowed for the call
 * @param      options borrowed for the call; NULL: the standard alphabet, padded
 *
 * @retval FC_OK                    `out` holds the characters
 * @retval FC_ERR_INVALID_ARG_VALUE an option is none that this library knows
 * @retval FC_ERR_OUT_OF_RANGE      the view is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE  the result is
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = 4 * ceil(length / 3), or ceil(4 * length / 3) without padding
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ECMA-262 Uint8Array.prototype.toBase64
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_to_base64(fc_buffer *out, fc_view bytes,
                                                    const fc_base64_options *options)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_to_base64 of a buffer.
 *
 * @param[out] out     a new buffer of ASCII text, yours: fc_buffer_release; may not be `b`;
 *                     untouched on failure
 * @param      b       borrowed for the call
 * @param      options borrowed for the call; NULL: the standard alphabet, padded
 *
 * @retval FC_OK                    `out` holds the characters
 * @retval FC_ERR_INVALID_ARG_VALUE an option is none that this library knows
 * @retval FC_ERR_BUFFER_TOO_LARGE  the result is longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = 4 * ceil(length / 3), or ceil(4 * length / 3) without padding
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ECMA-262 Uint8Array.prototype.toBase64
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_to_base64(fc_buffer *out, const fc_buffer *b,
                                                      const fc_base64_options *options)
    FC_ATTR_NONNULL(1, 2);

/**
 * A buffer with the bytes of hexadecimal text: digits in pairs, in either case, and nothing else.
 *
 * @param[out] out  a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      text borrowed for the call
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_INVALID_DATA JavaScript's SyntaxError: an odd count, or no digit
 * @retval FC_ERR_OUT_OF_RANGE the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = count / 2
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   ECMA-262 Uint8Array.fromHex
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_from_hex(fc_buffer *out, fc_text text)
    FC_ATTR_NONNULL(1);

/**
 * As many bytes of hexadecimal text as fit stand at the start of a buffer.
 *
 * The count of all the text must be even; digits that are not needed are not looked at. Where
 * JavaScript writes before it throws, this writes nothing.
 *
 * @param[out] read    how many units were read; may be NULL; untouched on failure
 * @param[out] written how many bytes were written; may be NULL; untouched on failure
 * @param      b       the buffer to write
 * @param      text    borrowed for the call; may lie in `b`
 *
 * @retval FC_OK               the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_INVALID_DATA JavaScript's SyntaxError; nothing changed
 * @retval FC_ERR_OUT_OF_RANGE the text's count is over FC_BUFFER_MAX_LENGTH; nothing changed
 * @retval FC_ERR_FROZEN       the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY    no block to detach to, or no room to decode in; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(count read); O(arena) once after a snapshot
 * @par Threads  alone; readers on the text
 * @par Source   ECMA-262 Uint8Array.prototype.setFromHex
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_set_from_hex(size_t *read, size_t *written,
                                                         fc_buffer *b, fc_text text)
    FC_ATTR_NONNULL(3);

/**
 * The hexadecimal digits of bytes, lower case, in a buffer.
 *
 * @param[out] out   a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      bytes borrowed for the call
 *
 * @retval FC_OK                   `out` holds the digits
 * @retval FC_ERR_OUT_OF_RANGE     the view is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the result is
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = 2 * length
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ECMA-262 Uint8Array.prototype.toHex
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_to_hex(fc_buffer *out, fc_view bytes) FC_ATTR_NONNULL(1);

/**
 * fc_view_to_hex of a buffer.
 *
 * @param[out] out a new buffer of ASCII text, yours: fc_buffer_release; may not be `b`; untouched
 *                 on failure
 * @param      b   borrowed for the call
 *
 * @retval FC_OK                   `out` holds the digits
 * @retval FC_ERR_BUFFER_TOO_LARGE the result is longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = 2 * length
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ECMA-262 Uint8Array.prototype.toHex
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_to_hex(fc_buffer *out, const fc_buffer *b)
    FC_ATTR_NONNULL(1, 2);

FC_BUFFER_EXTERN_C_END

#endif
