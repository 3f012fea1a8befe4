/* SPDX-License-Identifier: MIT */

/* ECMAScript's hex: digits in pairs and nothing else. */

#include "base/common.h"

#include <fc_buffer/web.h>

#include "buffer/handle.h"
#include "buffer/text.h"
#include "codec/strict.h"

/* Looks at the text for at most `room` bytes, and cuts off what is not to be read. That may be no
 * digits at all, and yet it counts, in units of a string. */
static fc_status scan(fc_text *text, size_t room)
{
    size_t offset = 0;
    FCI_REQUIRE(fci_text_is_valid(text));
    if (text->count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (fci_text_units(text) % 2 != 0) {
        return FC_ERR_INVALID_DATA;
    }
    if (room < text->count / 2) {
        text->count = 2 * room;
    }
    return fci_check_hex(&offset, text) == 0 ? FC_OK : FC_ERR_INVALID_DATA;
}

fc_status fc_buffer_from_hex(fc_buffer *out, fc_text text)
{
    return fc_buffer_from_text_strict(out, NULL, text, FC_ENCODING_HEX);
}

fc_status fc_buffer_set_from_hex(size_t *read, size_t *written, fc_buffer *b, fc_text text)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    fc_status status = scan(&text, b->length);
    if (status == FC_OK) {
        status = fci_buffer_write_text(written, b, 0, text.count / 2, &text, &fci_codec_hex);
    }
    if (status == FC_OK && read != NULL) {
        *read = text.count;
    }
    return status;
}

fc_status fc_view_to_hex(fc_buffer *out, fc_view bytes)
{
    FCI_REQUIRE(out != NULL);
    if (bytes.length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (bytes.length > FC_BUFFER_MAX_LENGTH / 2) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = fc_buffer_alloc_unsafe(out, 2 * bytes.length);
    if (status == FC_OK && bytes.length != 0) {
        (void)fci_codec_hex.to_utf8(out->arena->bytes, bytes.bytes, bytes.length);
    }
    return status;
}

fc_status fc_buffer_to_hex(fc_buffer *out, const fc_buffer *b)
{
    FCI_REQUIRE(out != b && fci_buffer_is_valid(b));
    return fc_view_to_hex(out, fc_buffer_view(b));
}
