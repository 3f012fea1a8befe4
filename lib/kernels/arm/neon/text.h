/* SPDX-License-Identifier: MIT */

/* The NEON tier's loops over text. Any aarch64 has it. */
#ifndef FCI_KERNELS_ARM_NEON_TEXT_H
#define FCI_KERNELS_ARM_NEON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* hex.c */
void fci_hex_encode_neon(uint8_t *to, const uint8_t *from, size_t length);
size_t fci_hex_decode_neon(uint8_t *to, const uint8_t *from, size_t pairs);

/* base64.c */
size_t fci_base64_encode_neon(uint8_t *to, const uint8_t *from, size_t length, bool url);
size_t fci_base64_decode_neon(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet);
size_t fci_base64_decode_lines_neon(uint8_t *to, const uint8_t *from, size_t lines, size_t groups,
                                    size_t end, unsigned alphabet);
size_t fci_base64_compact_neon(uint8_t *to, const uint8_t *from, size_t length, size_t *read);

/* utf8.c */
size_t fci_ascii_prefix_neon(const uint8_t *bytes, size_t length);
size_t fci_utf8_prefix_neon(const uint8_t *bytes, size_t length);

#endif
