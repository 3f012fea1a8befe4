/* SPDX-License-Identifier: MIT */

/* The vectors of numbers: every reader and writer of both orders and all widths. Node's writers
 * return where the next number goes; ours return a status. */

#include "vector.h"

#include <stdlib.h>
#include <string.h>

/* Node's name without read or write, ours, and the C type. */
#define INTEGERS(X)                                                                                \
    X("UInt8", u8, uint8_t)                                                                        \
    X("Int8", i8, int8_t)                                                                          \
    X("UInt16LE", u16le, uint16_t)                                                                 \
    X("UInt16BE", u16be, uint16_t)                                                                 \
    X("Int16LE", i16le, int16_t)                                                                   \
    X("Int16BE", i16be, int16_t)                                                                   \
    X("UInt32LE", u32le, uint32_t)                                                                 \
    X("UInt32BE", u32be, uint32_t)                                                                 \
    X("Int32LE", i32le, int32_t)                                                                   \
    X("Int32BE", i32be, int32_t)                                                                   \
    X("BigUInt64LE", u64le, uint64_t)                                                              \
    X("BigUInt64BE", u64be, uint64_t)                                                              \
    X("BigInt64LE", i64le, int64_t)                                                                \
    X("BigInt64BE", i64be, int64_t)
#define FLOATS(X)                                                                                  \
    X("FloatLE", f32le, float)                                                                     \
    X("FloatBE", f32be, float)                                                                     \
    X("DoubleLE", f64le, double)                                                                   \
    X("DoubleBE", f64be, double)
#define WIDTHS(X)                                                                                  \
    X("UIntLE", uint_le, uint64_t)                                                                 \
    X("UIntBE", uint_be, uint64_t)                                                                 \
    X("IntLE", int_le, int64_t)                                                                    \
    X("IntBE", int_be, int64_t)

/* What is read or to be written: of a float the number, of an integer the low 64 bits too. */
struct value {
    double number;
    uint64_t bits;
};

#define INTEGER(node, name, type)                                                                  \
    static fc_status read_##name(struct value *value, const fc_buffer *b, size_t at, size_t width) \
    {                                                                                              \
        type read = 0;                                                                             \
        fc_status status = fc_buffer_read_##name(&read, b, at);                                    \
        (void)width;                                                                               \
        *value = (struct value){ (double)read, (uint64_t)read };                                   \
        return status;                                                                             \
    }                                                                                              \
    static fc_status write_##name(fc_buffer *b, struct value value, size_t at, size_t width)       \
    {                                                                                              \
        (void)width;                                                                               \
        return fc_buffer_write_##name(b, at, value.bits);                                          \
    }
INTEGERS(INTEGER)

#define FLOAT(node, name, type)                                                                    \
    static fc_status read_##name(struct value *value, const fc_buffer *b, size_t at, size_t width) \
    {                                                                                              \
        type read = 0;                                                                             \
        fc_status status = fc_buffer_read_##name(&read, b, at);                                    \
        (void)width;                                                                               \
        *value = (struct value){ (double)read, 0 };                                                \
        return status;                                                                             \
    }                                                                                              \
    static fc_status write_##name(fc_buffer *b, struct value value, size_t at, size_t width)       \
    {                                                                                              \
        (void)width;                                                                               \
        return fc_buffer_write_##name(b, at, value.number);                                        \
    }
FLOATS(FLOAT)

#define WIDTH(node, name, type)                                                                    \
    static fc_status read_##name(struct value *value, const fc_buffer *b, size_t at, size_t width) \
    {                                                                                              \
        type read = 0;                                                                             \
        fc_status status = fc_buffer_read_##name(&read, b, at, width);                             \
        *value = (struct value){ (double)read, (uint64_t)read };                                   \
        return status;                                                                             \
    }                                                                                              \
    static fc_status write_##name(fc_buffer *b, struct value value, size_t at, size_t width)       \
    {                                                                                              \
        return fc_buffer_write_##name(b, at, width, (type)value.bits);                             \
    }
