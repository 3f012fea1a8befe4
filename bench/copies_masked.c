/* SPDX-License-Identifier: MIT */

/* Copies of random sizes as a program has them that is compiled for AVX-512: by byte masks.
 * Compiled so by a pragma, which gcc alone lets decide what headers see. */
#if defined(__x86_64__) && !defined(__clang__)
#pragma GCC target("avx2,bmi2,avx512f,avx512bw,avx512vl")
#endif

#include "copies.h"

bool fcb_has_masks(void)
{
#if FC_BUFFER_BYTE_MASKS
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("bmi2");
#else
    return false;
#endif
}

void fcb_copy_random_masked(uint8_t *to, const uint8_t *from, const uint16_t *sizes)
{
    fcb_copy_random(to, from, sizes);
}
