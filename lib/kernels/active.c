/* SPDX-License-Identifier: MIT */

/* Which table is active. It is valid at every moment: scalar until the constructor has asked the
 * CPU, and then the best that the machine can run. No lazy state, no lock, no ifunc. What inline
 * code calls past its tier goes along. */

#include "base/common.h"

#include <fc_buffer/copy.h>

#include "kernels/cpu.h"
#include "kernels/kernels.h"
#include "kernels/limits.h"
#include "kernels/scalar/copy.h"

fc_copy_function *fc_copy_kernel = fci_copy_scalar;
fc_copy_function *fc_move_kernel = fci_move_scalar;

void fci_kernels_use(const struct fci_kernels *tier)
{
    __atomic_store_n(&fci_state_kernels, tier, __ATOMIC_RELAXED);
    __atomic_store_n(&fc_copy_kernel, tier->copy, __ATOMIC_RELAXED);
    __atomic_store_n(&fc_move_kernel, tier->move, __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void choose(void)
{
    const struct fci_kernels *tier;
    unsigned features = fci_cpu_features(); /* microseconds in a virtual machine */
#ifndef FC_HOSTILE
    fci_state_limits =
        fci_limits_of(fci_cpu_last_cache(), fci_cpu_has_fast_strings(), fci_cpu_has_wide_units());
#endif
    for (size_t i = 0; (tier = fci_kernels_tier(i)) != NULL; i++) {
        if (fci_kernels_run_with(tier, features)) {
            fci_kernels_use(tier);
        }
    }
}
