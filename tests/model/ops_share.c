/* SPDX-License-Identifier: MIT */

/* Operations of sharing and isolation. The model decides beforehand whether a snapshot is shared or
 * copied at once, and the library's counters must say the same. */

#include "model.h"

#include <string.h>

/* A new arena with the window's bytes on a block of its own, which inherits. */
static void show_clone(struct model *m, struct model_handle *to, const struct model_handle *from,
                       size_t counted)
{
    struct model_traits traits = model_traits_of(from->arena->block);
    MODEL_CHECK((uintptr_t)fc_buffer_data(&to->buffer) % traits.alignment == 0);
    MODEL_CHECK((m->allocator.total > counted) == traits.counting);
    model_show_new(m, to, from->length, model_block_new(from->length, &traits));
    memcpy(to->arena->bytes, from->arena->bytes + from->offset, from->length);
}

/* A new arena on the same block, at the same address. The model copies all the same. */
static void show_shared(struct model *m, struct model_handle *to, const struct model_handle *from)
{
    MODEL_CHECK(fc_buffer_data(&to->buffer) == fc_buffer_data(&from->buffer));
    from->arena->block->holders++;
    model_show_new(m, to, from->length, from->arena->block);
    memcpy(to->arena->bytes, from->arena->bytes + from->offset, from->length);
}

static bool must_copy_at_once(const struct model *m, const struct model_handle *h)
{
    const struct model_block *block = h->arena->block;
    return h->length <= m->short_length || h->length <= block->length / 16 || h->arena->pins != 0 ||
           block->traits.secret || block->kind == MODEL_SHARED;
}

static void snapshot(struct model *m, struct model_handle *to, struct model_handle *from)
{
    size_t counted = m->allocator.total;
    to->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &to->buffer, fc_buffer_snapshot(&to->buffer, &from->buffer)) ==
                FC_OK);
    MODEL_CHECK(!fc_buffer_same_arena(&to->buffer, &from->buffer));
    if (from->arena != NULL && must_copy_at_once(m, from)) {
        m->copied++;
        m->stats.snapshot_copies++;
        m->stats.snapshot_copied_bytes += from->length;
        if (fct_paged_always() && from->arena->pins != 0) {
            m->stats = model_stats(); /* taken in place: it copies what it likes */
        }
        show_clone(m, to, from, counted);
    } else if (from->arena != NULL) {
        m->shared++;
        show_shared(m, to, from);
    }
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

/* What would be large beyond the budget is left alone. */
static bool too_much(const struct model *m, const struct model_handle *h)
{
    return m->bytes + h->length > 2 * m->budget;
}

static void op_snapshot(struct model *m)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    if (!too_much(m, from)) {
        snapshot(m, to, from);
    }
}

/* Several at once, each of the one before: flat, whatever is released first. */
static void op_snapshot_chain(struct model *m)
{
    struct model_handle *from = model_pick(m, NULL);
    for (int i = 0; i < 3; i++) {
        struct model_handle *to = model_vacant(m);
        if (to == from || too_much(m, from)) {
            return;
        }
        snapshot(m, to, from);
        from = to;
    }
}

static void op_copy(struct model *m)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    size_t counted = m->allocator.total;
    if (too_much(m, from)) {
        return;
    }
    to->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &to->buffer, fc_buffer_copy(&to->buffer, &from->buffer)) == FC_OK);
    if (from->arena != NULL) {
        MODEL_CHECK(fc_buffer_data(&to->buffer) != fc_buffer_data(&from->buffer));
        show_clone(m, to, from, counted);
    }
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

/* Nothing happens if it is the only handle on the whole of a block that it holds alone. With the
 * block shared the library may go either way: nothing that it shows tells it what is better. */
static void op_compact(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t counted = m->allocator.total;
    fc_buffer before = h->buffer;
    model_unpin(h);
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_compact(&h->buffer)) == FC_OK);
    bool stayed = memcmp(&before, &h->buffer, sizeof before) == 0;
    if (h->arena != NULL) {
        const struct model_arena *arena = h->arena;
        bool whole = arena->owners == 1 && h->length == arena->block->length;
        MODEL_CHECK(stayed ? whole : !whole || arena->block->holders != 1 || fct_paged_always());
    }
    if (h->arena != NULL && !stayed) {
        struct model_handle now = { .buffer = h->buffer };
        show_clone(m, &now, h, counted);
        now.arena->frozen = h->arena->frozen;
        model_forget(m, h);
        *h = now;
    }
    MODEL_CHECK(h->arena == NULL || h->length == h->arena->block->length);
    model_verify(m, h, 0);
}

static void op_unshare(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    struct model_change change = model_expect_own(m, h);
    fc_status status = MODEL_CALL(m, &h->buffer, fc_buffer_unshare(&h->buffer));
    model_changed(m, h, &change, status, NULL);
    MODEL_CHECK(!fc_buffer_would_copy(&h->buffer));
}

static void op_freeze(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    model_unpin(h);
    MODEL_CHECK(fc_buffer_freeze(&h->buffer) == FC_OK);
    if (h->arena != NULL) {
        h->arena->frozen = true;
    }
    model_verify(m, h, 0);
}

const struct model_op model_ops_share[] = {
    { "snapshot", 12, op_snapshot },
    { "snapshot of snapshot", 2, op_snapshot_chain },
    { "copy", 3, op_copy },
    { "compact", 3, op_compact },
    { "unshare", 3, op_unshare },
    { "freeze", 1, op_freeze },
    { NULL, 0, NULL },
};
