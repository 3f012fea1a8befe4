/* SPDX-License-Identifier: MIT */

/* utf16le, also called ucs2: two bytes a unit, the low one first, at any address. An odd last byte
 * is no part of the text. Surrogates pass unchanged, alone or not, but for the UTF-8 form, which
 * has no room for lone ones. Conversions go through a chunk of units in native order. */

#include "base/common.h"

#include "codec/codec.h"

#include "base/checked.h"
#include "base/utf.h"
#include "kernels/kernels.h"

/* Two or more: a chunk holds any character. */
#define CHUNK ((size_t)512)

/* Units of bytes, and bytes of units. */
static void load_units(uint16_t *to, const uint8_t *bytes, size_t count)
{
    fci_kernels()->copy((uint8_t *)to, bytes, 2 * count);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    for (size_t i = 0; i < count; i++) {
        to[i] = __builtin_bswap16(to[i]);
    }
#endif
}

static void store_units(uint8_t *to, const uint16_t *units, size_t count)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    fci_kernels()->copy(to, (const uint8_t *)units, 2 * count);
#else
    for (size_t i = 0; i < count; i++) {
        to[2 * i] = (uint8_t)units[i];
        to[2 * i + 1] = (uint8_t)(units[i] >> 8);
    }
#endif
}

/* The first units of `count`, as many as make whole characters; returns how many. */
static size_t load_chunk(uint16_t *chunk, const uint8_t *bytes, size_t count)
{
    size_t length = fci_size_min(count, CHUNK);
    load_units(chunk, bytes, length);
    return length < count && fci_utf16_is_high(chunk[length - 1]) ? length - 1 : length;
}

static size_t utf8_length(const uint8_t *bytes, size_t length)
{
    uint16_t chunk[CHUNK];
    size_t total = 0;
    for (size_t i = 0, got; i < length / 2; i += got) {
        got = load_chunk(chunk, bytes + 2 * i, length / 2 - i);
        total += fci_kernels()->utf8_length_of_utf16(chunk, got);
    }
    return total;
}

static size_t to_utf8(uint8_t *to, const uint8_t *bytes, size_t length)
{
    uint16_t chunk[CHUNK];
    size_t done = 0;
    for (size_t i = 0, got; i < length / 2; i += got) {
        size_t count = load_chunk(chunk, bytes + 2 * i, length / 2 - i);
        done += fci_kernels()->utf16_to_utf8(to + done, SIZE_MAX - done, chunk, count, &got);
    }
    return done;
}

static size_t utf16_length(const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return length / 2;
}

static size_t to_utf16(uint16_t *to, const uint8_t *bytes, size_t length)
{
    load_units(to, bytes, length / 2);
    return length / 2;
}

static size_t bytes_of_utf8(const uint8_t *text, size_t count)
{
    return 2 * fci_kernels()->utf16_length_of_utf8(text, count);
}

/* The last character may leave its low surrogate behind: a chunk always has room for both. */
static size_t from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count)
{
    uint16_t chunk[CHUNK];
    size_t done = 0, used = 0;
    for (size_t i = 0; i < count && done < room / 2; i += used) {
        size_t got = fci_kernels()->utf8_to_utf16(chunk, CHUNK, text + i, count - i, &used);
        size_t kept = fci_size_min(got, room / 2 - done);
        store_units(to + 2 * done, chunk, kept);
        done += kept;
    }
    return 2 * done;
}

static size_t bytes_of_utf16(const uint16_t *text, size_t count)
{
    (void)text;
    return 2 * count;
}

static size_t from_utf16(uint8_t *to, size_t room, const uint16_t *text, size_t count)
{
    size_t kept = fci_size_min(count, room / 2);
    store_units(to, text, kept);
    return 2 * kept;
}

const struct fci_codec fci_codec_utf16le = {
    .name = "utf16le",
    .utf8_length = utf8_length,
    .to_utf8 = to_utf8,
    .utf16_length = utf16_length,
    .to_utf16 = to_utf16,
    .most_utf8 = 2,
    .most_utf16 = 1,
    .bytes_of_utf8 = bytes_of_utf8,
    .from_utf8 = from_utf8,
    .bytes_of_utf16 = bytes_of_utf16,
    .from_utf16 = from_utf16,
};
