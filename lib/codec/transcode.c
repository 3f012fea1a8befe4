/* SPDX-License-Identifier: MIT */

/* Character by character from one encoding to another. What Node does here is what ICU does: `?`
 * for a character that the target lacks, but nothing for one that is ignorable by default. The list
 * of those is ICU's (found out from Node, all characters compared), and is wider than Unicode's. */

#include "base/common.h"

#include "codec/transcode.h"

#include <fc_buffer/text.h>

#include "base/utf.h"
#include "kernels/kernels.h"

static uint32_t load_unit(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

/* Half a unit at the end makes one mistake together with a high surrogate before it. */
static size_t next_of_utf16le(uint32_t *code, const uint8_t *at, const uint8_t *end)
{
    size_t left = (size_t)(end - at);
    *code = left < 2 ? FCI_UTF_ILL : load_unit(at);
    if (left < 2 || (*code & 0xf800) != 0xd800) {
        return left < 2 ? 1 : 2;
    }
    bool high = fci_utf16_is_high(*code);
    if (high && left >= 4 && fci_utf16_is_low(load_unit(at + 2))) {
        *code = 0x10000 + ((*code & 0x3ff) << 10 | (load_unit(at + 2) & 0x3ff));
        return 4;
    }
    *code = FCI_UTF_ILL;
    return high && left == 3 ? 3 : 2;
}

/* The character at `at`, or FCI_UTF_ILL; returns its length. */
static size_t next(uint32_t *code, const uint8_t *at, const uint8_t *end, unsigned encoding)
{
    switch (encoding) {
    case FC_ENCODING_UTF8:
        return fci_utf8_next(code, at, end);
    case FC_ENCODING_UTF16LE:
        return next_of_utf16le(code, at, end);
    case FC_ENCODING_ASCII:
        *code = at[0] < 0x80 ? at[0] : FCI_UTF_ILL;
        return 1;
    default:
        *code = at[0];
        return 1;
    }
}

static bool is_ignorable(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        { 0x00ad, 0x00ad },   { 0x034f, 0x034f }, { 0x061c, 0x061c },   { 0x115f, 0x1160 },
        { 0x17b4, 0x17b5 },   { 0x180b, 0x180f }, { 0x200b, 0x200f },   { 0x202a, 0x202e },
        { 0x2060, 0x206f },   { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },
        { 0xffa0, 0xffa0 },   { 0xfff0, 0xfff8 }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
        { 0xe0000, 0xe0fff },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code <= ranges[i][1]) {
            return code >= ranges[i][0];
        }
    }
    return false;
}

static size_t put_utf16le(uint8_t *to, uint32_t code)
{
    uint16_t units[2];
    size_t count = fci_utf16_put(units, code);
    for (size_t i = 0; i < count && to != NULL; i++) {
        to[2 * i] = (uint8_t)units[i];
        to[2 * i + 1] = (uint8_t)(units[i] >> 8);
    }
    return 2 * count;
}

static size_t put_byte(uint8_t *to, uint32_t code, uint32_t largest)
{
    if (code > largest && is_ignorable(code)) {
        return 0;
    }
    if (to != NULL) {
        to[0] = code > largest ? '?' : (uint8_t)code;
    }
    return 1;
}

/* Stores a character, unless `to` is NULL; returns its length. */
static size_t put(uint8_t *to, uint32_t code, unsigned encoding)
{
    switch (encoding) {
    case FC_ENCODING_UTF8:
        return to != NULL ? fci_utf8_put(to, code) : fci_utf8_size(code);
    case FC_ENCODING_UTF16LE:
        return put_utf16le(to, code);
    default:
        return put_byte(to, code, encoding == FC_ENCODING_ASCII ? 0x7f : 0xff);
    }
}

bool fci_is_well_formed(const uint8_t *bytes, size_t length, unsigned encoding)
{
    if (encoding == FC_ENCODING_UTF8) {
        return fci_kernels()->utf8_prefix(bytes, length) == length;
    }
    const uint8_t *at = bytes, *end = bytes + (length & ~(size_t)1);
    uint32_t code = 0;
    while (at < end && code != FCI_UTF_ILL) {
        at += next_of_utf16le(&code, at, end);
    }
    return code != FCI_UTF_ILL;
}

size_t fci_transcode(uint8_t *to, const uint8_t *bytes, size_t length, unsigned from, unsigned into)
{
    size_t done = 0;
    if (into == FC_ENCODING_UTF16LE && from == FC_ENCODING_ASCII) {
        from = FC_ENCODING_LATIN1;
    }
    if (into != FC_ENCODING_UTF16LE && from == FC_ENCODING_UTF16LE) {
        length &= ~(size_t)1;
    }
    for (const uint8_t *at = bytes, *end = bytes + length; at < end;) {
        uint32_t code = 0;
        at += next(&code, at, end, from);
        code = code == FCI_UTF_ILL ? FCI_UTF_REPLACEMENT : code;
        done += put(to != NULL ? to + done : NULL, code, into);
    }
    return done;
}
