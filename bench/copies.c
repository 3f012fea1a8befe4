/* SPDX-License-Identifier: MIT */

/* fc_copy against the C library's memcpy as a call, and against what the compiler makes of memcpy
 * by itself where it knows the size. The call goes through a volatile function pointer, so that no
 * compiler can put anything else in its place: one load more than a call by name, which overlaps
 * with the copy before it. All copies are warm: the same source and destination again and again. */
#include "harness.h"

#include <fc_buffer.h>

#include <string.h>

#define PAGE ((size_t)4096)
#define LARGEST ((size_t)8 << 20)
/* So many sizes that no branch predictor learns the sequence: one of 16384 is learnt within a few
 * rounds, and then random sizes cost no more than equal ones. */
#define RANDOM_COUNT ((size_t)1 << 18)

struct copies {
    uint8_t *to;
    const uint8_t *from;
    size_t size;
    uint8_t sizes[RANDOM_COUNT];
};

static void *(*volatile libc_memcpy)(void *, const void *, size_t) = memcpy;

/* ---- one size -------------------------------------------------------------------------------- */

static void call_run(void *context, size_t times)
{
    struct copies *c = context;
    size_t size = c->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        (void)libc_memcpy(c->to, c->from, size);
    }
}

static void fc_run(void *context, size_t times)
{
    struct copies *c = context;
    size_t size = c->size;
    uint8_t *to = c->to;
    const uint8_t *from = c->from;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        fc_copy(to, from, size);
    }
}

static void call_fixed(void *context, size_t times)
{
    struct copies *c = context;
    for (size_t i = 0; i < times; i++) {
        (void)libc_memcpy(c->to, c->from, 16);
        FCB_BARRIER();
    }
}

static void fc_fixed(void *context, size_t times)
{
    struct copies *c = context;
    uint8_t *to = c->to;
    const uint8_t *from = c->from;
    for (size_t i = 0; i < times; i++) {
        fc_copy(to, from, 16);
        FCB_BARRIER();
    }
}

static void compiler_fixed(void *context, size_t times)
{
    struct copies *c = context;
    uint8_t *to = c->to;
    const uint8_t *from = c->from;
    for (size_t i = 0; i < times; i++) {
        memcpy(to, from, 16);
        FCB_BARRIER();
    }
}

/* ---- random sizes: one run is RANDOM_COUNT copies ------------------------------------------- */

static void call_random(void *context, size_t times)
{
    struct copies *c = context;
    for (size_t i = 0; i < times; i++) {
        for (size_t j = 0; j < RANDOM_COUNT; j++) {
            (void)libc_memcpy(c->to, c->from, c->sizes[j]);
        }
    }
}

static void fc_random(void *context, size_t times)
{
    struct copies *c = context;
    uint8_t *to = c->to;
    const uint8_t *from = c->from;
    for (size_t i = 0; i < times; i++) {
        for (size_t j = 0; j < RANDOM_COUNT; j++) {
            fc_copy(to, from, c->sizes[j]);
            FCB_BARRIER();
        }
    }
}

/* ---- checks ---------------------------------------------------------------------------------- */

/* The source holds what no reset destination does, so that a copy that does nothing is found, and
 * so is one that writes a byte too many. */
static void reset(void *context)
{
    struct copies *c = context;
    memset(c->to - 1, 0xee, c->size + 2);
}

static bool check(void *context)
{
    const struct copies *c = context;
    return c->to[-1] == 0xee && c->to[c->size] == 0xee && memcmp(c->to, c->from, c->size) == 0;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static void measure_random(struct copies *c, const char *group, const char *op, uint32_t most)
{
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_random, .scale = 1.0 / (double)RANDOM_COUNT },
        { .name = "fc_copy", .run = fc_random, .scale = 1.0 / (double)RANDOM_COUNT },
    };
    uint64_t state = most;
    for (size_t i = 0; i < RANDOM_COUNT; i++) {
        c->sizes[i] = (uint8_t)(fcb_random(&state) % most + 1);
    }
    c->size = most;
    fcb_measure(&(struct fcb_group){ group, op, most, c, peers, FCB_COUNT(peers), reset, check });
}

static void measure_sizes(struct copies *c, const char *group, const char *op, const size_t *sizes,
                          size_t count)
{
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_run },
        { .name = "fc_copy", .run = fc_run },
    };
    for (size_t i = 0; i < count; i++) {
        c->size = sizes[i];
        fcb_measure(
            &(struct fcb_group){ group, op, c->size, c, peers, FCB_COUNT(peers), reset, check });
    }
}

static void measure_fixed(struct copies *c, const char *group)
{
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_fixed },
        { .name = "fc_copy", .run = fc_fixed },
        { .name = "compiler_inline", .run = compiler_fixed },
    };
    c->size = 16;
    fcb_measure(
        &(struct fcb_group){ group, "fixed", 16, c, peers, FCB_COUNT(peers), reset, check });
}

void fcb_copies(const char *group)
{
    static const size_t sizes[] = { 1,   2,   4,    8,    16,      17,      32,     64,
                                    128, 256, 1024, 4096, 1 << 16, 1 << 20, 8 << 20 };
    static const size_t unlucky[] = { 4096, 1 << 16, 1 << 19, 1 << 20 };
    static struct copies c;
    uint8_t *to_pages = fcb_pages(LARGEST + 3 * PAGE);
    uint8_t *from_pages = fcb_pages(LARGEST + 3 * PAGE);
    uint64_t state = 1;
    for (size_t i = 0; i < LARGEST + 3 * PAGE; i++) {
        from_pages[i] = (uint8_t)(fcb_random(&state) % 0xee);
    }
    /* Half a page apart: addresses that agree in their last twelve bits are a case of their own. */
    c.to = to_pages + PAGE + PAGE / 2;
    c.from = from_pages + PAGE;
    measure_fixed(&c, group);
    measure_random(&c, group, "random_1..16", 16);
    measure_random(&c, group, "random_1..64", 64);
    measure_sizes(&c, group, "aligned", sizes, FCB_COUNT(sizes));
    c.to += 5;
    c.from += 11;
    measure_sizes(&c, group, "misaligned", sizes, FCB_COUNT(sizes));
    c.to = to_pages + PAGE + 8;
    c.from = from_pages + PAGE;
    measure_sizes(&c, group, "to=from+8_mod_4096", unlucky, FCB_COUNT(unlucky));
    fcb_pages_free(to_pages);
    fcb_pages_free(from_pages);
}
