/* SPDX-License-Identifier: MIT */

/* utf8: bytes and UTF-8 text are the same but for what is ill-formed, one U+FFFD for each maximal
 * subpart. */

#include "base/common.h"

#include "codec/codec.h"
#include "codec/utf8.h"

#include "base/checked.h"
#include "base/utf.h"
#include "kernels/kernels.h"

/* Runs of well-formed text are copied; what ends a run is taken as one character: ill-formed, or
 * cut by `room` and then too long for it. A run is never looked for beyond room, since no character
 * gives fewer bytes than it takes. */
static size_t from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    const struct fci_kernels *kernels = fci_kernels();
    const uint8_t *end = text + count;
    size_t done = 0;
    for (;;) {
        size_t left = (size_t)(end - text);
        size_t good = kernels->utf8_prefix(text, left < room - done ? left : room - done);
        kernels->copy(to + done, text, good);
        text += good;
        done += good;
        if (text == end) {
            return done;
        }
        uint32_t code;
        text += fci_utf8_next(&code, text, end);
        code = code == FCI_UTF_ILL ? FCI_UTF_REPLACEMENT : code;
        if (room - done < fci_utf8_size(code)) {
            return done;
        }
        done += fci_utf8_put(to + done, code);
    }
}

static size_t utf8_length(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = bytes + length;
    size_t total = 0;
    while (bytes < end) {
        size_t good = fci_kernels()->utf8_prefix(bytes, (size_t)(end - bytes));
        size_t more = good;
        bytes += good;
        if (bytes < end) {
            bytes += fci_utf8_subpart(bytes, end);
            more += fci_utf8_size(FCI_UTF_REPLACEMENT);
        }
        if (!fci_size_add(&total, total, more)) {
            return SIZE_MAX;
        }
    }
    return total;
}

static size_t to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    return from_utf8(to, SIZE_MAX, bytes, length);
}

static size_t utf16_length(const uint8_t *bytes, size_t length)
{
    return fci_kernels()->utf16_length_of_utf8(bytes, length);
}

static size_t to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    size_t used;
    return fci_kernels()->utf8_to_utf16(to, SIZE_MAX, bytes, length, &used);
}

static size_t bytes_of_utf16(const uint16_t *text, size_t count)
{
    return fci_kernels()->utf8_length_of_utf16(text, count);
}

static size_t from_utf16(uint8_t *to, size_t room, const uint16_t *text, size_t count)
{
    size_t used;
    return fci_kernels()->utf16_to_utf8(to, room, text, count, &used);
}

const struct fci_codec fci_codec_utf8 = {
    .name = "utf8",
    .utf8_length = utf8_length,
    .to_utf8 = to_utf8,
    .utf16_length = utf16_length,
    .to_utf16 = to_utf16,
    .most_utf8 = 3,
    .most_utf16 = 1,
    .bytes_of_utf8 = utf8_length,
    .from_utf8 = from_utf8,
    .bytes_of_utf16 = bytes_of_utf16,
    .from_utf16 = from_utf16,
};

/* Why no well-formed character stands at `at`: the lead and the byte behind it tell. */
static unsigned kind_of(const uint8_t *at, const uint8_t *end)
{
    uint32_t lead = at[0];
    bool followed = end - at >= 2 && fci_utf8_is_continuation(at[1]);
    if (lead < 0xc0 || lead > 0xf7) {
        return FCI_UTF8_STRAY;
    }
    if (lead < 0xc2) {
        return FCI_UTF8_OVERLONG;
    }
    if (lead > 0xf4) {
        return FCI_UTF8_TOO_LARGE;
    }
    if (!followed || fci_utf8_may_follow(lead, at[1])) {
        return FCI_UTF8_TRUNCATED;
    }
    return lead == 0xed   ? FCI_UTF8_SURROGATE
           : lead == 0xf4 ? FCI_UTF8_TOO_LARGE
                          : FCI_UTF8_OVERLONG;
}

size_t fci_utf8_valid_prefix(const uint8_t *bytes, size_t length, unsigned *kind)
{
    size_t good = fci_kernels()->utf8_prefix(bytes, length);
    *kind = good == length ? 0 : kind_of(bytes + good, bytes + length);
    return good;
}
