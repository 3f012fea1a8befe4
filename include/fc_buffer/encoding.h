/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Text into bytes and bytes into text, in Node's seven encodings, with Node's results.
 *
 * *Decoding* makes bytes of text and never fails on account of its content, as in Node: hex ends at
 * the first bad pair, base64 skips what is none of its characters. *Encoding* makes text of bytes,
 * as UTF-8 or as UTF-16, and cannot fail either: what is no character becomes U+FFFD. Whoever wants
 * mistakes reported finds three stricter ways elsewhere: RFC 4648 with the place of the first
 * mistake (fc_buffer_from_text_strict in strict.h), ECMAScript's fromBase64 and fromHex, and the
 * web's atob and btoa (web.h).
 */
#ifndef FC_BUFFER_ENCODING_H
#define FC_BUFFER_ENCODING_H

#include "text.h"

FC_BUFFER_EXTERN_C_BEGIN

/* ---- text to bytes --------------------------------------------------------------------------- */

/**
 * How many bytes a text takes: exact for UTF-8, UTF-16, latin1 and ascii, and for hex and base64
 * the most that it can be.
 *
 * Hex counts half the units, base64 three quarters of them without up to two `=` at the end,
 * whatever the characters are. An encoding that is none counts as UTF-8.
 *
 * @param text     borrowed for the call
 * @param encoding any number
 *
 * @par Shape    in bytes; at least the length of what fc_buffer_from_text makes; SIZE_MAX if it
 *               would not fit
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   Node v22 Buffer.byteLength()
 * @since 0.1
 */
FC_API size_t fc_text_byte_length(fc_text text, fc_encoding encoding);

