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
    struct fci_traits traits = fci_arena_traits(arena);
    struct fci_block *fresh = fci_block_alloc(arena->length, &traits, false);
    if (fresh == NULL) {
        return FC_ERR_NO_MEMORY;
    }
    copy_around(fresh->bytes, arena, offset, length);
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
