/* SPDX-License-Identifier: MIT */

/* Comparing, filling and reordering, against the C library's functions, and where it has none
 * against the loop that a user would write. */
#include "loops.h"

FCB_LOOP(libc_memcmp, b->found = memcmp(b->hay, b->other, b->length))
FCB_LOOP(fc_compare, b->found = fc_view_compare(fcb_hay_of(b), fc_view_of(b->other, b->length)))
FCB_LOOP(fc_equal, b->found = !fc_view_equal(fcb_hay_of(b), fc_view_of(b->other, b->length)))

static bool is_equal(void *context)
{
    return ((struct fcb_bytes *)context)->found == 0;
}

static const struct fcb_peer comparing[] = {
    { .name = "libc", .run = libc_memcmp },
    { .name = "fc_buffer", .run = fc_compare },
    { .name = "fc_buffer_equal", .run = fc_equal },
};

FCB_LOOP(libc_memset, memset(fcb_writable(b), b->needle[0], b->length))
FCB_LOOP(fc_fill, b->found += fc_buffer_fill(&b->buffer, 0, b->length, b->needle[0]) != FC_OK)

static const struct fcb_peer filling[] = {
    { .name = "libc", .run = libc_memset },
    { .name = "fc_buffer", .run = fc_fill },
};

static void fill_by_memcpy(const struct fcb_bytes *b)
{
    size_t i = 0;
    for (; i + b->needle_length <= b->length; i += b->needle_length) {
        memcpy(fcb_writable(b) + i, b->needle, b->needle_length);
    }
    memcpy(fcb_writable(b) + i, b->needle, b->length - i);
}

FCB_LOOP(loop_fill, fill_by_memcpy(b))
FCB_LOOP(fc_fill_bytes,
         b->found += fc_buffer_fill_bytes(&b->buffer, 0, b->length, fcb_needle_of(b)) != FC_OK)

static const struct fcb_peer filling_patterns[] = {
    { .name = "memcpy_loop", .run = loop_fill },
    { .name = "fc_buffer", .run = fc_fill_bytes },
};

static bool is_filled(void *context)
{
    const struct fcb_bytes *b = context;
    size_t right = 0;
    for (size_t i = 0; i < b->length; i++) {
        right += b->hay[i] == b->needle[i % b->needle_length];
    }
    memset(fcb_writable(b), 0, b->length);
    return right == b->length;
}

/* The loop that one writes, as the compiler makes it: no vectors at -O2. */
#define SWAP_LOOP(bits)                                                                            \
    static void swap##bits(uint8_t *bytes, size_t length)                                          \
    {                                                                                              \
        for (size_t i = 0; i < length; i += (bits) / 8) {                                          \
            uint##bits##_t word;                                                                   \
            memcpy(&word, bytes + i, sizeof word);                                                 \
            word = (uint##bits##_t)__builtin_bswap##bits(word);                                    \
            memcpy(bytes + i, &word, sizeof word);                                                 \
        }                                                                                          \
    }                                                                                              \
    FCB_LOOP(loop_swap##bits, swap##bits(fcb_writable(b), b->length))                              \
    FCB_LOOP(fc_swap##bits, b->found += fc_buffer_swap##bits(&b->buffer) != FC_OK)                 \
    static const struct fcb_peer swapping##bits[] = {                                              \
        { .name = "loop", .run = loop_swap##bits },                                                \
        { .name = "fc_buffer", .run = fc_swap##bits },                                             \
    };

SWAP_LOOP(16)
SWAP_LOOP(32)
SWAP_LOOP(64)

static void reverse(uint8_t *bytes, size_t length)
{
    for (size_t i = 0, j = length - 1; i < j; i++, j--) {
        uint8_t byte = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = byte;
    }
}

FCB_LOOP(loop_reverse, reverse(fcb_writable(b), b->length))
FCB_LOOP(fc_reverse, b->found += fc_buffer_reverse(&b->buffer) != FC_OK)

static const struct fcb_peer reversing[] = {
    { .name = "loop", .run = loop_reverse },
    { .name = "fc_buffer", .run = fc_reverse },
};

/* Counts up in bytes, so that every unit differs from its neighbours. */
static void count_up(void *context)
{
    const struct fcb_bytes *b = context;
    for (size_t i = 0; i < b->length; i++) {
        fcb_writable(b)[i] = (uint8_t)(i * 7);
    }
}

/* Checks a reordering in units; a unit of the whole length is a reversal. */
static bool is_turned(const struct fcb_bytes *b, size_t unit)
{
    size_t right = 0;
    for (size_t i = 0; i < b->length; i++) {
        right += b->hay[i] == (uint8_t)((i / unit * unit + unit - 1 - i % unit) * 7);
    }
    return right == b->length;
}

static bool is_turned16(void *context)
{
    return is_turned(context, 2);
}

static bool is_turned32(void *context)
{
    return is_turned(context, 4);
}

static bool is_turned64(void *context)
{
    return is_turned(context, 8);
}

static bool is_reversed(void *context)
{
    return is_turned(context, ((struct fcb_bytes *)context)->length);
}

static void measure_bytes(const char *group, const char *op, struct fcb_bytes *b,
                          const struct fcb_peer *peers, size_t count, bool (*check)(void *))
{
    fcb_measure(&(struct fcb_group){ group, op, b->length, b, peers, count, count_up, check });
}

static void measure_length(const char *group, size_t length)
{
    struct fcb_bytes b = fcb_bytes_make(length);
    count_up(&b);
    memcpy(b.other, b.hay, length);
    memcpy(b.needle, "17 bytes of these", 17);
    b.needle_length = 1;
    measure_bytes(group, "compare", &b, comparing, FCB_COUNT(comparing), is_equal);
    measure_bytes(group, "fill", &b, filling, FCB_COUNT(filling), is_filled);
    b.needle_length = 3;
    measure_bytes(group, "fill_3_B", &b, filling_patterns, 2, is_filled);
    b.needle_length = 17;
    measure_bytes(group, "fill_17_B", &b, filling_patterns, 2, is_filled);
    measure_bytes(group, "swap16", &b, swapping16, FCB_COUNT(swapping16), is_turned16);
    measure_bytes(group, "swap32", &b, swapping32, FCB_COUNT(swapping32), is_turned32);
    measure_bytes(group, "swap64", &b, swapping64, FCB_COUNT(swapping64), is_turned64);
    measure_bytes(group, "reverse", &b, reversing, FCB_COUNT(reversing), is_reversed);
    fcb_bytes_drop(&b);
}

void fcb_bytes(const char *group)
{
    static const size_t lengths[] = { 64, 1 << 10, 64 << 10, FCB_BYTES_LONGEST };
    for (size_t i = fcb_quick() ? 2 : 0; i < FCB_COUNT(lengths) - fcb_quick(); i++) {
        measure_length(group, lengths[i]);
    }
}
