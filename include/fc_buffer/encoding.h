/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Text into bytes and bytes into text, in Node's seven encodings, with Node's results.
 *
 * A *text* is what a JavaScript string is, borrowed: UTF-16 units, or UTF-8. *Decoding* makes bytes
 * of text and never fails on account of its content, as in Node: hex ends at the first bad pair,
 * base64 skips what is none of its characters. *Encoding* makes text of bytes, as UTF-8 or as
 * UTF-16, and cannot fail either: what is no character becomes U+FFFD. Whoever wants mistakes
 * reported finds three stricter ways at the end: RFC 4648 with the place of the first mistake
 * (fc_buffer_from_text_strict), ECMAScript's fromBase64 and fromHex, and the web's atob and btoa.
 */
#ifndef FC_BUFFER_ENCODING_H
#define FC_BUFFER_ENCODING_H

#include "buffer.h"

FC_BUFFER_EXTERN_C_BEGIN

/** Node's encodings. A function that is given any other number says FC_ERR_UNKNOWN_ENCODING. */
typedef enum fc_encoding {
    /** UTF-8. Bytes that are none become U+FFFD, one for each maximal ill-formed part. */
    FC_ENCODING_UTF8 = 1,
    /** UTF-16, two bytes a unit, the low one first. Surrogates pass unchanged; an odd last byte is
     *  dropped. */
    FC_ENCODING_UTF16LE = 2,
    /** One byte a unit: its low eight bits. */
    FC_ENCODING_LATIN1 = 3,
    /** As latin1 from text to bytes; bytes lose their top bit on the way to text. */
    FC_ENCODING_ASCII = 4,
    /** Two hexadecimal digits a byte, lower case in text that is made. */
    FC_ENCODING_HEX = 5,
    /** RFC 4648 base64 with padding; both alphabets are understood. */
    FC_ENCODING_BASE64 = 6,
    /** RFC 4648 base64url, made without padding; both alphabets are understood. */
    FC_ENCODING_BASE64URL = 7,
    /** No encoding: gives the type the size of an int everywhere. */
    FC_ENCODING_FORCE_INT = 0x7fffffff
} fc_encoding;

/** A value of fc_text.form: the units are bytes of UTF-8. */
#define FC_TEXT_UTF8 1u
/** A value of fc_text.form: the units are UTF-16 in the machine's byte order. */
#define FC_TEXT_UTF16 2u

/**
 * Borrowed text: what a JavaScript string is, by value. Owns nothing; valid as long as the memory
 * is. Ill-formed UTF-8 counts as the string that Node's toString would make of it, with U+FFFD for
 * each maximal ill-formed part; lone UTF-16 surrogates are what they are in JavaScript. Both forms
 * of one string give the same bytes in every encoding.
 */
typedef struct fc_text {
    const void *units; /**< the first unit: char or uint16_t, aligned as such */
    size_t count;      /**< in units */
    uint32_t form;     /**< FC_TEXT_UTF8 or FC_TEXT_UTF16 */
    uint32_t reserved; /**< 0 */
} fc_text;

/** A string literal as UTF-8 text, without its terminating NUL: `FC_TEXT_LITERAL("caf\u00e9")`. */
#define FC_TEXT_LITERAL(literal) fc_text_utf8("" literal, sizeof(literal) - 1)

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

/* ---- texts and names ------------------------------------------------------------------------- */

/**
 * UTF-8 as a text.
 *
 * @param chars  borrowed; may be NULL if `length` is 0; need not end in NUL
 * @param length in bytes
 *
 * @par Shape    result count = `length`
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_READS(1, 2) inline fc_text fc_text_utf8(const char *chars, size_t length)
{
    fc_text text;
    text.units = chars;
    text.count = length;
    text.form = FC_TEXT_UTF8;
    text.reserved = 0;
    return text;
}

/**
 * UTF-16 as a text.
 *
 * @param units borrowed, in the machine's byte order; may be NULL if `count` is 0
 * @param count in units
 *
 * @par Shape    result count = `count`
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_READS(1, 2) inline fc_text fc_text_utf16(const uint16_t *units, size_t count)
{
    fc_text text;
    text.units = units;
    text.count = count;
    text.form = FC_TEXT_UTF16;
    text.reserved = 0;
    return text;
}

/**
 * The encoding that has this name.
 *
 * Node's names in upper or lower case: utf8, utf-8; utf16le, utf-16le, ucs2, ucs-2; latin1, binary;
 * ascii; hex; base64; base64url. No other, and not the empty one.
 *
 * @param[out] out    the encoding; untouched on failure
 * @param      name   borrowed; may be NULL if `length` is 0; need not end in NUL
 * @param      length in bytes
 *
 * @retval FC_OK                   `out` holds the encoding
 * @retval FC_ERR_UNKNOWN_ENCODING none has this name
 *
 * @par Shape    one of the seven
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 Buffer.isEncoding() and every encoding argument
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_encoding_from_name(fc_encoding *out, const char *name,
                                                        size_t length) FC_ATTR_NONNULL(1)
    FC_ATTR_READS(2, 3);

/**
 * Whether an encoding has this name.
 *
 * @param name   borrowed; may be NULL if `length` is 0; need not end in NUL
 * @param length in bytes
 *
 * @par Shape    false for the empty name
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 Buffer.isEncoding()
 * @since 0.1
 */
FC_API bool fc_encoding_is_name(const char *name, size_t length) FC_ATTR_READS(1, 2);

/**
 * The name by which Node calls an encoding itself, such as "utf16le" for what was asked as "UCS-2".
 *
 * @param encoding any number
 *
 * @par Shape    a static string; NULL for a number that is no encoding
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 stringDecoder.encoding
 * @since 0.1
 */
FC_API const char *fc_encoding_name(fc_encoding encoding);

/**
 * Whether a text is well-formed: no lone surrogate in UTF-16, nothing ill-formed in UTF-8.
 *
 * @param text borrowed for the call
 *
 * @par Shape    true for the empty text
 * @par Cost     O(count)
 * @par Threads  any; readers on the text
 * @par Source   ECMA-262 String.prototype.isWellFormed
 * @since 0.1
 */
FC_API bool fc_text_is_well_formed(fc_text text);

/**
 * Each lone surrogate becomes U+FFFD, in place.
 *
 * @param units rewritten; in the machine's byte order; may be NULL if `count` is 0
 * @param count in units
 *
 * @par Shape    the same number of units, well-formed
 * @par Cost     O(count)
 * @par Threads  alone on the units
 * @par Source   ECMA-262 String.prototype.toWellFormed
 * @since 0.1
 */
FC_API void fc_utf16_make_well_formed(uint16_t *units, size_t count);

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

/* ---- searching ------------------------------------------------------------------------------- */

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
