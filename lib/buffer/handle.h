/* SPDX-License-Identifier: MIT */

/* What the public functions share: making a handle on a new arena, and the check of a handle. */
#ifndef FCI_BUFFER_HANDLE_H
#define FCI_BUFFER_HANDLE_H

#include "base/checked.h"
#include "base/contract.h"
#include "memory/arena.h"

static inline void fci_buffer_set_empty(fc_buffer *out)
{
    *out = (fc_buffer)FC_BUFFER_INIT;
}

/* A handle on all of a new arena, whose one owner it becomes. */
static inline void fci_buffer_set_new(fc_buffer *out, struct fci_arena *arena)
{
    out->arena = &arena->head;
    out->offset = 0;
    out->length = arena->length;
}

/* The same, or out of memory. */
static inline fc_status fci_buffer_set(fc_buffer *out, struct fci_arena *arena)
{
    if (arena == NULL) {
        return FC_ERR_NO_MEMORY;
    }
    fci_buffer_set_new(out, arena);
    return FC_OK;
}

/* The invariants that stand at the top of <fc_buffer/buffer.h>. */
static inline bool fci_buffer_is_valid(const fc_buffer *b)
{
    if (b->arena == NULL) {
        return b->offset == 0 && b->length == 0;
    }
    const struct fci_arena *arena = fci_arena_of(b);
    return b->length != 0 && fci_arena_is_valid(arena) &&
           fci_range_fits(arena->length, b->offset, b->length);
}

#endif
