/* SPDX-License-Identifier: MIT */

/* To decode is the fastest way to look: what comes out is thrown away, a piece at a time, so that
 * it never leaves the nearest cache. */

#include "base/common.h"

#include "codec/clean.h"

#include "base/checked.h"
#include "kernels/base64.h"
#include "kernels/kernels.h"

/* Bytes of a piece: a multiple of three. */
#define PIECE ((size_t)1536)

/* The characters from `at` on, and how many may be looked at. */
static const uint8_t *characters(size_t *count, const fc_text *text, size_t at, size_t limit)
{
    *count = text->form != FC_TEXT_UTF8 ? 0 : text->count - at < limit ? text->count - at : limit;
    return *count != 0 ? (const uint8_t *)text->units + at : NULL;
}

size_t fci_clean_base64(const fc_text *text, size_t at, size_t limit, bool url)
{
    unsigned alphabet = url ? FCI_BASE64_URL : FCI_BASE64_STANDARD;
    uint8_t unwanted[PIECE];
    size_t count, done = 0;
    const uint8_t *from = characters(&count, text, at, limit);
    while (count - done >= 4) {
        size_t groups = fci_size_min((count - done) / 4, PIECE / 3);
        size_t good = fci_kernels()->base64_decode(unwanted, from + done, groups, alphabet);
        done += 4 * good;
        if (good < groups) {
            break;
        }
    }
    return done;
}

size_t fci_clean_hex(const fc_text *text, size_t at, size_t limit)
{
    uint8_t unwanted[PIECE];
    size_t count, done = 0;
    const uint8_t *from = characters(&count, text, at, limit);
    while (count - done >= 2) {
        size_t pairs = fci_size_min((count - done) / 2, PIECE);
        size_t good = fci_kernels()->hex_decode(unwanted, from + done, pairs);
        done += 2 * good;
        if (good < pairs) {
            break;
        }
    }
    return done;
}
