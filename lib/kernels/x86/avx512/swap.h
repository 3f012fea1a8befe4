/* SPDX-License-Identifier: MIT */

/* The AVX-512 tier's changes of order. To be called only where the CPU has FCI_CPU_AVX512. */
#ifndef FCI_KERNELS_X86_AVX512_SWAP_H
#define FCI_KERNELS_X86_AVX512_SWAP_H

#include <stddef.h>
#include <stdint.h>

void fci_swap16_avx512(uint8_t *to, const uint8_t *from, size_t length);
void fci_swap32_avx512(uint8_t *to, const uint8_t *from, size_t length);
void fci_swap64_avx512(uint8_t *to, const uint8_t *from, size_t length);
void fci_reverse_avx512(uint8_t *to, const uint8_t *from, size_t length);

#endif
