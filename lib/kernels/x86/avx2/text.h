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
void fci_base64_encode_avx2(uint8_t *to, const uint8_t *from, size_t groups, bool url);
size_t fci_base64_decode_avx2(uint8_t *to, const uint8_t *from, size_t groups);

/* latin1.c */
size_t fci_ascii_prefix_avx2(const uint8_t *bytes, size_t length);
void fci_latin1_to_utf16_avx2(uint16_t *to, const uint8_t *from, size_t length);
void fci_utf16_to_latin1_avx2(uint8_t *to, const uint16_t *from, size_t count);
size_t fci_utf8_length_of_latin1_avx2(const uint8_t *bytes, size_t length);

/* to_utf8.c */
size_t fci_latin1_to_utf8_avx2(uint8_t *to, const uint8_t *from, size_t length);
size_t fci_utf16_to_utf8_avx2(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                              size_t *read);
size_t fci_utf8_length_of_utf16_avx2(const uint16_t *units, size_t count);

/* to_utf16.c. How much of each side has been gone over; and what converts all of right text that
 * there is room for, or all but a few characters. */
struct fci_utf16_step {
    size_t used, made;
};
typedef struct fci_utf16_step fci_utf16_run(uint16_t *to, size_t room, const uint8_t *from,
                                            size_t length);

/* The slot utf8_to_utf16 by such runs of a few KiB, each validated first. */
size_t fci_utf8_to_utf16_by_runs(fci_utf16_run *run, uint16_t *to, size_t room, const uint8_t *from,
                                 size_t length, size_t *read);
size_t fci_utf8_to_utf16_avx2(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                              size_t *read);

/* utf8.c */
size_t fci_utf8_prefix_avx2(const uint8_t *bytes, size_t length);
size_t fci_utf16_length_of_utf8_avx2(const uint8_t *bytes, size_t length);

#endif