/**
 * A buffer with the bytes of a text.
 *
 * Lenient as Node is: hex ends at the first bad pair and drops an odd digit; base64 skips what is
 * not in either alphabet, ends at the first `=` and drops a lone character; both look at the low
 * byte of a unit only. fc_buffer_from_text_strict tells mistakes.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      text     borrowed for the call
 * @param      encoding of the bytes
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_UNKNOWN_ENCODING  there is no such encoding, even if the text is empty
 * @retval FC_ERR_OUT_OF_RANGE      the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE  its bytes are
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length <= fc_text_byte_length
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   Node v22 Buffer.from(string, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_from_text(fc_buffer *out, fc_text text,
                                                      fc_encoding encoding) FC_ATTR_NONNULL(1);

/**
 * A buffer with the bytes of UTF-8 text, ill-formed parts replaced by U+FFFD: the short form.
 *
 * @param[out] out    a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      chars  borrowed for the call; may be NULL if `length` is 0; need not end in NUL
 * @param      length in bytes
 *
 * @retval FC_OK                   `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE     `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the bytes are, with what is ill-formed replaced
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length` for well-formed text
 * @par Cost     O(length)
 * @par Threads  any; readers on `chars`
 * @par Source   Node v22 Buffer.from(string)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) FC_ATTR_READS(2, 3) inline fc_status
    fc_buffer_from_utf8(fc_buffer *out, const char *chars, size_t length)
{
    return fc_buffer_from_text(out, fc_text_utf8(chars, length), FC_ENCODING_UTF8);
}

/**
 * A buffer filled with the bytes of a text, repeated and cut off at the end, in the middle of a
 * character too.
 *
 * The empty text fills with zeroes.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      length   in bytes; 0 gives the empty buffer, whatever text and encoding are
 * @param      text     borrowed for the call
 * @param      encoding of the bytes
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` or the text's count is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_UNKNOWN_ENCODING  there is no such encoding
 * @retval FC_ERR_INVALID_ARG_VALUE the text is not empty and has no bytes, such as "zz" in hex
 * @retval FC_ERR_BUFFER_TOO_LARGE  the text's bytes are longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     O(length + count)
 * @par Threads  any; readers on the text
 * @par Source   Node v22 Buffer.alloc(size, fill, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_alloc_fill_text(fc_buffer *out, size_t length,
                                                            fc_text text, fc_encoding encoding)
    FC_ATTR_NONNULL(1);

/**
 * As many bytes of a text as fit stand in the buffer from `offset` on, at most `length` of them.
 *
 * Never part of a character in UTF-8, and whole units in UTF-16 (half a surrogate pair too); the
 * others end at any byte. What is written is seen by every buffer on the same arena and by no
 * snapshot. No byte written changes nothing and detaches nothing, on a frozen arena too.
 *
 * @param[out] written  in bytes; may be NULL; untouched on failure
 * @param      b        the buffer to write
 * @param      offset   first byte to write, from the start of `b`; 0 to its length
 * @param      length   the most to write; 0 to the length of `b`, and then no more than remains
 * @param      text     borrowed for the call; may lie in `b`
 * @param      encoding of the bytes
 *
 * @retval FC_OK                   the bytes are in `b`
 * @retval FC_ERR_OUT_OF_RANGE     `offset` or `length` is over the length of `b`, or the text's
 *                                 count over FC_BUFFER_MAX_LENGTH; nothing changed
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding; nothing changed
 * @retval FC_ERR_FROZEN           the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY        no block to detach to, or no room to decode in; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(count); O(arena) once after a snapshot
 * @par Threads  alone; readers on the text
 * @par Source   Node v22 buf.write()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_write_text(size_t *written, fc_buffer *b, size_t offset,
                                                       size_t length, fc_text text,
                                                       fc_encoding encoding) FC_ATTR_NONNULL(2);

/**
 * A range of a buffer filled with the bytes of a text, repeated and cut off at the end, in the
 * middle of a character too.
 *
 * The empty text fills with zeroes. Nothing happens if `begin` is not below `end`.
 *
 * @param b        the buffer to write
 * @param begin    first byte to write; may be past the end, up to FC_BUFFER_MAX_LENGTH
 * @param end      one past the last byte; not over the length of `b`; `FC_END` for the end
 * @param text     borrowed for the call; may lie in `b`
 * @param encoding of the bytes
 *
 * @retval FC_OK                    the bytes are in `b`, seen by every buffer on its arena
 * @retval FC_ERR_UNKNOWN_ENCODING  there is no such encoding; nothing changed
 * @retval FC_ERR_OUT_OF_RANGE      `begin`, `end` or the text's count is; nothing changed
 * @retval FC_ERR_INVALID_ARG_VALUE the text is not empty and has no bytes; nothing changed
 * @retval FC_ERR_BUFFER_TOO_LARGE  the text's bytes are longer than a buffer can be
 * @retval FC_ERR_FROZEN            the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY         no block to detach to, or no room to decode in; nothing changed
 *
 * @par Shape    length of `b` unchanged
 * @par Cost     O(end - begin + count); O(arena) once after a snapshot
 * @par Threads  alone; readers on the text
 * @par Source   Node v22 buf.fill(string, offset, end, encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_fill_text(fc_buffer *b, size_t begin, size_t end,
                                                      fc_text text, fc_encoding encoding)
    FC_ATTR_NONNULL(1);

/* ---- bytes to text --------------------------------------------------------------------------- */

