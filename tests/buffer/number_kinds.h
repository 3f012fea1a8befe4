/* SPDX-License-Identifier: MIT */

/* What the tests of integers share: a model that adds up weighted digits, and every kind of
 * integer, of fixed and of variable width, under one signature. */
#ifndef FCT_NUMBER_KINDS_H
#define FCT_NUMBER_KINDS_H

#include <fc_buffer/numbers.h>

/* ---- the model ------------------------------------------------------------------------------- */

enum order { LE, BE };

static inline size_t digit_index(size_t width, enum order order, size_t digit)
{
    return order == LE ? digit : width - 1 - digit;
}

/* As 64 bits, two's complement. */
static inline uint64_t model_read(const uint8_t *at, size_t width, enum order order, bool is_signed)
{
    uint64_t sum = 0, weight = 1;
    for (size_t digit = 0; digit < width; digit++) {
        sum += weight * at[digit_index(width, order, digit)];
        weight *= 256;
    }
    bool negative = is_signed && at[digit_index(width, order, width - 1)] >= 128;
    return negative ? sum - weight : sum;
}

static inline void model_write(uint8_t *at, size_t width, enum order order, uint64_t value)
{
    for (size_t digit = 0; digit < width; digit++) {
        at[digit_index(width, order, digit)] = value % 256;
        value /= 256;
    }
}

/* Whether it is what is read back once it is written. */
static inline bool model_fits(uint64_t value, size_t width, bool is_signed)
{
    uint8_t bytes[8];
    model_write(bytes, width, LE, value);
    return model_read(bytes, width, LE, is_signed) == value;
}

static inline fc_status model_check(size_t length, size_t offset, size_t width)
{
    if (width > length) {
        return FC_ERR_BUFFER_OUT_OF_BOUNDS;
    }
    for (size_t place = 0; place + width <= length; place++) {
        if (place == offset) {
            return FC_OK;
        }
    }
    return FC_ERR_OUT_OF_RANGE;
}

/* ---- every kind of integer under one signature ----------------------------------------------- */

struct kind {
    const char *name;
    size_t width;
    enum order order;
    bool is_signed;
    fc_status (*view_read)(uint64_t *value, fc_view v, size_t offset, size_t width);
    fc_status (*buffer_read)(uint64_t *value, const fc_buffer *b, size_t offset, size_t width);
    fc_status (*write)(fc_buffer *b, size_t offset, size_t width, uint64_t value);
    uint64_t (*load)(const void *at); /* fixed widths only */
    void (*store)(void *at, uint64_t value);
};

/* What an out-parameter holds before the call; any number of its bytes is a positive number. */
#define UNTOUCHED 0x5a5a5a5a5a5a5a5au

#define IS_SIGNED(type) ((type)-1 < (type)1)

#define FIXED(name, type, widest, bits, order)                                                     \
    static fc_status view_##name(uint64_t *value, fc_view v, size_t offset, size_t width)          \
    {                                                                                              \
        type got = (type)UNTOUCHED;                                                                \
        fc_status status = fc_view_read_##name(&got, v, offset);                                   \
        (void)width;                                                                               \
        *value = (uint64_t)(widest)got;                                                            \
        return status;                                                                             \
    }                                                                                              \
    static fc_status buffer_##name(uint64_t *value, const fc_buffer *b, size_t offset,             \
                                   size_t width)                                                   \
    {                                                                                              \
        type got = (type)UNTOUCHED;                                                                \
        fc_status status = fc_buffer_read_##name(&got, b, offset);                                 \
        (void)width;                                                                               \
        *value = (uint64_t)(widest)got;                                                            \
        return status;                                                                             \
    }                                                                                              \
    static fc_status write_##name(fc_buffer *b, size_t offset, size_t width, uint64_t value)       \
    {                                                                                              \
        (void)width;                                                                               \
        return fc_buffer_write_##name(b, offset, (widest)value);                                   \
    }                                                                                              \
    static uint64_t load_##name(const void *at)                                                    \
    {                                                                                              \
        return (uint64_t)(widest)fc_load_##name(at);                                               \
    }                                                                                              \
    static void store_##name(void *at, uint64_t value)                                             \
    {                                                                                              \
        fc_store_##name(at, (type)value);                                                          \
    }
FC_INTEGER_LIST(FIXED)

#define VARIABLE(name, type)                                                                       \
    static fc_status view_##name(uint64_t *value, fc_view v, size_t offset, size_t width)          \
    {                                                                                              \
        type got = (type)UNTOUCHED;                                                                \
        fc_status status = fc_view_read_##name(&got, v, offset, width);                            \
        *value = (uint64_t)got;                                                                    \
        return status;                                                                             \
    }                                                                                              \
    static fc_status buffer_##name(uint64_t *value, const fc_buffer *b, size_t offset,             \
                                   size_t width)                                                   \
    {                                                                                              \
        type got = (type)UNTOUCHED;                                                                \
        fc_status status = fc_buffer_read_##name(&got, b, offset, width);                          \
        *value = (uint64_t)got;                                                                    \
        return status;                                                                             \
    }                                                                                              \
    static fc_status write_##name(fc_buffer *b, size_t offset, size_t width, uint64_t value)       \
    {                                                                                              \
        return fc_buffer_write_##name(b, offset, width, (type)value);                              \
    }
FC_WIDTH_LIST(VARIABLE)

#define FIXED_ROW(name, type, widest, bits, order)                                                 \
    { #name,         bits / 8,     order,       IS_SIGNED(type), view_##name,                      \
      buffer_##name, write_##name, load_##name, store_##name },
#define VARIABLE_ROW(name, width, order, is_signed)                                                \
    { #name, width, order, is_signed, view_##name, buffer_##name, write_##name, NULL, NULL },
#define VARIABLE_ROWS(width)                                                                       \
    VARIABLE_ROW(uint_le, width, LE, false)                                                        \
    VARIABLE_ROW(uint_be, width, BE, false)                                                        \
    VARIABLE_ROW(int_le, width, LE, true)                                                          \
    VARIABLE_ROW(int_be, width, BE, true)

/* clang-format off */
static const struct kind kinds[] = {
    FC_INTEGER_LIST(FIXED_ROW)
    VARIABLE_ROWS(1) VARIABLE_ROWS(2) VARIABLE_ROWS(3)
    VARIABLE_ROWS(4) VARIABLE_ROWS(5) VARIABLE_ROWS(6)
};
/* clang-format on */
#define KINDS (sizeof kinds / sizeof kinds[0])
#define FIXED_KINDS 14

#endif
