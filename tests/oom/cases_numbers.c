/* SPDX-License-Identifier: MIT */

/* The calls that write numbers, into the window held[1] of a buffer with a snapshot: each has to
 * detach. All bytes of a number are alike, so that the order of bytes does not matter. */

#include "base/common.h"

#include "oom.h"

#define BYTE 0x5a
#define ONES UINT64_C(0x5a5a5a5a5a5a5a5a)
#define F32 0x1.b4b4b4p53F
#define F64 0x1.a5a5a5a5a5a5ap422

#define NUMBERS(X)                                                                                 \
    X(fc_buffer_write_u8, 1, (uint8_t)ONES)                                                        \
    X(fc_buffer_write_u16le, 2, (uint16_t)ONES)                                                    \
    X(fc_buffer_write_u16be, 2, (uint16_t)ONES)                                                    \
    X(fc_buffer_write_u32le, 4, (uint32_t)ONES)                                                    \
    X(fc_buffer_write_u32be, 4, (uint32_t)ONES)                                                    \
    X(fc_buffer_write_u64le, 8, ONES)                                                              \
    X(fc_buffer_write_u64be, 8, ONES)                                                              \
    X(fc_buffer_write_i8, 1, (int8_t)ONES)                                                         \
    X(fc_buffer_write_i16le, 2, (int16_t)ONES)                                                     \
    X(fc_buffer_write_i16be, 2, (int16_t)ONES)                                                     \
    X(fc_buffer_write_i32le, 4, (int32_t)ONES)                                                     \
    X(fc_buffer_write_i32be, 4, (int32_t)ONES)                                                     \
    X(fc_buffer_write_i64le, 8, (int64_t)ONES)                                                     \
    X(fc_buffer_write_i64be, 8, (int64_t)ONES)                                                     \
    X(fc_buffer_write_f32le, 4, F32)                                                               \
    X(fc_buffer_write_f32be, 4, F32)                                                               \
    X(fc_buffer_write_f64le, 8, F64)                                                               \
    X(fc_buffer_write_f64be, 8, F64)

/* In as many bytes as the caller says: three. */
#define WIDTHS(X)                                                                                  \
    X(fc_buffer_write_uint_le, ONES & 0xffffff)                                                    \
    X(fc_buffer_write_uint_be, ONES & 0xffffff)                                                    \
    X(fc_buffer_write_int_le, (int64_t)(ONES & 0xffffff))                                          \
    X(fc_buffer_write_int_be, (int64_t)(ONES & 0xffffff))

/* As many bytes as the number needs: one. -46 takes the place of 91 among the unsigned. */
#define VARINTS(X)                                                                                 \
    X(fc_buffer_write_varint, BYTE)                                                                \
    X(fc_buffer_write_varint_signed, BYTE / 2)

static uint8_t number_of(const struct scene *scene, size_t i, size_t width)
{
    return i < width ? BYTE : fct_pattern(scene->length / 4 + i);
}

#define CHECK(width)                                                                               \
    static uint8_t byte_of_##width(const struct scene *scene, size_t i)                            \
    {                                                                                              \
        return number_of(scene, i, width);                                                         \
    }                                                                                              \
    static void check_##width(struct scene *scene)                                                 \
    {                                                                                              \
        oom_assert_written(scene, byte_of_##width);                                                \
    }
CHECK(1)
CHECK(2)
CHECK(3)
CHECK(4)
CHECK(8)

static void check_varint(struct scene *scene)
{
    check_1(scene);
    ck_assert_uint_eq(scene->copied, 1);
}

#define CALL_NUMBER(function, width, value)                                                        \
    static fc_status call_##function(struct scene *scene)                                          \
    {                                                                                              \
        return function(&scene->held[1], 0, value);                                                \
    }
NUMBERS(CALL_NUMBER)

#define CALL_WIDTH(function, value)                                                                \
    static fc_status call_##function(struct scene *scene)                                          \
    {                                                                                              \
        return function(&scene->held[1], 0, 3, value);                                             \
    }
WIDTHS(CALL_WIDTH)

#define CALL_VARINT(function, value)                                                               \
    static fc_status call_##function(struct scene *scene)                                          \
    {                                                                                              \
        return function(&scene->copied, &scene->held[1], 0, value);                                \
    }
VARINTS(CALL_VARINT)

/* What inline code calls. */
static fc_status call_general(struct scene *scene)
{
    const uint8_t bytes[3] = { BYTE, BYTE, BYTE };
    return fc_buffer_write_general(&scene->held[1], 0, bytes, sizeof bytes);
}

static fc_status call_image(struct scene *scene)
{
    return fc_buffer_write_image(&scene->held[1], 0, ONES, 8);
}

#define CASE(function, call, check)                                                                \
    {                                                                                              \
#function, SHARED, true, oom_set_up_shared, call, check                                    \
    }
#define CASE_NUMBER(function, width, value) CASE(function, call_##function, check_##width),
#define CASE_WIDTH(function, value) CASE(function, call_##function, check_3),
#define CASE_VARINT(function, value) CASE(function, call_##function, check_varint),

const struct oom_case oom_cases_numbers[] = {
    CASE(fc_buffer_write_general, call_general, check_3),
    CASE(fc_buffer_write_image, call_image, check_8),
    NUMBERS(CASE_NUMBER) WIDTHS(CASE_WIDTH) VARINTS(CASE_VARINT) /* */
    { NULL, 0, false, NULL, NULL, NULL },
};
