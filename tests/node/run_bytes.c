/* SPDX-License-Identifier: MIT */

/* The vectors of filling and comparing: fill, alloc, fillself, compare, equals, Buffer.compare. */

#include "vector.h"

/* A range as Node reads it: with no first position it is the whole buffer, whatever the second. */
static void fill_range(struct vector *v, size_t *begin, size_t *end)
{
    size_t size = vector_size(v, "size");
    struct json_object *first = argument(v, 0), *second = argument(v, 1);
    *begin = 0;
    *end = size;
    if (argument_is_undefined(first) || json_object_is_type(first, json_type_string)) {
        return;
    }
    *begin = argument_exact(v, first, 0);
    if (!json_object_is_type(second, json_type_string)) {
        *end = argument_exact(v, second, size);
    }
}

/* Where in fill's arguments its encoding stands: in the place of a position, or behind both. */
static struct json_object *fill_encoding(const struct vector *v)
{
    for (size_t i = 0; i < 3; i++) {
        struct json_object *candidate = argument(v, i);
        bool text = json_object_is_type(candidate, json_type_string);
        if (text || (i == 0 && argument_is_undefined(candidate))) {
            return text ? candidate : NULL;
        }
    }
    return NULL;
}

static void fill_text(struct vector *v, size_t begin, size_t end)
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        struct subject target = vector_target(v);
        fc_view before = vector_keep_view(v, fc_buffer_view(&target.buffer));
        fc_encoding encoding;
        fc_status status = vector_encoding(&encoding, fill_encoding(v));
        if (status == FC_OK) {
            status = fc_buffer_fill_text(&target.buffer, begin, end, forms.form[i], encoding);
        }
        vector_written(v, status, &target, before);
    }
}

static void run_fill(struct vector *v)
{
    struct json_object *byte = vector_member(v, "byte");
    size_t begin, end;
    fill_range(v, &begin, &end);
    if (v->skip != SKIP_NONE) {
        return;
    }
    if (vector_member(v, "str") != NULL) {
        fill_text(v, begin, end);
        return;
    }
    struct subject target = vector_target(v);
    fc_view before = vector_keep_view(v, fc_buffer_view(&target.buffer));
    fc_status status =
        byte != NULL ? fc_buffer_fill(&target.buffer, begin, end, argument_byte(byte))
                     : fc_buffer_fill_bytes(&target.buffer, begin, end, vector_bytes(v, "needle"));
    vector_written(v, status, &target, before);
}

/* A buffer filled with a part of itself. */
static void run_fillself(struct vector *v)
{
    fc_view before = vector_bytes(v, "buf");
    struct subject target = vector_subject(v, before);
    fc_view pattern =
        fc_view_slice(fc_buffer_view(&target.buffer), argument_relative(argument(v, 0), 0, 0),
                      argument_relative(argument(v, 1), FC_END, 0));
    fc_status status = fc_buffer_fill_bytes(&target.buffer, 0, before.length, pattern);
    vector_written(v, status, &target, before);
}

static void run_alloc(struct vector *v)
{
    size_t size = argument_cut(v, vector_member(v, "size"), 0);
    if (v->skip != SKIP_NONE) {
        return;
    }
    if (vector_member(v, "str") == NULL) {
        fc_buffer out = VECTOR_OUT;
        fc_status status = fc_buffer_alloc(&out, size);
        vector_made(v, status, &out, "out");
        return;
    }
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        fc_buffer out = VECTOR_OUT;
        fc_encoding encoding;
        fc_status status = vector_encoding(&encoding, argument(v, 0));
        if (status == FC_OK) {
            status = fc_buffer_alloc_fill_text(&out, size, forms.form[i], encoding);
        }
        vector_made(v, status, &out, "out");
    }
}

static void run_compare(struct vector *v)
{
    struct subject source = vector_subject(v, vector_bytes(v, "buf"));
    struct subject target = vector_subject(v, vector_bytes(v, "target"));
    size_t length = fc_buffer_length(&source.buffer);
    size_t target_begin = argument_exact(v, argument(v, 0), 0);
    size_t target_end = argument_exact(v, argument(v, 1), fc_buffer_length(&target.buffer));
    size_t source_begin = argument_exact(v, argument(v, 2), 0);
    size_t source_end = argument_exact(v, argument(v, 3), length);
    int order = 7;
    if (v->skip == SKIP_NONE) {
        fc_status status =
            fc_buffer_compare_ranges(&order, &source.buffer, &target.buffer, target_begin,
                                     target_end, source_begin, source_end);
        if (vector_done(v, status)) {
            vector_same_number(v, "ret", order);
        } else if (order != 7) {
            vector_fail(v, "the call failed and touched its out-parameter");
        }
        if (argument_count(v) == 0) {
            vector_same_number(v, "ret", fc_buffer_compare(&source.buffer, &target.buffer));
        }
    }
    vector_subject_end(v, &source);
    vector_subject_end(v, &target);
}

static void run_static_compare(struct vector *v)
{
    fc_view a = vector_bytes(v, "buf"), b = vector_bytes(v, "target");
    vector_same_number(v, "ret", fc_view_compare(a, b));
}

static void run_equals(struct vector *v)
{
    struct subject a = vector_subject(v, vector_bytes(v, "buf"));
    struct subject b = vector_subject(v, vector_bytes(v, "target"));
    vector_same_truth(v, fc_buffer_equal(&a.buffer, &b.buffer));
    vector_same_truth(v, fc_buffer_equal_secret(&a.buffer, &b.buffer));
    vector_subject_end(v, &a);
    vector_subject_end(v, &b);
}

const struct operation bytes_operations[] = {
    { "fill", run_fill },
    { "fillself", run_fillself },
    { "alloc", run_alloc },
    { "compare", run_compare },
    { "Buffer.compare", run_static_compare },
    { "equals", run_equals },
    { NULL, NULL },
};
