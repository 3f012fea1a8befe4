/* SPDX-License-Identifier: MIT */

/* The scalar tier: what runs on any machine, before the constructor, and wherever a better tier has
 * nothing better. */

#include "base/common.h"

#include "kernels/kernels.h"
#include "kernels/scalar/copy.h"

const struct fci_kernels fci_kernels_scalar = {
    .name = "scalar",
    .needs = 0,
    .copy = fci_copy_scalar,
    .move = fci_move_scalar,
    .fill = fci_fill_scalar,
};
