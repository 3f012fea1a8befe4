/* SPDX-License-Identifier: MIT */

/* The scalar tier's changes of order: see the slots in kernels/kernels.h. */
#ifndef FCI_KERNELS_SCALAR_SWAP_H
#define FCI_KERNELS_SCALAR_SWAP_H

#include <stddef.h>
#include <stdint.h>

void fci_swap16_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_swap32_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_swap64_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_reverse_scalar(uint8_t *to, const uint8_t *from, size_t length);

#endif
