/* SPDX-License-Identifier: MIT */

/* fill, copy, copyWithin and reorder, in every tier, on an array of bytes and on a buffer that
 * stands in guarded memory; past the limits of the caches too, which are lowered for it. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "fuzz.h"

#include <string.h>

#define LENGTH_MAX ((size_t)8192)

/* A buffer and what it holds. */
struct pair {
    fc_buffer b;
    uint8_t *model;
    size_t length;
};

/* The model's memmove: through a copy. */
static void move(uint8_t *to, const uint8_t *from, size_t length)
{
    uint8_t between[LENGTH_MAX];
    for (size_t i = 0; i < length; i++) {
        between[i] = from[i];
    }
    for (size_t i = 0; i < length; i++) {
        to[i] = between[i];
    }
}

/* A range with the rules of fill: refused, empty, or cut to [*begin, *end). */
static fc_status fill_range(size_t length, size_t *begin, size_t *end)
{
    if (*begin > FC_BUFFER_MAX_LENGTH || (*end != (size_t)FC_END && *end > length)) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *end = *end < length ? *end : length;
    *begin = *begin < *end ? *begin : *end;
    return FC_OK;
}

static void fill(struct pair *p, struct fuzz_input *input)
{
    size_t begin = (size_t)fuzz_position(input, p->length);
    size_t end = (size_t)fuzz_position(input, p->length);
    uint8_t value = (uint8_t)fuzz_number(input, 1);
    fc_status status = fc_buffer_fill(&p->b, begin, end, value);
    FUZZ_CHECK(status == fill_range(p->length, &begin, &end));
    for (size_t i = begin; status == FC_OK && i < end; i++) {
        p->model[i] = value;
    }
}

/* With a piece of the buffer itself, or with bytes of the input. */
static void fill_bytes(struct pair *p, struct fuzz_input *input)
{
    size_t begin = (size_t)fuzz_position(input, p->length);
    size_t end = (size_t)fuzz_position(input, p->length);
    size_t first = fuzz_below(input, p->length + 1), size = fuzz_below(input, 64);
    uint8_t pattern[64];
    size = size < p->length - first ? size : p->length - first;
    memcpy(pattern, p->model + first, size);
    fc_status status =
        fc_buffer_fill_bytes(&p->b, begin, end, fc_view_of(fc_buffer_data(&p->b) + first, size));
    fc_status expected = fill_range(p->length, &begin, &end);
    bool empty = expected == FC_OK && size == 0 && begin < end;
    FUZZ_CHECK(status == (empty ? FC_ERR_INVALID_ARG_VALUE : expected));
    for (size_t i = begin; status == FC_OK && i < end; i++) {
        p->model[i] = pattern[(i - begin) % size];
    }
}

static size_t clamp(ptrdiff_t position, size_t length)
{
    ptrdiff_t whole = (ptrdiff_t)length;
    position = position < -whole ? 0 : position < 0 ? whole + position : position;
    return position > whole ? length : (size_t)position;
}

static void copy_within(struct pair *p, struct fuzz_input *input)
{
    ptrdiff_t target = fuzz_position(input, p->length);
    ptrdiff_t begin = fuzz_position(input, p->length), end = fuzz_position(input, p->length);
    size_t to = clamp(target, p->length), first = clamp(begin, p->length);
    size_t last = clamp(end, p->length), length = first < last ? last - first : 0;
    length = length < p->length - to ? length : p->length - to;
    FUZZ_CHECK(fc_buffer_copy_within(&p->b, target, begin, end) == FC_OK);
    move(p->model + to, p->model + first, length);
}

/* Node's copy, from a range of the buffer itself. */
static void copy_range(struct pair *p, struct fuzz_input *input)
{
    size_t at = (size_t)fuzz_position(input, p->length), copied = 99;
    size_t begin = (size_t)fuzz_position(input, p->length);
    size_t end = (size_t)fuzz_position(input, p->length);
    fc_status status =
        fc_buffer_copy_range_into(&copied, &p->b, at, fc_buffer_view(&p->b), begin, end);
    bool bad = begin > p->length || at > FC_BUFFER_MAX_LENGTH ||
               (end != (size_t)FC_END && end > FC_BUFFER_MAX_LENGTH);
    FUZZ_CHECK(status == (bad ? FC_ERR_OUT_OF_RANGE : FC_OK));
    if (status == FC_OK) {
        end = end < p->length ? end : p->length;
        size_t length = begin < end ? end - begin : 0, room = at < p->length ? p->length - at : 0;
        length = length < room ? length : room;
        FUZZ_CHECK(copied == length);
        move(p->model + (length != 0 ? at : 0), p->model + begin, length);
    } else {
        FUZZ_CHECK(copied == 99);
    }
}

