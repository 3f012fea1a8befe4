/* SPDX-License-Identifier: MIT */

/* The AVX2 tier's loops over text. To be called only where the CPU has FCI_CPU_AVX2. */
#ifndef FCI_KERNELS_X86_AVX2_TEXT_H
#define FCI_KERNELS_X86_AVX2_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* hex.c */
void fci_hex_encode_avx2(uint8_t *to, const uint8_t *from, size_t length);
size_t fci_hex_decode_avx2(uint8_t *to, const uint8_t *from, size_t pairs);

/* base64.c */
size_t fci_base64_encode_avx2(uint8_t *to, const uint8_t *from, size_t length, bool url);
size_t fci_base64_decode_avx2(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet);
size_t fci_base64_decode_lines_avx2(uint8_t *to, const uint8_t *from, size_t lines, size_t groups,
                                      size_t end, unsigned alphabet);
size_t fci_base64_compact_avx2(uint8_t *to, const uint8_t *from, size_t length, size_t *read);

/* latin1.c */
size_t fci_ascii_prefix_avx2(const uint8_t *bytes, size_t length);
void fci_latin1_to_utf16_avx2(uint16_t *to, const uint8_t *from, size_t length);
void fci_utf16_to_latin1_avx2(uint8_t *to, const uint16_t *from, size_t count);
size_t fci_utf8_length_of_latin1_avx2(const uint8_t *bytes, size_t length);

/* to_utf8.c */
size_t fci_latin1_to_utf8_avx2(uint8_t *to, const uint8_t *from, size_t length);
size_t fci_utf16_to_utf8_avx2(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                              size_t *read);

/* lengths.c */
size_t fci_utf8_length_of_utf16_avx2(const uint16_t *units, size_t count);

/* utf8.c */
size_t fci_utf8_prefix_avx2(const uint8_t *bytes, size_t length);
size_t fci_utf8_to_utf16_avx2(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                              size_t *read);
size_t fci_utf16_length_of_utf8_avx2(const uint8_t *bytes, size_t length);

#endif
