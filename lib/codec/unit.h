/* SPDX-License-Identifier: MIT */

/* A text unit by unit, in either form, for checks that stop at the first unit they do not like. In
 * hex and base64 every good unit is ASCII, so a byte of UTF-8 is as good a unit as UTF-16's. */
#ifndef FCI_CODEC_UNIT_H
#define FCI_CODEC_UNIT_H

#include <fc_buffer/text.h>

#include "kernels/base64.h"

static inline uint32_t fci_text_unit(const fc_text *text, size_t index)
{
    if (text->form == FC_TEXT_UTF16) {
        return ((const uint16_t *)text->units)[index];
    }
    return ((const uint8_t *)text->units)[index];
}

/* The text from a unit on. */
static inline fc_text fci_text_from(const fc_text *text, size_t index)
{
    fc_text rest = *text;
    size_t unit = text->form == FC_TEXT_UTF16 ? sizeof(uint16_t) : 1;
    if (index != 0) {
        rest.units = (const uint8_t *)text->units + index * unit;
        rest.count -= index;
    }
    return rest;
}

static inline bool fci_is_hex_digit(uint32_t unit)
{
    return (unit - '0' < 10u) | ((unit | 0x20u) - 'a' < 6u);
}

/* What a character of the one alphabet stands for: 0..63, or FCI_BASE64_NONE. */
static inline uint32_t fci_base64_value(uint32_t unit, bool url)
{
    const uint8_t *values = fci_base64_values[url ? FCI_BASE64_URL : FCI_BASE64_STANDARD];
    return unit < 0x100 ? values[unit] : FCI_BASE64_NONE;
}

#endif
