/* SPDX-License-Identifier: MIT */

/* The AVX2 tier: machines with AVX2, BMI1 and BMI2. Nothing in this folder may run before the CPU
 * was asked: the compiler may use AVX2 anywhere in it. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"
#include "kernels/scalar/find.h"
#include "kernels/scalar/swap.h"
#include "kernels/x86/avx2/copy.h"

const struct fci_kernels fci_kernels_avx2 = {
    .name = "avx2",
    .needs = FCI_CPU_AVX2,
    .copy = fci_copy_avx2,
    .move = fci_move_avx2,
    .fill = fci_fill_avx2,
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
