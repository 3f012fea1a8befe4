/* SPDX-License-Identifier: MIT */

/* Hexadecimal text that must be right: RFC 4648 section 8, but in either case. */

#include "base/common.h"

#include "codec/clean.h"
#include "codec/strict.h"
#include "codec/unit.h"

uint32_t fci_check_hex(size_t *offset, const fc_text *text)
{
    size_t clean = fci_clean_decode(NULL, SIZE_MAX, text, 0, FCI_DIGITS_HEX).read;
    for (size_t i = clean; i < text->count; i++) {
        if (!fci_is_hex_digit(fci_text_unit(text, i))) {
            *offset = i;
            return FC_DECODE_CHARACTER;
        }
    }
    if (text->count % 2 != 0) {
        *offset = text->count - 1;
        return FC_DECODE_LENGTH;
    }
    return 0;
}
