/* SPDX-License-Identifier: MIT */

/* What every write has in common: whether it must be refused, whether the arena must leave its
 * block, and what may then be seen of it. A write that need not copy is in place: same address, no
 * counter moved. One that must copies no more than the arena has, and nothing that it overwrites
 * whole. */

#include "model.h"

#include <string.h>

bool model_would_copy(const struct model_arena *arena)
{
    return !arena->frozen && (arena->block->holders > 1 || arena->block->kind == MODEL_READONLY);
}

static struct model_change expect(struct model *m, const struct model_handle *h)
{
    struct model_change change = { .arena = h->arena, .status = FC_OK };
    change.counted = m->allocator.total;
    if (h->arena != NULL) {
        change.status = h->arena->frozen ? FC_ERR_FROZEN : FC_OK;
        /* A paged block that has given out a view is left by its last holder too. */
        change.detaches =
            model_would_copy(h->arena) || (fct_paged_always() && fc_buffer_would_copy(&h->buffer));
        MODEL_CHECK(!change.detaches || h->arena->pins == 0);
    }
    return change;
}

struct model_change model_expect_own(struct model *m, const struct model_handle *h)
{
    return expect(m, h);
}

struct model_change model_expect_write(struct model *m, const struct model_handle *h, size_t offset,
                                       size_t length)
{
    struct model_change change = { .arena = h->arena, .counted = m->allocator.total };
    if (offset > h->length || length > h->length - offset) {
        change.status = FC_ERR_OUT_OF_RANGE;
        return change;
    }
    if (length == 0) {
        return change;
    }
    change = expect(m, h);
    change.at = h->offset + offset;
    change.length = length;
    return change;
}

/* Only a partial write counts as a copy, and it moves what is not overwritten at least. */
static void verify_cost(struct model *m, const struct model_change *change)
{
    fc_stats now = model_stats();
    size_t kept = change->arena->length - change->length;
    uint64_t moved = now.write_copied_bytes - m->stats.write_copied_bytes;
    MODEL_CHECK(now.write_copies - m->stats.write_copies == (kept == 0 ? 0 : 1));
    MODEL_CHECK(moved >= kept || fct_paged_always());
    MODEL_CHECK(moved <= (kept == 0 ? 0 : change->arena->length));
    m->stats.write_copies = now.write_copies;
    m->stats.write_copied_bytes = now.write_copied_bytes;
}

/* The arena stands on a block of its own now; the old one has lost a holder. */
static void detached(struct model *m, const struct model_handle *h,
                     const struct model_change *change)
{
    struct model_arena *arena = change->arena;
    struct model_block *old = arena->block;
    struct model_traits traits = model_traits_of(old);
    const uint8_t *address = fc_buffer_data(&h->buffer) - h->offset;
    m->detached++;
    verify_cost(m, change);
    MODEL_CHECK(address != arena->address);
    MODEL_CHECK((uintptr_t)address % traits.alignment == 0);
    MODEL_CHECK((m->allocator.total > change->counted) == traits.counting);
    arena->address = address;
    arena->block = model_block_new(arena->length, &traits);
    model_block_drop(m, old);
}

void model_changed(struct model *m, const struct model_handle *h, const struct model_change *change,
                   fc_status status, const uint8_t *bytes)
{
    MODEL_CHECK(status == change->status);
    if (status == FC_OK && change->detaches) {
        detached(m, h, change);
    } else {
        MODEL_CHECK(m->allocator.total == change->counted);
    }
    if (status == FC_OK && change->length != 0) {
        memcpy(change->arena->bytes + change->at, bytes, change->length);
    }
    size_t focus = change->at < h->offset ? 0 : change->at - h->offset;
    model_verify(m, h, focus);
    if (change->length > 1) {
        model_verify(m, h, focus + change->length - 1);
    }
}
