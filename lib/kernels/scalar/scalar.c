/* SPDX-License-Identifier: MIT */

/* The scalar tier: what runs on any machine, before the constructor, and wherever a better tier has
 * nothing better. */

#include "base/common.h"

#include "kernels/kernels.h"
#include "kernels/scalar/copy.h"
#include "kernels/scalar/find.h"
#include "kernels/scalar/swap.h"

const struct fci_kernels fci_kernels_scalar = {
    .name = "scalar",
    .needs = 0,
    .copy = fci_copy_scalar,
    .move = fci_move_scalar,
    .fill = fci_fill_scalar,
    .mismatch = fci_mismatch_scalar,
    .find_byte = fci_find_byte_scalar,
    .find_byte_back = fci_find_byte_back_scalar,
    .find_bytes = fci_find_bytes_scalar,
    .find_bytes_back = fci_find_bytes_back_scalar,
    .swap16 = fci_swap16_scalar,
    .swap32 = fci_swap32_scalar,
    .swap64 = fci_swap64_scalar,
    .reverse = fci_reverse_scalar,
};
