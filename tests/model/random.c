/* SPDX-License-Identifier: MIT */

/* What the model chooses by chance: sizes that touch every shape of block, positions in and out of
 * range, ranges to write. All from one source, so that a seed, or an input, is a program. */

#include "model.h"

#include <string.h>

void model_feed(struct model *m, const uint8_t *bytes, size_t length)
{
    m->source.next = bytes;
    m->source.end = bytes + length;
}

bool model_fed(const struct model *m)
{
    return m->source.next != m->source.end;
}

uint64_t model_number(struct model *m, size_t width)
{
    struct model_source *source = &m->source;
    uint64_t number = 0;
    if (!model_fed(m)) {
        return fct_random_next(&source->random);
    }
    for (size_t i = 0; i < width && model_fed(m); i++) {
        number = number << 8 | *source->next++;
    }
    return number;
}

size_t model_below(struct model *m, size_t below)
{
    size_t width = below <= 0x100 ? 1 : below <= 0x10000 ? 2 : 8;
    return below == 0 ? 0 : (size_t)(model_number(m, width) % below);
}

bool model_chance(struct model *m, size_t one_in)
{
    return model_below(m, one_in) == 0;
}

static size_t any_size(struct model *m)
{
    size_t class = model_below(m, 4096);
    if (class == 0) {
        return ((size_t)3 << 20) + model_below(m, (size_t)2 << 20);
    }
    if (class < 6) {
        return ((size_t)1 << 20) + model_below(m, (size_t)2 << 20);
    }
    if (class < 32) {
        return 65536 + model_below(m, 65536);
    }
    if (class < 1300) {
        return 600 + model_below(m, 19400);
    }
    return class < 2600 ? model_below(m, 600) : model_below(m, 65);
}

size_t model_size(struct model *m)
{
    size_t size = any_size(m);
    return m->bytes + size > m->budget ? size % 64 : size;
}

/* One byte of an input is enough for any number of them. */
void model_randomize(struct model *m, uint8_t *bytes, size_t length)
{
    struct fct_random random = { .state = model_number(m, 1) + (++m->source.drawn << 8) };
    size_t i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t word = fct_random_next(&random);
        memcpy(bytes + i, &word, 8);
    }
    for (; i < length; i++) {
        bytes[i] = (uint8_t)fct_random_next(&random);
    }
}

void model_digits(char *digits, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < 2 * length; i++) {
        digits[i] = "0123456789abcdef"[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15];
    }
}

ptrdiff_t model_position(struct model *m, size_t length)
{
    ptrdiff_t inside = (ptrdiff_t)model_below(m, length + 1);
    switch (model_below(m, 16)) {
    case 0:
        return FC_END;
    case 1:
        return PTRDIFF_MIN;
    case 2:
        return (ptrdiff_t)(length + model_below(m, 3));
    case 3:
        return -(ptrdiff_t)(length + model_below(m, 3));
    case 4:
    case 5:
    case 6:
        return -inside;
    default:
        return inside;
    }
}

/* By the words of the contract, not by the library's arithmetic. */
size_t model_clamp(ptrdiff_t position, size_t length)
{
    ptrdiff_t end = (ptrdiff_t)length;
    if (position < -end) {
        return 0;
    }
    if (position < 0) {
        return (size_t)(end + position);
    }
    return position > end ? length : (size_t)position;
}

void model_range(struct model *m, size_t length, size_t *offset, size_t *count)
{
    size_t kind = model_below(m, 16);
    *offset = model_below(m, length + 1);
    size_t rest = length - *offset;
    if (kind == 0) {
        *offset = 0;
        *count = length;
    } else if (kind == 1) {
        *count = rest;
    } else if (kind == 2) {
        *count = 0;
    } else {
        size_t most = kind < 6 ? 4096 : 40;
        *count = model_below(m, (rest < most ? rest : most) + 1);
    }
}
