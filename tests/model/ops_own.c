/* SPDX-License-Identifier: MIT */

/* Operations on handles: they change who sees a range, and neither copy nor allocate. */

#include "model.h"

#include <string.h>

/* `to->buffer` is a range of `from`; the model's is found by the model's arithmetic. */
static void show_range(struct model_handle *to, const struct model_handle *from, ptrdiff_t begin,
                       ptrdiff_t end)
{
    size_t first = model_clamp(begin, from->length);
    size_t last = model_clamp(end, from->length);
    if (first < last) {
        model_show(to, from->arena, from->offset + first, last - first);
    }
}

static void slice(struct model *m, bool as_subarray)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    ptrdiff_t begin = model_position(m, from->length);
    ptrdiff_t end = model_position(m, from->length);
    to->buffer = as_subarray ? fc_buffer_subarray(&from->buffer, begin, end)
                             : fc_buffer_slice(&from->buffer, begin, end);
    show_range(to, from, begin, end);
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

static void op_slice(struct model *m)
{
    slice(m, false);
}

static void op_subarray(struct model *m)
{
    slice(m, true);
}

/* The slice in the middle goes first: what was taken from it must not depend on it. */
static void op_slice_of_slice(struct model *m)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    struct model_handle middle = { .buffer = FC_BUFFER_INIT };
    ptrdiff_t begin = model_position(m, from->length);
    middle.buffer = fc_buffer_slice(&from->buffer, begin, FC_END);
    show_range(&middle, from, begin, FC_END);
    begin = model_position(m, middle.length);
    ptrdiff_t end = model_position(m, middle.length);
    to->buffer = fc_buffer_slice(&middle.buffer, begin, end);
    show_range(to, &middle, begin, end);
    model_release(m, &middle);
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

static void op_retain(struct model *m)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    to->buffer = fc_buffer_retain(&from->buffer);
    if (from->arena != NULL) {
        model_show(to, from->arena, from->offset, from->length);
    }
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

static void op_release(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    model_release(m, h);
    model_verify(m, h, 0);
    fc_buffer_release(&h->buffer); /* twice is harmless */
    model_verify(m, h, 0);
}

/* A handle that becomes empty is released: not if it is the last of a pinned arena. */
static void op_narrow(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    ptrdiff_t begin = model_position(m, h->length);
    ptrdiff_t end = model_position(m, h->length);
    size_t first = model_clamp(begin, h->length);
    size_t last = model_clamp(end, h->length);
    if (first >= last && h->arena != NULL && h->arena->owners == 1) {
        model_unpin(h);
    }
    fc_buffer_narrow(&h->buffer, begin, end);
    if (first < last) {
        h->offset += first;
        h->length = last - first;
    } else {
        model_forget(m, h);
    }
    model_verify(m, h, 0);
}

static void op_take(struct model *m)
{
    struct model_handle *to = model_vacant(m);
    struct model_handle *from = model_pick(m, to);
    to->buffer = fc_buffer_take(&from->buffer);
    to->arena = from->arena;
    to->offset = from->offset;
    to->length = from->length;
    from->arena = NULL;
    from->offset = 0;
    from->length = 0;
    model_verify(m, to, 0);
    model_verify(m, from, 0);
}

const struct model_op model_ops_own[] = {
    { "slice", 7, op_slice },
    { "subarray", 3, op_subarray },
    { "slice of slice", 3, op_slice_of_slice },
    { "retain", 5, op_retain },
    { "release", 9, op_release },
    { "narrow", 4, op_narrow },
    { "take", 3, op_take },
    { NULL, 0, NULL },
};
