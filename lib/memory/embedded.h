/* SPDX-License-Identifier: MIT */

/* The birth of an arena, and of one with its bytes behind it in the same allocation. Inline,
 * because for a small buffer each call on the way is a tenth of the price. */
#ifndef FCI_MEMORY_EMBEDDED_H
#define FCI_MEMORY_EMBEDDED_H

#include "base/contract.h"
#include "base/state.h"
#include "kernels/kernels.h"
#include "memory/arena.h"
#include "memory/header.h"

/* What inline code reads where there is no block's count to read. */
extern const intptr_t fci_holders_sole;

/* What every new arena has in common: one owner, no pin. */
static inline void fci_arena_begin(struct fci_arena *arena, uint8_t *bytes, size_t length,
                                   const intptr_t *holders)
{
    arena->head.count = 0;
    arena->head.bytes = bytes;
    arena->head.holders = holders;
    arena->length = length;
    arena->pins = 0;
    arena->frozen = false;
    FCI_COUNT_ARENA(length, 1);
    FCI_ENSURE(fci_arena_is_valid(arena));
}

/* `length` is at most FCI_EMBEDDED_MAX and not 0; `allocator` may be NULL. */
static inline struct fci_arena *fci_arena_alloc_embedded(size_t length,
                                                         const fc_allocator *allocator, bool secret,
                                                         bool zeroed)
{
    struct fci_arena *arena = fci_header_get(sizeof *arena + length, allocator);
    if (arena == NULL) {
        return NULL;
    }
    arena->embedded = true;
    arena->secret = secret;
    arena->home.allocator = allocator;
    fci_arena_begin(arena, arena->embedded_bytes, length, &fci_holders_sole);
    if (zeroed) {
        fci_kernels()->fill(arena->embedded_bytes, 0, length);
    }
    return arena;
}

#endif
