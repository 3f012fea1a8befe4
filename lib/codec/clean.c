/* SPDX-License-Identifier: MIT */

/* To decode is the fastest way to look: what is not wanted is thrown away, a piece at a time, so
 * that it never leaves the nearest cache. UTF-16 becomes UTF-8 first, in pieces that grow while all
 * is clean: who meets something else every few units does not pay for many. */

#include "base/common.h"

#include "codec/clean.h"

#include "base/checked.h"
#include "codec/groups.h"
#include "kernels/base64.h"
#include "kernels/kernels.h"

/* Bytes that are thrown away at once, a multiple of three; and units at once, at first and at most.
 */
#define UNWANTED ((size_t)3072)
#define FIRST ((size_t)64)
#define MOST ((size_t)2048)

/* Groups that are not in lines. */
static size_t decode_groups(uint8_t *to, size_t room, const uint8_t *from, size_t length,
                            unsigned alphabet, size_t *read)
{
    size_t groups = fci_size_min(length / 4, room / 3);
    groups = fci_kernels()->base64_decode(to, from, groups, alphabet);
    *read = 4 * groups;
    return 3 * groups;
}

/* All that is clean in UTF-8 and has room, or some of it; nothing if there is nothing. */
static size_t decode(uint8_t *to, size_t room, const uint8_t *from, size_t length,
                     enum fci_digits digits, size_t *read)
{
    size_t pairs = fci_size_min(length / 2, room);
    switch (digits) {
    case FCI_DIGITS_HEX:
        pairs = fci_kernels()->hex_decode(to, from, pairs);
        *read = 2 * pairs;
        return pairs;
    case FCI_DIGITS_BASE64:
        return decode_groups(to, room, from, length, FCI_BASE64_STANDARD, read);
    case FCI_DIGITS_BASE64URL:
        return decode_groups(to, room, from, length, FCI_BASE64_URL, read);
    case FCI_DIGITS_BASE64_LINES:
        return fci_base64_groups(to, room, from, length, FCI_BASE64_STANDARD, read);
    default:
        return fci_base64_groups(to, room, from, length, FCI_BASE64_URL, read);
    }
}

/* The same for at most `most` units of UTF-16. What is not ASCII is not clean as UTF-8 either. */
static size_t decode_utf16(uint8_t *to, size_t room, const uint16_t *from, size_t length,
                           enum fci_digits digits, size_t *read)
{
    uint8_t text[MOST];
    size_t used, count = fci_kernels()->utf16_to_utf8(text, MOST, from, length, &used);
    return decode(to, room, text, count, digits, read);
}

struct fci_clean fci_clean_decode(uint8_t *to, size_t room, const fc_text *text, size_t at,
                                  enum fci_digits digits)
{
    uint8_t unwanted[UNWANTED];
    struct fci_clean clean = { 0, 0 };
    size_t read = 1;
    for (size_t some = FIRST; read != 0; some = fci_size_min(2 * some, MOST)) {
        /* cppcheck-suppress legacyUninitvar ; an address to write to */
        uint8_t *target = to != NULL ? to + clean.bytes : unwanted;
        size_t left = text->count - at - clean.read, most = room - clean.bytes;
        most = to != NULL ? most : fci_size_min(most, UNWANTED);
        if (text->form == FC_TEXT_UTF8) {
            const uint8_t *from = (const uint8_t *)text->units + at + clean.read;
            clean.bytes += decode(target, most, from, left, digits, &read);
        } else {
            const uint16_t *from = (const uint16_t *)text->units + at + clean.read;
            left = fci_size_min(left, some);
            clean.bytes += decode_utf16(target, most, from, left, digits, &read);
        }
        clean.read += read;
    }
    return clean;
}
