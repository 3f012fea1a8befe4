/* SPDX-License-Identifier: MIT */

/* Text as latin1, ascii, hex and base64 see it: the low byte of each UTF-16 unit, and nothing else
 * (so that to Node U+0131 is the digit 1). Both forms of text come out as runs of such bytes; ASCII
 * in UTF-8, the usual case, is not even copied. And the way back: text that one byte a character
 * makes, widened to UTF-16. */
#ifndef FCI_CODEC_LOW_H
#define FCI_CODEC_LOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No run that was narrowed is longer. */
#define FCI_LOW_RUN ((size_t)2048)

struct fci_low {
    /* What is left of the run: low bytes of the next `length` units. Where it is lent it is all of
     * the UTF-8, which nobody has looked at: a byte above 0x7f in it begins another character. */
    const uint8_t *bytes;
    size_t length;
    bool lent;

    /* What a step keeps for the next one: bits that make no byte yet, how many, and whether nothing
     * that follows counts. All zero at first. */
    bool ended;
    unsigned held;
    uint32_t bits;

    /* The text behind the run, in one of the two forms; the other is NULL. */
    const uint8_t *utf8;
    const uint16_t *utf16;
    size_t left;
    uint8_t narrowed[FCI_LOW_RUN];
};

/* Decodes the run into at most `room` bytes, returns how many, and takes what it has used off the
 * run. Where they are fewer than room, the whole run has been used, or low->ended is set, or
 * fci_low_is_other says that the step may go no further. */
typedef size_t fci_low_step(struct fci_low *low, uint8_t *to, size_t room);

/* Whether the run, which is not empty, goes on with a byte that does not stand for itself. */
static inline bool fci_low_is_other(const struct fci_low *low)
{
    return low->lent && *low->bytes > 0x7f;
}

static inline void fci_low_take(struct fci_low *low, size_t count)
{
    low->bytes += count;
    low->length -= count;
}

/* Decodes until there is no room, no text, or a step says that it has ended; returns how many bytes
 * that gave. And how many it would give with endless room: the four of a codec that decode. */
size_t fci_low_bytes_of_utf8(fci_low_step *step, const uint8_t *text, size_t count);
size_t fci_low_from_utf8(fci_low_step *step, uint8_t *to, size_t room, const uint8_t *text,
                         size_t count);
size_t fci_low_bytes_of_utf16(fci_low_step *step, const uint16_t *text, size_t count);
size_t fci_low_from_utf16(fci_low_step *step, uint8_t *to, size_t room, const uint16_t *text,
                          size_t count);

/* Encodes to UTF-16 with what encodes to ASCII: at most two characters a byte, and pieces of a
 * multiple of three bytes give together what the whole gives. */
typedef size_t fci_low_encode(uint8_t *to, const uint8_t *bytes, size_t length);
size_t fci_low_widen(fci_low_encode *encode, uint16_t *to, const uint8_t *bytes, size_t length);

#endif
