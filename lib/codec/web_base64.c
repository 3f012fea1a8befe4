/* SPDX-License-Identifier: MIT */

/* The web's base64, character by character, as the standards put it, but for clean groups. */

#include "base/common.h"

#include "codec/web_base64.h"

#include "codec/clean.h"
#include "codec/unit.h"

/* Tab, line feed, form feed, carriage return and space: ASCII white space to both standards. */
static bool is_space(uint32_t unit)
{
    return unit == 0x20 || unit == 0x09 || unit == 0x0a || unit == 0x0c || unit == 0x0d;
}

static size_t skip_spaces(const fc_text *text, size_t at)
{
    while (at < text->count && is_space(fci_text_unit(text, at))) {
        at++;
    }
    return at;
}

/* The chunk that is being read: how many characters, and what the last one stands for. */
struct chunk {
    unsigned length;
    uint32_t last;
};

/* The last chunk is well formed: it counts, and the text has been read to its end, if there is room
 * for its bytes. */
static bool end_whole(struct fci_web_base64 *scan, const fc_text *text, struct chunk chunk,
                      size_t room)
{
    size_t bytes = chunk.length != 0 ? chunk.length - 1 : 0;
    if (room - scan->bytes >= bytes) {
        scan->bytes += bytes;
        scan->read = text->count;
    }
    return true;
}

/* The text ends within a chunk, without padding. */
static bool end_short(struct fci_web_base64 *scan, const fc_text *text, struct chunk chunk,
                      const fc_base64_options *options, size_t room)
{
    if (chunk.length != 0) {
        if (options->last_chunk == FC_BASE64_STOP_BEFORE_PARTIAL) {
            return true;
        }
        if (options->last_chunk == FC_BASE64_STRICT || chunk.length == 1) {
            return false;
        }
    }
    return end_whole(scan, text, chunk, room);
}

/* A '=' has been met; `at` is behind it. */
static bool end_padded(struct fci_web_base64 *scan, const fc_text *text, size_t at,
                       struct chunk chunk, const fc_base64_options *options, size_t room)
{
    if (chunk.length < 2) {
        return false;
    }
    at = skip_spaces(text, at);
    if (chunk.length == 2) {
        if (at == text->count) {
            return options->last_chunk == FC_BASE64_STOP_BEFORE_PARTIAL;
        }
        if (fci_text_unit(text, at) == '=') {
            at = skip_spaces(text, at + 1);
        }
    }
    uint32_t unused = chunk.length == 2 ? 0xf : 0x3;
    if (at < text->count ||
        (options->last_chunk == FC_BASE64_STRICT && (chunk.last & unused) != 0)) {
        return false;
    }
    return end_whole(scan, text, chunk, room);
}

/* The clean chunks from `at` on for which there is room; returns where they end. */
static size_t take_clean(struct fci_web_base64 *scan, const fc_text *text, size_t at, bool url,
                         size_t room)
{
    enum fci_digits digits = url ? FCI_DIGITS_BASE64URL_LINES : FCI_DIGITS_BASE64_LINES;
    struct fci_clean clean = fci_clean_decode(NULL, room - scan->bytes, text, at, digits);
    if (clean.read != 0) {
        scan->bytes += clean.bytes;
        scan->read = at + clean.read;
    }
    return at + clean.read;
}

/* Whole chunks as long as there are any, then one of the ends. */
static bool scan_chunks(struct fci_web_base64 *scan, const fc_text *text,
                        const fc_base64_options *options, size_t room)
{
    bool url = options->alphabet == FC_BASE64_URL;
    struct chunk chunk = { 0, 0 };
    size_t at = take_clean(scan, text, skip_spaces(text, 0), url, room);
    for (at = skip_spaces(text, at); at < text->count; at = skip_spaces(text, at)) {
        uint32_t unit = fci_text_unit(text, at++);
        if (unit == '=') {
            return end_padded(scan, text, at, chunk, options, room);
        }
        chunk.last = fci_base64_value(unit, url);
        if (chunk.last == FCI_BASE64_NONE) {
            return false;
        }
        if (++chunk.length == 4) {
            if (room - scan->bytes < 3) {
                return true;
            }
            chunk.length = 0;
            scan->bytes += 3;
            scan->read = at;
            at = take_clean(scan, text, at, url, room);
        }
    }
    return end_short(scan, text, chunk, options, room);
}

bool fci_web_base64(struct fci_web_base64 *scan, const fc_text *text,
                    const fc_base64_options *options, size_t room)
{
    struct fci_web_base64 result = { 0, 0 };
    if (room != 0 && !scan_chunks(&result, text, options, room)) {
        return false;
    }
    *scan = result;
    return true;
}

bool fci_web_atob(const fc_text *text)
{
    size_t characters = 0, padding = 0;
    for (size_t i = 0; i < text->count; i++) {
        if (characters % 4 == 0 && padding == 0) {
            i += fci_clean_decode(NULL, SIZE_MAX, text, i, FCI_DIGITS_BASE64_LINES).read;
        }
        if (i == text->count) {
            break;
        }
        uint32_t unit = fci_text_unit(text, i);
        if (is_space(unit)) {
            continue;
        }
        if (unit == '=') {
            padding++;
        } else if (padding != 0 || fci_base64_value(unit, false) == FCI_BASE64_NONE) {
            return false;
        } else {
            characters++;
        }
    }
    return characters % 4 != 1 && padding <= 2 && (padding == 0 || (characters + padding) % 4 == 0);
}
