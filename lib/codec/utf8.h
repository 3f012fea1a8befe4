/* SPDX-License-Identifier: MIT */

/* What is wrong with a piece of UTF-8, and where. */
#ifndef FCI_CODEC_UTF8_H
#define FCI_CODEC_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Why UTF-8 is ill-formed, numbered as FC_DECODE_... is:
 *   TRUNCATED   a lead byte, and perhaps more, without all of its continuation bytes
 *   OVERLONG    C0, C1, E0 80..9F, F0 80..8F
 *   SURROGATE   ED A0..BF
 *   TOO_LARGE   F4 90..BF, F5..F7
 *   STRAY       a continuation byte without a lead, F8..FF */
#define FCI_UTF8_TRUNCATED 5u
#define FCI_UTF8_OVERLONG 6u
#define FCI_UTF8_SURROGATE 7u
#define FCI_UTF8_TOO_LARGE 8u
#define FCI_UTF8_STRAY 9u

/* The length of the longest well-formed prefix. *kind gets why it ends there, 0 if all is well. */
size_t fci_utf8_valid_prefix(const uint8_t *bytes, size_t length, unsigned *kind);

#endif
