/* SPDX-License-Identifier: MIT */

/* The counters, as the caller's version of the structure wants them. */

#include "base/common.h"

#include <fc_buffer/inspect.h>

#include "alloc/alloc.h"
#include "base/atomic.h"
#include "base/contract.h"
#include "kernels/kernels.h"
#include "memory/paged.h"

#ifdef FC_CHECKS
static void read_live(fc_stats *stats)
{
    stats->live_arenas = fci_counter_load(&fci_state_live.arenas);
    stats->live_blocks = fci_counter_load(&fci_state_live.blocks);
    for (size_t i = 0; i < FC_STATS_SIZES; i++) {
        stats->live_sizes[i] = fci_counter_load(&fci_state_live.sizes[i]);
    }
}
#else
static void read_live(fc_stats *stats)
{
    stats->live_arenas = 0;
    stats->live_blocks = 0;
    for (size_t i = 0; i < FC_STATS_SIZES; i++) {
        stats->live_sizes[i] = 0;
    }
}
#endif

fc_status fc_stats_read(fc_stats *stats)
{
    FCI_REQUIRE(stats != NULL);
    if (stats->size != sizeof *stats) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    stats->write_copies = fci_counter_load(&fci_state_copies.write_copies);
    stats->write_copied_bytes = fci_counter_load(&fci_state_copies.write_copied_bytes);
    stats->snapshot_copies = fci_counter_load(&fci_state_copies.snapshot_copies);
    stats->snapshot_copied_bytes = fci_counter_load(&fci_state_copies.snapshot_copied_bytes);
    struct fci_paged_stats paged;
    fci_paged_count(&paged);
    stats->paged_mappings = paged.mappings;
    stats->paged_descriptors = paged.descriptors;
    stats->paged_private_pages = paged.private_pages;
    stats->paged_bytes = paged.bytes;
    read_live(stats);
    stats->kernels = fci_kernels()->name;
    stats->large_allocator = fci_large_allocator_name();
    return FC_OK;
}
