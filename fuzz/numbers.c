/* SPDX-License-Identifier: MIT */

/* Numbers and varints, read and written at any place, in range or not, against sums of weighted
 * digits. */

#include "base/common.h"

#include "../tests/buffer/number_kinds.h"
#include "fuzz.h"

#include <string.h>

#define LENGTH_MAX ((size_t)40)

/* A buffer, and the bytes that it must hold. */
struct pair {
    fc_buffer b;
    uint8_t bytes[LENGTH_MAX];
    size_t length;
};

static void read_number(const struct pair *p, const struct kind *kind, size_t offset)
{
    fc_view view = fc_buffer_view(&p->b);
    uint64_t from_view = 0, from_buffer = 0;
    fc_status status = model_check(p->length, offset, kind->width);
    FUZZ_CHECK(kind->view_read(&from_view, view, offset, kind->width) == status);
    FUZZ_CHECK(kind->buffer_read(&from_buffer, &p->b, offset, kind->width) == status);
    FUZZ_CHECK(from_view == from_buffer);
    if (status == FC_OK) {
        uint64_t value = model_read(p->bytes + offset, kind->width, kind->order, kind->is_signed);
        FUZZ_CHECK(from_view == value);
        FUZZ_CHECK(kind->load == NULL || kind->load(view.bytes + offset) == value);
    }
}

static void write_number(struct pair *p, const struct kind *kind, size_t offset, uint64_t value)
{
    fc_status status = model_check(p->length, offset, kind->width);
    status = model_fits(value, kind->width, kind->is_signed) ? status : FC_ERR_OUT_OF_RANGE;
    FUZZ_CHECK(kind->write(&p->b, offset, kind->width, value) == status);
    if (status == FC_OK) {
        model_write(p->bytes + offset, kind->width, kind->order, value);
    }
    if (kind->store != NULL) {
        uint8_t stored[8], expected[8];
        kind->store(stored, value);
        model_write(expected, kind->width, kind->order, value);
        FUZZ_CHECK(memcmp(stored, expected, kind->width) == 0);
    }
}

/* A float is the bits that an integer of its width is. */
static void floats(struct pair *p, size_t offset, uint64_t bits)
{
    double whole = 0, got = 0;
    float half = 0, got_half = 0;
    uint32_t low = (uint32_t)bits;
    memcpy(&whole, &bits, sizeof whole), memcpy(&half, &low, sizeof half);
    bool numbers = whole == whole && half == half; /* a NaN's bits may change on the way */
    fc_status status = model_check(p->length, offset, 8);
    FUZZ_CHECK(fc_buffer_write_f64be(&p->b, offset, whole) == status);
    FUZZ_CHECK(fc_buffer_read_f64be(&got, &p->b, offset) == status);
    FUZZ_CHECK(status != FC_OK || !numbers || memcmp(&got, &whole, sizeof got) == 0);
    fc_status status_half = model_check(p->length, offset, 4);
    FUZZ_CHECK(fc_buffer_write_f32le(&p->b, offset, (double)half) == status_half);
    FUZZ_CHECK(fc_buffer_read_f32le(&got_half, &p->b, offset) == status_half);
    FUZZ_CHECK(status_half != FC_OK || !numbers || memcmp(&got_half, &half, sizeof half) == 0);
    if (status == FC_OK) {
        model_write(p->bytes + offset, 8, BE, bits);
    }
    if (status_half == FC_OK) {
        model_write(p->bytes + offset, 4, LE, low);
    }
    if (!numbers) { /* then what is there counts */
        memcpy(p->bytes, fc_buffer_data(&p->b), p->length);
    }
}