/**
 * The text of bytes as UTF-8, in a buffer.
 *
 * A lone surrogate, which only UTF-16 bytes can hold, becomes U+FFFD.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      bytes    borrowed for the call
 * @param      encoding of the bytes; not looked at if there are none
 *
 * @retval FC_OK                   `out` holds the text, without a NUL
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and there are bytes
 * @retval FC_ERR_OUT_OF_RANGE     the view is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the text is
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = fc_view_utf8_length, always well-formed UTF-8
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.toString(encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_to_utf8(fc_buffer *out, fc_view bytes,
                                                  fc_encoding encoding) FC_ATTR_NONNULL(1);

/**
 * The text of bytes as UTF-16 in the machine's byte order, in a buffer: exactly Node's string.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; its data are aligned for uint16_t;
 *                      untouched on failure
 * @param      bytes    borrowed for the call
 * @param      encoding of the bytes; not looked at if there are none
 *
 * @retval FC_OK                   `out` holds the units
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and there are bytes
 * @retval FC_ERR_OUT_OF_RANGE     the view is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE the text is
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = 2 * fc_view_utf16_length
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buf.toString(encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_to_utf16(fc_buffer *out, fc_view bytes,
                                                   fc_encoding encoding) FC_ATTR_NONNULL(1);

/**
 * The text of a range of a buffer as UTF-8, in a buffer.
 *
 * The range is toString's, not slice's: a negative position is 0.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; may not be `b`; untouched on failure
 * @param      b        borrowed for the call
 * @param      encoding of the bytes; not looked at if the range is empty
 * @param      begin    first byte; negative is 0; past the end is the end
 * @param      end      one past the last byte, likewise; `FC_END` for the end
 *
 * @retval FC_OK                   `out` holds the text, without a NUL
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and the range is not empty
 * @retval FC_ERR_BUFFER_TOO_LARGE the text is longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = fc_view_utf8_length of the range
 * @par Cost     O(end - begin)
 * @par Threads  readers
 * @par Source   Node v22 buf.toString(encoding, start, end)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_to_utf8(fc_buffer *out, const fc_buffer *b,
                                                    fc_encoding encoding, ptrdiff_t begin,
                                                    ptrdiff_t end) FC_ATTR_NONNULL(1, 2);

/**
 * The text of a range of a buffer as UTF-16 in the machine's byte order, in a buffer.
 *
 * The range is toString's, not slice's: a negative position is 0.
 *
 * @param[out] out      a new buffer, yours: fc_buffer_release; its data are aligned for uint16_t;
 *                      may not be `b`; untouched on failure
 * @param      b        borrowed for the call
 * @param      encoding of the bytes; not looked at if the range is empty
 * @param      begin    first byte; negative is 0; past the end is the end
 * @param      end      one past the last byte, likewise; `FC_END` for the end
 *
 * @retval FC_OK                   `out` holds the units
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and the range is not empty
 * @retval FC_ERR_BUFFER_TOO_LARGE the text is longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    result length = 2 * fc_view_utf16_length of the range
 * @par Cost     O(end - begin)
 * @par Threads  readers
 * @par Source   Node v22 buf.toString(encoding, start, end)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_to_utf16(fc_buffer *out, const fc_buffer *b,
                                                     fc_encoding encoding, ptrdiff_t begin,
                                                     ptrdiff_t end) FC_ATTR_NONNULL(1, 2);

/**
 * How many bytes of UTF-8 the text of these bytes takes.
 *
 * @param bytes    borrowed for the call
 * @param encoding of the bytes
 *
 * @par Shape    in bytes; 0 for a number that is no encoding; SIZE_MAX if it would not fit
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API size_t fc_view_utf8_length(fc_view bytes, fc_encoding encoding);

/**
 * How many units of UTF-16 the text of these bytes takes: the length of Node's string.
 *
 * @param bytes    borrowed for the call
 * @param encoding of the bytes
 *
 * @par Shape    in units; 0 for a number that is no encoding
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   ours; `buf.toString(encoding).length`
 * @since 0.1
 */
FC_API size_t fc_view_utf16_length(fc_view bytes, fc_encoding encoding);

/**
 * The text of bytes as UTF-8, in memory of yours: whole or not at all, without a NUL.
 *
 * @param[out] written  in bytes; untouched on failure
 * @param      to       `room` bytes; may not overlap `bytes`; may be NULL if `room` is 0
 * @param      room     in bytes; fc_view_utf8_length is enough. With 3 for each byte of utf8, 2 of
 *                      utf16le, latin1 and hex, 4 of base64, nobody counts first: it is faster
 * @param      bytes    borrowed for the call
 * @param      encoding of the bytes; not looked at if there are none
 *
 * @retval FC_OK                   the text is in `to`
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and there are bytes
 * @retval FC_ERR_OUT_OF_RANGE     the text is longer than `room`; nothing is written
 *
 * @par Shape    `written` = fc_view_utf8_length
 * @par Cost     O(length)
 * @par Threads  readers; alone on `to`
 * @par Source   Node v22 buf.toString(encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_write_utf8(size_t *written, char *to, size_t room,
                                                     fc_view bytes, fc_encoding encoding)
    FC_ATTR_NONNULL(1) FC_ATTR_WRITES(2, 3);

/**
 * The text of bytes as UTF-16 in the machine's byte order, in memory of yours: whole or not at all.
 *
 * @param[out] written  in units; untouched on failure
 * @param      to       `room` units; may not overlap `bytes`; may be NULL if `room` is 0
 * @param      room     in units; fc_view_utf16_length is enough. With 1 for each byte of utf8
 *                      nobody counts first: it is faster
 * @param      bytes    borrowed for the call
 * @param      encoding of the bytes; not looked at if there are none
 *
 * @retval FC_OK                   the text is in `to`
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding, and there are bytes
 * @retval FC_ERR_OUT_OF_RANGE     the text is longer than `room`; nothing is written
 *
 * @par Shape    `written` = fc_view_utf16_length
 * @par Cost     O(length)
 * @par Threads  readers; alone on `to`
 * @par Source   Node v22 buf.toString(encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_write_utf16(size_t *written, uint16_t *to, size_t room,
                                                      fc_view bytes, fc_encoding encoding)
    FC_ATTR_NONNULL(1) FC_ATTR_WRITES(2, 3);

/* ---- from encoding to encoding --------------------------------------------------------------- */

