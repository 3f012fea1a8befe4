/* SPDX-License-Identifier: MIT */

/* The limits of a machine. What a CPU tells of its caches is believed only within bounds: virtual
 * machines have told of none, and of the sum of all sockets'. */

#include "base/common.h"

#include "kernels/limits.h"

#include <stdint.h>

#define KIB ((size_t)1 << 10)
#define MIB ((size_t)1 << 20)

#define CACHE_MIN (2 * MIB)
#define CACHE_MAX (256 * MIB)
#define CACHE_USUAL (32 * MIB)

#define CLEAR_MIN MIB
#define WIDE_MAX (24 * KIB)

struct fci_limits fci_limits_of(size_t last_cache, bool fast_strings, bool wide_units)
{
    bool believed = last_cache >= CACHE_MIN && last_cache <= CACHE_MAX;
    size_t cache = believed ? last_cache : CACHE_USUAL;
    return (struct fci_limits){ .stream = cache / 2,
                                .clear = fast_strings ? CLEAR_MIN : SIZE_MAX,
                                .wide = wide_units ? WIDE_MAX : 0 };
}
