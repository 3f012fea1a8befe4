/* SPDX-License-Identifier: MIT */

/* Operations that read and write bytes. A source may be plain memory, any handle, the written arena
 * itself or one that shares its block: the model takes its bytes before the call. */

#include "model.h"

#include <stdlib.h>
#include <string.h>

/* A handle whose arena shares the block of `target`, or is the same; else any. */
static struct model_handle *pick_related(struct model *m, const struct model_handle *target)
{
    size_t first = model_below(m, MODEL_SLOTS);
    for (size_t i = 0; i < MODEL_SLOTS && target->arena != NULL; i++) {
        struct model_handle *h = &m->handles[(first + i) % MODEL_SLOTS];
        if (h != target && h->arena != NULL && h->arena->block == target->arena->block) {
            return h;
        }
    }
    return model_pick(m, NULL);
}

/* A source, and what it holds before the call: `saved` is the caller's to free. */
struct source {
    fc_view view;
    uint8_t *saved;
};

static struct source source_of(struct model *m, const struct model_handle *from, size_t most)
{
    size_t offset = 0;
    size_t count = 0;
    model_range(m, from->length, &offset, &count);
    count = count < most ? count : most;
    struct source source = { .saved = malloc(count + 1) };
    MODEL_CHECK(source.saved != NULL);
    source.view = fc_view_of(fc_buffer_data(&from->buffer) + offset, count);
    if (count != 0) {
        memcpy(source.saved, from->arena->bytes + from->offset + offset, count);
    }
    return source;
}

static struct source random_source(struct model *m, size_t count)
{
    struct source source = { .saved = malloc(count + 1) };
    MODEL_CHECK(source.saved != NULL);
    model_randomize(m, source.saved, count);
    source.view = fc_view_of(count == 0 && model_chance(m, 2) ? NULL : source.saved, count);
    return source;
}

static void write_from(struct model *m, struct model_handle *h, size_t offset,
                       struct source *source)
{
    size_t length = source->view.length;
    struct model_change change = model_expect_write(m, h, offset, length);
    fc_status status =
        MODEL_CALL(m, &h->buffer, fc_buffer_write(&h->buffer, offset, source->view.bytes, length));
    model_changed(m, h, &change, status, source->saved);
    free(source->saved);
}

static void op_write(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t offset = 0;
    size_t count = 0;
    model_range(m, h->length, &offset, &count);
    struct source source = random_source(m, count);
    write_from(m, h, offset, &source);
}

/* From a buffer into a buffer; what does not fit is refused and changes nothing. */
static void op_write_from_buffer(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t offset = model_chance(m, 3) ? 0 : model_below(m, h->length + 1);
    size_t rest = h->length - offset;
    struct source source = source_of(m, pick_related(m, h), model_chance(m, 16) ? SIZE_MAX : rest);
    write_from(m, h, offset, &source);
}

static void copy_into(struct model *m, struct model_handle *h, struct source *source)
{
    size_t at = model_below(m, h->length + (model_chance(m, 8) ? 20 : 1));
    size_t fits = at < h->length ? h->length - at : 0;
    size_t length = source->view.length < fits ? source->view.length : fits;
    size_t copied = 12345678;
    size_t *out = model_chance(m, 8) ? NULL : &copied;
    struct model_change change = model_expect_write(m, h, length == 0 ? 0 : at, length);
    fc_status status =
        MODEL_CALL(m, &copied, fc_buffer_copy_into(out, &h->buffer, at, source->view));
    model_changed(m, h, &change, status, source->saved);
    MODEL_CHECK(out == NULL || copied == (status == FC_OK ? length : 12345678));
    free(source->saved);
}

static void op_copy_into(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    struct source source = source_of(m, model_pick(m, NULL), SIZE_MAX);
    copy_into(m, h, &source);
}

/* Overlaps, most of the time. */
static void op_copy_within(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    struct source source = source_of(m, h, SIZE_MAX);
    copy_into(m, h, &source);
}

static void op_copy_related(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    struct source source = source_of(m, pick_related(m, h), SIZE_MAX);
    copy_into(m, h, &source);
}

/* Text that decodes to these bytes, into a range that may be too short for it. */
static void write_text(struct model *m, struct model_handle *h, fc_text text, fc_encoding encoding,
                       const uint8_t *bytes, size_t length)
{
    size_t offset = 0;
    size_t room = 0;
    size_t written = 12345678;
    model_range(m, h->length, &offset, &room);
    size_t fits = length < room ? length : room;
    struct model_change change = model_expect_write(m, h, offset, fits);
    fc_status status = MODEL_CALL(
        m, &written, fc_buffer_write_text(&written, &h->buffer, offset, room, text, encoding));
    model_changed(m, h, &change, status, bytes);
    MODEL_CHECK(written == (status == FC_OK ? fits : 12345678));
}

