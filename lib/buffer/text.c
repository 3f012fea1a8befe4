/* SPDX-License-Identifier: MIT */

/* Text to bytes: how many, in a new buffer, or in scratch memory for those who need them only for
 * the length of a call. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "buffer/text.h"

#include "alloc/limits.h"
#include "buffer/handle.h"
#include "codec/unit.h"

#include <string.h>

bool fci_text_is_valid(const fc_text *text)
{
    bool aligned = (uintptr_t)text->units % _Alignof(uint16_t) == 0;
    if (text->form != FC_TEXT_UTF8 && (text->form != FC_TEXT_UTF16 || !aligned)) {
        return false;
    }
    return text->reserved == 0 && (text->units != NULL || text->count == 0);
}

/* ---- how many -------------------------------------------------------------------------------- */

size_t fci_text_units(const fc_text *text)
{
    if (text->form == FC_TEXT_UTF16) {
        return text->count;
    }
    return fci_codec_utf8.utf16_length(text->units, text->count);
}

/* One or two '=' at the end. */
static size_t padding(const fc_text *text)
{
    size_t count = 0;
    while (count < 2 && count < text->count &&
           fci_text_unit(text, text->count - 1 - count) == '=') {
        count++;
    }
    return count;
}

/* The encodings whose byte length Node takes from the number of units. */
static bool is_estimated(const struct fci_codec *codec)
{
    return codec == &fci_codec_hex || codec == &fci_codec_base64 || codec == &fci_codec_base64url;
}

static size_t estimate(const fc_text *text, const struct fci_codec *codec, size_t units)
{
    if (codec == &fci_codec_hex) {
        return units / 2;
    }
    units -= padding(text);
    return units / 4 * 3 + units % 4 * 3 / 4;
}

size_t fci_text_byte_length(const fc_text *text, const struct fci_codec *codec)
{
    if (is_estimated(codec)) {
        return estimate(text, codec, fci_text_units(text));
    }
    if (text->form == FC_TEXT_UTF16) {
        return codec->bytes_of_utf16(text->units, text->count);
    }
    return codec->bytes_of_utf8(text->units, text->count);
}

size_t fc_text_byte_length(fc_text text, fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    FCI_REQUIRE(fci_text_is_valid(&text));
    return fci_text_byte_length(&text, codec != NULL ? codec : &fci_codec_utf8);
}

/* The most bytes that a text can give, if a buffer can be so long. Where the number of units tells
 * it, nobody counts them: there are no more than bytes. */
static fc_status bound(size_t *length, const fc_text *text, const struct fci_codec *codec)
{
    FCI_REQUIRE(fci_text_is_valid(text));
    if (text->count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *length = is_estimated(codec) ? estimate(text, codec, text->count)
                                  : fci_text_byte_length(text, codec);
    return *length <= FC_BUFFER_MAX_LENGTH ? FC_OK : FC_ERR_BUFFER_TOO_LARGE;
}

/* ---- in a new buffer ------------------------------------------------------------------------- */

fc_status fci_making_begin(struct fci_making *making, const fc_text *text,
                           const struct fci_codec *codec)
{
    making->made = (fc_buffer)FC_BUFFER_INIT;
    making->length = 0;
    fc_status status = bound(&making->room, text, codec);
    return status == FC_OK ? fc_buffer_alloc_unsafe(&making->made, making->room) : status;
}

/* Nothing has an address where there is no room. */
static uint8_t *target(const struct fci_making *making)
{
    return making->made.arena->bytes + making->length;
}

size_t fci_making_take(struct fci_making *making, fc_text *text, enum fci_digits digits)
{
    if (making->room == 0) {
        return 0;
    }
    struct fci_clean clean = fci_clean_decode(target(making), making->room, text, 0, digits);
    making->length = clean.bytes;
    *text = fci_text_from(text, clean.read);
    return clean.read;
}

/* Clean text fills all that was allocated; other text gives the rest back. */
fc_status fci_making_end(fc_buffer *out, struct fci_making *making, const fc_text *rest,
                         const struct fci_codec *codec)
{
    size_t left = making->room - making->length;
    if (left != 0) {
        making->length += fci_text_decode(target(making), left, rest, codec);
        fc_buffer_narrow(&making->made, 0, (ptrdiff_t)making->length);
    }
    fc_status status = fc_buffer_compact(&making->made);
    if (status == FC_OK) {
        *out = fc_buffer_take(&making->made);
    }
    fc_buffer_release(&making->made);
    return status;
}

fc_status fci_buffer_from_text(fc_buffer *out, const fc_text *text, const struct fci_codec *codec)
{
    struct fci_making making;
    FCI_REQUIRE(out != NULL);
    fc_status status = fci_making_begin(&making, text, codec);
    return status == FC_OK ? fci_making_end(out, &making, text, codec) : status;
}

fc_status fc_buffer_from_text(fc_buffer *out, fc_text text, fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    return codec != NULL ? fci_buffer_from_text(out, &text, codec) : FC_ERR_UNKNOWN_ENCODING;
}

/* ---- in scratch memory ----------------------------------------------------------------------- */

fc_status fci_scratch_open(struct fci_scratch *scratch, size_t room, const fc_text *text,
                           const struct fci_codec *codec)
{
    size_t length = 0;
    fc_status status = bound(&length, text, codec);
    if (status != FC_OK) {
        return status;
    }
    if (room < length) {
        length = room;
    }
    scratch->at = scratch->small;
    if (length > sizeof scratch->small) {
        scratch->at = fci_memory_get(&scratch->memory, NULL, length, FCI_ALIGNMENT_MIN, false);
    }
    if (scratch->at == NULL) {
        return FC_ERR_NO_MEMORY;
    }
    scratch->bytes = fc_view_of(scratch->at, fci_text_decode(scratch->at, length, text, codec));
    return FC_OK;
}

/* What goes into a secret buffer leaves no trace here. */
void fci_scratch_close(struct fci_scratch *scratch)
{
    explicit_bzero(scratch->at, scratch->bytes.length);
    if (scratch->at != scratch->small) {
        fci_memory_put(&scratch->memory, NULL);
    }
}
