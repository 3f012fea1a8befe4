/* SPDX-License-Identifier: MIT */

/* Base64 that must be right: RFC 4648 sections 4 and 5, without white space (section 3.3), with its
 * padding (3.2), and canonical (3.5). Mistakes are looked for in the order in which they stand. */

#include "base/common.h"

#include "codec/clean.h"
#include "codec/strict.h"
#include "codec/unit.h"

/* How many characters of the alphabet there are before anything else. */
static size_t characters(const fc_text *text, bool url)
{
    enum fci_digits digits = url ? FCI_DIGITS_BASE64URL : FCI_DIGITS_BASE64;
    size_t i = fci_clean_decode(NULL, SIZE_MAX, text, 0, digits).read;
    while (i < text->count && fci_base64_value(fci_text_unit(text, i), url) != FCI_BASE64_NONE) {
        i++;
    }
    return i;
}

/* What `count` characters with nothing behind them but padding leave over: a character that makes
 * no byte, or bits that belong to none. */
static uint32_t check_last(const fc_text *text, size_t count, bool url)
{
    static const uint32_t unused[4] = { 0, 0, 0xf, 0x3 };
    if (count % 4 == 1) {
        return FC_DECODE_LENGTH;
    }
    if (count != 0 &&
        (fci_base64_value(fci_text_unit(text, count - 1), url) & unused[count % 4]) != 0) {
        return FC_DECODE_BITS;
    }
    return 0;
}

/* From `at` on there is padding to the next multiple of four and no more. Where it is `optional`,
 * there may be nothing at all. */
static uint32_t check_padding(size_t *offset, const fc_text *text, size_t at, bool optional)
{
    size_t end = at + (4 - at % 4) % 4;
    if (optional && at == text->count) {
        return 0;
    }
    while (at < end && at < text->count && fci_text_unit(text, at) == '=') {
        at++;
    }
    if (at == end && at == text->count) {
        return 0;
    }
    *offset = at;
    return FC_DECODE_PADDING;
}

uint32_t fci_check_base64(size_t *offset, const fc_text *text, bool url)
{
    size_t count = characters(text, url);
    if (count < text->count && fci_text_unit(text, count) != '=') {
        *offset = count;
        return FC_DECODE_CHARACTER;
    }
    uint32_t kind = check_last(text, count, url);
    if (kind != 0) {
        *offset = count - 1;
        return kind;
    }
    return check_padding(offset, text, count, url);
}
