/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Seeing what the library does: what snapshots have cost, and what it runs on.
 */
#ifndef FC_BUFFER_INSPECT_H
#define FC_BUFFER_INSPECT_H

#include "status.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Counters of this process. The copies count what snapshots and read-only memory have cost: nothing
 * else in this library ever copies behind your back.
 */
typedef struct fc_stats {
    size_t size;                    /**< sizeof(fc_stats), set by you before the call */
    uint64_t write_copies;          /**< blocks cloned by a first write or an unshare */
    uint64_t write_copied_bytes;    /**< bytes that those clones have moved */
    uint64_t snapshot_copies;       /**< snapshots that were copied at once instead of shared */
    uint64_t snapshot_copied_bytes; /**< bytes that those copies have moved */
    uint64_t live_arenas;           /**< arenas alive; counted in checked builds only, else 0 */
    uint64_t live_blocks;           /**< blocks alive; counted in checked builds only, else 0 */
    const char *kernels;            /**< the kernel tier in use, such as "avx2"; static */
    const char *large_allocator; /**< where large blocks come from: "jemalloc" or "libc"; static */
} fc_stats;

/**
 * Fills in the counters.
 *
 * Each counter is read by itself: with other threads at work the set is not one moment's.
 *
 * @param[out] stats yours, with `size` set; untouched on failure
 *
 * @retval FC_OK                    every field up to `size` is set
 * @retval FC_ERR_INVALID_ARG_VALUE `size` is not one that this library knows
 *
 * @par Shape    `size` bytes
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_stats_read(fc_stats *stats) FC_ATTR_NONNULL(1);

FC_BUFFER_EXTERN_C_END

#endif
