/* SPDX-License-Identifier: MIT */

/* From which lengths on a kernel goes another way. Each stands with the row of the benchmarks
 * (group `copies`) that set it, on a Zen 4 with 32 MiB of last-level cache. Those that depend on
 * the machine are in fci_state_limits: the constructor finds them, tests lower them. */
#ifndef FCI_KERNELS_LIMITS_H
#define FCI_KERNELS_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/state.h"

/* The limits of a machine with this last-level cache, 0 for unknown, and with or without a string
 * store that is as fast as can be.
 *
 * stream: half the cache, as source and destination then no longer fit together. `aligned`: at 16
 * MiB 1.3 to 1.6 times libc, which stores through the caches there, at 64 MiB 1.7 to 2.0 times; at
 * 8 MiB going past the caches would cost a third.
 *
 * clear: the whole cache, as there is only a destination. `zero`: the string store of zeroes runs
 * at 75 GB/s from 48 MiB on, and a loop of vectors at 30; at 24 MiB both run at 35, and below the
 * loop is up to a fifth faster. */
struct fci_limits fci_limits_of(size_t last_cache, bool fast_strings);

/* How far ahead of the loop that goes past the caches its source is asked for. `aligned` at 16 to
 * 128 MiB: 256 bytes are 5 to 20 % faster than 0, 512, 1024, 2048 or 4096. */
#define FCI_PREFETCH ((size_t)256)

/* A load that comes after a store to the same place in another page waits for it. Where the
 * destination is less than half a page further on in its page, copying backwards keeps the loads
 * away from the stores. `to=from+256_mod_4096`: 85 GB/s become 114 at 4 KiB, 90 become 112 at 16.
 */
#define FCI_ALIAS_PERIOD ((size_t)4096)
#define FCI_ALIAS_REACH ((size_t)2048)

#endif
