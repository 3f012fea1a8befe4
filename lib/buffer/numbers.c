/* SPDX-License-Identifier: MIT */

/* Numbers in bytes: the writes that are not inline, the numbers of one to six bytes, and the
 * exported copy of every inline function. */

#include "base/common.h"

#include <fc_buffer/bytes.h>
#include <fc_buffer/numbers.h>

/* NOLINTBEGIN(bugprone-macro-parentheses): types and names stand without */
#define EXPORT(name, type, widest, bits, order)                                                    \
    extern inline type fc_load_##name(const void *at);                                             \
    extern inline void fc_store_##name(void *at, type value);                                      \
    extern inline fc_status fc_view_read_##name(type *value, fc_view v, size_t offset);            \
    extern inline fc_status fc_buffer_read_##name(type *value, const fc_buffer *b, size_t offset); \
    extern inline fc_status fc_buffer_write_##name(fc_buffer *b, size_t offset, widest value);
#define EXPORT_WIDTH(name, type)                                                                   \
    extern inline fc_status fc_buffer_read_##name(type *value, const fc_buffer *b, size_t offset,  \
                                                  size_t width);
/* NOLINTEND(bugprone-macro-parentheses) */

FC_NUMBER_LIST(EXPORT)
FC_WIDTH_LIST(EXPORT_WIDTH)
extern inline fc_status fc_number_check(size_t length, size_t offset, size_t width);

fc_status fc_buffer_write_image(fc_buffer *b, size_t offset, uint64_t image, size_t width)
{
    if (width > sizeof image) {
        return FC_ERR_OUT_OF_RANGE;
    }
    fc_status status = fc_number_check(b->length, offset, width);
    return status == FC_OK ? fc_buffer_write(b, offset, &image, width) : status;
}

/* ---- one to six bytes ------------------------------------------------------------------------ */

#define WIDTH_MAX ((size_t)6)

static bool is_width(size_t width)
{
    return width - 1 < WIDTH_MAX;
}

static fc_status check_width(size_t length, size_t offset, size_t width)
{
    return is_width(width) ? fc_number_check(length, offset, width) : FC_ERR_OUT_OF_RANGE;
}

static uint64_t load_le(const uint8_t *at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) {
        value = value << 8 | at[i];
    }
    return value;
}

static uint64_t load_be(const uint8_t *at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

/* The number whose sign is the top bit of its `width` bytes. */
static int64_t extend(uint64_t value, size_t width)
{
    uint64_t sign = (uint64_t)1 << (8 * width - 1);
    return (int64_t)((value ^ sign) - sign);
}

/* The low `width` bytes of a number. */
static uint64_t low_bytes(uint64_t value, size_t width)
{
    return value & (((uint64_t)1 << 8 * width) - 1);
}

fc_status fc_view_read_uint_le(uint64_t *value, fc_view v, size_t offset, size_t width)
{
    fc_status status = check_width(v.length, offset, width);
    if (status == FC_OK) {
        *value = load_le(v.bytes + offset, width);
    }
    return status;
}

fc_status fc_view_read_uint_be(uint64_t *value, fc_view v, size_t offset, size_t width)
{
    fc_status status = check_width(v.length, offset, width);
    if (status == FC_OK) {
        *value = load_be(v.bytes + offset, width);
    }
    return status;
}

fc_status fc_view_read_int_le(int64_t *value, fc_view v, size_t offset, size_t width)
{
    fc_status status = check_width(v.length, offset, width);
    if (status == FC_OK) {
        *value = extend(load_le(v.bytes + offset, width), width);
    }
    return status;
}

fc_status fc_view_read_int_be(int64_t *value, fc_view v, size_t offset, size_t width)
{
    fc_status status = check_width(v.length, offset, width);
    if (status == FC_OK) {
        *value = extend(load_be(v.bytes + offset, width), width);
    }
    return status;
}

/* The low `width` bytes of `value`, in order. */
static fc_status write_le(fc_buffer *b, size_t offset, size_t width, uint64_t value)
{
    uint64_t image = 0;
    fc_store_u64le(&image, value);
    return fc_buffer_write_image(b, offset, image, width);
}

static fc_status write_be(fc_buffer *b, size_t offset, size_t width, uint64_t value)
{
    uint64_t image = 0;
    fc_store_u64be(&image, value << (64 - 8 * width));
    return fc_buffer_write_image(b, offset, image, width);
}

static bool fits_unsigned(size_t width, uint64_t value)
{
    return is_width(width) && low_bytes(value, width) == value;
}

static bool fits_signed(size_t width, int64_t value)
{
    return is_width(width) && extend(low_bytes((uint64_t)value, width), width) == value;
}

fc_status fc_buffer_write_uint_le(fc_buffer *b, size_t offset, size_t width, uint64_t value)
{
    return fits_unsigned(width, value) ? write_le(b, offset, width, value) : FC_ERR_OUT_OF_RANGE;
}

fc_status fc_buffer_write_uint_be(fc_buffer *b, size_t offset, size_t width, uint64_t value)
{
    return fits_unsigned(width, value) ? write_be(b, offset, width, value) : FC_ERR_OUT_OF_RANGE;
}

fc_status fc_buffer_write_int_le(fc_buffer *b, size_t offset, size_t width, int64_t value)
{
    return fits_signed(width, value) ? write_le(b, offset, width, (uint64_t)value)
                                     : FC_ERR_OUT_OF_RANGE;
}

fc_status fc_buffer_write_int_be(fc_buffer *b, size_t offset, size_t width, int64_t value)
{
    return fits_signed(width, value) ? write_be(b, offset, width, (uint64_t)value)
                                     : FC_ERR_OUT_OF_RANGE;
}