WIDTHS(WIDTH)

static const struct method {
    const char *name;
    size_t width; /* 0: an argument */
    bool is_signed, is_float;
    fc_status (*read)(struct value *value, const fc_buffer *b, size_t at, size_t width);
    fc_status (*write)(fc_buffer *b, struct value value, size_t at, size_t width);
} methods[] = {
#define INTEGER_ROW(node, name, type)                                                              \
    { node, sizeof(type), (type)-1 < (type)1, false, read_##name, write_##name },
    INTEGERS(INTEGER_ROW)
#define FLOAT_ROW(node, name, type) { node, sizeof(type), true, true, read_##name, write_##name },
        FLOATS(FLOAT_ROW)
#define WIDTH_ROW(node, name, type)                                                                \
    { node, 0, (type)-1 < (type)1, false, read_##name, write_##name },
            WIDTHS(WIDTH_ROW)
};

/* The method of the vector, and its arguments behind the value. */
struct call {
    const struct method *method;
    size_t offset, width;
};

static bool call_of(struct vector *v, const char *verb, struct call *call)
{
    const char *name = json_object_get_string(vector_member(v, "m"));
    const struct method *method = methods, *end = method + sizeof methods / sizeof methods[0];
    size_t prefix = strlen(verb);
    if (name == NULL || strncmp(name, verb, prefix) != 0) {
        vector_fail(v, "no method");
        return false;
    }
    while (method != end && strcmp(method->name, name + prefix) != 0) {
        method++;
    }
    if (method == end) {
        vector_fail(v, "a method that the table does not have");
        return false;
    }
    struct json_object *offset = argument(v, 0), *width = argument(v, 1);
    if (method->width == 0 && (argument_is_undefined(offset) || argument_is_undefined(width))) {
        v->skip = SKIP_FRACTION; /* without a default, undefined is NaN */
    }
    *call = (struct call){ method, argument_exact(v, offset, 0), method->width };
    if (method->width == 0) {
        call->width = argument_exact(v, width, 0);
    }
    return v->skip == SKIP_NONE;
}

static void run_read(struct vector *v)
{
    struct call call;
    struct value value = { 7, 7 };
    if (!call_of(v, "read", &call)) {
        return;
    }
    struct subject subject = vector_subject(v, vector_bytes(v, "buf"));
    fc_status status = call.method->read(&value, &subject.buffer, call.offset, call.width);
    if (vector_done(v, status)) {
        const char *big =
            json_object_get_string(json_object_object_get(vector_member(v, "ret"), "big"));
        if (big == NULL) {
            vector_same_number(v, "ret", value.number);
        } else if (value.bits != (call.method->is_signed ? (uint64_t)strtoll(big, NULL, 10)
                                                         : strtoull(big, NULL, 10))) {
            vector_fail(v, "ret is 0x%llx, should be %s", (unsigned long long)value.bits, big);
        }
    }
    vector_subject_end(v, &subject);
}

static void run_write(struct vector *v)
{
    struct json_object *given = vector_member(v, "value");
    struct call call;
    struct value value = { 0, 0 };
    if (!call_of(v, "write", &call)) {
        return;
    }
    if (call.method->is_float) {
        value.number = argument_number(given);
    } else {
        /* A width that is none is an error whatever the value. */
        size_t width = call.width >= 1 && call.width <= 8 ? call.width : 8;
        value.bits = argument_integer(v, given, (unsigned)(8 * width), call.method->is_signed);
    }
    if (v->skip != SKIP_NONE) {
        return;
    }
    struct subject target = vector_target(v);
    fc_view before = vector_keep_view(v, fc_buffer_view(&target.buffer));
    fc_status status = call.method->write(&target.buffer, value, call.offset, call.width);
    vector_written(v, status, &target, before);
}

const struct operation number_operations[] = {
    { "read", run_read },
    { "writeNum", run_write },
    { NULL, NULL },
};
