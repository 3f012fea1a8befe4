/* SPDX-License-Identifier: MIT */

/* The vectors of ES2025's base64 and hex: fromBase64, setFromBase64, toBase64, fromHex, setFromHex,
 * toHex. Where Node has written bytes before it throws ours have changed nothing: a difference with
 * a name, and the verdict on a failed set is the status and an unchanged target. */

#include "vector.h"

static fc_base64_options options_of(const struct vector *v)
{
    struct json_object *given = vector_member(v, "opt");
    struct json_object *omit = json_object_object_get(given, "omitPadding");
    struct json_object *last = json_object_object_get(given, "lastChunkHandling");
    fc_base64_options options = { .size = sizeof options };
    options.alphabet = is_string(json_object_object_get(given, "alphabet"), "base64url")
                           ? FC_BASE64_URL
                           : FC_BASE64_STANDARD;
    options.last_chunk = is_string(last, "strict")                ? FC_BASE64_STRICT
                         : is_string(last, "stop-before-partial") ? FC_BASE64_STOP_BEFORE_PARTIAL
                                                                  : FC_BASE64_LOOSE;
    options.omit_padding = json_object_get_boolean(omit);
    return options;
}

static void run_from_base64(struct vector *v)
{
    fc_base64_options options = options_of(v);
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        fc_buffer out = VECTOR_OUT;
        fc_status status = fc_buffer_from_base64(&out, forms.form[i], &options);
        vector_made(v, status, &out, "ret");
    }
}

static void run_from_hex(struct vector *v)
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        fc_buffer out = VECTOR_OUT;
        fc_status status = fc_buffer_from_hex(&out, forms.form[i]);
        vector_made(v, status, &out, "ret");
    }
}

/* `read` counts units of the text. All that is read is ASCII, so both forms give one number. */
static void set(struct vector *v, fc_text text, const fc_base64_options *options)
{
    struct subject target = vector_target(v);
    fc_view before = vector_keep_view(v, fc_buffer_view(&target.buffer));
    size_t read = SIZE_MAX, written = SIZE_MAX;
    fc_status status =
        options != NULL ? fc_buffer_set_from_base64(&read, &written, &target.buffer, text, options)
                        : fc_buffer_set_from_hex(&read, &written, &target.buffer, text);
    if (status == FC_OK) {
        vector_same_number(v, "read", (double)read);
        vector_same_number(v, "ret", (double)written);
    } else if (read != SIZE_MAX || written != SIZE_MAX) {
        vector_fail(v, "the call failed and touched its out-parameters");
    }
    vector_written(v, status, &target, before);
}

static void run_set_from_base64(struct vector *v)
{
    fc_base64_options options = options_of(v);
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        set(v, forms.form[i], &options);
    }
}

static void run_set_from_hex(struct vector *v)
{
    struct forms forms = vector_text(v, "str");
    for (size_t i = 0; i < forms.count; i++) {
        set(v, forms.form[i], NULL);
    }
}

static void run_to_base64(struct vector *v)
{
    fc_base64_options options = options_of(v);
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    fc_buffer out = VECTOR_OUT;
    fc_status status = fc_buffer_to_base64(&out, &subject.buffer, &options);
    vector_made_text(v, status, &out, "ret");
    vector_subject_end(v, &subject);
}

static void run_to_hex(struct vector *v)
{
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    fc_buffer out = VECTOR_OUT;
    fc_status status = fc_buffer_to_hex(&out, &subject.buffer);
    vector_made_text(v, status, &out, "ret");
    vector_subject_end(v, &subject);
}

const struct operation es2025_operations[] = {
    { "fromBase64", run_from_base64 },
    { "setFromBase64", run_set_from_base64 },
    { "toBase64", run_to_base64 },
    { "fromHex", run_from_hex },
    { "setFromHex", run_set_from_hex },
    { "toHex", run_to_hex },
    { NULL, NULL },
};
