/* SPDX-License-Identifier: MIT */

/* Copies on CPUs that store 64 bytes at once: by such vectors while both ranges fit into the first
 * cache, and by the string copy beyond. */

#include "base/common.h"

#include "kernels/x86/avx512/copy.h"

#include "kernels/x86/avx512/vector.h"
#include "kernels/x86/stream.h"

#define FCI_TIER(name) name##_avx512
#include "kernels/move_template.h"

void fci_copy_wide_avx512(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length <= 2 * ROUND) {
        move_short_avx512(to, from, length);
    } else if (length <= fci_state_limits.wide) {
        move_apart_avx512(to, from, length);
    } else {
        fci_copy_string(to, from, length);
    }
}
