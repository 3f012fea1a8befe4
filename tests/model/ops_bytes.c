/* SPDX-License-Identifier: MIT */

/* Operations that fill, move and reorder what is there, join buffers, and ask about bytes. What a
 * write must leave behind is made beforehand, from the model's bytes. */

#include "model.h"

#include <stdlib.h>
#include <string.h>

/* A copy of the bytes of a handle: the caller's to free. */
static uint8_t *bytes_of(const struct model_handle *h)
{
    uint8_t *bytes = malloc(h->length + 1);
    MODEL_CHECK(bytes != NULL);
    if (h->length != 0) {
        memcpy(bytes, h->arena->bytes + h->offset, h->length);
    }
    return bytes;
}

static void op_fill(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t offset = 0;
    size_t count = 0;
    model_range(m, h->length, &offset, &count);
    uint8_t value = (uint8_t)model_number(m, 1);
    uint8_t *bytes = malloc(count + 1);
    MODEL_CHECK(bytes != NULL);
    memset(bytes, value, count);
    struct model_change change = model_expect_write(m, h, offset, count);
    fc_status status =
        MODEL_CALL(m, &h->buffer, fc_buffer_fill(&h->buffer, offset, offset + count, value));
    model_changed(m, h, &change, status, bytes);
    free(bytes);
}

/* With a range of any buffer, its own too. */
static void op_fill_bytes(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    const struct model_handle *from = model_chance(m, 2) ? h : model_pick(m, NULL);
    size_t offset = 0;
    size_t count = 0;
    size_t first = 0;
    size_t length = 0;
    model_range(m, h->length, &offset, &count);
    model_range(m, from->length, &first, &length);
    fc_view pattern = fc_view_of(fc_buffer_data(&from->buffer) + first, length);
    uint8_t *bytes = malloc(count + 1);
    MODEL_CHECK(bytes != NULL);
    for (size_t i = 0; i < count && length != 0; i++) {
        bytes[i] = from->arena->bytes[from->offset + first + i % length];
    }
    struct model_change change = model_expect_write(m, h, offset, length != 0 ? count : 0);
    if (length == 0 && count != 0) {
        change.status = FC_ERR_INVALID_ARG_VALUE;
    }
    fc_status status = MODEL_CALL(
        m, &h->buffer, fc_buffer_fill_bytes(&h->buffer, offset, offset + count, pattern));
    model_changed(m, h, &change, status, bytes);
    free(bytes);
}

/* With text in hex; empty text fills with zeroes. */
static void op_fill_text(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    uint8_t pattern[300] = { 0 };
    char digits[2 * sizeof pattern];
    size_t length = model_below(m, model_chance(m, 2) ? 5 : sizeof pattern + 1);
    size_t period = length != 0 ? length : 1;
    size_t offset = 0;
    size_t count = 0;
    model_range(m, h->length, &offset, &count);
    model_randomize(m, pattern, length);
    model_digits(digits, pattern, length);
    uint8_t *bytes = malloc(count + 1);
    MODEL_CHECK(bytes != NULL);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = pattern[i % period];
    }
    struct model_change change = model_expect_write(m, h, offset, count);
    fc_text text = fc_text_utf8(digits, 2 * length);
    fc_status status =
        MODEL_CALL(m, &h->buffer,
                   fc_buffer_fill_text(&h->buffer, offset, offset + count, text, FC_ENCODING_HEX));
    model_changed(m, h, &change, status, bytes);
    free(bytes);
}

static void op_copy_within(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    ptrdiff_t target = model_position(m, h->length);
    ptrdiff_t begin = model_position(m, h->length), end = model_position(m, h->length);
    size_t to = model_clamp(target, h->length);
    size_t first = model_clamp(begin, h->length), last = model_clamp(end, h->length);
    size_t count = first < last ? last - first : 0;
    count = count < h->length - to ? count : h->length - to;
    uint8_t *bytes = bytes_of(h);
    struct model_change change = model_expect_write(m, h, to, count);
    fc_status status =
        MODEL_CALL(m, &h->buffer, fc_buffer_copy_within(&h->buffer, target, begin, end));
    model_changed(m, h, &change, status, bytes + first);
    free(bytes);
}

