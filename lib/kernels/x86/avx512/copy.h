/* SPDX-License-Identifier: MIT */

/* The AVX-512 tier's loops over bytes. To be called only where the CPU has FCI_CPU_AVX512. */
#ifndef FCI_KERNELS_X86_AVX512_COPY_H
#define FCI_KERNELS_X86_AVX512_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_copy_avx512(uint8_t *to, const uint8_t *from, size_t length);
void fci_move_avx512(uint8_t *to, const uint8_t *from, size_t length);

/* Over 256 bytes, ranges that do not overlap: see fci_state_limits.wide. */
void fci_copy_wide_avx512(uint8_t *to, const uint8_t *from, size_t length);

void fci_fill_avx512(uint8_t *to, uint8_t value, size_t length);

#endif