static void reorder(struct pair *p, struct fuzz_input *input)
{
    static fc_status (*const calls[])(fc_buffer *) = { fc_buffer_swap16, fc_buffer_swap32,
                                                       fc_buffer_swap64, fc_buffer_reverse };
    size_t which = fuzz_below(input, 4), unit = which == 3 ? p->length : (size_t)2 << which;
    bool fits = p->length == 0 || p->length % unit == 0;
    FUZZ_CHECK(calls[which](&p->b) == (fits ? FC_OK : FC_ERR_INVALID_BUFFER_SIZE));
    for (size_t at = 0; fits && at < p->length; at += unit) {
        for (size_t i = 0; i < unit / 2; i++) {
            uint8_t byte = p->model[at + i];
            p->model[at + i] = p->model[at + unit - 1 - i];
            p->model[at + unit - 1 - i] = byte;
        }
    }
}

/* The inline copies and the slots, in the buffer's own memory; they do not ask. */
static void raw(const struct fci_kernels *tier, struct pair *p, struct fuzz_input *input)
{
    uint8_t *bytes = (uint8_t *)(uintptr_t)fc_buffer_data(&p->b);
    size_t length = fuzz_below(input, p->length + 1), way = fuzz_below(input, 5);
    size_t to = fuzz_below(input, p->length - length + 1);
    size_t from = fuzz_below(input, p->length - length + 1);
    uint8_t copy[LENGTH_MAX];
    memcpy(copy, p->model + from, length);
    switch (way) {
    case 0:
        fc_move(bytes + to, bytes + from, length);
        break;
    case 1:
        tier->move(bytes + to, bytes + from, length);
        break;
    case 2:
        fc_copy(bytes + to, copy, length);
        break;
    case 3:
        tier->copy(bytes + to, copy, length);
        break;
    default:
        tier->fill(bytes + to, (uint8_t)from, length);
        memset(copy, (uint8_t)from, length);
    }
    move(p->model + to, copy, length);
}

static void step(const struct fci_kernels *tier, struct pair *p, struct fuzz_input *input)
{
    switch (fuzz_below(input, 6)) {
    case 0:
        fill(p, input);
        break;
    case 1:
        fill_bytes(p, input);
        break;
    case 2:
        copy_within(p, input);
        break;
    case 3:
        copy_range(p, input);
        break;
    case 4:
        reorder(p, input);
        break;
    default:
        raw(tier, p, input);
    }
    FUZZ_CHECK(p->length == 0 || memcmp(fc_buffer_data(&p->b), p->model, p->length) == 0);
}

static void program(const struct fci_kernels *tier, struct fuzz_input input)
{
    static uint8_t model[LENGTH_MAX];
    struct pair p = { .model = model };
    size_t shape = fuzz_number(&input, 1);
    p.length = fuzz_below(&input, LENGTH_MAX + 1) >> shape % 8;
    static const struct fci_limits limits[4] = { { .stream = 1024, .clear = 2048 },
                                                 { .stream = 3000, .clear = 3000, .wide = 1100 },
                                                 { .stream = SIZE_MAX, .clear = SIZE_MAX },
                                                 { .stream = SIZE_MAX, .clear = SIZE_MAX } };
    fci_state_limits = limits[shape / 8 % 4];
    uint8_t *memory = fuzz_place(0, p.length, shape >= 128);
    for (size_t i = 0; i < p.length; i++) {
        memory[i] = model[i] = (uint8_t)(i * 13 + i / 256 + shape);
    }
    FUZZ_CHECK(fc_buffer_wrap_shared(&p.b, memory, p.length, NULL, NULL) == FC_OK);
    for (size_t steps = 0; input.length != 0 && steps < 64; steps++) {
        step(tier, &p, &input);
    }
    fc_buffer_release(&p.b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    struct fci_limits limits = fci_state_limits;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        program(tier, (struct fuzz_input){ bytes, length });
    }
    fci_state_limits = limits;
    return 0;
}
