/* SPDX-License-Identifier: MIT */

/* Detaching: an arena leaves a shared or read-only block for one of its own. What is about to be
 * overwritten is not copied. */

#include "base/common.h"

#include "memory/write.h"

#include "base/atomic.h"
#include "base/checked.h"
#include "base/contract.h"
#include "base/state.h"
#include "kernels/kernels.h"
#include "memory/limits.h"
#include "memory/paged.h"

static void copy_around(uint8_t *to, const struct fci_arena *arena, size_t offset, size_t length)
{
    const struct fci_kernels *kernels = fci_kernels();
    const uint8_t *from = arena->head.bytes;
    size_t end = offset + length; /* fits: the range lies in the arena */
    kernels->copy(to, from, offset);
    kernels->copy(to + end, from + end, arena->length - end);
    if (length < arena->length) {
        fci_counter_add(&fci_state_copies.write_copies, 1);
        fci_counter_add(&fci_state_copies.write_copied_bytes, arena->length - length);
    }
}

/* A view of the paged block that the arena leaves; or NULL: copy the whole, to a block with so much
 * `*patience`, and a paged one if there is none. */
static struct fci_block *leave_by_pages(const struct fci_arena *arena, size_t length,
                                        uint16_t *patience)
{
    struct fci_block *old = arena->home.block;
    size_t copied = 0;
    if (old->kind != FCI_KIND_PAGED) {
        uint16_t left = __atomic_load_n(&old->patience, __ATOMIC_RELAXED);
        *patience = left > 0 ? (uint16_t)(left - 1) : 0;
        return NULL;
    }
    if (fci_paged_is_bulk(length, arena->length)) {
        *patience = FCI_PAGED_PATIENCE;
        return NULL;
    }
    struct fci_block *fresh =
        fci_paged_detach(old, arena->head.bytes, arena->length, patience, &copied);
    if (fresh != NULL) {
        fci_counter_add(&fci_state_copies.write_copies, 1);
        fci_counter_add(&fci_state_copies.write_copied_bytes, copied);
    }
    return fresh;
}

/* A copy of the whole. A block has one paged copy made of it, and then none for long: files that
 * each serve one snapshot of many would not pay. */
static struct fci_block *leave_by_copy(const struct fci_arena *arena, size_t offset, size_t length,
                                       uint16_t patience)
{
    struct fci_block *old = arena->home.block;
    struct fci_traits traits = fci_arena_traits(arena);
    bool asked = traits.paged;
    traits.paged = patience == 0 && !fci_paged_is_bulk(length, arena->length) &&
                   (asked || arena->length >= FCI_PAGED_UNASKED_MIN);
    struct fci_block *fresh = fci_block_alloc(arena->length, &traits, false);
    if (fresh != NULL) {
        copy_around(fresh->bytes, arena, offset, length);
        fresh->paged = asked;
        fresh->patience = patience;
        if (fresh->kind == FCI_KIND_PAGED && old->kind != FCI_KIND_PAGED) {
            __atomic_store_n(&old->patience, 4 * FCI_PAGED_FILE, __ATOMIC_RELAXED);
        }
    }
    return fresh;
}

static struct fci_block *leave(const struct fci_arena *arena, size_t offset, size_t length)
{
    uint16_t patience = 0;
    struct fci_block *fresh = leave_by_pages(arena, length, &patience);
    if (fresh == NULL) {
        return leave_by_copy(arena, offset, length, patience);
    }
    fci_paged_expect(fresh, offset, length);
    return fresh;
}

fc_status fci_write_open(struct fci_write *write, struct fci_arena *arena, size_t offset,
                         size_t length)
{
    FCI_REQUIRE(fci_arena_is_alive(arena));
    FCI_REQUIRE(fci_range_fits(arena->length, offset, length));
    *write = (struct fci_write){ .at = arena->head.bytes + offset, .arena = arena };
    if (arena->frozen) {
        return FC_ERR_FROZEN;
    }
    if (!fci_arena_must_detach(arena)) {
        return FC_OK;
    }
    struct fci_block *fresh = leave(arena, offset, length);
    if (fresh == NULL) {
        return FC_ERR_NO_MEMORY;
    }
    write->at = fresh->bytes + offset;
    write->fresh = fresh;
    return FC_OK;
}

void fci_write_close(struct fci_write *write)
{
    if (write->fresh != NULL) {
        fci_arena_settle(write->arena, write->fresh);
    }
}
