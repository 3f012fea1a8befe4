/* SPDX-License-Identifier: MIT */

/* The AVX2 tier's loops over bytes. To be called only where the CPU has FCI_CPU_AVX2. */
#ifndef FCI_KERNELS_X86_AVX2_COPY_H
#define FCI_KERNELS_X86_AVX2_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_copy_avx2(uint8_t *to, const uint8_t *from, size_t length);
void fci_move_avx2(uint8_t *to, const uint8_t *from, size_t length);
void fci_fill_avx2(uint8_t *to, uint8_t value, size_t length);

#endif
