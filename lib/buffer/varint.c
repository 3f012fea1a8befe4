/* SPDX-License-Identifier: MIT */

/* Varints: seven bits a byte, the lowest first. Nine bytes hold 63 bits, so a tenth may only be 0
 * or 1. */

#include "base/common.h"

#include <fc_buffer/bytes.h>
#include <fc_buffer/varint.h>

#define MORE 0x80u /* the bit of every byte but the last */

extern inline size_t fc_varint_length(uint64_t value);
extern inline uint64_t fc_zigzag_encode(int64_t value);
extern inline int64_t fc_zigzag_decode(uint64_t value);
extern inline fc_status fc_buffer_read_varint(uint64_t *value, size_t *length, const fc_buffer *b,
                                              size_t offset);
extern inline fc_status fc_buffer_read_varint_signed(int64_t *value, size_t *length,
                                                     const fc_buffer *b, size_t offset);

static fc_status read_varint(uint64_t *value, size_t *length, fc_view v, size_t offset)
{
    uint64_t bits = 0;
    if (offset > v.length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    size_t room = v.length - offset;
    size_t limit = room < FC_VARINT_MAX_LENGTH ? room : FC_VARINT_MAX_LENGTH;
    for (size_t i = 0; i < limit; i++) {
        uint8_t byte = v.bytes[offset + i];
        bits |= (uint64_t)(byte & ~MORE) << 7 * i;
        if ((byte & MORE) == 0) {
            if (i == FC_VARINT_MAX_LENGTH - 1 && byte > 1) {
                return FC_ERR_INVALID_DATA;
            }
            *value = bits;
            if (length != NULL) {
                *length = i + 1;
            }
            return FC_OK;
        }
    }
    return limit == FC_VARINT_MAX_LENGTH ? FC_ERR_INVALID_DATA : FC_ERR_BUFFER_OUT_OF_BOUNDS;
}

fc_status fc_view_read_varint(uint64_t *value, size_t *length, fc_view v, size_t offset)
{
    return read_varint(value, length, v, offset);
}

fc_status fc_view_read_varint_signed(int64_t *value, size_t *length, fc_view v, size_t offset)
{
    uint64_t bits = 0;
    fc_status status = read_varint(&bits, length, v, offset);
    if (status == FC_OK) {
        *value = fc_zigzag_decode(bits);
    }
    return status;
}

static fc_status write_varint(size_t *written, fc_buffer *b, size_t offset, uint64_t value)
{
    uint8_t bytes[FC_VARINT_MAX_LENGTH];
    size_t length = fc_varint_length(value);
    if (offset > b->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (length > b->length - offset) {
        return FC_ERR_BUFFER_OUT_OF_BOUNDS;
    }
    size_t last = 0;
    for (; value >= MORE; value >>= 7) {
        bytes[last++] = (uint8_t)(value | MORE);
    }
    bytes[last] = (uint8_t)value;
    fc_status status = fc_buffer_write(b, offset, bytes, length);
    if (status == FC_OK && written != NULL) {
        *written = length;
    }
    return status;
}

fc_status fc_buffer_write_varint(size_t *written, fc_buffer *b, size_t offset, uint64_t value)
{
    return write_varint(written, b, offset, value);
}

fc_status fc_buffer_write_varint_signed(size_t *written, fc_buffer *b, size_t offset, int64_t value)
{
    return write_varint(written, b, offset, fc_zigzag_encode(value));
}