static void op_write_hex(struct model *m)
{
    uint8_t bytes[600];
    char digits[2 * sizeof bytes];
    size_t length = model_below(m, sizeof bytes + 1);
    model_randomize(m, bytes, length);
    model_digits(digits, bytes, length);
    write_text(m, model_pick(m, NULL), fc_text_utf8(digits, 2 * length), FC_ENCODING_HEX, bytes,
               length);
}

/* Any bytes are UTF-16, and their low halves latin1: those of a relative overlap what they are
 * written to, most of the time. */
static void op_write_units(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    struct source source = source_of(m, pick_related(m, h), SIZE_MAX);
    size_t odd = (uintptr_t)source.view.bytes % 2 < source.view.length
                     ? (uintptr_t)source.view.bytes % 2
                     : source.view.length;
    size_t count = (source.view.length - odd) / 2;
    const void *units = count != 0 ? source.view.bytes + odd : NULL;
    for (size_t i = 0; i < count; i++) {
        uint16_t saved;
        memcpy(&saved, source.saved + 2 * i + odd, sizeof saved);
        source.saved[i] = (uint8_t)saved;
    }
    write_text(m, h, fc_text_utf16(units, count), FC_ENCODING_LATIN1, source.saved, count);
    free(source.saved);
}

static void op_set(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    size_t index = model_below(m, h->length + (model_chance(m, 16) ? 5 : 0));
    uint8_t value = (uint8_t)model_number(m, 1);
    struct model_change change = model_expect_write(m, h, index, 1);
    fc_status status = MODEL_CALL(m, &h->buffer, fc_buffer_set(&h->buffer, index, value));
    model_changed(m, h, &change, status, &value);
}

static void op_get(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    for (int i = 0; i < 4; i++) {
        size_t index = model_below(m, h->length + 2);
        uint8_t value = 77;
        fc_status status = fc_buffer_get(&value, &h->buffer, index);
        MODEL_CHECK(status == (index < h->length ? FC_OK : FC_ERR_OUT_OF_RANGE));
        MODEL_CHECK(value == (status == FC_OK ? h->arena->bytes[h->offset + index] : 77));
    }
}

static void op_at(struct model *m)
{
    const struct model_handle *h = model_pick(m, NULL);
    ptrdiff_t length = (ptrdiff_t)h->length;
    for (int i = 0; i < 4; i++) {
        ptrdiff_t index = model_position(m, h->length);
        uint8_t value = 77;
        fc_status status = fc_buffer_at(&value, &h->buffer, index);
        ptrdiff_t place = index < -length ? -1 : index < 0 ? length + index : index;
        bool there = place >= 0 && place < length;
        MODEL_CHECK(status == (there ? FC_OK : FC_ERR_OUT_OF_RANGE));
        MODEL_CHECK(value == (there ? h->arena->bytes[h->offset + (size_t)place] : 77));
    }
}

/* The others who use shared memory write it, too: seen through the arena, never by a snapshot. */
static void op_write_outside(struct model *m)
{
    size_t first = model_below(m, MODEL_SLOTS);
    for (size_t i = 0; i < MODEL_SLOTS; i++) {
        const struct model_handle *h = &m->handles[(first + i) % MODEL_SLOTS];
        if (h->arena != NULL && h->arena->block->kind == MODEL_SHARED) {
            size_t offset = 0;
            size_t count = 0;
            model_range(m, h->arena->length, &offset, &count);
            model_randomize(m, h->arena->bytes + offset, count);
            memcpy(h->arena->block->external->bytes + offset, h->arena->bytes + offset, count);
            model_verify(m, h, 0);
            return;
        }
    }
}

const struct model_op model_ops_write[] = {
    { "write", 14, op_write },
    { "write from a buffer", 4, op_write_from_buffer },
    { "write_text, hex", 3, op_write_hex },
    { "write_text of a relative", 3, op_write_units },
    { "set", 8, op_set },
    { "get", 3, op_get },
    { "at", 3, op_at },
    { "copy_into", 4, op_copy_into },
    { "copy_into itself", 4, op_copy_within },
    { "copy_into a relative", 4, op_copy_related },
    { "write outside", 2, op_write_outside },
    { NULL, 0, NULL },
};
