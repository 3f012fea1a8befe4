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

/* The first half of a pair waits for the next run. */
static void hold(struct fci_low *low)
{
    low->bits = *low->bytes;
    low->held = 1;
    fci_low_take(low, 1);
}

/* The pair whose first half was held. */
static size_t decode_held(struct fci_low *low, uint8_t *to)
{
    uint8_t pair[2] = { (uint8_t)low->bits, *low->bytes };
    size_t good = fci_kernels()->hex_decode(to, pair, 1);
    low->held = 0;
    low->ended = good == 0;
    fci_low_take(low, 1);
    return good;
}

/* Whole pairs at once; the first that is none, by itself, ends it. */
static size_t decode_run(struct fci_low *low, uint8_t *to, size_t room)
{
    size_t done = 0;
    if (low->held != 0) {
        done = decode_held(low, to);
    }
    if (low->ended) {
        return done;
    }
    size_t pairs = fci_size_min(low->length / 2, room - done);
    size_t good = fci_kernels()->hex_decode(to + done, low->bytes, pairs);
    fci_low_take(low, 2 * good);
    if (low->length != 0 && !fci_low_is_other(low)) {
        hold(low);
    }
    return done + good;
}

static size_t bytes_of_utf8(const uint8_t *text, size_t count)
{
    return fci_low_bytes_of_utf8(decode_run, text, count);
}

/* Where all is pairs of digits nobody needs runs. */
static size_t from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    size_t pairs = fci_size_min(count / 2, room), good = fci_kernels()->hex_decode(to, text, pairs);
    size_t used = 2 * good;
    if (good == pairs) {
        return good;
    }
    return good + fci_low_from_utf8(decode_run, to + good, room - good, text + used, count - used);
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
