/* SPDX-License-Identifier: MIT */

/* base64 and base64url: two ways to write, with and without padding, and one to read. It takes
 * both alphabets, skips what is in neither, ends at the first '=', and drops what is left of a
 * group and makes no byte. */

#include "base/common.h"

#include "codec/codec.h"

#include "base/checked.h"
#include "codec/low.h"
#include "kernels/base64.h"
#include "kernels/kernels.h"

/* Whole groups, then what one or two bytes make: a group of which two or three characters count. */
static size_t encode(uint8_t *to, const uint8_t *bytes, size_t length, bool url)
{
    size_t groups = length / 3, rest = length % 3;
    fci_kernels()->base64_encode(to, bytes, groups, url);
    to += 4 * groups;
    if (rest == 0) {
        return 4 * groups;
    }
    uint8_t last[3] = { 0 }, text[4];
    __builtin_memcpy(last, bytes + 3 * groups, rest);
    fci_kernels()->base64_encode(text, last, 1, url);
    __builtin_memcpy(to, text, rest + 1);
    if (url) {
        return 4 * groups + rest + 1;
    }
    to[3] = '=';
    if (rest == 1) {
        to[2] = '=';
    }
    return 4 * groups + 4;
}

static size_t padded_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return 4 * (length / 3 + (length % 3 != 0));
}

static size_t padded_to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    return encode(to, bytes, length, false);
}

static size_t padded_to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return fci_low_widen(padded_to_utf8, to, bytes, length);
}

static size_t url_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return 4 * (length / 3) + length % 3 + (length % 3 != 0);
}

static size_t url_to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    return encode(to, bytes, length, true);
}

static size_t url_to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return fci_low_widen(url_to_utf8, to, bytes, length);
}

/* One character; returns whether it completed a byte. A byte is given as soon as its bits are
 * there, so that an end anywhere has given all that it should. low->held bits wait. */
static bool take(struct fci_low *low, uint8_t *byte, uint8_t character)
{
    uint32_t value = fci_base64_values[character];
    if (value == FCI_BASE64_NONE) {
        low->ended = character == '=';
        return false;
    }
    low->bits = low->bits << 6 | value;
    low->held += 6;
    if (low->held < 8) {
        return false;
    }
    low->held -= 8;
    *byte = (uint8_t)(low->bits >> low->held);
    return true;
}

/* Whole groups while a group begins here; the one that has something else in it by characters. */
static size_t decode_run(struct fci_low *low, uint8_t *to, size_t room)
{
    const uint8_t *at = low->bytes, *end = at + low->length;
    size_t done = 0;
    while (at < end && done < room && !low->ended) {
        size_t good = 0;
        if (low->held == 0) {
            size_t groups = fci_size_min((size_t)(end - at) / 4, (room - done) / 3);
            good = fci_kernels()->base64_decode(to + done, at, groups);
            at += 4 * good;
            done += 3 * good;
        }
        if (good == 0) {
            done += take(low, to + done, *at++);
        }
    }
    return done;
}

static size_t bytes_of_utf8(const uint8_t *text, size_t count)
{
    return fci_low_bytes_of_utf8(decode_run, text, count);
}

static size_t from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    return fci_low_from_utf8(decode_run, to, room, text, count);
}

static size_t bytes_of_utf16(const uint16_t *text, size_t count)
{
    return fci_low_bytes_of_utf16(decode_run, text, count);
}

static size_t from_utf16(uint8_t *to, size_t room, const uint16_t *text, size_t count)
{
    return fci_low_from_utf16(decode_run, to, room, text, count);
}

const struct fci_codec fci_codec_base64 = {
    .name = "base64",
    .utf8_length = padded_length,
    .to_utf8 = padded_to_utf8,
    .utf16_length = padded_length,
    .to_utf16 = padded_to_utf16,
    .most_utf8 = 4,
    .most_utf16 = 4,
    .bytes_of_utf8 = bytes_of_utf8,
    .from_utf8 = from_utf8,
    .bytes_of_utf16 = bytes_of_utf16,
    .from_utf16 = from_utf16,
};

const struct fci_codec fci_codec_base64url = {
    .name = "base64url",
    .utf8_length = url_length,
    .to_utf8 = url_to_utf8,
    .utf16_length = url_length,
    .to_utf16 = url_to_utf16,
    .most_utf8 = 4,
    .most_utf16 = 4,
    .bytes_of_utf8 = bytes_of_utf8,
    .from_utf8 = from_utf8,
    .bytes_of_utf16 = bytes_of_utf16,
    .from_utf16 = from_utf16,
};