/* Seven bits a byte, the lowest first; of what would be the tenth, one bit. */
static fc_status model_varint(uint64_t *value, size_t *length, const struct pair *p, size_t offset)
{
    uint64_t sum = 0;
    if (offset > p->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    for (size_t i = 0; i < FC_VARINT_MAX_LENGTH; i++) {
        if (offset + i == p->length) {
            return FC_ERR_BUFFER_OUT_OF_BOUNDS;
        }
        uint8_t byte = p->bytes[offset + i];
        if (i == FC_VARINT_MAX_LENGTH - 1 && byte > 1) {
            return FC_ERR_INVALID_DATA;
        }
        sum += (uint64_t)(byte % 128) << 7 * i;
        if (byte < 128) {
            *value = sum;
            *length = i + 1;
            return FC_OK;
        }
    }
    return FC_ERR_INVALID_DATA;
}

static void read_varint(const struct pair *p, size_t offset)
{
    uint64_t expected = 77, value = 77;
    size_t expected_length = 77, length = 77;
    int64_t number = 0;
    fc_status status = model_varint(&expected, &expected_length, p, offset);
    FUZZ_CHECK(fc_buffer_read_varint(&value, &length, &p->b, offset) == status);
    FUZZ_CHECK(value == expected && length == expected_length);
    FUZZ_CHECK(fc_buffer_read_varint_signed(&number, NULL, &p->b, offset) == status);
    if (status == FC_OK) {
        int64_t half = (int64_t)(value / 2);
        FUZZ_CHECK(number == (value % 2 == 0 ? half : -half - 1));
    }
}

static void write_varint(struct pair *p, size_t offset, uint64_t value)
{
    uint8_t bytes[FC_VARINT_MAX_LENGTH];
    size_t length = 0, written = 77;
    uint64_t rest = value;
    do {
        bytes[length++] = (uint8_t)(rest % 128 + (rest > 127 ? 128 : 0));
        rest /= 128;
    } while (rest != 0);
    fc_status status = offset > p->length            ? FC_ERR_OUT_OF_RANGE
                       : length > p->length - offset ? FC_ERR_BUFFER_OUT_OF_BOUNDS
                                                     : FC_OK;
    FUZZ_CHECK(fc_varint_length(value) == length);
    FUZZ_CHECK(fc_buffer_write_varint(&written, &p->b, offset, value) == status);
    FUZZ_CHECK(written == (status == FC_OK ? length : 77));
    if (status == FC_OK) {
        memcpy(p->bytes + offset, bytes, length);
    }
}

static void step(struct pair *p, struct fuzz_input *input)
{
    const struct kind *kind = &kinds[fuzz_below(input, KINDS)];
    size_t offset = fuzz_below(input, p->length + 3), way = fuzz_below(input, 16);
    uint64_t value = fuzz_number(input, 1 + way / 2);
    offset = way == 15 ? SIZE_MAX - offset : offset;
    value = way % 2 != 0 ? 0 - value : value;
    switch (fuzz_below(input, 4)) {
    case 0:
        floats(p, offset, value);
        break;
    case 1:
        write_varint(p, offset, value);
        break;
    default:
        write_number(p, kind, offset, value);
    }
    FUZZ_CHECK(p->length == 0 || memcmp(fc_buffer_data(&p->b), p->bytes, p->length) == 0);
    read_number(p, kind, offset);
    read_varint(p, offset);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = { bytes, length };
    struct pair p = { .b = FC_BUFFER_INIT };
    bool far = fuzz_below(&input, 2) != 0;
    p.length = fuzz_below(&input, LENGTH_MAX + 1);
    fc_view start = fuzz_take(&input, p.length);
    p.length = start.length;
    if (p.length != 0) {
        memcpy(p.bytes, start.bytes, p.length);
    }
    FUZZ_CHECK(fc_buffer_wrap_shared(&p.b, fuzz_place_copy(0, start, far), p.length, NULL, NULL) ==
               FC_OK);
    for (size_t steps = 0; input.length != 0 && steps < 64; steps++) {
        step(&p, &input);
    }
    fc_buffer_release(&p.b);
    return 0;
}