/* swap16, swap32, swap64, and reverse as the unit of all. */
static void op_reorder(struct model *m)
{
    static fc_status (*const calls[])(fc_buffer *) = { fc_buffer_swap16, fc_buffer_swap32,
                                                       fc_buffer_swap64, fc_buffer_reverse };
    struct model_handle *h = model_pick(m, NULL);
    size_t which = model_below(m, 4);
    size_t unit = which == 3 ? h->length : (size_t)2 << which;
    uint8_t *old = bytes_of(h), *bytes = bytes_of(h);
    bool fits = h->length == 0 || h->length % unit == 0;
    for (size_t i = 0; i < h->length && fits; i++) {
        bytes[i] = old[i / unit * unit + (unit - 1 - i % unit)];
    }
    struct model_change change = model_expect_write(m, h, 0, fits ? h->length : 0);
    if (!fits) {
        change.status = FC_ERR_INVALID_BUFFER_SIZE;
    }
    fc_status status = MODEL_CALL(m, &h->buffer, calls[which](&h->buffer));
    model_changed(m, h, &change, status, bytes);
    free(old), free(bytes);
}

/* The bytes of buffers one behind the other are those of a new one. */
static void op_concat(struct model *m)
{
    struct model_handle *parts[3] = { model_pick(m, NULL), model_pick(m, NULL),
                                      model_pick(m, NULL) };
    size_t total = parts[0]->length + parts[1]->length + parts[2]->length, done = 0;
    fc_buffer list[3], joined = model_junk();
    for (size_t i = 0; i < 3; i++) {
        list[i] = parts[i]->buffer;
    }
    MODEL_CHECK(MODEL_CALL(m, &joined, fc_buffer_concat(&joined, list, 3)) == FC_OK);
    MODEL_CHECK(fc_buffer_length(&joined) == total);
    MODEL_CHECK(fc_buffer_is_unique(&joined) == (total != 0));
    for (size_t i = 0; i < 3; i++) {
        const struct model_handle *part = parts[i];
        if (part->length != 0) {
            MODEL_CHECK(memcmp(fc_buffer_data(&joined) + done, part->arena->bytes + part->offset,
                               part->length) == 0);
        }
        done += part->length;
    }
    fc_buffer_release(&joined);
}

static void op_compare(struct model *m)
{
    const struct model_handle *a = model_pick(m, NULL), *b = model_pick(m, NULL);
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = shorter == 0
                    ? 0
                    : memcmp(a->arena->bytes + a->offset, b->arena->bytes + b->offset, shorter);
    order =
        order != 0 ? (order > 0) - (order < 0) : (a->length > b->length) - (a->length < b->length);
    MODEL_CHECK(fc_buffer_compare(&a->buffer, &b->buffer) == order);
    MODEL_CHECK(fc_buffer_equal(&a->buffer, &b->buffer) == (order == 0));
}

/* A piece of the buffer is found, at the latest where it was taken. */
static void op_find(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    size_t offset = 0;
    size_t count = 0;
    model_range(m, h->length, &offset, &count);
    fc_view needle = fc_view_of(fc_buffer_data(&h->buffer) + offset, count);
    ptrdiff_t first = fc_buffer_index_of(&h->buffer, needle, 0);
    ptrdiff_t last = fc_buffer_last_index_of(&h->buffer, needle, FC_END);
    MODEL_CHECK(first >= 0 && (size_t)first <= offset);
    MODEL_CHECK(last >= 0 && (size_t)last >= offset && (size_t)last <= h->length - count);
    for (int i = 0; i < 2 && count != 0; i++) {
        const uint8_t *bytes = h->arena->bytes + h->offset;
        MODEL_CHECK(memcmp(bytes + (i == 0 ? first : last), bytes + offset, count) == 0);
    }
}

const struct model_op model_ops_bytes[] = {
    { "fill", 3, op_fill },
    { "fill_bytes", 4, op_fill_bytes },
    { "fill_text", 2, op_fill_text },
    { "copy_within", 4, op_copy_within },
    { "swap or reverse", 4, op_reorder },
    { "concat", 1, op_concat },
    { "compare", 1, op_compare },
    { "find", 1, op_find },
    { NULL, 0, NULL },
};
