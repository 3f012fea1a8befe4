/* SPDX-License-Identifier: MIT */

/* The scalar tier's comparing and searching: see the slots in kernels/kernels.h. */
#ifndef FCI_KERNELS_SCALAR_FIND_H
#define FCI_KERNELS_SCALAR_FIND_H

#include <stddef.h>
#include <stdint.h>

size_t fci_mismatch_scalar(const uint8_t *a, const uint8_t *b, size_t length);
/* The same from the ends on: how many bytes before them are equal. No slot: for searches. */
size_t fci_mismatch_back_scalar(const uint8_t *a_end, const uint8_t *b_end, size_t length);
size_t fci_find_byte_scalar(const uint8_t *hay, size_t length, uint8_t value);
size_t fci_find_byte_back_scalar(const uint8_t *hay, size_t length, uint8_t value);
size_t fci_find_bytes_scalar(const uint8_t *hay, size_t length, const uint8_t *needle,
                             size_t needle_length, size_t unit);
size_t fci_find_bytes_back_scalar(const uint8_t *hay, size_t length, const uint8_t *needle,
                                  size_t needle_length, size_t unit);

#endif
