/* SPDX-License-Identifier: MIT */

/* The AVX2 tier's comparing and searching. To be called only where the CPU has FCI_CPU_AVX2. */
#ifndef FCI_KERNELS_X86_AVX2_FIND_H
#define FCI_KERNELS_X86_AVX2_FIND_H

#include <stddef.h>
#include <stdint.h>

size_t fci_mismatch_avx2(const uint8_t *a, const uint8_t *b, size_t length);
size_t fci_find_byte_avx2(const uint8_t *hay, size_t length, uint8_t value);
size_t fci_find_byte_back_avx2(const uint8_t *hay, size_t length, uint8_t value);
size_t fci_find_bytes_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                           size_t needle_length, size_t unit);
size_t fci_find_bytes_back_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                                size_t needle_length, size_t unit);

#endif
