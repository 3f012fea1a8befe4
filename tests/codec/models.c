/* SPDX-License-Identifier: MIT */

/* The models of the encodings: see models.h. */

#include "models.h"

#include <string.h>

/* ---- hex: digits are looked up in a string --------------------------------------------------- */

size_t fct_encode_hex(uint16_t *to, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < 2 * length; i++) {
        to[i] = (uint16_t) "0123456789abcdef"[i % 2 == 0 ? bytes[i / 2] / 16 : bytes[i / 2] % 16];
    }
    return 2 * length;
}

/* The digit that the low byte of a unit is, or -1. */
static int digit(unsigned unit)
{
    const char *digits = "00112233445566778899aAbBcCdDeEfF";
    const char *at = unit % 256 != 0 ? strchr(digits, (int)(unit % 256)) : NULL;
    return at != NULL ? (int)(at - digits) / 2 : -1;
}

size_t fct_decode_hex(uint8_t *to, size_t room, const uint16_t *units, size_t count)
{
    size_t done = 0;
    while (done < room && 2 * done + 2 <= count) {
        int high = digit(units[2 * done]), low = digit(units[2 * done + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        to[done++] = (uint8_t)(high * 16 + low);
    }
    return done;
}

/* ---- base64: bit by bit ---------------------------------------------------------------------- */

#define COMMON "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* Bit `i` of bytes, the first being the highest of the first byte; 0 behind the last. */
static unsigned bit_of(const uint8_t *bytes, size_t length, size_t i)
{
    return i / 8 < length ? bytes[i / 8] >> (7 - i % 8) & 1u : 0;
}

static size_t encode_with(const char *alphabet, uint16_t *to, const uint8_t *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < 8 * length; i += 6) {
        unsigned value = 0;
        for (size_t k = i; k < i + 6; k++) {
            value = 2 * value + bit_of(bytes, length, k);
        }
        to[count++] = (uint16_t)alphabet[value];
    }
    return count;
}

size_t fct_encode_base64(uint16_t *to, const uint8_t *bytes, size_t length)
{
    size_t count = encode_with(COMMON "+/", to, bytes, length);
    while (count % 4 != 0) {
        to[count++] = '=';
    }
    return count;
}

size_t fct_encode_base64url(uint16_t *to, const uint8_t *bytes, size_t length)
{
    return encode_with(COMMON "-_", to, bytes, length);
}

/* The value of the low byte of a unit in either alphabet, or -1. */
static int value_of(unsigned unit)
{
    int character = (int)(unit % 256);
    const char *alphabet = COMMON "+/";
    const char *at = character != 0 ? strchr(alphabet, character) : NULL;
    return at != NULL ? (int)(at - alphabet) : character == '-' ? 62 : character == '_' ? 63 : -1;
}

/* Bit by bit: a byte for each eight. */
size_t fct_decode_base64(uint8_t *to, size_t room, const uint16_t *units, size_t count)
{
    unsigned byte = 0;
    size_t bits = 0;
    for (size_t i = 0; i < count && units[i] % 256 != '='; i++) {
        int value = value_of(units[i]);
        for (int k = 5; value >= 0 && k >= 0; k--) {
            byte = 2 * byte + ((unsigned)value >> k & 1u);
            bits++;
            if (bits % 8 == 0 && bits / 8 <= room) {
                to[bits / 8 - 1] = (uint8_t)byte;
            }
        }
    }
    return bits / 8 < room ? bits / 8 : room;
}

/* ---- a byte a character ---------------------------------------------------------------------- */

size_t fct_encode_latin1(uint16_t *to, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        to[i] = bytes[i];
    }
    return length;
}

size_t fct_decode_latin1(uint8_t *to, size_t room, const uint16_t *units, size_t count)
{
    size_t i = 0;
    for (; i < count && i < room; i++) {
        to[i] = (uint8_t)(units[i] % 256);
    }
    return i;
}

size_t fct_encode_ascii(uint16_t *to, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        to[i] = bytes[i] % 128;
    }
    return length;
}

/* ---- UTF-16 and UTF-8 ------------------------------------------------------------------------ */

size_t fct_encode_utf16le(uint16_t *to, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length / 2; i++) {
        to[i] = (uint16_t)(bytes[2 * i] + 256 * bytes[2 * i + 1]);
    }
    return length / 2;
}

