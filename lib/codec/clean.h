/* SPDX-License-Identifier: MIT */

/* The part of a text that needs no second look, by the kernels, for functions that go on character
 * by character where it ends: text that is right is right from end to end. */
#ifndef FCI_CODEC_CLEAN_H
#define FCI_CODEC_CLEAN_H

#include <fc_buffer/text.h>

/* What a text consists of: pairs of hexadecimal digits, or whole groups of one alphabet of base64,
 * which may or may not be in lines (codec/groups.h). */
enum fci_digits {
    FCI_DIGITS_HEX = 0,
    FCI_DIGITS_BASE64 = 1,
    FCI_DIGITS_BASE64URL = 2,
    FCI_DIGITS_BASE64_LINES = 3,
    FCI_DIGITS_BASE64URL_LINES = 4,
};

struct fci_clean {
    size_t read;  /* units of the text */
    size_t bytes; /* that they stand for */
};

/* Decodes what is clean from unit `at` on, up to anything else and into at most `room` bytes. To
 * NULL: only looks. */
struct fci_clean fci_clean_decode(uint8_t *to, size_t room, const fc_text *text, size_t at,
                                  enum fci_digits digits);

#endif
