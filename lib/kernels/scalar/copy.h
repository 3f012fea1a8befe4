/* SPDX-License-Identifier: MIT */

/* The scalar tier's loops over bytes: portable C, and the definition of right for every other tier.
 */
#ifndef FCI_KERNELS_SCALAR_COPY_H
#define FCI_KERNELS_SCALAR_COPY_H

#include <stddef.h>
#include <stdint.h>

void fci_copy_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_move_scalar(uint8_t *to, const uint8_t *from, size_t length);
void fci_fill_scalar(uint8_t *to, uint8_t value, size_t length);

#endif
