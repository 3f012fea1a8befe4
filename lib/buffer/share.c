/* SPDX-License-Identifier: MIT */

/* Sharing and isolation: snapshots, what a write would cost, and ways out of sharing. */

#include "base/common.h"

#include "base/atomic.h"
#include "base/state.h"
#include "buffer/handle.h"
#include "memory/paged.h"
#include "memory/write.h"

/* The window as an arena that shares the block. */
static struct fci_arena *share(const struct fci_arena *arena, size_t offset, size_t length)
{
    struct fci_block *block = arena->home.block;
    fci_block_retain(block);
    struct fci_arena *snapshot = fci_arena_on_block(block, arena->head.bytes + offset, length);
    if (snapshot == NULL) {
        fci_block_drop(block);
    }
    return snapshot;
}

/* A pinned arena goes on being written at its address: a paged one is shared in place. NULL if that
 * cannot be. */
static struct fci_arena *share_pinned(const struct fci_arena *arena, size_t offset, size_t length)
{
    size_t copied = 0;
    if (arena->pins == 0 || arena->embedded || arena->home.block->kind != FCI_KIND_PAGED) {
        return NULL;
    }
    const uint8_t *bytes = arena->head.bytes + offset;
    struct fci_block *block = fci_paged_snapshot(arena->home.block, bytes, length, &copied);
    if (block == NULL) {
        return NULL;
    }
    struct fci_arena *snapshot = fci_arena_on_block(block, block->bytes, length);
    if (snapshot == NULL) {
        fci_block_drop(block);
    } else if (copied != 0) {
        fci_counter_add(&fci_state_copies.snapshot_copies, 1);
        fci_counter_add(&fci_state_copies.snapshot_copied_bytes, copied);
    }
    return snapshot;
}

fc_status fc_buffer_snapshot(fc_buffer *out, const fc_buffer *b)
{
    FCI_REQUIRE(out != NULL && out != b && fci_buffer_is_valid(b));
    if (b->arena == NULL) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    const struct fci_arena *arena = fci_arena_of(b);
    if (!fci_arena_copies_at_once(arena, b->length)) {
        return fci_buffer_set(out, share(arena, b->offset, b->length));
    }
    struct fci_arena *pinned = share_pinned(arena, b->offset, b->length);
    if (pinned != NULL) {
        return fci_buffer_set(out, pinned);
    }
    fc_status status = fci_buffer_set(out, fci_arena_clone(arena, b->offset, b->length));
    if (status == FC_OK) {
        fci_counter_add(&fci_state_copies.snapshot_copies, 1);
        fci_counter_add(&fci_state_copies.snapshot_copied_bytes, b->length);
    }
    return status;
}

fc_status fc_buffer_copy(fc_buffer *out, const fc_buffer *b)
{
    FCI_REQUIRE(out != NULL && out != b && fci_buffer_is_valid(b));
    if (b->arena == NULL) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    return fci_buffer_set(out, fci_arena_clone(fci_arena_of(b), b->offset, b->length));
}

bool fc_buffer_would_copy(const fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->arena != NULL && fci_arena_must_detach(fci_arena_of(b));
}

static bool is_only_owner(const fc_buffer *b)
{
    return fci_load_acquire(&b->arena->count) == 0 && fci_arena_is_sole_holder(fci_arena_of(b));
}

bool fc_buffer_is_unique(const fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->arena != NULL && is_only_owner(b);
}

size_t fc_buffer_retained_bytes(const fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->arena != NULL ? fci_arena_retained(fci_arena_of(b)) : 0;
}

fc_status fc_buffer_unshare(fc_buffer *b)
{
    struct fci_write write;
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (b->arena == NULL) {
        return FC_OK;
    }
    fc_status status = fci_write_open(&write, fci_arena_of(b), 0, 0);
    if (status == FC_OK) {
        fci_write_close(&write);
    }
    return status;
}

fc_status fc_buffer_freeze(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (b->arena != NULL) {
        FCI_REQUIRE(fci_arena_of(b)->pins == 0);
        fci_arena_freeze(fci_arena_of(b));
    }
    return FC_OK;
}

/* Whether the handle already keeps alive no more than it shows. */
static bool is_compact(const fc_buffer *b)
{
    const struct fci_arena *arena = fci_arena_of(b);
    if (arena->embedded) {
        return b->length == arena->length && is_only_owner(b);
    }
    const struct fci_block *block = arena->home.block;
    return b->length == block->length && is_only_owner(b) &&
           (block->kind != FCI_KIND_PAGED || fci_paged_is_whole(block));
}

fc_status fc_buffer_compact(fc_buffer *b)
{
    fc_buffer compact = FC_BUFFER_INIT;
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (b->arena == NULL) {
        return FC_OK;
    }
    const struct fci_arena *arena = fci_arena_of(b);
    FCI_REQUIRE(arena->pins == 0);
    if (is_compact(b)) {
        return FC_OK;
    }
    fc_status status = fci_buffer_set(&compact, fci_arena_clone(arena, b->offset, b->length));
    if (status == FC_OK) {
        if (arena->frozen) {
            fci_arena_freeze(fci_arena_of(&compact));
        }
        fc_buffer former = *b;
        *b = compact;
        fc_buffer_release(&former);
    }
    return status;
}
