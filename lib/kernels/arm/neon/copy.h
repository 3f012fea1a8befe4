/* SPDX-License-Identifier: MIT */

/* The NEON tier's loops over bytes. Any aarch64 has it. */
#ifndef FCI_KERNELS_ARM_NEON_COPY_H
#define FCI_KERNELS_ARM_NEON_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_copy_neon(uint8_t *to, const uint8_t *from, size_t length);
void fci_move_neon(uint8_t *to, const uint8_t *from, size_t length);
void fci_fill_neon(uint8_t *to, uint8_t value, size_t length);

#endif
