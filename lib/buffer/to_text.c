/* SPDX-License-Identifier: MIT */

/* Bytes to text: how long it is, in memory of the caller's, or in a new buffer. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "buffer/handle.h"
#include "codec/codec.h"

/* ---- how long -------------------------------------------------------------------------------- */

size_t fc_view_utf8_length(fc_view bytes, fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    return codec != NULL ? codec->utf8_length(bytes.bytes, bytes.length) : 0;
}

size_t fc_view_utf16_length(fc_view bytes, fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    return codec != NULL ? codec->utf16_length(bytes.bytes, bytes.length) : 0;
}

/* ---- in memory of the caller's --------------------------------------------------------------- */

/* Whether the room is so large that any bytes of that length fit. */
static bool is_ample(size_t room, size_t length, unsigned most)
{
    size_t need = 0;
    return fci_size_mul(&need, length, most) && need <= room;
}

fc_status fc_view_write_utf8(size_t *written, char *to, size_t room, fc_view bytes,
                             fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    FCI_REQUIRE(written != NULL && (to != NULL || room == 0));
    if (bytes.length == 0) {
        *written = 0;
        return FC_OK;
    }
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    if (!is_ample(room, bytes.length, codec->most_utf8) &&
        codec->utf8_length(bytes.bytes, bytes.length) > room) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *written = codec->to_utf8((uint8_t *)to, bytes.bytes, bytes.length);
    return FC_OK;
}

fc_status fc_view_write_utf16(size_t *written, uint16_t *to, size_t room, fc_view bytes,
                              fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    FCI_REQUIRE(written != NULL && (to != NULL || room == 0));
    if (bytes.length == 0) {
        *written = 0;
        return FC_OK;
    }
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    if (!is_ample(room, bytes.length, codec->most_utf16) &&
        codec->utf16_length(bytes.bytes, bytes.length) > room) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *written = codec->to_utf16(to, bytes.bytes, bytes.length);
    return FC_OK;
}

/* ---- in a new buffer ------------------------------------------------------------------------- */

static fc_status find_codec(const struct fci_codec **codec, fc_view bytes, fc_encoding encoding)
{
    *codec = fci_codec(encoding);
    if (bytes.length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    return *codec != NULL ? FC_OK : FC_ERR_UNKNOWN_ENCODING;
}

/* A new buffer for a text that is so long. */
static fc_status alloc_text(fc_buffer *out, size_t count, size_t unit)
{
    size_t length = 0;
    if (!fci_size_mul(&length, count, unit) || length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    return fc_buffer_alloc_unsafe(out, length);
}

fc_status fc_view_to_utf8(fc_buffer *out, fc_view bytes, fc_encoding encoding)
{
    const struct fci_codec *codec = NULL;
    FCI_REQUIRE(out != NULL);
    if (bytes.length == 0) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    fc_status status = find_codec(&codec, bytes, encoding);
    if (status == FC_OK) {
        status = alloc_text(out, codec->utf8_length(bytes.bytes, bytes.length), 1);
    }
    if (status == FC_OK && out->arena != NULL) {
        (void)codec->to_utf8(out->arena->bytes, bytes.bytes, bytes.length);
    }
    return status;
}

fc_status fc_view_to_utf16(fc_buffer *out, fc_view bytes, fc_encoding encoding)
{
    const struct fci_codec *codec = NULL;
    FCI_REQUIRE(out != NULL);
    if (bytes.length == 0) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    fc_status status = find_codec(&codec, bytes, encoding);
    if (status == FC_OK) {
        size_t count = codec->utf16_length(bytes.bytes, bytes.length);
        status = alloc_text(out, count, sizeof(uint16_t));
    }
    if (status == FC_OK && out->arena != NULL) {
        (void)codec->to_utf16((uint16_t *)(void *)out->arena->bytes, bytes.bytes, bytes.length);
    }
    return status;
}

/* A position as toString takes it: negative is the start. */
static size_t text_position(ptrdiff_t position, size_t length)
{
    return position < 0 ? 0 : fc_position_clamp(position, length);
}

static fc_view text_range(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end)
{
    size_t first = text_position(begin, b->length);
    size_t last = text_position(end, b->length);
    return fc_view_of(fc_buffer_data(b) + first, first < last ? last - first : 0);
}

fc_status fc_buffer_to_utf8(fc_buffer *out, const fc_buffer *b, fc_encoding encoding,
                            ptrdiff_t begin, ptrdiff_t end)
{
    FCI_REQUIRE(out != b && fci_buffer_is_valid(b));
    return fc_view_to_utf8(out, text_range(b, begin, end), encoding);
}

fc_status fc_buffer_to_utf16(fc_buffer *out, const fc_buffer *b, fc_encoding encoding,
                             ptrdiff_t begin, ptrdiff_t end)
{
    FCI_REQUIRE(out != b && fci_buffer_is_valid(b));
    return fc_view_to_utf16(out, text_range(b, begin, end), encoding);
}
