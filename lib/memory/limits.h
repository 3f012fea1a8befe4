/* SPDX-License-Identifier: MIT */

/* The shapes of buffers, by length. Each figure stands with the benchmark that set it. */
#ifndef FCI_MEMORY_LIMITS_H
#define FCI_MEMORY_LIMITS_H

#ifndef FC_HOSTILE

/* Up to this length arena, block and bytes are one allocation, never shared between arenas; with
 * the header it is the largest that glibc's per-thread lists serve. alloc_unsafe + release, one
 * allocation against two: 14 ns against 30 at 512 bytes, 22 against 41 at 1024. */
#define FCI_EMBEDDED_MAX ((size_t)976)

/* Paged blocks are worth it from here on. */
#define FCI_PAGED_MIN ((size_t)1 << 20)

/* Buffers that nobody asked to be paged become so from here on. One byte of 4 MiB written after a
 * snapshot: 110 to 240 us by whole blocks, 23 to 70 by pages; at 2 MiB there is little to gain. */
#define FCI_PAGED_UNASKED_MIN ((size_t)4 << 20)

/* From here on a block's header stands apart, so that its bytes begin at a page. */
#define FCI_APART_MIN ((size_t)1 << 20)

#else

/* Every way is taken by small buffers too. */
#define FCI_EMBEDDED_MAX ((size_t)72)
#define FCI_PAGED_MIN ((size_t)1 << 14)
#define FCI_PAGED_UNASKED_MIN ((size_t)1 << 15)
#define FCI_APART_MIN ((size_t)1 << 13)

#endif

/* A snapshot of at most this many bytes copies at once. Snapshot + write + release at 976 bytes: 32
 * ns copied at once, 70 shared and then cloned; past it a snapshot that is only read, 20 ns, wins.
 */
#define FCI_SNAPSHOT_COPY_MAX FCI_EMBEDDED_MAX

/* And so does one of at most this part of its block: else a small snapshot would make the writer
 * clone all of a large block. */
#define FCI_SNAPSHOT_SHARE_PART ((size_t)16)

/* Bytes of a block of their own begin at least at a cache line. */
#define FCI_BLOCK_ALIGNMENT ((size_t)64)

/* In quarters of the price of copying the whole: what a view's writer may have spent on pages
 * before that is thought cheaper. Where snapshots are kept a copy goes into fresh memory, which
 * costs eight times as much. See fci_paged_cost. */
#define FCI_PAGED_HEAVY ((size_t)2)
#define FCI_PAGED_HEAVY_KEPT (8 * FCI_PAGED_HEAVY)

/* What going over to a new file and back costs, in whole copies: fresh memory for the file, and for
 * the first block afterwards. 64 MiB, where a copy takes 4 ms: 50 ms where memory comes from the
 * kernel's own; 400 where it comes from a hypervisor that had taken it back, which is not reckoned
 * with. */
#define FCI_PAGED_FILE ((size_t)16)

/* How many whole copies are made before the first file, by who did not ask for one, or has just
 * written in bulk. */
#define FCI_PAGED_PATIENCE 16

/* A view that was folded keeps up to so many bytes that the file has as well: giving them back
 * costs as much as writing them did. */
#define FCI_PAGED_DOUBLE ((size_t)1 << 16)

#endif
