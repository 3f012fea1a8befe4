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

/* A view of the paged block that the arena leaves, or NULL: copy the whole, to a block with these
 * traits that is `*heavy`. Who writes most of it does better without pages for a while. */
static struct fci_block *leave_by_pages(const struct fci_arena *arena, size_t length,
                                        struct fci_traits *traits, uint8_t *heavy)
{
    struct fci_block *old = arena->home.block;
    bool bulk = length / FCI_PAGED_BULK >= arena->length / 10;
    bool is_heavy = false;
    size_t copied = 0;
    *heavy = old->heavy > 0 ? (uint8_t)(old->heavy - 1) : 0;
    traits->paged = traits->paged && !bulk && *heavy == 0;
    if (old->kind != FCI_KIND_PAGED || bulk) {
        return NULL;
    }
    struct fci_block *fresh =
        fci_paged_detach(old, arena->head.bytes, arena->length, &is_heavy, &copied);
    if (fresh != NULL) {
        fci_counter_add(&fci_state_copies.write_copies, 1);
        fci_counter_add(&fci_state_copies.write_copied_bytes, copied);
    } else if (is_heavy) {
        *heavy = FCI_PAGED_HEAVY;
        traits->paged = false;
    }
    return fresh;
}

static struct fci_block *leave(const struct fci_arena *arena, size_t offset, size_t length)
{
    uint8_t heavy = 0;
    struct fci_traits traits = fci_arena_traits(arena);
    bool wished = traits.paged;
    struct fci_block *fresh = leave_by_pages(arena, length, &traits, &heavy);
    if (fresh == NULL) {
        fresh = fci_block_alloc(arena->length, &traits, false);
        if (fresh != NULL) {
            copy_around(fresh->bytes, arena, offset, length);
            fresh->paged = wished;
            fresh->heavy = heavy;
        }
    }
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
