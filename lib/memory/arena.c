/* SPDX-License-Identifier: MIT */

/* The life of arenas: made with their bytes or on a block, counted (the policy stands in
 * <fc_buffer/arena.h>), and freed by the last owner. */

#include "base/common.h"

#include "memory/arena.h"

#include "base/atomic.h"
#include "base/checked.h"
#include "base/contract.h"
#include "base/state.h"
#include "base/track.h"
#include "kernels/kernels.h"
#include "memory/embedded.h"
#include "memory/limits.h"
#include "memory/quarantine.h"

#include <string.h>

/* Counts that no owner can reach: half of the range each, so that no number of stray ups or downs
 * leads from one to the other. Saturated arenas live for ever. */
#define COUNT_SATURATED (INTPTR_MIN / 4 * 3)
#define COUNT_DEAD (INTPTR_MIN / 4)

const intptr_t fci_holders_sole = 0;
static const intptr_t holders_never_sole = 1;

_Static_assert(sizeof(void *) != 8 || sizeof(struct fci_arena) == 48, "a small header is 48 bytes");
/* NOLINTNEXTLINE(misc-redundant-expression): today they are the same number */
_Static_assert(FCI_EMBEDDED_MAX <= FCI_SNAPSHOT_COPY_MAX, "embedded bytes are never shared");

static bool is_saturated(intptr_t count)
{
    return count < INTPTR_MIN / 2;
}

bool fci_arena_is_alive(const struct fci_arena *arena)
{
    intptr_t count = fci_load_relaxed(&arena->head.count);
    FCI_ABOUT(arena);
    return count >= 0 || is_saturated(count);
}

bool fci_arena_is_valid(const struct fci_arena *arena)
{
    if (!fci_arena_is_alive(arena) || arena->length == 0 || arena->head.holders == NULL) {
        return false;
    }
    if (arena->embedded) {
        return arena->head.bytes == arena->embedded_bytes;
    }
    const struct fci_block *block = arena->home.block;
    return arena->head.bytes >= block->bytes &&
           fci_range_fits(block->length, (size_t)(arena->head.bytes - block->bytes),
                          arena->length) &&
           (arena->pins == 0 || fci_load_relaxed(arena->head.holders) == 0);
}

/* Which count tells inline code whether a write may be in place, of an arena that is frozen or on a
 * block. */
static const intptr_t *holders_of(const struct fci_arena *arena)
{
    if (arena->frozen || arena->home.block->kind == FCI_KIND_READONLY) {
        return &holders_never_sole;
    }
    return &arena->home.block->count;
}

struct fci_arena *fci_arena_alloc(size_t length, const struct fci_traits *traits, bool zeroed)
{
    if (length <= FCI_EMBEDDED_MAX && traits->alignment <= _Alignof(struct fci_arena)) {
        return fci_arena_alloc_embedded(length, traits, zeroed);
    }
    struct fci_block *block = fci_block_alloc(length, traits, zeroed);
    if (block == NULL) {
        return NULL;
    }
    struct fci_arena *arena = fci_arena_on_block(block, block->bytes, length);
    if (arena == NULL) {
        fci_block_drop(block);
    }
    return arena;
}

struct fci_arena *fci_arena_on_block(struct fci_block *block, uint8_t *bytes, size_t length)
{
    struct fci_arena *arena = fci_header_get(sizeof *arena, block->allocator);
    if (arena == NULL) {
        return NULL;
    }
    *arena = (struct fci_arena){
        .head = { .bytes = bytes },
        .home.block = block,
        .length = length,
    };
    arena->head.holders = holders_of(arena);
    return fci_arena_begin(arena);
}

struct fci_arena *fci_arena_clone(const struct fci_arena *arena, size_t offset, size_t length)
{
    struct fci_traits traits = fci_arena_traits(arena);
    struct fci_arena *clone = fci_arena_alloc(length, &traits, false);
    if (clone != NULL) {
        fci_kernels()->copy(clone->head.bytes, arena->head.bytes + offset, length);
    }
    return clone;
}

bool fci_arena_copies_at_once(const struct fci_arena *arena, size_t length)
{
    if (length <= FCI_SNAPSHOT_COPY_MAX || arena->pins != 0) {
        return true;
    }
    const struct fci_block *block = arena->home.block;
    return block->kind == FCI_KIND_SHARED || block->secret ||
           length <= block->length / FCI_SNAPSHOT_SHARE_PART;
}

