/* SPDX-License-Identifier: MIT */

/* The birth of an arena with its bytes behind it in the same allocation. Inline, because for a
 * small buffer each call on the way is a tenth of the price. */
#ifndef FCI_MEMORY_EMBEDDED_H
#define FCI_MEMORY_EMBEDDED_H

#include "alloc/limits.h"
#include "base/contract.h"
#include "base/state.h"
#include "kernels/kernels.h"
#include "memory/arena.h"
#include "memory/header.h"

/* What inline code reads where there is no block's count to read. */
extern const intptr_t fci_holders_sole;

/* Every new arena passes here. */
static inline struct fci_arena *fci_arena_begin(struct fci_arena *arena)
{
    FCI_COUNT_ARENA(arena->length, 1);
    FCI_ENSURE(fci_arena_is_valid(arena));
    return arena;
}

/* In fresh memory. `list` is the one that it goes back to, or 0. */
static inline struct fci_arena *fci_arena_begin_embedded(struct fci_arena *arena, size_t length,
                                                         const fc_allocator *allocator, bool secret,
                                                         size_t list)
{
    arena->head.count = 0;
    arena->head.bytes = arena->embedded_bytes;
    arena->head.holders = &fci_holders_sole;
    arena->home.allocator = allocator;
    arena->length = length;
    arena->pins = 0;
    arena->embedded = true;
    arena->frozen = false;
    arena->secret = secret;
    arena->list = (uint8_t)list;
    return fci_arena_begin(arena);
}

/* The long way; NULL if there is no memory. */
static inline struct fci_arena *fci_arena_alloc_embedded(size_t length,
                                                         const struct fci_traits *traits,
                                                         bool zeroed)
{
    size_t size = sizeof(struct fci_arena) + length;
    struct fci_arena *arena = fci_header_get(size, traits->allocator);
    if (arena == NULL) {
        return NULL;
    }
    bool plain = traits->allocator == NULL && !traits->secret;
    (void)fci_arena_begin_embedded(arena, length, traits->allocator, traits->secret,
                                   plain ? fci_small_list(size) : 0);
    if (zeroed) {
        fci_kernels()->fill(arena->embedded_bytes, 0, length);
    }
    return arena;
}

/* The short way, from the thread's lists; false where there is nothing. */
static inline bool fci_arena_take(struct fci_arena **out, size_t length, bool zeroed)
{
    void *address;
    if (length - 1 >= FCI_SMALL_MAX - sizeof(struct fci_arena)) {
        return false;
    }
    size_t list = fci_small_list(sizeof(struct fci_arena) + length);
    if (!fci_small_take(&address, list)) {
        return false;
    }
    *out = fci_arena_begin_embedded(address, length, NULL, false, list);
    if (zeroed) {
        fci_kernels()->fill((*out)->embedded_bytes, 0, length);
    }
    return true;
}

#endif
