/* SPDX-License-Identifier: MIT */

/* All process-wide state of the library, in one place. There are no settings among it:
 *
 *   fci_state_kernels        the active kernel table: scalar until the constructor has asked
 *   fci_state_limits         from which lengths on kernels go past the caches: never until then;
 *                            in a hostile build always
 *   fci_state_copies         what snapshots have cost, counted where a copy is made
 *   fci_state_live           arenas, blocks and memory alive (checked builds only)
 *   fci_state_paged          who is paged, how pages are found, and what they weigh (checked
 *                            builds only)
 *   fci_state_failure        which allocation fails next (checked builds only; tests set it)
 *   fci_contract_tell        who knows more about what a stop is about (checked builds only)
 *
 * and, static in their files because nobody else may touch them: the jemalloc arena and what it
 * keeps (alloc/jemalloc.c), each thread's small pieces (alloc/small.c), the files of paged blocks,
 * their lock and the count of forks (memory/paged_file.c), the descriptor on the page tables
 * (memory/paged_dirty.c), what a page weighs (memory/paged_weight.c), the quarantine of dead arenas
 * (memory/quarantine.c, checked builds only), and what a user's FC_BUFFER_TRACE has recorded
 * (buffer/trace.c).
 */
#ifndef FCI_BASE_STATE_H
#define FCI_BASE_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"

struct fci_kernels;

/* From the first two lengths on a copy goes past the caches, and zeroes are left to the CPU's own
 * string store; up to the third it goes by vectors of 64 bytes, and by the string copy above, or
 * never, if that is 0: kernels/limits.h. */
struct fci_limits {
    size_t stream, clear, wide;
};

struct fci_copies {
    uint64_t write_copies, write_copied_bytes;
    uint64_t snapshot_copies, snapshot_copied_bytes;
};

struct fci_live {
    uint64_t arenas, blocks;
    uint64_t pieces;    /* of memory, got and not put back: headers, bytes, records, scratch */
    uint64_t sizes[16]; /* arenas by the number of hexadecimal digits of their length, less one */
};

/* `countdown` allocations succeed, then one fails, or all do. Negative: none fails. */
struct fci_failure {
    intptr_t countdown;
    int forever;
};

/* Who gets paged blocks, and how the pages that a view has of its own are found: by scanning the
 * page tables, by reading them, or by comparing. Tests force each. */
enum fci_paged_policy {
    FCI_PAGED_ASKED = 0,
    FCI_PAGED_ALWAYS = 1,
    FCI_PAGED_NEVER = 2,
};
enum fci_find {
    FCI_FIND_SCAN = 0,
    FCI_FIND_READ = 1,
    FCI_FIND_COMPARE = 2,
};

struct fci_paged_choice {
    int policy;    /* enum fci_paged_policy */
    int find;      /* enum fci_find: this way, or one behind it */
    size_t weight; /* what it costs to write a page, in copies of one; 0: as it is here */
};

extern const struct fci_kernels *fci_state_kernels;
extern struct fci_limits fci_state_limits;
extern struct fci_copies fci_state_copies;

#ifdef FC_CHECKS
extern struct fci_live fci_state_live;
extern struct fci_failure fci_state_failure;
extern struct fci_paged_choice fci_state_paged;
#define FCI_COUNT_LIVE(what, change) fci_counter_add(&fci_state_live.what, (uint64_t)(change))
#define FCI_COUNT_ARENA(length, change)                                                            \
    (FCI_COUNT_LIVE(arenas, change),                                                               \
     FCI_COUNT_LIVE(sizes[(63 - __builtin_clzll((unsigned long long)(length))) / 4], change))
#else
#define FCI_COUNT_LIVE(what, change) ((void)0)
#define FCI_COUNT_ARENA(length, change) ((void)0)
static const struct fci_paged_choice fci_state_paged = { FCI_PAGED_ASKED, FCI_FIND_SCAN, 0 };
#endif

#endif
