/* SPDX-License-Identifier: MIT */

/* Base64 by tables, a group at a time: three bytes, four characters. */

#include "base/common.h"

#include "kernels/base64.h"
#include "kernels/scalar/text.h"

#define NO FCI_BASE64_NONE

/* clang-format off */
#define NONE_16 NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO
#define NONE_128 NONE_16, NONE_16, NONE_16, NONE_16, NONE_16, NONE_16, NONE_16, NONE_16
#define VALUES(plus, minus, slash, under) { \
    NONE_16, NONE_16, \
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, plus, NO, minus, NO, slash, \
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, NO, NO, NO, NO, NO, NO, \
    NO, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, \
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, NO, NO, NO, NO, under, \
    NO, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, \
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, NO, NO, NO, NO, NO, \
    NONE_128 }
const uint8_t fci_base64_values[3][256] = {
    [FCI_BASE64_EITHER] = VALUES(62, 62, 63, 63),
    [FCI_BASE64_STANDARD] = VALUES(62, NO, 63, NO),
    [FCI_BASE64_URL] = VALUES(NO, 62, NO, 63),
};
/* clang-format on */

const char fci_base64_alphabets[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

size_t fci_base64_encode_scalar(uint8_t *to, const uint8_t *from, size_t length, bool url)
{
    const char *alphabet = fci_base64_alphabets[url];
    size_t rest = length % 3;
    for (const uint8_t *end = from + (length - rest); from != end; from += 3, to += 4) {
        uint32_t bits = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];
        to[0] = (uint8_t)alphabet[bits >> 18];
        to[1] = (uint8_t)alphabet[bits >> 12 & 0x3f];
        to[2] = (uint8_t)alphabet[bits >> 6 & 0x3f];
        to[3] = (uint8_t)alphabet[bits & 0x3f];
    }
    if (rest == 0) {
        return length / 3 * 4;
    }
    uint32_t bits = (uint32_t)from[0] << 16 | (rest == 2 ? (uint32_t)from[1] << 8 : 0);
    to[0] = (uint8_t)alphabet[bits >> 18];
    to[1] = (uint8_t)alphabet[bits >> 12 & 0x3f];
    if (rest == 2) {
        to[2] = (uint8_t)alphabet[bits >> 6 & 0x3f];
    }
    return length / 3 * 4 + rest + 1;
}

size_t fci_base64_decode_scalar(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet)
{
    const uint8_t *values = fci_base64_values[alphabet];
    for (size_t i = 0; i < groups; i++, from += 4, to += 3) {
        uint32_t a = values[from[0]], b = values[from[1]], c = values[from[2]], d = values[from[3]];
        if ((a | b | c | d) > 0x3f) {
            return i;
        }
        uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        to[0] = (uint8_t)(bits >> 16);
        to[1] = (uint8_t)(bits >> 8);
        to[2] = (uint8_t)bits;
    }
    return groups;
}

struct values {
    unsigned alphabet;
};

static inline struct values values_scalar(unsigned alphabet)
{
    return (struct values){ alphabet };
}

static inline bool line_scalar(uint8_t *to, const uint8_t *from, size_t groups,
                               struct values values)
{
    return fci_base64_decode_scalar(to, from, groups, values.alphabet) == groups;
}

#define FCI_TIER(name) name##_scalar
#include "kernels/lines_template.h"

size_t fci_base64_compact_scalar(uint8_t *to, const uint8_t *from, size_t length, size_t *read)
{
    size_t i = 0, kept = 0;
    for (; i < length; i++) {
        bool good = fci_base64_values[FCI_BASE64_EITHER][from[i]] != NO;
        if (!good && (from[i] == '=' || from[i] > 0x7f)) {
            break;
        }
        to[kept] = from[i];
        kept += good;
    }
    *read = i;
    return kept;
}
