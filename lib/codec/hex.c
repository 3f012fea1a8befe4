/* SPDX-License-Identifier: MIT */

/* hex: lower-case digits out; pairs of digits in, until the first pair with something else. A last
 * single digit counts for nothing. */

#include "base/common.h"

#include "codec/codec.h"

#include "base/checked.h"
#include "codec/low.h"
#include "kernels/kernels.h"

static size_t text_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return 2 * length;
}

static size_t to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    fci_kernels()->hex_encode(to, bytes, length);
    return 2 * length;
}

static size_t to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return fci_low_widen(to_utf8, to, bytes, length);
}

/* `pairs` pairs, and whether all were good. */
static size_t decode_pairs(struct fci_low *low, uint8_t *to, const uint8_t *from, size_t pairs)
{
    size_t good = fci_kernels()->hex_decode(to, from, pairs);
    low->ended = good < pairs;
    return good;
}

/* A run of an odd length leaves its last character, in low->bits, to the next. */
static size_t decode_run(struct fci_low *low, uint8_t *to, size_t room)
{
    const uint8_t *at = low->bytes;
    size_t left = low->length, done = 0;
    if (low->held != 0) {
        uint8_t pair[2] = { (uint8_t)low->bits, *at++ };
        left--;
        low->held = 0;
        done = decode_pairs(low, to, pair, 1);
    }
    if (!low->ended) {
        done += decode_pairs(low, to + done, at, fci_size_min(left / 2, room - done));
    }
    if (left % 2 != 0) {
        low->bits = at[left - 1];
        low->held = 1;
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

const struct fci_codec fci_codec_hex = {
    .name = "hex",
    .utf8_length = text_length,
    .to_utf8 = to_utf8,
    .utf16_length = text_length,
    .to_utf16 = to_utf16,
    .most_utf8 = 2,
    .most_utf16 = 2,
    .bytes_of_utf8 = bytes_of_utf8,
    .from_utf8 = from_utf8,
    .bytes_of_utf16 = bytes_of_utf16,
    .from_utf16 = from_utf16,
};
