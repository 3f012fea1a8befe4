/* SPDX-License-Identifier: MIT */

/* Paged blocks: bytes in a memory file, seen through a mapping, so that a writer who leaves a block
 * copies the pages that it touches and no others. doc/paged.md explains it with a drawing.
 *
 * This is all that the rest of the library knows of it. Every function may refuse (NULL or false):
 * the system has no memory files, a limit is near, a call failed. Then nothing has changed, and the
 * caller clones the whole block instead. paged_none.c always refuses. */
#ifndef FCI_MEMORY_PAGED_H
#define FCI_MEMORY_PAGED_H

#include "memory/block.h"

/* What paged blocks cost now, for fc_stats. */
struct fci_paged_stats {
    uint64_t mappings, descriptors, private_pages, bytes;
};

/* Whether a block like this is to be paged, if the system can. */
bool fci_paged_wanted(size_t length, const struct fci_traits *traits);

/* Whether writing `length` bytes of a whole in one go is better done with a copy of the rest. */
bool fci_paged_is_bulk(size_t length, size_t whole);

/* A block of zeroes on a memory file of its own, written in place while nobody has a view of it.
 * `filled` says that all of it is about to be written: worth huge pages. */
struct fci_block *fci_paged_alloc(size_t length, bool filled);

/* A private view of a user's file, which it never writes. The descriptor is still the caller's. */
struct fci_block *fci_paged_map(int file, size_t length);

/* A block with the same bytes as [bytes, bytes + length) of this paged one, which nobody writes
 * meanwhile: a private view of the same file, with copies of the pages that the old one had of its
 * own. Refuses where one copy of all is cheaper; where that is because too many pages have been
 * written, `*patience` becomes how many detaches had better copy all. `*copied` is what it has
 * copied, in bytes. */
struct fci_block *fci_paged_detach(struct fci_block *block, const uint8_t *bytes, size_t length,
                                   uint16_t *patience, size_t *copied);

/* Says that [offset, offset + length) of a block is about to be written: its pages are then made
 * in one go. */
void fci_paged_expect(struct fci_block *block, size_t offset, size_t length);

/* The same of a block that its one holder goes on writing at the same address: the block becomes a
 * private view of its file in place. Nobody writes it during this call. */
struct fci_block *fci_paged_snapshot(struct fci_block *block, const uint8_t *bytes, size_t length,
                                     size_t *copied);

void fci_paged_free(struct fci_block *block);

/* Whether the block shows all of its file. */
bool fci_paged_is_whole(const struct fci_block *block);

/* The file and the block's own pages, headers included. */
size_t fci_paged_retained(const struct fci_block *block);

void fci_paged_count(struct fci_paged_stats *stats);

#endif
