/* SPDX-License-Identifier: MIT */

/* What is wrong with a byte of UTF-8 and the next one, after John Keiser and Daniel Lemire,
 * "Validating UTF-8 In Less Than One Instruction Per Byte", Software: Practice and Experience 51
 * (2021): the halves of a byte and the high half of the next one each have a table of the errors
 * that they allow; what all three allow is one. For tiers that look up 16 bytes at once. */
#ifndef FCI_KERNELS_UTF8_ERRORS_H
#define FCI_KERNELS_UTF8_ERRORS_H

#include <stdint.h>

enum fci_utf8_error {
    FCI_UTF8_TOO_SHORT = 0x01,  /* a lead, and then no continuation */
    FCI_UTF8_TOO_LONG = 0x02,   /* ASCII, and then a continuation */
    FCI_UTF8_OVERLONG_3 = 0x04, /* E0 80..9F */
    FCI_UTF8_TOO_LARGE = 0x08,  /* F4 90..BF, F5..FF 90..BF */
    FCI_UTF8_SURROGATE = 0x10,  /* ED A0..BF */
    FCI_UTF8_OVERLONG_2 = 0x20, /* C0, C1 */
    FCI_UTF8_OVERLONG_4 = 0x40, /* F0 80..8F; and TOO_LARGE with a second byte 80..8F */
    FCI_UTF8_TWO = 0x80,        /* a continuation, and then another: right or wrong */
};

/* By a half of a byte. */
struct fci_utf8_errors {
    uint8_t first_high[16], first_low[16], second_high[16];
};
extern const struct fci_utf8_errors fci_utf8_errors;

#endif