/* A count of 0 orders us after whatever the last other holder did. */
static bool is_sole(const intptr_t *holders)
{
    bool sole = fci_load_acquire(holders) == 0;
    fci_track_acquire(holders);
    return sole;
}

bool fci_arena_is_sole_holder(const struct fci_arena *arena)
{
    return arena->embedded || is_sole(&arena->home.block->count);
}

bool fci_arena_must_detach(const struct fci_arena *arena)
{
    return !arena->frozen && !is_sole(arena->head.holders);
}

void fci_arena_settle(struct fci_arena *arena, struct fci_block *block)
{
    struct fci_block *old = arena->home.block;
    FCI_REQUIRE(!arena->embedded && arena->pins == 0 && !arena->frozen);
    arena->home.block = block;
    arena->head.bytes = block->bytes;
    arena->head.holders = holders_of(arena);
    FCI_ENSURE(fci_arena_is_valid(arena));
    fci_block_drop(old);
}

void fci_arena_freeze(struct fci_arena *arena)
{
    arena->frozen = true;
    arena->head.holders = holders_of(arena);
}

struct fci_traits fci_arena_traits(const struct fci_arena *arena)
{
    if (arena->embedded) {
        return (struct fci_traits){
            .allocator = arena->home.allocator,
            .alignment = 1,
            .secret = arena->secret,
        };
    }
    return fci_block_traits(arena->home.block);
}

size_t fci_arena_retained(const struct fci_arena *arena)
{
    if (arena->embedded) {
        return sizeof *arena + arena->length;
    }
    size_t block = fci_block_retained(arena->home.block);
    enum fci_kind kind = (enum fci_kind)arena->home.block->kind;
    return kind == FCI_KIND_OWNED || kind == FCI_KIND_PAGED ? block + sizeof *arena : block;
}

/* Gives the arena's own memory back. A checked build keeps the library's own for a while, with a
 * count that tells it from a live one. */
static inline void bury(struct fci_arena *arena, size_t size, const fc_allocator *allocator)
{
#ifdef FC_CHECKS
    fci_store_relaxed(&arena->head.count, COUNT_DEAD);
    arena->head.bytes = NULL;
    arena->head.holders = &holders_never_sole;
    if (allocator == NULL) {
        FCI_TRACK_POISON(arena->embedded_bytes, size - sizeof *arena);
        fci_quarantine_put(arena);
        return;
    }
#endif
    fci_header_put(arena, size, allocator);
}

static void free_embedded(struct fci_arena *arena)
{
    if (arena->secret) {
        explicit_bzero(arena->embedded_bytes, arena->length);
    }
    bury(arena, sizeof *arena + arena->length, arena->home.allocator);
}

/* The header goes before the block: the block's release callback is the user's. */
static void free_on_block(struct fci_arena *arena)
{
    struct fci_block *block = arena->home.block;
    bury(arena, sizeof *arena, block->allocator);
    fci_block_drop(block);
}

/* A call, so that the short way, whose price counts, needs no stack. */
static __attribute__((noinline)) void free_arena(struct fci_arena *arena)
{
    FCI_ABOUT(arena);
    FCI_REQUIRE(arena->pins == 0);
    FCI_COUNT_ARENA(arena->length, -1);
    if (arena->embedded) {
        free_embedded(arena);
    } else {
        free_on_block(arena);
    }
}

void fc_arena_retained(fc_arena *arena)
{
    FCI_ABOUT(arena);
    FCI_REQUIRE(is_saturated(fci_load_relaxed(&arena->count)));
    fci_store_relaxed(&arena->count, COUNT_SATURATED);
}

void fc_arena_dropped(fc_arena *arena)
{
    intptr_t count = fci_load_relaxed(&arena->count);
    struct fci_arena *whole = (struct fci_arena *)(void *)arena;
    if (FC_BUFFER_UNLIKELY(count != -1)) {
        FCI_ABOUT(arena);
        FCI_REQUIRE(is_saturated(count));
        fci_store_relaxed(&arena->count, COUNT_SATURATED);
    } else if (!fci_small_keep(whole, whole->list)) {
        free_arena(whole);
    }
}
