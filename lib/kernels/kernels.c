/* SPDX-License-Identifier: MIT */

/* Which table is active. It is valid at every moment: scalar until the constructor has asked the
 * CPU, and then the best that the machine can run. No lazy state, no lock, no ifunc. */

#include "base/common.h"

#include "kernels/kernels.h"

#include "kernels/cpu.h"
#include "kernels/limits.h"

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

int fci_kernels_usable(const struct fci_kernels *tier)
{
    return (tier->needs & ~fci_cpu_features()) == 0;
}

void fci_kernels_use(const struct fci_kernels *tier)
{
    __atomic_store_n(&fci_state_kernels, tier, __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void choose(void)
{
#ifndef FC_HOSTILE
    fci_state_limits = fci_limits_of(fci_cpu_last_cache(), fci_cpu_has_fast_strings());
#endif
    for (size_t i = 0; i < TIERS; i++) {
        if (fci_kernels_usable(tiers[i])) {
            fci_kernels_use(tiers[i]);
        }
    }
}
