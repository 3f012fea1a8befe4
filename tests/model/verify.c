/* SPDX-License-Identifier: MIT */

/* The comparison of the library with the model: what can be asked of a handle, its address and its
 * bytes. After each operation that is what the operation has touched; from time to time it is
 * everything, so that a write that reached a buffer it had no business with is found too. */

#include "model.h"

#include <string.h>

/* More than any header, rounding to pages included. */
#define OVERHEAD_MAX ((size_t)4096 + 512)

fc_stats model_stats(void)
{
    fc_stats stats = { .size = sizeof stats };
    MODEL_CHECK(fc_stats_read(&stats) == FC_OK);
    return stats;
}

fc_buffer model_junk(void)
{
    fc_buffer junk;
    memset(&junk, 0x5a, sizeof junk);
    return junk;
}

bool model_is_junk(const fc_buffer *b)
{
    fc_buffer junk = model_junk();
    return memcmp(b, &junk, sizeof junk) == 0;
}

/* Owned memory costs its block and a header; wrapped memory exactly what was given. */
static void verify_retained(const struct model_handle *h)
{
    const struct model_block *block = h->arena->block;
    size_t retained = fc_buffer_retained_bytes(&h->buffer);
    if (block->kind != MODEL_OWNED) {
        MODEL_CHECK(retained == block->length);
        return;
    }
    MODEL_CHECK(retained >= block->length);
    MODEL_CHECK(fct_paged_always() ||
                retained <= block->length + block->traits.alignment + OVERHEAD_MAX);
}

static void verify_empty(const struct model_handle *h)
{
    const fc_buffer *b = &h->buffer;
    MODEL_CHECK(fc_buffer_length(b) == 0 && fc_buffer_offset(b) == 0);
    MODEL_CHECK(fc_buffer_data(b) != NULL);
    MODEL_CHECK(!fc_buffer_would_copy(b) && !fc_buffer_is_unique(b));
    MODEL_CHECK(fc_buffer_retained_bytes(b) == 0);
    MODEL_CHECK(!fc_buffer_same_arena(b, b));
}

static void verify_predicates(const struct model *m, const struct model_handle *h)
{
    const fc_buffer *b = &h->buffer;
    const struct model_arena *arena = h->arena;
    const struct model_block *block = arena->block;
    const struct model_handle *other =
        &m->handles[(size_t)(h - m->handles + 1 + (ptrdiff_t)(m->released % 5)) % MODEL_SLOTS];
    MODEL_CHECK(fc_buffer_length(b) == h->length && fc_buffer_offset(b) == h->offset);
    MODEL_CHECK(fc_buffer_data(b) == arena->address + h->offset);
    MODEL_CHECK(fc_buffer_view(b).bytes == fc_buffer_data(b));
    MODEL_CHECK(fc_buffer_view(b).length == h->length);
    bool would_copy = fc_buffer_would_copy(b), unique = fc_buffer_is_unique(b);
    bool viewed = fct_paged_always() && !arena->frozen; /* perhaps: by a view, as a holder is */
    MODEL_CHECK(would_copy == model_would_copy(arena) || (viewed && would_copy));
    MODEL_CHECK(unique == (arena->owners == 1 && block->holders == 1) ||
                (fct_paged_always() && !unique));
    MODEL_CHECK(fc_buffer_same_arena(b, &other->buffer) == (arena == other->arena));
    MODEL_CHECK(fc_buffer_same_arena(b, b));
    if (block->kind == MODEL_SHARED) {
        MODEL_CHECK(arena->address == block->external->bytes);
    }
    verify_retained(h);
}

static void verify_bytes(const struct model_handle *h, size_t begin, size_t end)
{
    MODEL_CHECK(memcmp(fc_buffer_data(&h->buffer) + begin, h->arena->bytes + h->offset + begin,
                       end - begin) == 0);
}

void model_verify(struct model *m, const struct model_handle *h, size_t focus)
{
    size_t near = 256;
    if (h->arena == NULL) {
        verify_empty(h);
        return;
    }
    verify_predicates(m, h);
    if (h->length <= 4 * near) {
        verify_bytes(h, 0, h->length);
        return;
    }
    focus = focus > near ? focus - near : 0;
    focus = focus > h->length - 2 * near ? h->length - 2 * near : focus;
    verify_bytes(h, 0, near);
    verify_bytes(h, focus, focus + 2 * near);
    verify_bytes(h, h->length - near, h->length);
}

void model_verify_handles(struct model *m, const void *out)
{
    for (size_t i = 0; i < MODEL_SLOTS; i++) {
        const struct model_handle *h = &m->handles[i];
        if (&h->buffer != out || h->arena != NULL) {
            model_verify(m, h, 0);
        }
        if (h->arena != NULL) {
            verify_bytes(h, 0, h->length);
        }
    }
}

void model_verify_all(struct model *m)
{
    size_t alive = fct_alive();
    model_verify_handles(m, NULL);
    /* Each arena has at most one block to itself, and that one, if it is a view, keeps at most one
     * that has no arena any more. Only a checked library counts. */
    if (alive != 0) {
        MODEL_CHECK(alive >= m->arenas);
        MODEL_CHECK(alive <= 3 * m->arenas);
    }
    MODEL_CHECK(m->arenas != 0 || alive == 0);
}

void model_verify_step(const struct model *m)
{
    fc_stats now = model_stats();
    MODEL_CHECK(now.write_copies == m->stats.write_copies);
    MODEL_CHECK(now.write_copied_bytes == m->stats.write_copied_bytes);
    MODEL_CHECK(now.snapshot_copies == m->stats.snapshot_copies);
    MODEL_CHECK(now.snapshot_copied_bytes == m->stats.snapshot_copied_bytes);
    MODEL_CHECK(m->released == m->released_expected);
}
