/* SPDX-License-Identifier: MIT */

/* Wrong arguments: each is a status, and nothing has changed: no byte, no counter, no
 * out-parameter, and no release callback has run. */

#include "model.h"

#include <errno.h>
#include <string.h>

#define TOO_LONG (FC_BUFFER_MAX_LENGTH + 1)

static void op_write_past_end(struct model *m)
{
    static const uint8_t bytes[64];
    static const size_t far[] = { 1, 2, 1000, SIZE_MAX / 2, SIZE_MAX - 63, SIZE_MAX };
    struct model_handle *h = model_pick(m, NULL);
    size_t beyond = far[model_below(m, sizeof far / sizeof far[0])];
    size_t offset = beyond > SIZE_MAX - h->length ? beyond : h->length + beyond;
    size_t length = model_below(m, sizeof bytes + 1);
    MODEL_CHECK(fc_buffer_write(&h->buffer, offset, bytes, length) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_set(&h->buffer, offset, 1) == FC_ERR_OUT_OF_RANGE);
    model_verify(m, h, h->length);
    if (h->length >= 1 && h->length < sizeof bytes) {
        offset = model_below(m, h->length);
        length = h->length - offset + 1;
        MODEL_CHECK(fc_buffer_write(&h->buffer, offset, bytes, length) == FC_ERR_OUT_OF_RANGE);
        MODEL_CHECK(fc_buffer_write_general(&h->buffer, offset, bytes, length) ==
                    FC_ERR_OUT_OF_RANGE);
        model_verify(m, h, 0);
    }
}

static void op_read_past_end(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    uint8_t value = 77;
    MODEL_CHECK(fc_buffer_get(&value, &h->buffer, SIZE_MAX) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_get(&value, &h->buffer, h->length) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_at(&value, &h->buffer, PTRDIFF_MIN) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_at(&value, &h->buffer, PTRDIFF_MAX) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_at(&value, &h->buffer, -(ptrdiff_t)h->length - 1) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(value == 77);
    model_verify(m, h, 0);
}

static void op_make_too_long(struct model *m)
{
    fc_buffer out = model_junk();
    fc_alloc_options options = { .size = sizeof options, .alignment = 64 };
    uint8_t bytes[1] = { 0 };
    const void *volatile nowhere = NULL; /* compilers see through a plain one, and warn */
    fc_view none = fc_view_of(NULL, 0);
    (void)m;
    MODEL_CHECK(fc_buffer_alloc(&out, TOO_LONG) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_alloc_unsafe(&out, SIZE_MAX) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_alloc_with(&out, TOO_LONG, &options) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_alloc_fill(&out, TOO_LONG, fc_view_of(bytes, 1)) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_alloc_fill(&out, 1, none) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(fc_buffer_from_bytes(&out, nowhere, 1) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(model_is_junk(&out));
    MODEL_CHECK(fc_buffer_alloc_fill(&out, 0, none) == FC_OK);
    MODEL_CHECK(fc_buffer_length(&out) == 0);
}

static void op_wrong_options(struct model *m)
{
    fc_alloc_options options = { .size = sizeof options };
    fc_allocator allocator = m->allocator.base;
    fc_buffer out = model_junk();
    size_t which = model_below(m, 7);
    switch (which) {
    case 0:
        options.size = 0;
        break;
    case 1:
        options.alignment = 3 << model_below(m, 20);
        break;
    case 2:
        options.alignment = (size_t)1 << 31;
        break;
    case 3:
        options.flags = 0x80000000u >> model_below(m, 29);
        break;
    case 4:
        options.reserved = 1;
        break;
    case 5:
        allocator.alloc = NULL;
        options.allocator = &allocator;
        break;
    default:
        allocator.release = NULL;
        options.allocator = &allocator;
        break;
    }
    MODEL_CHECK(fc_buffer_alloc_with(&out, 100, &options) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(model_is_junk(&out));
}

static void never(void *context, void *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    model_fail(__FILE__, __LINE__, "no callback where the wrap has failed");
}

static void op_wrong_wrap(struct model *m)
{
    fc_buffer out = model_junk();
    uint8_t bytes[1] = { 0 };
    (void)m;
    MODEL_CHECK(fc_buffer_wrap(&out, bytes, TOO_LONG, never, NULL) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_wrap_readonly(&out, bytes, TOO_LONG, never, NULL) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_wrap_shared(&out, bytes, SIZE_MAX, never, NULL) == FC_ERR_OUT_OF_RANGE);
    MODEL_CHECK(fc_buffer_wrap(&out, NULL, 1, never, NULL) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(fc_buffer_wrap_readonly(&out, NULL, 1, never, NULL) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(fc_buffer_wrap_shared(&out, NULL, 1, never, NULL) == FC_ERR_INVALID_ARG_VALUE);
    MODEL_CHECK(model_is_junk(&out));
}

static void op_wrong_file(struct model *m)
{
    fc_buffer out = model_junk();
    fc_stats stats = { .size = 3 };
    (void)m;
    errno = 0;
    MODEL_CHECK(fc_buffer_read_file(&out, "/nonexistent/file") == FC_ERR_SYSTEM);
    MODEL_CHECK(errno == ENOENT);
    MODEL_CHECK(model_is_junk(&out));
    MODEL_CHECK(fc_stats_read(&stats) == FC_ERR_INVALID_ARG_VALUE);
}

const struct model_op model_ops_wrong[] = {
    { "write past the end", 2, op_write_past_end },
    { "read past the end", 1, op_read_past_end },
    { "make too long", 1, op_make_too_long },
    { "wrong options", 1, op_wrong_options },
    { "wrong wrap", 1, op_wrong_wrap },
    { "wrong file", 1, op_wrong_file },
    { NULL, 0, NULL },
};
