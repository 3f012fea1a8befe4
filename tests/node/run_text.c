/* SPDX-License-Identifier: MIT */

/* The vectors of text: toString in both forms, by buffer and into plain memory; from, byteLength
 * and write of text in both forms; isEncoding. */

#include "vector.h"

#include <string.h>

/* Units in a buffer, as fc_buffer_to_utf16 gives them. */
static struct units units_of(struct vector *v, const fc_buffer *b)
{
    size_t length = fc_buffer_length(b);
    struct units units = { vector_keep(v, length), length / 2, true };
    if (length % 2 != 0) {
        vector_fail(v, "half a unit");
    }
    if (length != 0) {
        memcpy(units.units, fc_buffer_data(b), length);
    }
    return units;
}

/* The whole buffer's text into memory of just the right size, and into one unit less. */
static void write_out(struct vector *v, fc_view bytes, fc_encoding encoding, struct units nodes,
                      fc_view nodes_utf8)
{
    size_t written = SIZE_MAX, count = fc_view_utf16_length(bytes, encoding);
    uint16_t *units = vector_keep(v, 2 * count);
    if (fc_view_write_utf16(&written, units, count, bytes, encoding) != FC_OK || written != count) {
        vector_fail(v, "%zu of %zu units written", written, count);
    }
    vector_same_units(v, "the memory", (struct units){ units, count, true }, nodes);
    size_t length = fc_view_utf8_length(bytes, encoding);
    char *chars = vector_keep(v, length);
    if (fc_view_write_utf8(&written, chars, length, bytes, encoding) != FC_OK ||
        written != length) {
        vector_fail(v, "%zu of %zu bytes written", written, length);
    }
    vector_same_bytes(v, "the memory", fc_view_of(chars, length), nodes_utf8);
    written = SIZE_MAX;
    if (length != 0 && (fc_view_write_utf8(&written, vector_keep(v, length - 1), length - 1, bytes,
                                           encoding) != FC_ERR_OUT_OF_RANGE ||
                        written != SIZE_MAX)) {
        vector_fail(v, "too little room was taken");
    }
}

static void run_to_string(struct vector *v)
{
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    ptrdiff_t begin = argument_relative(argument(v, 0), 0, 0);
    ptrdiff_t end = argument_relative(argument(v, 1), FC_END, 0);
    fc_buffer utf16 = VECTOR_OUT, utf8 = VECTOR_OUT;
    fc_encoding encoding;
    if (vector_done(v, vector_encoding(&encoding, vector_member(v, "enc"))) &&
        vector_done(v, fc_buffer_to_utf16(&utf16, &subject.buffer, encoding, begin, end)) &&
        vector_done(v, fc_buffer_to_utf8(&utf8, &subject.buffer, encoding, begin, end))) {
        struct units nodes = vector_units(v, vector_member(v, "ret"));
        fc_view nodes_utf8 = vector_utf8(v, nodes);
        vector_same_units(v, "ret", units_of(v, &utf16), nodes);
        vector_same_bytes(v, "ret in UTF-8", fc_buffer_view(&utf8), nodes_utf8);
        if (argument_count(v) == 0) {
            write_out(v, fc_buffer_view(&subject.buffer), encoding, nodes, nodes_utf8);
        }
        fc_buffer_release(&utf16);
        fc_buffer_release(&utf8);
    }
    vector_subject_end(v, &subject);
}

static void run_from(struct vector *v)
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        fc_buffer out = VECTOR_OUT;
        fc_encoding encoding;
        fc_status status = vector_encoding(&encoding, vector_member(v, "enc"));
        if (status == FC_OK) {
            status = fc_buffer_from_text(&out, forms.form[i], encoding);
        }
        vector_made(v, status, &out, "ret");
        if (status == FC_OK && encoding == FC_ENCODING_UTF8 && forms.form[i].form == FC_TEXT_UTF8) {
            fc_buffer again = VECTOR_OUT;
            vector_made(v, fc_buffer_from_utf8(&again, forms.form[i].units, forms.form[i].count),
                        &again, "ret");
        }
    }
}

static void run_byte_length(struct vector *v)
{
    struct forms forms = vector_text(v, "str");
    fc_encoding encoding;
    if (vector_done(v, vector_encoding(&encoding, vector_member(v, "enc")))) {
        for (size_t i = 0; i < forms.count; i++) {
            vector_same_number(v, "ret", (double)fc_text_byte_length(forms.form[i], encoding));
        }
    }
}

static void run_is_encoding(struct vector *v)
{
    struct json_object *member = vector_member(v, "enc");
    const char *name = json_object_get_string(member);
    size_t length = (size_t)json_object_get_string_len(member);
    fc_encoding encoding;
    vector_same_truth(v, fc_encoding_is_name(name, length));
    vector_same_truth(v, fc_encoding_from_name(&encoding, name, length) == FC_OK);
}

/* write(string[, offset[, length]], encoding): a string in a position's place is the encoding. */
static void run_write(struct vector *v)
{
    struct json_object *name = NULL, *position[2] = { v->undefined, v->undefined };
    for (size_t i = 0; i < 3 && name == NULL; i++) {
        struct json_object *candidate = argument(v, i);
        if (json_object_is_type(candidate, json_type_string)) {
            name = candidate;
        } else if (i < 2) {
            position[i] = candidate;
        }
    }
    size_t offset = argument_exact(v, position[0], 0);
    size_t length = argument_exact(v, position[1], vector_size(v, "size"));
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count && v->skip == SKIP_NONE; i++) {
        struct subject target = vector_target(v);
        fc_view before = vector_keep_view(v, fc_buffer_view(&target.buffer));
        size_t written = SIZE_MAX;
        fc_encoding encoding;
        fc_status status = vector_encoding(&encoding, name);
        if (status == FC_OK) {
            status = fc_buffer_write_text(&written, &target.buffer, offset, length, forms.form[i],
                                          encoding);
        }
        if (status == FC_OK) {
            vector_same_number(v, "ret", (double)written);
        } else if (written != SIZE_MAX) {
            vector_fail(v, "the call failed and touched its out-parameter");
        }
        vector_written(v, status, &target, before);
    }
}

const struct operation text_operations[] = {
    { "toString", run_to_string },     { "from", run_from },   { "byteLength", run_byte_length },
    { "isEncoding", run_is_encoding }, { "write", run_write }, { NULL, NULL },
};
