/* SPDX-License-Identifier: MIT */

/* The AVX-512 tier's comparing and searching. To be called only where the CPU has FCI_CPU_AVX512.
 */
#ifndef FCI_KERNELS_X86_AVX512_FIND_H
#define FCI_KERNELS_X86_AVX512_FIND_H

#include <stddef.h>
#include <stdint.h>

size_t fci_mismatch_avx512(const uint8_t *a, const uint8_t *b, size_t length);
size_t fci_find_byte_avx512(const uint8_t *hay, size_t length, uint8_t value);

#endif
