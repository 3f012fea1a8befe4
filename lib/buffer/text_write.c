/* SPDX-License-Identifier: MIT */

/* Text into buffers that are there: written once, or as a pattern. */

#include "base/common.h"

#include <fc_buffer/bytes.h>
#include <fc_buffer/encoding.h>

#include "buffer/fill.h"
#include "buffer/handle.h"
#include "buffer/text.h"

/* ---- written --------------------------------------------------------------------------------- */

static bool overlaps(const uint8_t *at, size_t length, const fc_text *text)
{
    size_t unit = text->form == FC_TEXT_UTF16 ? sizeof(uint16_t) : 1;
    uintptr_t first = (uintptr_t)at, second = (uintptr_t)text->units;
    return second < first ? first - second < text->count * unit : second - first < length;
}

/* Decodes to where the bytes belong if nobody can tell: the write is in place, and the text is not
 * what is written over. */
static bool write_in_place(size_t *length, const fc_buffer *b, size_t offset, size_t room,
                           const fc_text *text, const struct fci_codec *codec)
{
    const struct fci_arena *arena = fci_arena_of(b);
    uint8_t *at = arena->head.bytes + b->offset + offset;
    if (arena->frozen || fci_arena_must_detach(arena) || overlaps(at, room, text)) {
        return false;
    }
    *length = fci_text_decode(at, room, text, codec);
    return true;
}

/* The write that detaches only once it is known that there are bytes, and how many. */
static fc_status write_decoded(size_t *length, fc_buffer *b, size_t offset, size_t room,
                               const fc_text *text, const struct fci_codec *codec)
{
    struct fci_scratch scratch;
    fc_status status = fci_scratch_open(&scratch, room, text, codec);
    if (status != FC_OK) {
        return status;
    }
    status = fc_buffer_write_general(b, offset, scratch.bytes.bytes, scratch.bytes.length);
    *length = scratch.bytes.length;
    fci_scratch_close(&scratch);
    return status;
}

fc_status fci_buffer_write_text(size_t *written, fc_buffer *b, size_t offset, size_t room,
                                const fc_text *text, const struct fci_codec *codec)
{
    size_t length = 0;
    fc_status status = FC_OK;
    FCI_REQUIRE(fci_text_is_valid(text));
    if (text->count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (room != 0 && !write_in_place(&length, b, offset, room, text, codec)) {
        status = write_decoded(&length, b, offset, room, text, codec);
    }
    if (status == FC_OK && written != NULL) {
        *written = length;
    }
    return status;
}

fc_status fc_buffer_write_text(size_t *written, fc_buffer *b, size_t offset, size_t length,
                               fc_text text, fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (offset > b->length || length > b->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    size_t room = length < b->length - offset ? length : b->length - offset;
    return fci_buffer_write_text(written, b, offset, room, &text, codec);
}

/* ---- as a pattern ---------------------------------------------------------------------------- */

/* The bytes that fill: of the text, or a zero for the empty text. */
static fc_status open_pattern(struct fci_scratch *scratch, const fc_text *text,
                              fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    fc_status status = fci_scratch_open(scratch, SIZE_MAX, text, codec);
    if (status == FC_OK && text->count == 0) {
        scratch->small[0] = 0;
        scratch->bytes = fc_view_of(scratch->small, 1);
    }
    return status;
}

fc_status fc_buffer_fill_text(fc_buffer *b, size_t begin, size_t end, fc_text text,
                              fc_encoding encoding)
{
    struct fci_scratch scratch;
    fc_status status = open_pattern(&scratch, &text, encoding);
    if (status == FC_OK) {
        status = fci_buffer_fill(b, begin, end, scratch.bytes);
        fci_scratch_close(&scratch);
    }
    return status;
}

fc_status fc_buffer_alloc_fill_text(fc_buffer *out, size_t length, fc_text text,
                                    fc_encoding encoding)
{
    struct fci_scratch scratch;
    if (length == 0 || length > FC_BUFFER_MAX_LENGTH) {
        return fc_buffer_alloc_unsafe(out, length);
    }
    fc_status status = open_pattern(&scratch, &text, encoding);
    if (status == FC_OK) {
        status = fc_buffer_alloc_fill(out, length, scratch.bytes);
        fci_scratch_close(&scratch);
    }
    return status;
}
