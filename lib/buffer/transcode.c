/* SPDX-License-Identifier: MIT */

/* Bytes of one character encoding as those of another, in a new buffer. */

#include "base/common.h"

#include "codec/transcode.h"

#include <fc_buffer/encoding.h>

#include "buffer/handle.h"
#include "codec/codec.h"

/* The first four encodings. */
static bool is_of_characters(fc_encoding encoding)
{
    return encoding >= FC_ENCODING_UTF8 && encoding <= FC_ENCODING_ASCII;
}

/* Between UTF-8 and UTF-16 what is ill-formed fails; and Node takes it for ill-formed that there is
 * not even one unit. */
static bool may_convert(fc_view source, fc_encoding from, fc_encoding to)
{
    if (from == FC_ENCODING_UTF16LE && to == FC_ENCODING_UTF8) {
        return source.length >= 2 && fci_is_well_formed(source.bytes, source.length, from);
    }
    if (from == FC_ENCODING_UTF8 && to == FC_ENCODING_UTF16LE) {
        return fci_is_well_formed(source.bytes, source.length, from);
    }
    return true;
}

/* Where no character is lost, the tables do it, at their speed. Only counts if `at` is NULL. */
static size_t convert(uint8_t *at, fc_view source, fc_encoding from, fc_encoding to)
{
    const struct fci_codec *codec = fci_codec(from);
    if (to == FC_ENCODING_UTF8 && from != FC_ENCODING_ASCII) {
        return at != NULL ? codec->to_utf8(at, source.bytes, source.length)
                          : codec->utf8_length(source.bytes, source.length);
    }
    if (to == FC_ENCODING_UTF16LE && from == FC_ENCODING_UTF8) {
        codec = &fci_codec_utf16le;
        return at != NULL ? codec->from_utf8(at, SIZE_MAX, source.bytes, source.length)
                          : codec->bytes_of_utf8(source.bytes, source.length);
    }
    return fci_transcode(at, source.bytes, source.length, from, to);
}

fc_status fc_view_transcode(fc_buffer *out, fc_view source, fc_encoding from, fc_encoding to)
{
    FCI_REQUIRE(out != NULL);
    if (source.length == 0) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    if (!is_of_characters(from) || !is_of_characters(to)) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    if (source.length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (!may_convert(source, from, to)) {
        return FC_ERR_INVALID_DATA;
    }
    size_t length = convert(NULL, source, from, to);
    if (length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = fc_buffer_alloc_unsafe(out, length);
    if (status == FC_OK && length != 0) {
        (void)convert(out->arena->bytes, source, from, to);
    }
    return status;
}

fc_status fc_buffer_transcode(fc_buffer *out, const fc_buffer *b, fc_encoding from, fc_encoding to)
{
    FCI_REQUIRE(out != b && fci_buffer_is_valid(b));
    return fc_view_transcode(out, fc_buffer_view(b), from, to);
}
