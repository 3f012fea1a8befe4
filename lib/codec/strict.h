/* SPDX-License-Identifier: MIT */

/* Checks of text, before it is decoded: the first mistake by strict rules. Each returns FC_DECODE_…
 * and sets *offset, in units of the text; or returns 0 and leaves it alone, and then the encoding's
 * table (codec/codec.h) decodes the text as it stands, to the last unit. */
#ifndef FCI_CODEC_STRICT_H
#define FCI_CODEC_STRICT_H

#include <fc_buffer/strict.h>

/* The largest of all characters. */
#define FCI_LARGEST ((uint32_t)0x10ffff)

/* Well-formed, and no character above `largest` (0x7f or more). */
uint32_t fci_check_text(size_t *offset, const fc_text *text, uint32_t largest);

/* RFC 4648 section 8, in either case: an even number of digits. */
uint32_t fci_check_hex(size_t *offset, const fc_text *text);

/* RFC 4648 section 4 with all of its padding, or section 5 with all or none. */
uint32_t fci_check_base64(size_t *offset, const fc_text *text, bool url);

#endif
