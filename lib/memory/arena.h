/* SPDX-License-Identifier: MIT */

/* An arena: the identity of a piece of memory. All buffers on it see each other's writes.
 *
 * Invariants, checked by fci_arena_is_valid:
 *   - length > 0, and head.bytes is valid for `length` bytes;
 *   - an embedded arena's bytes follow it in the same allocation, and are never shared;
 *   - any other holds one count of its block, and its bytes lie in the block's;
 *   - head.holders is the block's count, or a constant 0 for embedded bytes, or a constant that is
 *     not 0 where the next write cannot be in place whatever the count: frozen, or read-only
 * memory;
 *   - a pinned arena is the sole holder of writable memory. */
#ifndef FCI_MEMORY_ARENA_H
#define FCI_MEMORY_ARENA_H

#include "memory/block.h"

struct fci_arena {
    fc_arena head; /* what inline code sees */
    union {
        struct fci_block *block;       /* not embedded */
        const fc_allocator *allocator; /* embedded: whose memory this is; NULL: libc's */
    } home;
    size_t length;
    uint32_t pins;
    uint8_t list; /* embedded: which it goes back to without further ado (alloc/small.h), or 0 */
    bool frozen;
    bool secret; /* embedded: wiped at the end (a block knows for itself) */
    bool embedded;
    _Alignas(16) uint8_t embedded_bytes[];
};

static inline struct fci_arena *fci_arena_of(const fc_buffer *b)
{
    return (struct fci_arena *)(void *)b->arena;
}

/* Whether nobody has freed this arena; told by the count that a checked build leaves behind. */
bool fci_arena_is_alive(const struct fci_arena *arena);

bool fci_arena_is_valid(const struct fci_arena *arena);

/* A new arena of `length` bytes (not 0) with one owner; NULL if there is no memory. */
struct fci_arena *fci_arena_alloc(size_t length, const struct fci_traits *traits, bool zeroed);

/* A new arena with one owner on [bytes, bytes + length) of a block, whose count it takes over;
 * NULL, and the count is still the caller's, if there is no memory. */
struct fci_arena *fci_arena_on_block(struct fci_block *block, uint8_t *bytes, size_t length);

/* A new arena with a copy of [offset, offset + length) that inherits this one's traits; or NULL. */
struct fci_arena *fci_arena_clone(const struct fci_arena *arena, size_t offset, size_t length);

/* Whether a snapshot of `length` bytes is copied at once rather than shared. */
bool fci_arena_copies_at_once(const struct fci_arena *arena, size_t length);

/* Whether no other arena holds the block; stays true until somebody snapshots. */
bool fci_arena_is_sole_holder(const struct fci_arena *arena);

/* Whether a write now would have to leave the block. False for a frozen arena. */
bool fci_arena_must_detach(const struct fci_arena *arena);

/* Moves the arena to another block, which it takes over, and drops the old one. */
void fci_arena_settle(struct fci_arena *arena, struct fci_block *block);

/* No write succeeds any more. */
void fci_arena_freeze(struct fci_arena *arena);

struct fci_traits fci_arena_traits(const struct fci_arena *arena);

/* The bytes that the arena keeps alive, headers included. */
size_t fci_arena_retained(const struct fci_arena *arena);

#endif
