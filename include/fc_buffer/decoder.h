/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Bytes that come in pieces as text: Node's StringDecoder.
 *
 * A decoder holds back the start of a character whose end has not come yet, never more than four
 * bytes. What all its writes and the end give, joined, is what the bytes give in one piece (but for
 * an odd last byte of UTF-16, which is dropped). It is a plain value: it allocates nothing, needs
 * no release, and can be copied.
 *
 * For UTF-16 output each call gives exactly the units of Node's string. So it does for UTF-8, but
 * for one case: where Node gives out the two halves of a surrogate pair in two strings, the first
 * half is kept until the second has come, and the character is whole in the joined text. A half
 * that stays alone becomes U+FFFD then.
 */
#ifndef FC_BUFFER_DECODER_H
#define FC_BUFFER_DECODER_H

#include "text.h"

FC_BUFFER_EXTERN_C_BEGIN

/** A decoder: a value. The fields are private: read them through the functions below. */
typedef struct fc_decoder {
    uint32_t encoding;    /**< private: an fc_encoding */
    uint16_t high;        /**< private: a high surrogate that UTF-8 text still lacks, or 0 */
    uint8_t held;         /**< private: bytes of `partial` in use */
    uint8_t need;         /**< private: bytes that would complete it */
    uint8_t partial[4];   /**< private: the start of a character */
    uint8_t reserved[52]; /**< private: 0 */
} fc_decoder;

/**
 * A decoder that holds nothing.
 *
 * @param[out] d        set up; untouched on failure
 * @param      encoding of the bytes to come
 *
 * @retval FC_OK                   `d` is ready
 * @retval FC_ERR_UNKNOWN_ENCODING there is no such encoding
 *
 * @par Shape    need = total = 0
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 new StringDecoder(encoding)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_decoder_init(fc_decoder *d, fc_encoding encoding)
    FC_ATTR_NONNULL(1);

/**
 * The most that a write of `length` more bytes and an end can give together, in bytes of UTF-8 and
 * in units of UTF-16.
 *
 * @param d      borrowed for the call
 * @param length in bytes
 *
 * @par Shape    room for either form; SIZE_MAX if it would not fit
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API size_t fc_decoder_bound(const fc_decoder *d, size_t length) FC_ATTR_NONNULL(1);

/**
 * The text of what is held and of the next bytes as UTF-8, all but the start of a character at the
 * end, which is held.
 *
 * @param[out] written in bytes; untouched on failure
 * @param      to      `room` bytes; may not overlap `chunk`; may be NULL if `room` is 0
 * @param      room    in bytes; fc_decoder_bound is enough
 * @param      d       the decoder
 * @param      chunk   borrowed for the call
 *
 * @retval FC_OK               the text is in `to`, without a NUL
 * @retval FC_ERR_OUT_OF_RANGE the text is longer than `room`; nothing changed
 *
 * @par Shape    well-formed UTF-8, at most fc_decoder_bound bytes
 * @par Cost     O(length)
 * @par Threads  alone on `d` and `to`, readers on `chunk`
 * @par Source   Node v22 stringDecoder.write()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_decoder_write_utf8(size_t *written, char *to, size_t room,
                                                        fc_decoder *d, fc_view chunk)
    FC_ATTR_NONNULL(1, 4) FC_ATTR_WRITES(2, 3);

/**
 * The text of what is held and of the next bytes as UTF-16 in the machine's byte order, all but the
 * start of a character at the end, which is held.
 *
 * @param[out] written in units; untouched on failure
 * @param      to      `room` units; may not overlap `chunk`; may be NULL if `room` is 0
 * @param      room    in units; fc_decoder_bound is enough
 * @param      d       the decoder
 * @param      chunk   borrowed for the call
 *
 * @retval FC_OK               the units are in `to`
 * @retval FC_ERR_OUT_OF_RANGE the text is longer than `room`; nothing changed
 *
 * @par Shape    the units of Node's string, at most fc_decoder_bound
 * @par Cost     O(length)
 * @par Threads  alone on `d` and `to`, readers on `chunk`
 * @par Source   Node v22 stringDecoder.write()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_decoder_write_utf16(size_t *written, uint16_t *to, size_t room,
                                                         fc_decoder *d, fc_view chunk)
    FC_ATTR_NONNULL(1, 4) FC_ATTR_WRITES(2, 3);

/**
 * The text of what is held as UTF-8: there are no more bytes. The decoder can be used again.
 *
 * An unfinished UTF-8 character is one U+FFFD for each maximal ill-formed part, the rest of a
 * base64 group is padded as at the end of a text, a lone surrogate is U+FFFD, and an odd byte of
 * UTF-16 is dropped.
 *
 * @param[out] written in bytes; untouched on failure
 * @param      to      `room` bytes; may be NULL if `room` is 0
 * @param      room    in bytes; fc_decoder_bound is enough
 * @param      d       the decoder; holds nothing afterwards
 *
 * @retval FC_OK               the text is in `to`, without a NUL
 * @retval FC_ERR_OUT_OF_RANGE the text is longer than `room`; nothing changed
 *
 * @par Shape    well-formed UTF-8; need = total = 0
 * @par Cost     O(1)
 * @par Threads  alone on `d` and `to`
 * @par Source   Node v22 stringDecoder.end()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_decoder_end_utf8(size_t *written, char *to, size_t room,
                                                      fc_decoder *d) FC_ATTR_NONNULL(1, 4)
    FC_ATTR_WRITES(2, 3);

/**
 * The text of what is held as UTF-16 in the machine's byte order: there are no more bytes. The
 * decoder can be used again.
 *
 * As fc_decoder_end_utf8, but that a lone surrogate is given as it is.
 *
 * @param[out] written in units; untouched on failure
 * @param      to      `room` units; may be NULL if `room` is 0
 * @param      room    in units; fc_decoder_bound is enough
 * @param      d       the decoder; holds nothing afterwards
 *
 * @retval FC_OK               the units are in `to`
 * @retval FC_ERR_OUT_OF_RANGE the text is longer than `room`; nothing changed
 *
 * @par Shape    the units of Node's string; need = total = 0
 * @par Cost     O(1)
 * @par Threads  alone on `d` and `to`
 * @par Source   Node v22 stringDecoder.end()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_decoder_end_utf16(size_t *written, uint16_t *to, size_t room,
                                                       fc_decoder *d) FC_ATTR_NONNULL(1, 4)
    FC_ATTR_WRITES(2, 3);

/**
 * How many bytes would complete what is held: Node's lastNeed.
 *
 * @param d borrowed for the call
 *
 * @par Shape    in bytes, 0 to 3
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 stringDecoder.lastNeed
 * @since 0.1
 */
FC_API size_t fc_decoder_need(const fc_decoder *d) FC_ATTR_NONNULL(1);

/**
 * How many bytes what is held has once it is complete: Node's lastTotal.
 *
 * @param d borrowed for the call
 *
 * @par Shape    in bytes, 0 to 4
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 stringDecoder.lastTotal
 * @since 0.1
 */
FC_API size_t fc_decoder_total(const fc_decoder *d) FC_ATTR_NONNULL(1);

/**
 * The encoding that a decoder was set up for.
 *
 * @param d borrowed for the call
 *
 * @par Shape    one of the seven
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   Node v22 stringDecoder.encoding
 * @since 0.1
 */
FC_API fc_encoding fc_decoder_encoding(const fc_decoder *d) FC_ATTR_NONNULL(1);

FC_BUFFER_EXTERN_C_END

#endif
