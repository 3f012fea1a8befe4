/* SPDX-License-Identifier: MIT */

/* Whether text is well-formed, and whether a smaller character set has all of its characters. */

#include "base/common.h"

#include "codec/strict.h"

#include "base/utf.h"
#include "codec/utf8.h"
#include "kernels/kernels.h"

/* Where the first character above `largest` stands in well-formed UTF-8; `length` if nowhere. */
static size_t find_larger(const uint8_t *bytes, size_t length, uint32_t largest)
{
    size_t at = 0;
    while (at < length) {
        uint32_t code = 0;
        at += fci_kernels()->ascii_prefix(bytes + at, length - at);
        if (at == length) {
            break;
        }
        size_t size = fci_utf8_next(&code, bytes + at, bytes + length);
        if (code > largest) {
            return at;
        }
        at += size;
    }
    return length;
}

static uint32_t check_utf8(size_t *offset, const uint8_t *bytes, size_t length, uint32_t largest)
{
    unsigned kind = 0;
    size_t good = fci_utf8_valid_prefix(bytes, length, &kind);
    if (largest < FCI_LARGEST) {
        size_t larger = find_larger(bytes, good, largest);
        if (larger < good) {
            *offset = larger;
            return FC_DECODE_CHARACTER;
        }
    }
    if (kind != 0) {
        *offset = good;
    }
    return kind;
}

static uint32_t check_utf16(size_t *offset, const uint16_t *units, size_t count, uint32_t largest)
{
    size_t size = 0;
    for (size_t at = 0; at < count; at += size) {
        uint32_t code = 0, kind = 0;
        size = fci_utf16_next(&code, units + at, units + count);
        if (code == FCI_UTF_REPLACEMENT && units[at] != FCI_UTF_REPLACEMENT) {
            kind = FC_DECODE_SURROGATE;
        } else if (code > largest) {
            kind = FC_DECODE_CHARACTER;
        }
        if (kind != 0) {
            *offset = at;
            return kind;
        }
    }
    return 0;
}

uint32_t fci_check_text(size_t *offset, const fc_text *text, uint32_t largest)
{
    if (text->form == FC_TEXT_UTF16) {
        return check_utf16(offset, text->units, text->count, largest);
    }
    return check_utf8(offset, text->units, text->count, largest);
}
