/* SPDX-License-Identifier: MIT */

/* From which lengths on a kernel goes another way. Each stands with the rows of bench/bench, group
 * and operation, that set it on a Zen 4 with 32 MiB of last-level cache, and with what they are on
 * a Zen 5 that tells of no cache. Those that depend on the machine are in fci_state_limits: the
 * constructor finds them, tests lower them. */
#ifndef FCI_KERNELS_LIMITS_H
#define FCI_KERNELS_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/state.h"

/* The limits of a machine with this last-level cache, 0 for unknown, with or without a string store
 * that is as fast as can be, and with or without units that work on 64 bytes at once.
 *
 * stream (`limits stream`, `copies aligned`): half the cache, as source and destination then no
 * longer fit together. Zen 4: at 16 MiB 1.3 to 1.6 times libc, which stores through the caches
 * there, at 64 MiB 1.7 to 2.0 times; at 8 MiB going past the caches would cost a third. Zen 5, past
 * the caches against through them: 0.80 at 1 MiB, 0.93 at 8, 1.09 at 12, 1.27 at 16, 1.17 at 24,
 * 1.02 to 1.13 above.
 *
 * clear (`limits clear`, `copies zero`): from about the second-level cache on, the string store
 * against the loop of vectors, in huge pages. Zen 5: 0.7 at 512 KiB, 1.05 at 1 MiB, 1.2 at 2, 1.3
 * at 8, 1.4 at 16, 1.6 at 64. Zen 4: 1.0 up to 4 MiB, 0.83 to 0.94 at 16, 0.86 at 24, 1.9 at 32,
 * 2.5 at 64. From 32 MiB on alone it would cost the one more than it saves the other.
 *
 * wide (`limits wide`): half the first cache, 48 KiB where units are that wide. Zen 5, vectors of
 * 64 bytes against those of 32: 1.6 at 1 KiB, 1.3 to 1.4 at 4 to 24 KiB, 0.93 at 32, 0.8 at 256;
 * the string copy: 0.6 at 1 KiB, 0.9 at 16, 0.94 at 24, 2.2 at 32, 1.5 to 1.7 at 64 to 256, 1.2 at
 * 1 MiB, 0.8 to 1.2 at 4. It has no slow case there: 1 to 15 bytes on in its page it takes 1.3
 * times as long, as vectors do. */
struct fci_limits fci_limits_of(size_t last_cache, bool fast_strings, bool wide_units);

/* How far ahead of the loop that goes past the caches its source is asked for (`limits stream` at
 * 16 to 128 MiB, built with each). Zen 4: 256 bytes are 5 to 20 % faster than 0, 512, 1024, 2048 or
 * 4096. Zen 5, in a loop of its own: 8 % faster than 0, 9 % than 512, within 5 % of the others. */
#define FCI_PREFETCH ((size_t)256)

/* A load that comes after a store to the same place in another page waits for it. Where the
 * destination is less than half a page further on in its page, copying backwards keeps the loads
 * away from the stores. Zen 4, `copies to=from+256_mod_4096`: 85 GB/s become 114 at 4 KiB, 90
 * become 112 at 16. Zen 5, at 4 KiB, 8 bytes on 132, 256 and 1024 on 161, 2040 on 143; past the
 * reach, where it copies forwards, 2056 on 146, 3072 on 156. */
#define FCI_ALIAS_PERIOD ((size_t)4096)
#define FCI_ALIAS_REACH ((size_t)2048)

#endif
