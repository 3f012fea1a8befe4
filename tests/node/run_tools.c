/* SPDX-License-Identifier: MIT */

/* The vectors of the module's functions: isUtf8, isAscii, transcode, atob, btoa, and of what shows
 * a buffer: inspect, toJSON. */

#include "vector.h"

static void run_is_utf8(struct vector *v)
{
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    vector_same_truth(v, fc_buffer_is_utf8(&subject.buffer));
    vector_subject_end(v, &subject);
}

static void run_is_ascii(struct vector *v)
{
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    vector_same_truth(v, fc_buffer_is_ascii(&subject.buffer));
    vector_subject_end(v, &subject);
}

static void run_transcode(struct vector *v)
{
    fc_view source = vector_bytes(v, "buf");
    fc_buffer out = VECTOR_OUT;
    fc_encoding from, to;
    fc_status status = vector_encoding(&from, vector_member(v, "from"));
    if (status == FC_OK) {
        status = vector_encoding(&to, vector_member(v, "to"));
    }
    if (status == FC_OK) {
        status = fc_view_transcode(&out, source, from, to);
    }
    vector_made(v, status, &out, "ret");
}

static void convert(struct vector *v, fc_status (*convert_text)(fc_buffer *out, fc_text text))
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        fc_buffer out = VECTOR_OUT;
        fc_status status = convert_text(&out, forms.form[i]);
        vector_made_text(v, status, &out, "ret");
    }
}

static void run_atob(struct vector *v)
{
    convert(v, fc_atob);
}

static void run_btoa(struct vector *v)
{
    convert(v, fc_btoa);
}

/* Both give ASCII text, which stands in the vector as it is. */
static void shown(struct vector *v, fc_status status, fc_buffer *out)
{
    struct json_object *nodes = vector_member(v, "ret");
    if (vector_done(v, status)) {
        vector_same_bytes(
            v, "ret", fc_buffer_view(out),
            fc_view_of(json_object_get_string(nodes), (size_t)json_object_get_string_len(nodes)));
        fc_buffer_release(out);
    }
}

static void run_inspect(struct vector *v)
{
    fc_buffer out = VECTOR_OUT;
    fc_status status = fc_view_inspect(&out, vector_bytes(v, "buf"), FC_INSPECT_MAX_BYTES);
    shown(v, status, &out);
}

static void run_to_json(struct vector *v)
{
    fc_buffer out = VECTOR_OUT;
    fc_status status = fc_view_to_json(&out, vector_bytes(v, "buf"));
    shown(v, status, &out);
}

const struct operation tool_operations[] = {
    { "isUtf8", run_is_utf8 },      { "isAscii", run_is_ascii },
    { "transcode", run_transcode }, { "atob", run_atob },
    { "btoa", run_btoa },           { "inspect", run_inspect },
    { "toJSON", run_to_json },      { NULL, NULL },
};
