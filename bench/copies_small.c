/* SPDX-License-Identifier: MIT */

/* Small copies: of a size that the compiler knows, also against what it makes of memcpy by itself;
 * and of random sizes, also compiled for byte masks. */
#include "copies.h"

#include <string.h>

/* ---- one size, known to the compiler --------------------------------------------------------- */

static void call_fixed(struct fcb_copies *c, size_t times, size_t size)
{
    for (size_t i = 0; i < times; i++) {
        (void)fcb_libc_memcpy(c->to, c->from, size);
        FCB_BARRIER();
    }
}

#define FIXED(SIZE)                                                                                \
    static void call_##SIZE(void *context, size_t times)                                           \
    {                                                                                              \
        call_fixed(context, times, SIZE);                                                          \
    }                                                                                              \
    static void fc_##SIZE(void *context, size_t times)                                             \
    {                                                                                              \
        struct fcb_copies *c = context;                                                            \
        uint8_t *to = c->to;                                                                       \
        const uint8_t *from = c->from;                                                             \
        for (size_t i = 0; i < times; i++) {                                                       \
            fc_copy(to, from, SIZE);                                                               \
            FCB_BARRIER();                                                                         \
        }                                                                                          \
    }                                                                                              \
    static void compiler_##SIZE(void *context, size_t times)                                       \
    {                                                                                              \
        struct fcb_copies *c = context;                                                            \
        uint8_t *to = c->to;                                                                       \
        const uint8_t *from = c->from;                                                             \
        for (size_t i = 0; i < times; i++) {                                                       \
            memcpy(to, from, SIZE);                                                                \
            FCB_BARRIER();                                                                         \
        }                                                                                          \
    }

#define PEERS(SIZE)                                                                                \
    {                                                                                              \
        { .name = "libc_call", .run = call_##SIZE }, { .name = "fc_copy", .run = fc_##SIZE },      \
            { .name = "compiler_inline", .run = compiler_##SIZE },                                 \
    }

FIXED(1)
FIXED(8)
FIXED(16)
FIXED(31)
FIXED(32)

static void measure_fixed(struct fcb_copies *c, const char *group)
{
    static const size_t sizes[] = { 1, 8, 16, 31, 32 };
    static const struct fcb_peer peers[][3] = { PEERS(1), PEERS(8), PEERS(16), PEERS(31),
                                                PEERS(32) };
    for (size_t i = 0; i < FCB_COUNT(sizes); i++) {
        c->size = sizes[i];
        fcb_measure(&(struct fcb_group){ group, "fixed", c->size, c, peers[i], 3, fcb_copies_reset,
                                         fcb_copies_check });
    }
}

/* ---- random sizes: one run is FCB_RANDOM_COUNT copies ---------------------------------------- */

static void call_random(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++) {
        for (size_t j = 0; j < FCB_RANDOM_COUNT; j++) {
            (void)fcb_libc_memcpy(c->to, c->from, c->sizes[j]);
        }
    }
}

static void fc_random(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++) {
        fcb_copy_random(c->to, c->from, c->sizes);
    }
}

static void masked_random(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++) {
        fcb_copy_random_masked(c->to, c->from, c->sizes);
    }
}

static void measure_random(struct fcb_copies *c, const char *group, const char *op, uint32_t most)
{
    static const double each = 1.0 / (double)FCB_RANDOM_COUNT;
    const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_random, .scale = each },
        { .name = "fc_copy", .run = fc_random, .scale = each },
        { .name = "fc_copy_masked", .run = masked_random, .scale = each },
    };
    uint64_t state = most;
    for (size_t i = 0; i < FCB_RANDOM_COUNT; i++) {
        c->sizes[i] = (uint16_t)(fcb_random(&state) % most + 1);
    }
    c->sizes[0] = (uint16_t)most;
    c->size = most;
    fcb_measure(&(struct fcb_group){ group, op, most, c, peers,
                                     fcb_has_masks() ? FCB_COUNT(peers) : FCB_COUNT(peers) - 1,
                                     fcb_copies_reset, fcb_copies_check });
}

void fcb_copies_small(struct fcb_copies *c, const char *group)
{
    measure_fixed(c, group);
    measure_random(c, group, "random_1..16", 16);
    measure_random(c, group, "random_1..64", 64);
    measure_random(c, group, "random_1..256", 256);
    measure_random(c, group, "random_1..1024", 1024);
}
