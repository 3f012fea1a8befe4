/* SPDX-License-Identifier: MIT */

/* What the functions on text share: a text and an encoding's table, brought together. The tables do
 * not know which form a text has; here it is decided. */
#ifndef FCI_BUFFER_TEXT_H
#define FCI_BUFFER_TEXT_H

#include <fc_buffer/text.h>

#include "alloc/alloc.h"
#include "codec/clean.h"
#include "codec/codec.h"

/* A known form, and an address where there are units. */
bool fci_text_is_valid(const fc_text *text);

/* The length of the string that the text is, in UTF-16 units, whatever its form. */
size_t fci_text_units(const fc_text *text);

/* What fc_text_byte_length says: exact, or for hex and base64 the most that it can be. */
size_t fci_text_byte_length(const fc_text *text, const struct fci_codec *codec);

/* Decodes into at most `room` bytes, never part of a character; returns how many. */
static inline size_t fci_text_decode(uint8_t *to, size_t room, const fc_text *text,
                                     const struct fci_codec *codec)
{
    if (text->form == FC_TEXT_UTF16) {
        return codec->from_utf16(to, room, text->units, text->count);
    }
    return codec->from_utf8(to, room, text->units, text->count);
}

/* A buffer that is made from text which may yet turn out to be wrong: made.arena->bytes has room
 * for all of it, and what is decoded is counted. Where it is wrong, fc_buffer_release(&....made).
 */
struct fci_making {
    fc_buffer made;
    size_t room, length;
};

/* FC_ERR_OUT_OF_RANGE, FC_ERR_BUFFER_TOO_LARGE or FC_ERR_NO_MEMORY: there is nothing to release. */
fc_status fci_making_begin(struct fci_making *making, const fc_text *text,
                           const struct fci_codec *codec);

/* Decodes what is clean at the front of a text and takes it off; returns how many units that was.
 */
size_t fci_making_take(struct fci_making *making, fc_text *text, enum fci_digits digits);

/* Decodes the rest, gives back the room that is left, and hands the buffer over; or
 * FC_ERR_NO_MEMORY, and it is released. */
fc_status fci_making_end(fc_buffer *out, struct fci_making *making, const fc_text *rest,
                         const struct fci_codec *codec);

/* All of fc_buffer_from_text but finding the table. */
fc_status fci_buffer_from_text(fc_buffer *out, const fc_text *text, const struct fci_codec *codec);

/* All of fc_buffer_write_text but checking what is asked for: the range fits. */
fc_status fci_buffer_write_text(size_t *written, fc_buffer *b, size_t offset, size_t room,
                                const fc_text *text, const struct fci_codec *codec);

/* The decoded bytes of a text, for the length of a call. */
struct fci_scratch {
    fc_view bytes;
    uint8_t *at; /* where they are: in `small`, or in memory to be given back */
    struct fci_memory memory;
    uint8_t small[256];
};

/* Decodes at most `room` bytes. FC_ERR_OUT_OF_RANGE, FC_ERR_BUFFER_TOO_LARGE or FC_ERR_NO_MEMORY:
 * there is nothing to close. */
fc_status fci_scratch_open(struct fci_scratch *scratch, size_t room, const fc_text *text,
                           const struct fci_codec *codec);

void fci_scratch_close(struct fci_scratch *scratch);

#endif