/**
 * Whether bytes are well-formed UTF-8.
 *
 * @param bytes borrowed for the call
 *
 * @par Shape    true for no bytes
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.isUtf8()
 * @since 0.1
 */
FC_API bool fc_view_is_utf8(fc_view bytes);

/**
 * Whether all bytes are below 0x80.
 *
 * @param bytes borrowed for the call
 *
 * @par Shape    true for no bytes
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.isAscii()
 * @since 0.1
 */
FC_API bool fc_view_is_ascii(fc_view bytes);

/**
 * fc_view_is_utf8 of a buffer.
 *
 * @param b borrowed for the call
 *
 * @par Shape    true for the empty buffer
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.isUtf8()
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline bool fc_buffer_is_utf8(const fc_buffer *b)
{
    return fc_view_is_utf8(fc_buffer_view(b));
}

/**
 * fc_view_is_ascii of a buffer.
 *
 * @param b borrowed for the call
 *
 * @par Shape    true for the empty buffer
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.isAscii()
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline bool fc_buffer_is_ascii(const fc_buffer *b)
{
    return fc_view_is_ascii(fc_buffer_view(b));
}

/**
 * Bytes of one character encoding as those of another.
 *
 * Between UTF-8, UTF-16, latin1 and ascii. A character that latin1 or ascii lacks becomes `?`, and
 * one that is ignorable by default (U+200B, U+FE0F, U+FEFF …) nothing. What is ill-formed is a
 * failure between UTF-8 and UTF-16, and otherwise U+FFFD, or `?`. A byte over 0x7F is no ascii:
 * U+FFFD, or `?`, but goes to UTF-16 as latin1. Half a unit at the end of UTF-16 is dropped, and
 * U+FFFD on the way to UTF-16.
 *
 * @param[out] out    a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      source borrowed for the call
 * @param      from   its encoding; not looked at if there are no bytes
 * @param      to     the new encoding; not looked at if there are no bytes
 *
 * @retval FC_OK                    `out` holds the bytes
 * @retval FC_ERR_INVALID_ARG_VALUE one of the encodings is none of the four
 * @retval FC_ERR_INVALID_DATA      ill-formed between UTF-8 and UTF-16, where half a unit and
 *                                  nothing else is ill-formed too
 * @retval FC_ERR_OUT_OF_RANGE      the view is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_BUFFER_TOO_LARGE  the result is
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length up to three times the source's
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.transcode()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_transcode(fc_buffer *out, fc_view source,
                                                    fc_encoding from, fc_encoding to)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_transcode of a buffer.
 *
 * @param[out] out  a new buffer, yours: fc_buffer_release; may not be `b`; untouched on failure
 * @param      b    borrowed for the call
 * @param      from its encoding; not looked at if it is empty
 * @param      to   the new encoding; not looked at if it is empty
 *
 * @retval FC_OK                    `out` holds the bytes
 * @retval FC_ERR_INVALID_ARG_VALUE one of the encodings is none of the four
 * @retval FC_ERR_INVALID_DATA      ill-formed between UTF-8 and UTF-16
 * @retval FC_ERR_BUFFER_TOO_LARGE  the result is longer than a buffer can be
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length up to three times the source's
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 buffer.transcode()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_transcode(fc_buffer *out, const fc_buffer *b,
                                                      fc_encoding from, fc_encoding to)
    FC_ATTR_NONNULL(1, 2);

FC_BUFFER_EXTERN_C_END

#endif