size_t fct_decode_utf16le(uint8_t *to, size_t room, const uint16_t *units, size_t count)
{
    size_t i = 0;
    for (; i < count && 2 * i + 2 <= room; i++) {
        to[2 * i] = (uint8_t)(units[i] % 256);
        to[2 * i + 1] = (uint8_t)(units[i] / 256);
    }
    return 2 * i;
}

/* Character by character, each by itself, while they fit. */
size_t fct_decode_utf8(uint8_t *to, size_t room, const uint16_t *units, size_t count)
{
    size_t done = 0, used = 0;
    for (size_t i = 0; i < count; i += used) {
        uint8_t two[6], one[3];
        size_t size_one = fct_utf8_of_units(one, units + i, 1);
        size_t size_two = i + 1 < count ? fct_utf8_of_units(two, units + i, 2) : 0;
        bool pair = size_two == 4 && two[0] >= 0xf0;
        size_t size = pair ? size_two : size_one;
        used = pair ? 2 : 1;
        if (room - done < size) {
            break;
        }
        memcpy(to + done, pair ? two : one, size);
        done += size;
    }
    return done;
}

/* ---- transcoding ----------------------------------------------------------------------------- */

#define ILL 0xfffdu

/* The characters of bytes, ILL for what is ill-formed; returns how many. */
static size_t characters(uint32_t *to, const uint8_t *bytes, size_t length, unsigned from,
                         unsigned into)
{
    static uint16_t units[2 * FCT_CODEC_MAX];
    size_t count = 0, got = 0;
    if (from == FC_ENCODING_UTF16LE) {
        for (; count < length / 2; count++) {
            units[count] = (uint16_t)(bytes[2 * count] + 256 * bytes[2 * count + 1]);
        }
        /* Half a unit: gone with the target, or one with a high surrogate, or one by itself. */
        bool high = count != 0 && units[count - 1] >= 0xd800 && units[count - 1] < 0xdc00;
        if (length % 2 != 0 && into == FC_ENCODING_UTF16LE && !high) {
            units[count++] = ILL;
        }
    } else if (from == FC_ENCODING_UTF8) {
        count = fct_units_of_utf8(units, bytes, length);
    } else {
        for (; count < length; count++) {
            bool ill = from == FC_ENCODING_ASCII && into != FC_ENCODING_UTF16LE;
            units[count] = (uint16_t)(ill && bytes[count] > 0x7f ? ILL : bytes[count]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = units[i];
        if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < count && units[i + 1] >= 0xdc00 &&
            units[i + 1] < 0xe000) {
            to[got++] = 0x10000 + (unit - 0xd800) * 0x400 + (units[++i] - 0xdc00u);
        } else {
            to[got++] = unit >= 0xd800 && unit < 0xe000 ? ILL : unit;
        }
    }
    return got;
}

/* What ICU leaves out, as first character and how many. */
static bool is_left_out(uint32_t c)
{
    static const uint32_t runs[][2] = {
        { 0xad, 1 },    { 0x34f, 1 },      { 0x61c, 1 },  { 0x115f, 2 },  { 0x17b4, 2 },
        { 0x180b, 5 },  { 0x200b, 5 },     { 0x202a, 5 }, { 0x2060, 16 }, { 0x3164, 1 },
        { 0xfe00, 16 }, { 0xfeff, 1 },     { 0xffa0, 1 }, { 0xfff0, 9 },  { 0x1bca0, 4 },
        { 0x1d173, 8 }, { 0xe0000, 4096 },
    };
    bool found = false;
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        found = found || c - runs[i][0] < runs[i][1];
    }
    return found;
}

size_t fct_transcode(uint8_t *to, const uint8_t *bytes, size_t length, unsigned from, unsigned into)
{
    static uint32_t list[2 * FCT_CODEC_MAX];
    size_t count = characters(list, bytes, length, from, into), got = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = list[i];
        uint16_t units[2] = { (uint16_t)c, 0 };
        size_t size = 1;
        if (c > 0xffff) {
            units[0] = (uint16_t)(0xd7c0 + c / 0x400);
            units[1] = (uint16_t)(0xdc00 + c % 0x400);
            size = 2;
        }
        if (into == FC_ENCODING_UTF8) {
            got += fct_utf8_of_units(to + got, units, size);
        } else if (into == FC_ENCODING_UTF16LE) {
            got += fct_decode_utf16le(to + got, 4, units, size);
        } else if (c <= (into == FC_ENCODING_LATIN1 ? 0xff : 0x7f)) {
            to[got++] = (uint8_t)c;
        } else if (!is_left_out(c)) {
            to[got++] = '?';
        }
    }
    return got;
}
