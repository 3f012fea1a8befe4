/* SPDX-License-Identifier: MIT */

/* base64 and base64url: two ways to write, with and without padding, and one to read. It takes
 * both alphabets, skips what is in neither, ends at the first '=', and drops what is left of a
 * group and makes no byte. */

#include "base/common.h"

#include "codec/codec.h"

#include "base/checked.h"
#include "codec/groups.h"
#include "codec/low.h"
#include "kernels/base64.h"
#include "kernels/kernels.h"

/* Of what is mixed with other characters so much is put together at once. Where less is left than
 * the one, in characters, it is not worth while. */
#define PIECE ((size_t)4096)
#define LEAST ((size_t)16)

static size_t padded_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return 4 * (length / 3 + (length % 3 != 0));
}

static size_t padded_to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    size_t count = fci_kernels()->base64_encode(to, bytes, length, false);
    while (count % 4 != 0) {
        to[count++] = '=';
    }
    return count;
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
    return fci_kernels()->base64_encode(to, bytes, length, true);
}

static size_t url_to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return fci_low_widen(url_to_utf8, to, bytes, length);
}

/* One character; returns whether it completed a byte. A byte is given as soon as its bits are
 * there, so that an end anywhere has given all that it should. low->held bits wait. */
static bool take(struct fci_low *low, uint8_t *byte, uint8_t character)
{
    uint32_t value = fci_base64_values[FCI_BASE64_EITHER][character];
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

/* Whole groups, and lines of them. */
static size_t decode_groups(struct fci_low *low, uint8_t *to, size_t room)
{
    size_t used;
    size_t done = fci_base64_groups(to, room, low->bytes, low->length, FCI_BASE64_EITHER, &used);
    fci_low_take(low, used);
    return done;
}

/* A piece of the run without what is in neither alphabet. *mixed tells whether there was any. */
static size_t decode_piece(struct fci_low *low, uint8_t *to, size_t room, bool *mixed)
{
    uint8_t kept[PIECE];
    size_t used, most = fci_size_min(low->length, 4 * fci_size_min(room / 3, PIECE / 4));
    size_t count = fci_kernels()->base64_compact(kept, low->bytes, most, &used);
    size_t done = 3 * fci_kernels()->base64_decode(to, kept, count / 4, FCI_BASE64_EITHER);
    for (size_t i = count / 4 * 4; i < count; i++) {
        done += take(low, to + done, kept[i]);
    }
    fci_low_take(low, used);
    *mixed = count < used;
    return done;
}

/* Whole groups while they are whole in the text, and pieces where they are not; by characters what
 * is between the two, and what neither takes. */
static size_t decode_run(struct fci_low *low, uint8_t *to, size_t room)
{
    size_t done = 0;
    bool mixed = false;
    while (low->length != 0 && done < room && !low->ended && !fci_low_is_other(low)) {
        size_t left = low->length;
        if (low->held == 0 && mixed && left >= LEAST) {
            done += decode_piece(low, to + done, room - done, &mixed);
        } else if (low->held == 0) {
            done += decode_groups(low, to + done, room - done);
            mixed = true;
        }
        if (low->length == left) {
            done += take(low, to + done, *low->bytes);
            fci_low_take(low, 1);
        }
    }
    return done;
}

static size_t bytes_of_utf8(const uint8_t *text, size_t count)
{
    return fci_low_bytes_of_utf8(decode_run, text, count);
}

/* Where all is whole groups nobody needs runs. */
static size_t from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    size_t used, done = fci_base64_groups(to, room, text, count, FCI_BASE64_EITHER, &used);
    if (used == count || done == room) {
        return done;
    }
    return done + fci_low_from_utf8(decode_run, to + done, room - done, text + used, count - used);
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
