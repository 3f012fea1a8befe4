/* SPDX-License-Identifier: MIT */

/* Operations on raw addresses. An arena stays pinned while other operations go on: its address is
 * fixed, stores through it are seen by all its handles, and no snapshot ever sees them. */

#include "model.h"

#include <string.h>

#define PINS_MAX 4

static void store(struct model *m, struct model_arena *arena)
{
    size_t offset = 0;
    size_t count = 0;
    model_range(m, arena->raw_length, &offset, &count);
    model_randomize(m, arena->bytes + arena->raw_begin + offset, count);
    memcpy(arena->raw + offset, arena->bytes + arena->raw_begin + offset, count);
}

static void op_begin_write(struct model *m)
{
    static uint8_t untouched;
    struct model_handle *h = model_pick(m, NULL);
    uint8_t *address = &untouched;
    if (h->arena != NULL && h->arena->pins == PINS_MAX) {
        return;
    }
    struct model_change change = model_expect_own(m, h);
    fc_status status = MODEL_CALL(m, &address, fc_buffer_begin_write(&address, &h->buffer));
    model_changed(m, h, &change, status, NULL);
    if (status != FC_OK) {
        MODEL_CHECK(address == &untouched);
        return;
    }
    MODEL_CHECK(address != NULL && address != &untouched);
    if (h->arena == NULL) {
        return;
    }
    MODEL_CHECK(address == fc_buffer_data(&h->buffer));
    h->arena->pins++;
    h->arena->raw = address;
    h->arena->raw_begin = h->offset;
    h->arena->raw_length = h->length;
    store(m, h->arena);
    model_verify(m, h, 0);
}

/* A handle on a pinned arena, whichever; NULL if there is none. */
static struct model_handle *pick_pinned(struct model *m)
{
    size_t first = model_below(m, MODEL_SLOTS);
    for (size_t i = 0; i < MODEL_SLOTS; i++) {
        struct model_handle *h = &m->handles[(first + i) % MODEL_SLOTS];
        if (h->arena != NULL && h->arena->pins != 0) {
            return h;
        }
    }
    return NULL;
}

static void op_store(struct model *m)
{
    struct model_handle *h = pick_pinned(m);
    if (h != NULL) {
        store(m, h->arena);
        model_verify(m, h, 0);
    }
}

static void op_end_write(struct model *m)
{
    struct model_handle *h = model_chance(m, 8) ? model_pick(m, NULL) : pick_pinned(m);
    if (h == NULL || (h->arena != NULL && h->arena->pins == 0)) {
        return;
    }
    fc_buffer_end_write(&h->buffer);
    if (h->arena != NULL) {
        h->arena->pins--;
    }
    model_verify(m, h, 0);
}

/* A raw address is most often asked for, used and given back at once. */
static void op_begin_and_end(struct model *m)
{
    struct model_handle *h = model_pick(m, NULL);
    uint8_t *address = NULL;
    struct model_change change = model_expect_own(m, h);
    fc_status status = MODEL_CALL(m, &address, fc_buffer_begin_write(&address, &h->buffer));
    model_changed(m, h, &change, status, NULL);
    if (status == FC_OK && h->arena != NULL) {
        size_t offset = 0;
        size_t count = 0;
        model_range(m, h->length, &offset, &count);
        model_randomize(m, h->arena->bytes + h->offset + offset, count);
        memcpy(address + offset, h->arena->bytes + h->offset + offset, count);
    }
    if (status == FC_OK) {
        fc_buffer_end_write(&h->buffer);
    }
    model_verify(m, h, 0);
}

const struct model_op model_ops_pin[] = {
    { "begin_write", 4, op_begin_write },
    { "store", 5, op_store },
    { "end_write", 5, op_end_write },
    { "begin_write and end_write", 4, op_begin_and_end },
    { NULL, 0, NULL },
};
