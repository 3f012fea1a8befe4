/* SPDX-License-Identifier: MIT */

/* One character at a time of UTF-8 and UTF-16: the single place that knows what is well formed
 * (the Unicode Standard, table 3-7) and how much of what is not one U+FFFD stands for (ibid.,
 * "U+FFFD Substitution of Maximal Subparts"). Runs of text are the kernels' work. */
#ifndef FCI_BASE_UTF_H
#define FCI_BASE_UTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FCI_UTF_REPLACEMENT ((uint32_t)0xfffd)
/* What fci_utf8_next gives for an ill-formed subpart. */
#define FCI_UTF_ILL UINT32_MAX

static inline bool fci_utf8_is_continuation(uint32_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Whether `byte` may follow `lead`, which is C2..F4. */
static inline bool fci_utf8_may_follow(uint32_t lead, uint32_t byte)
{
    uint32_t first = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint32_t last = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return first <= byte && byte <= last;
}

/* How many of the last bytes before `at` begin a character that wants more; all from `begin` on is
 * right otherwise. A lead from F5 on is among them: who looks at pairs of bytes has not judged it.
 */
static inline size_t fci_utf8_open(const uint8_t *begin, const uint8_t *at)
{
    for (size_t back = 1; back <= 3 && back <= (size_t)(at - begin); back++) {
        uint32_t byte = at[-(ptrdiff_t)back];
        if (!fci_utf8_is_continuation(byte)) {
            size_t size = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
            return back < size ? back : 0;
        }
    }
    return 0;
}

/* The length of the maximal subpart at `at`, where no well-formed character stands. */
static inline size_t fci_utf8_subpart(const uint8_t *at, const uint8_t *end)
{
    uint32_t lead = at[0];
    if (lead < 0xc2 || lead > 0xf4 || end - at < 2 || !fci_utf8_may_follow(lead, at[1])) {
        return 1;
    }
    return end - at < 3 || !fci_utf8_is_continuation(at[2]) ? 2 : 3;
}

/* The character at `at` (before `end`), or FCI_UTF_ILL; returns the length of it, or of the
 * maximal subpart. */
static inline size_t fci_utf8_next(uint32_t *code, const uint8_t *at, const uint8_t *end)
{
    uint32_t lead = at[0];
    size_t left = (size_t)(end - at);
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    if (lead - 0xc2 <= 0xdf - 0xc2 && left >= 2 && fci_utf8_is_continuation(at[1])) {
        *code = (lead & 0x1f) << 6 | (at[1] & 0x3fu);
        return 2;
    }
    if ((lead & 0xf0) == 0xe0 && left >= 3 && fci_utf8_may_follow(lead, at[1]) &&
        fci_utf8_is_continuation(at[2])) {
        *code = (lead & 0xf) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
        return 3;
    }
    if (lead - 0xf0 <= 0xf4 - 0xf0 && left >= 4 && fci_utf8_may_follow(lead, at[1]) &&
        fci_utf8_is_continuation(at[2]) && fci_utf8_is_continuation(at[3])) {
        *code = (lead & 7) << 18 | (at[1] & 0x3fu) << 12 | (at[2] & 0x3fu) << 6 | (at[3] & 0x3fu);
        return 4;
    }
    *code = FCI_UTF_ILL;
    return fci_utf8_subpart(at, end);
}

static inline bool fci_utf16_is_high(uint32_t unit)
{
    return (unit & 0xfc00) == 0xd800;
}

static inline bool fci_utf16_is_low(uint32_t unit)
{
    return (unit & 0xfc00) == 0xdc00;
}

/* The character at `at` (before `end`), FCI_UTF_REPLACEMENT for a lone surrogate; returns its
 * length in units. */
static inline size_t fci_utf16_next(uint32_t *code, const uint16_t *at, const uint16_t *end)
{
    uint32_t unit = at[0];
    *code = unit;
    if ((unit & 0xf800) != 0xd800) {
        return 1;
    }
    if (fci_utf16_is_high(unit) && end - at >= 2 && fci_utf16_is_low(at[1])) {
        *code = 0x10000 + ((unit & 0x3ff) << 10 | (at[1] & 0x3ffu));
        return 2;
    }
    *code = FCI_UTF_REPLACEMENT;
    return 1;
}

/* How many bytes, and how many units, a character takes. */
static inline size_t fci_utf8_size(uint32_t code)
{
    return 1u + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000);
}

static inline size_t fci_utf16_size(uint32_t code)
{
    return 1u + (code >= 0x10000);
}

/* Stores a character of fci_utf8_size(code) bytes; returns that. */
static inline size_t fci_utf8_put(uint8_t *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (uint8_t)(0xc0 | code >> 6);
        to[1] = (uint8_t)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (uint8_t)(0xe0 | code >> 12);
        to[1] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
        to[2] = (uint8_t)(0x80 | (code & 0x3f));
        return 3;
    }
    to[0] = (uint8_t)(0xf0 | code >> 18);
    to[1] = (uint8_t)(0x80 | (code >> 12 & 0x3f));
    to[2] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
    to[3] = (uint8_t)(0x80 | (code & 0x3f));
    return 4;
}

/* Stores a character of fci_utf16_size(code) units; returns that. */
static inline size_t fci_utf16_put(uint16_t *to, uint32_t code)
{
    if (code < 0x10000) {
        to[0] = (uint16_t)code;
        return 1;
    }
    to[0] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
    to[1] = (uint16_t)(0xdc00 + (code & 0x3ff));
    return 2;
}

#endif
