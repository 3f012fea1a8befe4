/* SPDX-License-Identifier: MIT */

/* The scalar tier's loops over text, what each does is said in kernels/kernels.h. Portable C that
 * takes eight bytes at a time where it can, and the definition of right for every other tier. */
#ifndef FCI_KERNELS_SCALAR_TEXT_H
#define FCI_KERNELS_SCALAR_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* hex.c */
void fci_hex_encode_scalar(uint8_t *to, const uint8_t *from, size_t length);
size_t fci_hex_decode_scalar(uint8_t *to, const uint8_t *from, size_t pairs);

/* base64.c */
size_t fci_base64_encode_scalar(uint8_t *to, const uint8_t *from, size_t length, bool url);
size_t fci_base64_decode_scalar(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet);
size_t fci_base64_decode_lines_scalar(uint8_t *to, const uint8_t *from, size_t lines, size_t groups,
                                      size_t end, unsigned alphabet);
size_t fci_base64_compact_scalar(uint8_t *to, const uint8_t *from, size_t length, size_t *read);

/* latin1.c */
size_t fci_ascii_prefix_scalar(const uint8_t *bytes, size_t length);
size_t fci_latin1_to_utf8_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_latin1_to_utf16_scalar(uint16_t *to, const uint8_t *from, size_t length);
void fci_utf16_to_latin1_scalar(uint8_t *to, const uint16_t *from, size_t count);
size_t fci_utf8_length_of_latin1_scalar(const uint8_t *bytes, size_t length);

/* utf.c */
size_t fci_utf8_prefix_scalar(const uint8_t *bytes, size_t length);
/* The same where all before `at` is right, but that its last character may want more. */
size_t fci_utf8_prefix_from(const uint8_t *bytes, size_t at, size_t length);
size_t fci_utf8_to_utf16_scalar(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                                size_t *read);
size_t fci_utf16_to_utf8_scalar(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                                size_t *read);
size_t fci_utf16_length_of_utf8_scalar(const uint8_t *bytes, size_t length);
size_t fci_utf8_length_of_utf16_scalar(const uint16_t *units, size_t count);

#endif
