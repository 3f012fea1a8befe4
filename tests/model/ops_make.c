/* SPDX-License-Identifier: MIT */

/* Operations that make buffers: on memory of the library's, of the counting allocator, or wrapped.
 */

#include "model.h"

#include <stdlib.h>
#include <string.h>

static const struct model_traits plain = { .alignment = 1 };

/* `h->buffer` has just been made, with `length` bytes. Its model arena holds zeroes. */
static void made(struct model *m, struct model_handle *h, size_t length,
                 const struct model_traits *traits)
{
    MODEL_CHECK(fc_buffer_length(&h->buffer) == length);
    if (length != 0) {
        MODEL_CHECK((uintptr_t)fc_buffer_data(&h->buffer) % traits->alignment == 0);
        model_show_new(m, h, length, model_block_new(length, traits));
    }
}

/* Every byte is compared, not only the edges: a new buffer has none that are known to be right. */
static void verify_new(struct model *m, const struct model_handle *h)
{
    model_verify(m, h, 0);
    if (h->arena != NULL) {
        MODEL_CHECK(memcmp(fc_buffer_data(&h->buffer), h->arena->bytes, h->length) == 0);
    }
}

static void op_alloc(struct model *m)
{
    struct model_handle *h = model_vacant(m);
    size_t length = model_size(m);
    h->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_alloc(&h->buffer, length)) == FC_OK);
    made(m, h, length, &plain);
    verify_new(m, h);
}

static void op_alloc_fill(struct model *m)
{
    struct model_handle *h = model_vacant(m);
    size_t length = model_size(m);
    uint8_t pattern[40];
    size_t period = 1 + (model_chance(m, 3) ? 0 : model_below(m, sizeof pattern));
    model_randomize(m, pattern, period);
    h->buffer = model_junk();
    fc_view fill = fc_view_of(pattern, period);
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_alloc_fill(&h->buffer, length, fill)) == FC_OK);
    made(m, h, length, &plain);
    for (size_t i = 0; i < length; i++) {
        h->arena->bytes[i] = pattern[i % period];
    }
    verify_new(m, h);
}

/* Bytes that hold anything are written before anyone reads them. */
static void write_all(struct model *m, struct model_handle *h)
{
    if (h->arena == NULL) {
        return;
    }
    model_randomize(m, h->arena->bytes, h->length);
    MODEL_CHECK(fc_buffer_write(&h->buffer, 0, h->arena->bytes, h->length) == FC_OK);
    MODEL_CHECK(fc_buffer_data(&h->buffer) == h->arena->address);
}

static void op_alloc_unsafe(struct model *m)
{
    struct model_handle *h = model_vacant(m);
    size_t length = model_size(m);
    h->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_alloc_unsafe(&h->buffer, length)) == FC_OK);
    made(m, h, length, &plain);
    write_all(m, h);
    verify_new(m, h);
}

static void op_alloc_with(struct model *m)
{
    struct model_handle *h = model_vacant(m);
    size_t length = model_size(m);
    struct model_traits traits = {
        .alignment = (size_t)1 << model_below(m, 13),
        .counting = model_chance(m, 2),
        .secret = model_chance(m, 4),
    };
    fc_alloc_options options = {
        .size = sizeof options,
        .alignment = traits.alignment == 1 ? model_below(m, 2) : traits.alignment,
        .allocator = traits.counting ? &m->allocator.base : NULL,
    };
    bool zeroed = model_chance(m, 2);
    options.flags = (zeroed ? 0 : FC_ALLOC_UNSAFE) | (traits.secret ? FC_ALLOC_SECRET : 0);
    size_t counted = m->allocator.total;
    h->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_alloc_with(&h->buffer, length, &options)) ==
                FC_OK);
    MODEL_CHECK((m->allocator.total > counted) == (traits.counting && length != 0));
    made(m, h, length, &traits);
    if (!zeroed) {
        write_all(m, h);
    }
    verify_new(m, h);
}

static void op_from_bytes(struct model *m)
{
    struct model_handle *h = model_vacant(m);
    size_t length = model_size(m);
    uint8_t *bytes = malloc(length + 1);
    MODEL_CHECK(bytes != NULL);
    model_randomize(m, bytes, length);
    h->buffer = model_junk();
    const uint8_t *from = length == 0 && model_chance(m, 2) ? NULL : bytes;
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, fc_buffer_from_bytes(&h->buffer, from, length)) == FC_OK);
    made(m, h, length, &plain);
    if (length != 0) {
        memcpy(h->arena->bytes, bytes, length);
    }
    memset(bytes, 0xdd, length);
    free(bytes);
    verify_new(m, h);
}

static fc_status wrap(fc_buffer *out, struct model_external *external)
{
    fc_buffer_release_fn *release = external->has_callback ? model_external_release : NULL;
    switch (external->kind) {
    case MODEL_ADOPTED:
        return fc_buffer_wrap(out, external->bytes, external->length, release, external);
    case MODEL_READONLY:
        return fc_buffer_wrap_readonly(out, external->bytes, external->length, release, external);
    case MODEL_SHARED:
        return fc_buffer_wrap_shared(out, external->bytes, external->length, release, external);
    case MODEL_OWNED:
    default:
        model_fail(__FILE__, __LINE__, "a kind that is wrapped");
    }
}

static void wrap_kind(struct model *m, enum model_kind kind, size_t length)
{
    struct model_handle *h = model_vacant(m);
    struct model_external *external = model_external_new(m, length, kind);
    h->buffer = model_junk();
    MODEL_CHECK(MODEL_CALL(m, &h->buffer, wrap(&h->buffer, external)) == FC_OK);
    MODEL_CHECK(fc_buffer_length(&h->buffer) == length);
    if (length == 0) {
        model_external_close(m, external);
        verify_new(m, h);
        return;
    }
    struct model_block *block = model_block_new(length, &plain);
    block->kind = kind;
    block->external = external;
    MODEL_CHECK(fc_buffer_data(&h->buffer) == external->bytes);
    model_show_new(m, h, length, block);
    memcpy(h->arena->bytes, external->bytes, length);
    verify_new(m, h);
}

static void op_wrap(struct model *m)
{
    wrap_kind(m, MODEL_ADOPTED, model_size(m));
}

static void op_wrap_readonly(struct model *m)
{
    wrap_kind(m, MODEL_READONLY, model_size(m));
}

static void op_wrap_shared(struct model *m)
{
    wrap_kind(m, MODEL_SHARED, model_size(m));
}

static void op_wrap_nothing(struct model *m)
{
    wrap_kind(m, (enum model_kind)(MODEL_ADOPTED + model_below(m, 3)), 0);
}

const struct model_op model_ops_make[] = {
    { "alloc", 5, op_alloc },
    { "alloc_fill", 2, op_alloc_fill },
    { "alloc_unsafe", 4, op_alloc_unsafe },
    { "alloc_with", 4, op_alloc_with },
    { "from_bytes", 3, op_from_bytes },
    { "wrap", 3, op_wrap },
    { "wrap_readonly", 3, op_wrap_readonly },
    { "wrap_shared", 2, op_wrap_shared },
    { "wrap of nothing", 1, op_wrap_nothing },
    { NULL, 0, NULL },
};
