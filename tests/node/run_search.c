/* SPDX-License-Identifier: MIT */

/* The vectors of searching: indexOf, lastIndexOf and includes, of a byte, of bytes, of 16-bit units
 * and of text in an encoding. */

#include "vector.h"

enum search { FIRST, LAST, WHETHER };

/* The arguments behind the value: a position, an encoding, both in this order, or neither. */
static struct json_object *position_of(const struct vector *v)
{
    struct json_object *first = argument(v, 0);
    return json_object_is_type(first, json_type_string) ? v->undefined : first;
}

static struct json_object *encoding_of(const struct vector *v)
{
    struct json_object *first = argument(v, 0);
    return json_object_is_type(first, json_type_string) ? first : argument(v, 1);
}

static void same_index(struct vector *v, enum search search, ptrdiff_t index)
{
    if (search == WHETHER) {
        vector_same_truth(v, index != -1);
    } else {
        vector_same_number(v, "ret", (double)index);
    }
}

static void search_byte(struct vector *v, enum search search, const fc_buffer *hay, ptrdiff_t from)
{
    uint8_t value = argument_byte(vector_member(v, "byte"));
    same_index(v, search,
               search == LAST ? fc_buffer_last_index_of_byte(hay, value, from)
                              : fc_buffer_index_of_byte(hay, value, from));
    if (search == WHETHER) {
        vector_same_truth(v, fc_buffer_includes_byte(hay, value, from));
    }
}

static void search_bytes(struct vector *v, enum search search, const fc_buffer *hay, ptrdiff_t from,
                         fc_encoding encoding)
{
    fc_view needle = vector_bytes(v, "needle");
    if (encoding == FC_ENCODING_UTF16LE) {
        same_index(v, search,
                   search == LAST ? fc_buffer_last_index_of_units(hay, needle, from)
                                  : fc_buffer_index_of_units(hay, needle, from));
        if (search == WHETHER) {
            vector_same_truth(v, fc_buffer_includes_units(hay, needle, from));
        }
        return;
    }
    same_index(v, search,
               search == LAST ? fc_buffer_last_index_of(hay, needle, from)
                              : fc_buffer_index_of(hay, needle, from));
    if (search == WHETHER) {
        vector_same_truth(v, fc_buffer_includes(hay, needle, from));
    }
}

static void search_text(struct vector *v, enum search search, const fc_buffer *hay, ptrdiff_t from,
                        fc_encoding encoding)
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        ptrdiff_t index = -7;
        bool found = false;
        fc_status status =
            search == WHETHER ? fc_buffer_includes_text(&found, hay, forms.form[i], from, encoding)
            : search == LAST
                ? fc_buffer_last_index_of_text(&index, hay, forms.form[i], from, encoding)
                : fc_buffer_index_of_text(&index, hay, forms.form[i], from, encoding);
        if (vector_done(v, status)) {
            same_index(v, search, search == WHETHER ? -(ptrdiff_t)!found : index);
        }
    }
}

static void run(struct vector *v, enum search search)
{
    fc_encoding encoding;
    /* Without a position that is a number lastIndexOf begins at the end. */
    ptrdiff_t undefined = search == LAST ? FC_END : 0;
    ptrdiff_t from = argument_relative(position_of(v), undefined, undefined);
    if (!vector_done(v, vector_encoding(&encoding, encoding_of(v)))) {
        return;
    }
    struct subject hay = vector_subject(v, vector_bytes(v, "buf"));
    if (vector_member(v, "byte") != NULL) {
        search_byte(v, search, &hay.buffer, from);
    } else if (vector_member(v, "needle") != NULL) {
        search_bytes(v, search, &hay.buffer, from, encoding);
    } else {
        search_text(v, search, &hay.buffer, from, encoding);
    }
    vector_subject_end(v, &hay);
}

static void run_index_of(struct vector *v)
{
    run(v, FIRST);
}

static void run_last_index_of(struct vector *v)
{
    run(v, LAST);
}

static void run_includes(struct vector *v)
{
    run(v, WHETHER);
}

const struct operation search_operations[] = {
    { "indexOf", run_index_of },
    { "lastIndexOf", run_last_index_of },
    { "includes", run_includes },
    { NULL, NULL },
};
