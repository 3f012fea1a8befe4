/* SPDX-License-Identifier: MIT */

/* All process-wide state of the library, in one place. There are no settings among it:
 *
 *   fci_state_kernels        the active kernel table: scalar until the constructor has asked
 *   fci_state_limits         from which lengths on kernels go past the caches: never until then
 *   fci_state_copies         what snapshots have cost, counted where a copy is made
 *   fci_state_live           arenas and blocks alive (checked builds only)
 *   fci_state_failure        which allocation fails next (checked builds only; tests set it)
 *
 * and, static in their files because nobody else may touch them: the jemalloc arena and what it
 * keeps (alloc/jemalloc.c), each thread's small pieces (alloc/small.c), and the quarantine of dead
 * arenas (memory/quarantine.c, checked builds only).
 */
#ifndef FCI_BASE_STATE_H
#define FCI_BASE_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"

struct fci_kernels;

/* From these lengths on a copy goes past the caches, and zeroes are left to the CPU's own string
 * store: kernels/limits.h. */
struct fci_limits {
    size_t stream, clear;
};

struct fci_copies {
    uint64_t write_copies, write_copied_bytes;
    uint64_t snapshot_copies, snapshot_copied_bytes;
};

struct fci_live {
    uint64_t arenas, blocks;
};

/* `countdown` allocations succeed, then one fails, or all do. Negative: none fails. */
struct fci_failure {
    intptr_t countdown;
    int forever;
};

extern const struct fci_kernels *fci_state_kernels;
extern struct fci_limits fci_state_limits;
extern struct fci_copies fci_state_copies;

#ifdef FC_CHECKS
extern struct fci_live fci_state_live;
extern struct fci_failure fci_state_failure;
#define FCI_COUNT_LIVE(what, change) fci_counter_add(&fci_state_live.what, (uint64_t)(change))
#else
#define FCI_COUNT_LIVE(what, change) ((void)0)
#endif

#endif
