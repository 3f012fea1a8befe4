/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Texts, and the names of encodings.
 *
 * A *text* is what a JavaScript string is, borrowed: UTF-16 units, or UTF-8.
 */
#ifndef FC_BUFFER_TEXT_H
#define FC_BUFFER_TEXT_H

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

FC_BUFFER_EXTERN_C_END

#endif
