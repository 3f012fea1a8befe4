/* SPDX-License-Identifier: MIT */

/* Operations on numbers of every kind, on varints, and on text that stands for bytes. */

#include "../buffer/number_kinds.h"

#include "model.h"

#include <stdlib.h>
#include <string.h>

/* What Node says of a number's place. */
static fc_status place_status(const struct model_handle *h, size_t offset, size_t width)
{
    if (width > h->length) {
        return FC_ERR_BUFFER_OUT_OF_BOUNDS;
    }
    return offset > h->length - width ? FC_ERR_OUT_OF_RANGE : FC_OK;
}

static void op_write_number(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    const struct kind *kind = &kinds[model_below(m, KINDS)];
    size_t offset = model_below(m, h->length + (model_chance(m, 8) ? 9 : 1));
    uint64_t value = model_number(m, 1 + model_below(m, 8));
    uint8_t bytes[8];
    value = kind->is_signed && model_chance(m, 2) ? 0 - value : value;
    model_write(bytes, kind->width, kind->order, value);
    struct model_change change = model_expect_write(m, h, offset, kind->width);
    if (!model_fits(value, kind->width, kind->is_signed)) {
        change = (struct model_change){ .status = FC_ERR_OUT_OF_RANGE, .counted = change.counted };
    } else if (place_status(h, offset, kind->width) != FC_OK) {
        change.status = place_status(h, offset, kind->width);
    }
    fc_status status =
        MODEL_CALL(m, &h->buffer, kind->write(&h->buffer, offset, kind->width, value));
    model_changed(m, h, &change, status, bytes);
}

static void op_read_number(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    const struct kind *kind = &kinds[model_below(m, KINDS)];
    size_t offset = model_below(m, h->length + 2);
    uint64_t value = UNTOUCHED;
    fc_status status = kind->buffer_read(&value, &h->buffer, offset, kind->width);
    MODEL_CHECK(status == place_status(h, offset, kind->width));
    MODEL_CHECK(status != FC_OK || value == model_read(h->arena->bytes + h->offset + offset,
                                                       kind->width, kind->order, kind->is_signed));
}

static void op_write_varint(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t offset = model_below(m, h->length + (model_chance(m, 8) ? 3 : 1));
    uint64_t value = model_number(m, 1 + model_below(m, 8)), rest = value;
    uint8_t bytes[FC_VARINT_MAX_LENGTH];
    size_t length = 0, written = 12345678;
    do {
        bytes[length++] = (uint8_t)(rest % 128 + (rest > 127 ? 128 : 0));
        rest /= 128;
    } while (rest != 0);
    struct model_change change = model_expect_write(m, h, offset, length);
    if (offset <= h->length && length > h->length - offset) {
        change.status = FC_ERR_BUFFER_OUT_OF_BOUNDS;
    }
    fc_status status =
        MODEL_CALL(m, &written, fc_buffer_write_varint(&written, &h->buffer, offset, value));
    model_changed(m, h, &change, status, bytes);
    MODEL_CHECK(written == (status == FC_OK ? length : 12345678));
}

/* The digits of a range, and the bytes of these digits. */
static void op_text_and_back(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    size_t offset = 0, count = 0;
    char digits[128];
    fc_buffer text = model_junk(), back = model_junk();
    model_range(m, h->length, &offset, &count);
    count = count < sizeof digits / 2 ? count : sizeof digits / 2;
    MODEL_CHECK(MODEL_CALL(m, &text,
                           fc_buffer_to_utf8(&text, &h->buffer, FC_ENCODING_HEX, (ptrdiff_t)offset,
                                             (ptrdiff_t)(offset + count))) == FC_OK);
    MODEL_CHECK(fc_buffer_length(&text) == 2 * count);
    if (count != 0) {
        model_digits(digits, h->arena->bytes + h->offset + offset, count);
        MODEL_CHECK(memcmp(fc_buffer_data(&text), digits, 2 * count) == 0);
    }
    fc_text given = fc_text_utf8((const char *)fc_buffer_data(&text), 2 * count);
    MODEL_CHECK(MODEL_CALL(m, &back, fc_buffer_from_text(&back, given, FC_ENCODING_HEX)) == FC_OK);
    MODEL_CHECK(fc_buffer_length(&back) == count);
    MODEL_CHECK(memcmp(fc_buffer_data(&back), fc_buffer_data(&h->buffer) + offset, count) == 0);
    fc_buffer_release(&text);
    fc_buffer_release(&back);
}

const struct model_op model_ops_numbers[] = {
    { "write a number", 5, op_write_number },
    { "read a number", 2, op_read_number },
    { "write_varint", 3, op_write_varint },
    { "text and back", 2, op_text_and_back },
    { NULL, 0, NULL },
};
