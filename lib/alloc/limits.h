/* SPDX-License-Identifier: MIT */

/* Where memory comes from, by size. Each figure stands with the benchmark that set it. */
#ifndef FCI_ALLOC_LIMITS_H
#define FCI_ALLOC_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* What every allocation is aligned to at least: malloc's promise on 64-bit machines. */
#define FCI_ALIGNMENT_MIN 16

/* The largest alignment that can be asked for, as in Node 26. */
#define FCI_ALIGNMENT_MAX ((size_t)1 << 30)

/* Small memory of up to this many steps of this many bytes goes through a thread's own lists, of so
 * many pieces each: 30 KiB in all at most. alloc_unsafe + release of 16 to 256 bytes 0.6 times what
 * malloc + free of as much takes; through malloc 1.4 times. */
#define FCI_SMALL_STEP ((size_t)64)
#define FCI_SMALL_LIST_COUNT 5
#define FCI_SMALL_MAX (FCI_SMALL_STEP * FCI_SMALL_LIST_COUNT)
#define FCI_SMALL_LIST_LENGTH 32

/* Large blocks, aligned to pages, come from jemalloc's arena of our own. Allocating, writing each
 * cache line and releasing: at 1 to 16 MiB as fast as glibc, which recycles these sizes too (1 MiB
 * 12 us both, 16 MiB 0.68 ms against 0.84); at 64 and 256 MiB 11 times as fast (3 ms against 33, 12
 * against 128). Below, a pair without jemalloc's thread cache costs 160 ns, where glibc takes 16.
 */
#define FCI_LARGE_MIN ((size_t)1 << 20)

/* Zeroed blocks from here on come straight from the kernel: untouched they cost 4 to 6 us whatever
 * their size, where clearing 2 MiB costs 22 us and 4 MiB twice that. */
#define FCI_LAZY_MIN ((size_t)4 << 20)

/* Released blocks stay in that arena until this many bytes lie unused. Four blocks of 64 MiB, each
 * released, would otherwise stay resident for ever in a program that makes no more of them. */
#define FCI_KEPT_BUDGET ((size_t)64 << 20)

/* Blocks above this come straight from the kernel too, zeroed or not, and go straight back: nobody
 * expects a released gigabyte to stay. */
#define FCI_KEPT_MAX ((size_t)256 << 20)

/* How much may be released before jemalloc is asked what it really keeps: 12 us with 8 arenas in
 * the process, where to touch as much costs 11 ms at least. */
#define FCI_KEPT_RECOUNT ((uint64_t)1 << 30)

/* Large blocks begin at a page; from the size of a huge page on they begin at one and ask for them:
 * a clone into fresh small pages costs 6 to 7 times one into huge pages. */
#define FCI_PAGE ((size_t)4096)
#define FCI_HUGE_PAGE ((size_t)2 << 20)

#endif
