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

/* After a view that has had most of its pages written this many detaches copy all at once, into
 * recycled memory. Every page of 64 MiB written after each snapshot: a view and the file before it
 * cost about six whole copies each, spread over so many they are less than half of one. */
#define FCI_PAGED_HEAVY 31

/* From here on a block's header stands apart, so that its bytes begin at a page. */
#define FCI_APART_MIN ((size_t)1 << 20)

#else

/* Every way is taken by small buffers too. */
#define FCI_EMBEDDED_MAX ((size_t)72)
#define FCI_PAGED_MIN ((size_t)1 << 14)
#define FCI_PAGED_HEAVY 3
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

/* A write of at least this part of a paged arena, in tenths, copies the rest at once. */
#define FCI_PAGED_BULK ((size_t)3)

#endif
