/* SPDX-License-Identifier: MIT */

/* Blocks. A middle block is one allocation, header before bytes; a large one, or one with a wide
 * alignment, has its header apart, so that the bytes begin where the allocator aligned them. */

#include "base/common.h"

#include "memory/block.h"

#include "base/atomic.h"
#include "base/contract.h"
#include "base/state.h"
#include "base/track.h"
#include "memory/header.h"
#include "memory/limits.h"
#include "memory/paged.h"

#include <string.h>

/* Where the bytes stand behind a joined header. */
#define LEAD FCI_BLOCK_ALIGNMENT

_Static_assert(sizeof(struct fci_block) <= LEAD, "a joined header fits before the bytes");

/* Less than FCI_APART_MIN bytes. */
static struct fci_block *alloc_joined(size_t length, const struct fci_traits *traits, bool zeroed)
{
    struct fci_memory memory;
    uint8_t *base = fci_memory_get(&memory, traits->allocator, length + LEAD, LEAD, zeroed);
    if (base == NULL) {
        return NULL;
    }
    struct fci_block *block = (struct fci_block *)(void *)base;
    block->bytes = base + LEAD;
    block->home.memory = memory;
    block->apart = false;
    return block;
}

static struct fci_block *alloc_apart(size_t length, const struct fci_traits *traits, bool zeroed)
{
    struct fci_memory memory;
    size_t alignment = traits->alignment > LEAD ? traits->alignment : LEAD;
    struct fci_block *block = fci_header_get(sizeof *block, traits->allocator);
    if (block == NULL) {
        return NULL;
    }
    block->bytes = fci_memory_get(&memory, traits->allocator, length, alignment, zeroed);
    if (block->bytes == NULL) {
        fci_header_put(block, sizeof *block, traits->allocator);
        return NULL;
    }
    block->home.memory = memory;
    block->apart = true;
    return block;
}

struct fci_block *fci_block_alloc(size_t length, const struct fci_traits *traits, bool zeroed)
{
    bool apart = length >= FCI_APART_MIN || traits->alignment > LEAD;
    FCI_REQUIRE(length != 0);
    struct fci_block *block = NULL;
    if (fci_paged_wanted(length, traits) && (block = fci_paged_alloc(length, !zeroed)) != NULL) {
        block->lg_alignment = (uint8_t)__builtin_ctzll(traits->alignment);
        block->paged = traits->paged;
        return block;
    }
    block = apart ? alloc_apart(length, traits, zeroed) : alloc_joined(length, traits, zeroed);
    if (block == NULL) {
        return NULL;
    }
    block->count = 0;
    block->length = length;
    block->allocator = traits->allocator;
    block->kind = FCI_KIND_OWNED;
    block->secret = traits->secret;
    block->paged = traits->paged;
    block->patience = traits->paged ? 0 : FCI_PAGED_PATIENCE;
    block->lg_alignment = (uint8_t)__builtin_ctzll(traits->alignment);
    FCI_COUNT_LIVE(blocks, 1);
    return block;
}

struct fci_block *fci_block_wrap(uint8_t *bytes, size_t length, enum fci_kind kind,
                                 fc_buffer_release_fn *release, void *context)
{
    struct fci_block *block = fci_header_get(sizeof *block, NULL);
    if (block == NULL) {
        return NULL;
    }
    *block = (struct fci_block){
        .bytes = bytes,
        .length = length,
        .kind = (uint8_t)kind,
        .patience = FCI_PAGED_PATIENCE,
    };
    block->home.wrapped.release = release;
    block->home.wrapped.context = context;
    FCI_COUNT_LIVE(blocks, 1);
    return block;
}

void fci_block_retain(struct fci_block *block)
{
    FCI_REQUIRE(block->kind != FCI_KIND_SHARED && !block->secret);
    (void)fci_add_relaxed(&block->count, 1);
}

/* The header goes first: the callback is the user's, and may take its time or use other buffers. */
static void free_wrapped(struct fci_block *block)
{
    struct fci_block gone = *block;
    fci_header_put(block, sizeof *block, NULL);
    if (gone.home.wrapped.release != NULL) {
        gone.home.wrapped.release(gone.home.wrapped.context, gone.bytes, gone.length);
    }
}

static void free_owned(struct fci_block *block)
{
    struct fci_memory memory = block->home.memory;
    const fc_allocator *allocator = block->allocator;
    if (block->secret) {
        explicit_bzero(block->bytes, block->length);
    }
    if (block->apart) {
        fci_header_put(block, sizeof *block, allocator);
    }
    fci_memory_put(&memory, allocator);
}

void fci_block_drop(struct fci_block *block)
{
    fci_track_release(&block->count);
    if (fci_load_acquire(&block->count) != 0 && fci_sub_release(&block->count, 1) >= 0) {
        return;
    }
    (void)fci_load_acquire(&block->count);
    fci_track_acquire(&block->count);
    FCI_COUNT_LIVE(blocks, -1);
    if (block->kind == FCI_KIND_OWNED) {
        free_owned(block);
    } else if (block->kind == FCI_KIND_PAGED) {
        fci_paged_free(block);
    } else {
        free_wrapped(block);
    }
}

struct fci_traits fci_block_traits(const struct fci_block *block)
{
    return (struct fci_traits){
        .allocator = block->allocator,
        .alignment = (size_t)1 << block->lg_alignment,
        .secret = block->secret,
        .paged = block->paged,
    };
}

size_t fci_block_retained(const struct fci_block *block)
{
    if (block->kind == FCI_KIND_PAGED) {
        return fci_paged_retained(block);
    }
    if (block->kind != FCI_KIND_OWNED) {
        return block->length;
    }
    return block->home.memory.size + (block->apart ? sizeof *block : 0);
}
