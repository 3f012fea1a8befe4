/* SPDX-License-Identifier: MIT */

/* latin1, which Node also calls binary: a byte is the character of that number, and of a character
 * the low byte of each unit is kept. */

#include "base/common.h"

#include "codec/codec.h"
#include "codec/latin1.h"

#include "base/checked.h"
#include "codec/low.h"
#include "kernels/kernels.h"

static size_t utf8_length(const uint8_t *bytes, size_t length)
{
    return fci_kernels()->utf8_length_of_latin1(bytes, length);
}

static size_t to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    return fci_kernels()->latin1_to_utf8(to, bytes, length);
}

static size_t utf16_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return length;
}

static size_t to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    fci_kernels()->latin1_to_utf16(to, bytes, length);
    return length;
}

size_t fci_latin1_bytes_of_utf8(const uint8_t *text, size_t count)
{
    return fci_kernels()->utf16_length_of_utf8(text, count);
}

static size_t keep(struct fci_low *low, uint8_t *to, size_t room)
{
    size_t length = fci_size_min(low->length, room);
    if (low->lent) {
        length = fci_kernels()->ascii_prefix(low->bytes, length);
    }
    fci_kernels()->copy(to, low->bytes, length);
    fci_low_take(low, length);
    return length;
}

size_t fci_latin1_from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    return fci_low_from_utf8(keep, to, room, text, count);
}

size_t fci_latin1_bytes_of_utf16(const uint16_t *text, size_t count)
{
    (void)text;
    return count;
}

size_t fci_latin1_from_utf16(uint8_t *to, size_t room, const uint16_t *text, size_t count)
{
    size_t length = fci_size_min(count, room);
    fci_kernels()->utf16_to_latin1(to, text, length);
    return length;
}

const struct fci_codec fci_codec_latin1 = {
    .name = "latin1",
    .utf8_length = utf8_length,
    .to_utf8 = to_utf8,
    .utf16_length = utf16_length,
    .to_utf16 = to_utf16,
    .most_utf8 = 2,
    .most_utf16 = 1,
    .bytes_of_utf8 = fci_latin1_bytes_of_utf8,
    .from_utf8 = fci_latin1_from_utf8,
    .bytes_of_utf16 = fci_latin1_bytes_of_utf16,
    .from_utf16 = fci_latin1_from_utf16,
};
