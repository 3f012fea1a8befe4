/* SPDX-License-Identifier: MIT */

/* UTF-8 and UTF-16: ASCII by words, everything else a character at a time. */

#include "base/common.h"

#include "kernels/scalar/text.h"

#include "base/utf.h"
#include "kernels/scalar/words.h"

/* The bits that no ASCII character sets, in eight bytes and in four units. */
#define HIGH_BITS FCI_BYTES(0x80)
#define HIGH_UNITS UINT64_C(0xff80ff80ff80ff80)

size_t fci_utf8_prefix_scalar(const uint8_t *bytes, size_t length)
{
    const uint8_t *at = bytes, *end = bytes + length;
    while (at < end) {
        if (end - at >= 8 && (fci_word_load(at) & HIGH_BITS) == 0) {
            at += 8;
            continue;
        }
        uint32_t code;
        size_t used = fci_utf8_next(&code, at, end);
        if (code == FCI_UTF_ILL) {
            break;
        }
        at += used;
    }
    return (size_t)(at - bytes);
}

size_t fci_utf8_prefix_from(const uint8_t *bytes, size_t at, size_t length)
{
    at -= fci_utf8_open(bytes, bytes + at);
    return at + fci_utf8_prefix_scalar(bytes + at, length - at);
}

size_t fci_utf8_to_utf16_scalar(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                                size_t *read)
{
    const uint8_t *at = from, *end = from + length;
    size_t done = 0;
    while (at < end) {
        if (end - at >= 8 && room - done >= 8 && (fci_word_load(at) & HIGH_BITS) == 0) {
            fci_word_store(to + done, fci_word_widen(fci_half_load(at)));
            fci_word_store(to + done + 4, fci_word_widen(fci_half_load(at + 4)));
            at += 8;
            done += 8;
            continue;
        }
        uint32_t code;
        size_t used = fci_utf8_next(&code, at, end);
        code = code == FCI_UTF_ILL ? FCI_UTF_REPLACEMENT : code;
        if (room - done < 2 && room - done < fci_utf16_size(code)) {
            break;
        }
        at += used;
        done += fci_utf16_put(to + done, code);
    }
    *read = (size_t)(at - from);
    return done;
}

size_t fci_utf16_to_utf8_scalar(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                                size_t *read)
{
    const uint16_t *at = from, *end = from + count;
    size_t done = 0;
    while (at < end) {
        if (end - at >= 4 && room - done >= 4 && (fci_word_load(at) & HIGH_UNITS) == 0) {
            fci_half_store(to + done, fci_word_narrow(fci_word_load(at)));
            at += 4;
            done += 4;
            continue;
        }
        uint32_t code;
        size_t used = fci_utf16_next(&code, at, end);
        if (room - done < 4 && room - done < fci_utf8_size(code)) {
            break;
        }
        at += used;
        done += fci_utf8_put(to + done, code);
    }
    *read = (size_t)(at - from);
    return done;
}

/* The units of well-formed UTF-8: one for each byte that is no continuation, and a second one for
 * each lead from F0 on. */
static size_t units_of(const uint8_t *bytes, size_t length)
{
    size_t total = 0, i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t word = fci_word_load(bytes + i);
        uint64_t begins = (~word >> 7 | word >> 6) & FCI_BYTES(1);
        uint64_t fours = word >> 7 & word >> 6 & word >> 5 & word >> 4 & FCI_BYTES(1);
        total += (size_t)(FCI_BYTES(begins + fours) >> 56);
    }
    for (; i < length; i++) {
        total += (fci_utf8_is_continuation(bytes[i]) ? 0u : 1u) + (bytes[i] >= 0xf0 ? 1u : 0u);
    }
    return total;
}

size_t fci_utf16_length_of_utf8_scalar(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = bytes + length;
    size_t total = 0;
    while (bytes < end) {
        size_t good = fci_utf8_prefix_scalar(bytes, (size_t)(end - bytes));
        total += units_of(bytes, good);
        bytes += good;
        if (bytes < end) {
            bytes += fci_utf8_subpart(bytes, end);
            total++;
        }
    }
    return total;
}

size_t fci_utf8_length_of_utf16_scalar(const uint16_t *units, size_t count)
{
    const uint16_t *at = units, *end = units + count;
    size_t total = 0;
    while (at < end) {
        if (end - at >= 4 && (fci_word_load(at) & HIGH_UNITS) == 0) {
            total += 4;
            at += 4;
            continue;
        }
        uint32_t code;
        at += fci_utf16_next(&code, at, end);
        total += fci_utf8_size(code);
    }
    return total;
}
