/* SPDX-License-Identifier: MIT */

/* The tables that were built. */

#include "base/common.h"

#include "kernels/kernels.h"

static const struct fci_kernels *const tiers[] = {
    &fci_kernels_scalar,
#if defined(__x86_64__)
    &fci_kernels_sse2,
    &fci_kernels_avx2,
    &fci_kernels_avx512,
#elif defined(__aarch64__)
    &fci_kernels_neon,
#endif
};

#define TIERS (sizeof tiers / sizeof tiers[0])

const struct fci_kernels *fci_kernels_tier(size_t index)
{
    return index < TIERS ? tiers[index] : NULL;
}
