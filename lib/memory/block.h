/* SPDX-License-Identifier: MIT */

/* A block: the bytes themselves, with a count, a kind and a way to be freed. Held by an arena and
 * its snapshots. The count is holders - 1; it only ever goes up while somebody holds the block, and
 * needs no room for overflow, because every holder is an arena of 48 bytes.
 *
 * Invariants: `bytes` is valid for `length` bytes, length > 0; a shared-memory block
 * (FCI_KIND_SHARED) and a secret one have one holder. */
#ifndef FCI_MEMORY_BLOCK_H
#define FCI_MEMORY_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fc_buffer/buffer.h>

#include "alloc/alloc.h"

enum fci_kind {
    FCI_KIND_OWNED = 1,    /* ours, from `memory` */
    FCI_KIND_ADOPTED = 2,  /* the caller's until now, written by us alone */
    FCI_KIND_READONLY = 3, /* the caller's, never written */
    FCI_KIND_SHARED = 4,   /* the caller's, and others write it too */
    FCI_KIND_PAGED = 5,    /* ours, a mapping of a memory file: memory/paged.h */
};

/* What clones inherit. */
struct fci_traits {
    const fc_allocator *allocator; /* NULL: the library's own */
    size_t alignment;              /* a power of two, at least 1 */
    bool secret;
    bool paged; /* wished for: a block that cannot be paged still hands the wish on */
};

struct fci_block {
    intptr_t count; /* holders - 1; atomic; arenas show its address to inline code */
    uint8_t *bytes;
    size_t length;
    const fc_allocator *allocator;
    union {
        struct fci_memory memory; /* of an owned block: its bytes */
        struct {
            fc_buffer_release_fn *release;
            void *context;
        } wrapped;
    } home;
    uint8_t kind; /* enum fci_kind */
    bool secret;
    bool apart;           /* of an owned block: its header is an allocation of its own */
    uint8_t lg_alignment; /* what was asked for */
    bool paged;           /* what was asked for: a block may be paged without, or not be with */
    uint16_t patience;    /* how many detaches to come copy all at once before pages are tried;
                             atomic, for several threads may leave the block at once */
};

/* A new block of `length` bytes (not 0), held once; NULL if there is no memory. */
struct fci_block *fci_block_alloc(size_t length, const struct fci_traits *traits, bool zeroed);

/* A block on the caller's memory, held once; NULL if there is no memory for its header. */
struct fci_block *fci_block_wrap(uint8_t *bytes, size_t length, enum fci_kind kind,
                                 fc_buffer_release_fn *release, void *context);

void fci_block_retain(struct fci_block *block);

/* Lets go; the last holder frees the block, wiping secrets, or runs the release callback. */
void fci_block_drop(struct fci_block *block);

/* What a clone of this block inherits: nothing from wrapped memory. */
struct fci_traits fci_block_traits(const struct fci_block *block);

/* The bytes that the block keeps alive, its header included; for wrapped memory their length. */
size_t fci_block_retained(const struct fci_block *block);

#endif
