/* SPDX-License-Identifier: MIT */

/* What Node said against what ours did: statuses for errors, and bytes, units and numbers as they
 * are. */

#include "vector.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Node's errors and our statuses. Some have a code, the others a name, a message, or both. */
static const struct {
    const char *code, *name, *message;
    fc_status status;
} errors[] = {
    { "ERR_OUT_OF_RANGE", NULL, NULL, FC_ERR_OUT_OF_RANGE },
    { "ERR_BUFFER_OUT_OF_BOUNDS", NULL, NULL, FC_ERR_BUFFER_OUT_OF_BOUNDS },
    { "ERR_INVALID_BUFFER_SIZE", NULL, NULL, FC_ERR_INVALID_BUFFER_SIZE },
    { "ERR_UNKNOWN_ENCODING", NULL, NULL, FC_ERR_UNKNOWN_ENCODING },
    { "ERR_INVALID_ARG_VALUE", NULL, NULL, FC_ERR_INVALID_ARG_VALUE },
    { "ERR_BUFFER_TOO_LARGE", NULL, NULL, FC_ERR_BUFFER_TOO_LARGE },
    { "U_ILLEGAL_ARGUMENT_ERROR", NULL, NULL, FC_ERR_INVALID_ARG_VALUE },
    { "U_INVALID_CHAR_FOUND", NULL, NULL, FC_ERR_INVALID_DATA },
    { NULL, "InvalidCharacterError", NULL, FC_ERR_INVALID_DATA },
    { NULL, "SyntaxError", NULL, FC_ERR_INVALID_DATA },
    { NULL, "RangeError", "offset is out of bounds", FC_ERR_OUT_OF_RANGE },
};

void vector_fail(struct vector *v, const char *format, ...)
{
    if (v->failure[0] == '\0') {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(v->failure, sizeof v->failure, format, arguments);
        va_end(arguments);
    }
}

static bool matches(struct json_object *member, const char *text)
{
    return text == NULL || is_string(member, text);
}

static bool expected_status(struct vector *v, fc_status *status)
{
    struct json_object *error = vector_member(v, "err");
    *status = FC_OK;
    if (error == NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (matches(json_object_object_get(error, "code"), errors[i].code) &&
            matches(json_object_object_get(error, "name"), errors[i].name) &&
            matches(json_object_object_get(error, "msg"), errors[i].message)) {
            *status = errors[i].status;
            return true;
        }
    }
    vector_fail(v, "an error of Node's that the table does not have");
    return false;
}

bool vector_done(struct vector *v, fc_status status)
{
    fc_status expected;
    if (expected_status(v, &expected) && status != expected) {
        vector_fail(v, "status is %s, should be %s", fc_status_name(status),
                    fc_status_name(expected));
    }
    return v->failure[0] == '\0' && status == FC_OK;
}

/* Bytes in hexadecimal, cut off where the room ends. */
static const char *show(char *room, size_t size, fc_view bytes)
{
    size_t at = 0;
    room[0] = '\0';
    for (size_t i = 0; i < bytes.length && at + 3 < size; i++) {
        at += (size_t)snprintf(room + at, size - at, "%02x", bytes.bytes[i]);
    }
    return room;
}

void vector_same_bytes(struct vector *v, const char *what, fc_view ours, fc_view nodes)
{
    char a[160], b[160];
    if (ours.length != nodes.length ||
        (ours.length != 0 && memcmp(ours.bytes, nodes.bytes, ours.length) != 0)) {
        vector_fail(v, "%s is %s (%zu bytes), should be %s (%zu)", what, show(a, sizeof a, ours),
                    ours.length, show(b, sizeof b, nodes), nodes.length);
    }
}

void vector_same_units(struct vector *v, const char *what, struct units ours, struct units nodes)
{
    size_t same = 0;
    while (same < ours.count && same < nodes.count && ours.units[same] == nodes.units[same]) {
        same++;
    }
    if (same != ours.count || same != nodes.count) {
        vector_fail(v, "%s has %zu units, should have %zu; they differ from unit %zu on", what,
                    ours.count, nodes.count, same);
    }
}

void vector_same_number(struct vector *v, const char *key, double ours)
{
    double nodes = argument_number(vector_member(v, key));
    bool same = isnan(nodes) ? isnan(ours) : memcmp(&ours, &nodes, sizeof ours) == 0;
    if (vector_member(v, key) == NULL || !same) {
        vector_fail(v, "%s is %.17g, should be %.17g", key, ours, nodes);
    }
}

void vector_same_truth(struct vector *v, bool ours)
{
    struct json_object *nodes = vector_member(v, "ret");
    if (!json_object_is_type(nodes, json_type_boolean) || json_object_get_boolean(nodes) != ours) {
        vector_fail(v, "ret is %s", ours ? "true" : "false");
    }
}

static bool made(struct vector *v, fc_status status, const fc_buffer *out)
{
    static const fc_buffer untouched = VECTOR_OUT;
    bool done = vector_done(v, status);
    if (status != FC_OK && memcmp(out, &untouched, sizeof untouched) != 0) {
        vector_fail(v, "the call failed and touched its out-parameter");
    }
    return done;
}

void vector_made(struct vector *v, fc_status status, fc_buffer *out, const char *key)
{
    if (made(v, status, out)) {
        vector_same_bytes(v, key, fc_buffer_view(out), vector_bytes(v, key));
    }
    fc_buffer_release(out);
}

void vector_made_text(struct vector *v, fc_status status, fc_buffer *out, const char *key)
{
    if (made(v, status, out)) {
        struct units nodes = vector_units(v, vector_member(v, key));
        uint8_t *narrow = vector_keep(v, nodes.count);
        for (size_t i = 0; i < nodes.count; i++) {
            narrow[i] = (uint8_t)nodes.units[i];
        }
        vector_same_bytes(v, key, fc_buffer_view(out), fc_view_of(narrow, nodes.count));
    }
    fc_buffer_release(out);
}

void vector_written(struct vector *v, fc_status status, struct subject *subject, fc_view before)
{
    if (vector_done(v, status)) {
        vector_same_bytes(v, "out", fc_buffer_view(&subject->buffer), vector_bytes(v, "out"));
    } else if (status != FC_OK) {
        vector_same_bytes(v, "what the failed call left", fc_buffer_view(&subject->buffer), before);
    }
    vector_subject_end(v, subject);
}
