/* SPDX-License-Identifier: MIT */

/* The start of a character at the end of a chunk, by the rules of Node's StringDecoder: a UTF-8
 * lead byte alone decides how many bytes belong to it; UTF-16 holds half a unit, or else a high
 * surrogate; base64 holds what is left of a group of three. */

#include "base/common.h"

#include "stream/tail.h"

#include <fc_buffer/text.h>

#include "base/utf.h"

/* The bytes at the end that may be the start of a UTF-8 character, and in *need how many it lacks:
 * a lead byte and fewer bytes behind it than it asks for. */
static size_t utf8_tail(size_t *need, fc_view chunk)
{
    for (size_t held = 1; held <= 3 && held <= chunk.length; held++) {
        uint32_t byte = chunk.bytes[chunk.length - held];
        if (!fci_utf8_is_continuation(byte)) {
            size_t whole = byte < 0xc0 || byte >= 0xf8 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
            *need = whole > held ? whole - held : 0;
            return whole > held ? held : 0;
        }
    }
    return 0;
}

static size_t utf16_tail(size_t *need, fc_view chunk)
{
    size_t held = chunk.length % 2;
    if (held == 0 && fci_utf16_is_high(fci_decoder_unit(chunk.bytes + chunk.length - 2))) {
        held = 2;
    }
    *need = held;
    return held;
}

size_t fci_decoder_tail(size_t *need, fc_view chunk, uint32_t encoding)
{
    size_t held = 0;
    *need = 0;
    switch (encoding) {
    case FC_ENCODING_UTF8:
        return utf8_tail(need, chunk);
    case FC_ENCODING_UTF16LE:
        return utf16_tail(need, chunk);
    case FC_ENCODING_BASE64:
    case FC_ENCODING_BASE64URL:
        held = chunk.length % 3;
        *need = held != 0 ? 3 - held : 0;
        return held;
    default:
        return 0;
    }
}
