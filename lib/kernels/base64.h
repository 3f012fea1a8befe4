/* SPDX-License-Identifier: MIT */

/* What a character of base64 stands for, in the alphabets of RFC 4648 (sections 4 and 5): for the
 * tiers, and for whoever takes text character by character. */
#ifndef FCI_KERNELS_BASE64_H
#define FCI_KERNELS_BASE64_H

#include <stdint.h>

/* Which characters count: + / and - _ alike, or one pair of the two. */
enum { FCI_BASE64_EITHER = 0, FCI_BASE64_STANDARD = 1, FCI_BASE64_URL = 2 };

/* 0..63, or FCI_BASE64_NONE. */
extern const uint8_t fci_base64_values[3][256];

/* The character of each value: with + and /, and with - and _. */
extern const char fci_base64_alphabets[2][65];

#define FCI_BASE64_NONE 0xffu

#endif
