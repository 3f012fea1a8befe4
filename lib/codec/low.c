/* SPDX-License-Identifier: MIT */

/* Runs of low bytes. UTF-8 is lent, and steps take it as far as it is ASCII; what begins with
 * another character goes through UTF-16 and, as UTF-16 does, through the buffer of narrowed units.
 */

#include "base/common.h"

#include "codec/low.h"

#include "base/checked.h"
#include "kernels/kernels.h"

/* Enough for the pair of any character. */
#define UNITS ((size_t)512)
#define PIECE ((size_t)768)

static void begin(struct fci_low *low, const uint8_t *utf8, const uint16_t *utf16, size_t count)
{
    low->bytes = utf8;
    low->length = 0;
    low->lent = false;
    low->ended = false;
    low->held = 0;
    low->bits = 0;
    low->utf8 = utf8;
    low->utf16 = utf16;
    low->left = count;
}

static void narrow(struct fci_low *low, const uint16_t *units, size_t count)
{
    fci_kernels()->utf16_to_latin1(low->narrowed, units, count);
    low->bytes = low->narrowed;
    low->length = count;
    low->lent = false;
}

static void next_of_utf16(struct fci_low *low)
{
    size_t length = fci_size_min(low->left, FCI_LOW_RUN);
    narrow(low, low->utf16, length);
    low->utf16 += length;
    low->left -= length;
}

/* All that is left, as it stands. */
static void lend(struct fci_low *low)
{
    low->bytes = low->utf8;
    low->length = low->left;
    low->left = 0;
    low->lent = true;
}

/* What is lent goes on with a character that is not ASCII: that, and some of what follows it. */
static void next_of_utf8(struct fci_low *low)
{
    uint16_t units[UNITS];
    size_t used;
    low->utf8 = low->bytes;
    low->left = low->length;
    size_t count = fci_kernels()->utf8_to_utf16(units, UNITS, low->utf8, low->left, &used);
    narrow(low, units, count);
    low->utf8 += used;
    low->left -= used;
}

/* Sees to it that the run goes on; false where the text is at its end. */
static bool next(struct fci_low *low)
{
    if (low->ended || (low->length == 0 && low->left == 0)) {
        return false;
    }
    if (low->length == 0 && low->utf8 == NULL) {
        next_of_utf16(low);
    } else if (low->length == 0) {
        lend(low);
    }
    if (fci_low_is_other(low)) {
        next_of_utf8(low);
    }
    return true;
}

static size_t decode(struct fci_low *low, fci_low_step *step, uint8_t *to, size_t room)
{
    size_t done = 0;
    while (done < room && next(low)) {
        done += step(low, to + done, room - done);
    }
    return done;
}

static size_t count_bytes(struct fci_low *low, fci_low_step *step)
{
    uint8_t unwanted[FCI_LOW_RUN];
    size_t total = 0;
    while (next(low)) {
        total += step(low, unwanted, sizeof unwanted);
    }
    return total;
}

size_t fci_low_bytes_of_utf8(fci_low_step *step, const uint8_t *text, size_t count)
{
    struct fci_low low;
    begin(&low, text, NULL, count);
    return count_bytes(&low, step);
}

size_t fci_low_from_utf8(fci_low_step *step, uint8_t *to, size_t room, const uint8_t *text,
                         size_t count)
{
    struct fci_low low;
    begin(&low, text, NULL, count);
    return decode(&low, step, to, room);
}

size_t fci_low_bytes_of_utf16(fci_low_step *step, const uint16_t *text, size_t count)
{
    struct fci_low low;
    begin(&low, NULL, text, count);
    return count_bytes(&low, step);
}

size_t fci_low_from_utf16(fci_low_step *step, uint8_t *to, size_t room, const uint16_t *text,
                          size_t count)
{
    struct fci_low low;
    begin(&low, NULL, text, count);
    return decode(&low, step, to, room);
}

size_t fci_low_widen(fci_low_encode *encode, uint16_t *to, const uint8_t *bytes, size_t length)
{
    uint8_t text[2 * PIECE];
    size_t done = 0;
    for (size_t i = 0; i < length; i += PIECE) {
        size_t count = encode(text, bytes + i, fci_size_min(length - i, PIECE));
        fci_kernels()->latin1_to_utf16(to + done, text, count);
        done += count;
    }
    return done;
}
