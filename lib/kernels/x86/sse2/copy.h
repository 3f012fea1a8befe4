/* SPDX-License-Identifier: MIT */

/* The SSE2 tier's loops over bytes. Any x86-64 has it. */
#ifndef FCI_KERNELS_X86_SSE2_COPY_H
#define FCI_KERNELS_X86_SSE2_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_copy_sse2(uint8_t *to, const uint8_t *from, size_t length);
void fci_move_sse2(uint8_t *to, const uint8_t *from, size_t length);
void fci_fill_sse2(uint8_t *to, uint8_t value, size_t length);

#endif
