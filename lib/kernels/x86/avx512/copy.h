/* SPDX-License-Identifier: MIT */

/* The AVX-512 tier's loops over bytes. To be called only where the CPU has FCI_CPU_AVX512. */
#ifndef FCI_KERNELS_X86_AVX512_COPY_H
#define FCI_KERNELS_X86_AVX512_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_fill_avx512(uint8_t *to, uint8_t value, size_t length);

#endif
