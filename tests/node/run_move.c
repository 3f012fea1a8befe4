/* SPDX-License-Identifier: MIT */

/* The vectors of taking parts and moving bytes: subarray, concat, copy, copyself, copyWithin, set,
 * swap16, swap32, swap64. */

#include "vector.h"

static void run_subarray(struct vector *v)
{
    struct subject whole = vector_target(v);
    size_t length = fc_buffer_length(&whole.buffer);
    ptrdiff_t begin = argument_relative(argument(v, 0), 0, 0);
    ptrdiff_t end = argument_relative(argument(v, 1), FC_END, 0);
    fc_buffer slice = fc_buffer_slice(&whole.buffer, begin, end);
    fc_buffer part = fc_buffer_subarray(&whole.buffer, begin, end);
    vector_same_number(v, "ret", (double)fc_buffer_length(&slice));
    vector_same_number(v, "ret", (double)fc_buffer_length(&part));
    /* An empty slice is the empty buffer and stands nowhere; where it would is still known. */
    vector_same_number(v, "off", (double)fc_position_clamp(begin, length));
    if (fc_buffer_length(&slice) != 0) {
        size_t offset = fc_buffer_offset(&whole.buffer);
        vector_same_number(v, "off", (double)(fc_buffer_offset(&slice) - offset));
        vector_same_number(v, "off", (double)(fc_buffer_offset(&part) - offset));
    }
    fc_buffer_release(&slice);
    fc_buffer_release(&part);
    vector_subject_end(v, &whole);
}

#define LIST_MAX 16

static void run_concat(struct vector *v)
{
    struct json_object *list = vector_member(v, "list");
    size_t total = argument_exact(v, argument(v, 0), 0);
    if (v->skip != SKIP_NONE) {
        return;
    }
    if (!json_object_is_type(list, json_type_array) || json_object_array_length(list) > LIST_MAX) {
        vector_fail(v, "no list, or too long a list");
        return;
    }
    size_t count = json_object_array_length(list);
    fc_buffer buffers[LIST_MAX], out = VECTOR_OUT, out_of_views = VECTOR_OUT;
    fc_view views[LIST_MAX];
    struct subject subjects[LIST_MAX];
    for (size_t i = 0; i < count; i++) {
        subjects[i] = vector_subject(v, vector_hex(v, json_object_array_get_idx(list, i)));
        buffers[i] = subjects[i].buffer;
        views[i] = fc_buffer_view(&buffers[i]);
    }
    bool whole = argument_is_undefined(argument(v, 0));
    fc_status status = whole ? fc_buffer_concat(&out, buffers, count)
                             : fc_buffer_concat_total(&out, buffers, count, total);
    vector_made(v, status, &out, "ret");
    status = whole ? fc_view_concat(&out_of_views, views, count)
                   : fc_view_concat_total(&out_of_views, views, count, total);
    vector_made(v, status, &out_of_views, "ret");
    for (size_t i = 0; i < count; i++) {
        vector_subject_end(v, &subjects[i]);
    }
}

/* What buf.copy(target, targetStart, sourceStart, sourceEnd) comes to. */
static void copy(struct vector *v, struct subject *target, fc_view source)
{
    size_t at = argument_copy(v, argument(v, 0), 0);
    size_t begin = argument_copy(v, argument(v, 1), 0);
    size_t end = argument_copy(v, argument(v, 2), (size_t)FC_END);
    if (v->skip != SKIP_NONE) {
        vector_subject_end(v, target);
        return;
    }
    fc_view before = vector_keep_view(v, fc_buffer_view(&target->buffer));
    size_t copied = SIZE_MAX;
    fc_status status =
        argument_count(v) < 2
            ? fc_buffer_copy_into(&copied, &target->buffer, at, source)
            : fc_buffer_copy_range_into(&copied, &target->buffer, at, source, begin, end);
    if (status == FC_OK) {
        vector_same_number(v, "ret", (double)copied);
    } else if (copied != SIZE_MAX) {
        vector_fail(v, "the call failed and touched its out-parameter");
    }
    vector_written(v, status, target, before);
}

static void run_copy(struct vector *v)
{
    struct subject target = vector_target(v);
    copy(v, &target, vector_bytes(v, "buf"));
}

static void run_copyself(struct vector *v)
{
    struct subject target = vector_subject(v, vector_bytes(v, "buf"));
    copy(v, &target, fc_buffer_view(&target.buffer));
}

static void run_copy_within(struct vector *v)
{
    fc_view before = vector_bytes(v, "buf");
    struct subject target = vector_subject(v, before);
    fc_status status = fc_buffer_copy_within(
        &target.buffer, argument_relative(argument(v, 0), 0, 0),
        argument_relative(argument(v, 1), 0, 0), argument_relative(argument(v, 2), FC_END, 0));
    vector_written(v, status, &target, before);
}

static void run_set(struct vector *v)
{
    struct json_object *source = vector_member(v, "src");
    size_t length = source == NULL ? 0 : json_object_array_length(source);
    uint8_t *bytes = vector_keep(v, length);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = argument_byte(json_object_array_get_idx(source, i));
    }
    fc_view before = vector_bytes(v, "buf");
    size_t offset = argument_cut(v, argument(v, 0), 0);
    struct subject target = vector_subject(v, before);
    fc_status status = fc_buffer_write(&target.buffer, offset, bytes, length);
    vector_written(v, status, &target, before);
}

static void swap(struct vector *v, fc_status (*swap_units)(fc_buffer *b))
{
    fc_view before = vector_bytes(v, "buf");
    struct subject target = vector_subject(v, before);
    fc_status status = swap_units(&target.buffer);
    vector_written(v, status, &target, before);
}

static void run_swap16(struct vector *v)
{
    swap(v, fc_buffer_swap16);
}

static void run_swap32(struct vector *v)
{
    swap(v, fc_buffer_swap32);
}

static void run_swap64(struct vector *v)
{
    swap(v, fc_buffer_swap64);
}

const struct operation move_operations[] = {
    { "subarray", run_subarray },
    { "concat", run_concat },
    { "copy", run_copy },
    { "copyself", run_copyself },
    { "copyWithin", run_copy_within },
    { "set", run_set },
    { "swap16", run_swap16 },
    { "swap32", run_swap32 },
    { "swap64", run_swap64 },
    { NULL, NULL },
};
