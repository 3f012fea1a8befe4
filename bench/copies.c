/* SPDX-License-Identifier: MIT */

/* fc_copy against the C library's memcpy as a call, by size, and zeroing. The call goes through a
 * volatile function pointer, so that no compiler can put anything else in its place: one load more
 * than a call by name, which overlaps with the copy before it. All copies but the cold ones are
 * warm: the same source and destination again and again. */
#include "copies.h"

#include "harness.h"

#include <string.h>

#define PAGE ((size_t)4096)
#define MIB ((size_t)1 << 20)
#define LARGEST (256 * MIB)
#define LARGEST_QUICK (64 * MIB)
#define SMALL_MAX ((size_t)64)

void *(*volatile fcb_libc_memcpy)(void *, const void *, size_t) = memcpy;
static void *(*volatile libc_memset)(void *, int, size_t) = memset;

/* ---- one size -------------------------------------------------------------------------------- */

static void call_run(void *context, size_t times)
{
    struct fcb_copies *c = context;
    size_t size = c->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        (void)fcb_libc_memcpy(c->to, c->from, size);
    }
}

static void fc_run(void *context, size_t times)
{
    struct fcb_copies *c = context;
    size_t size = c->size;
    uint8_t *to = c->to;
    const uint8_t *from = c->from;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        fc_copy(to, from, size);
    }
}

/* ---- cold: each copy has lines that are in no cache ------------------------------------------ */

static void walk(struct fcb_copies *c)
{
    c->at = c->at + c->step + c->size <= c->room ? c->at + c->step : 0;
}

static void call_cold(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++, walk(c)) {
        (void)fcb_libc_memcpy(c->to + c->at, c->from + c->at, c->size);
    }
}

static void fc_cold(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++, walk(c)) {
        fc_copy(c->to + c->at, c->from + c->at, c->size);
    }
}

/* ---- zeroing --------------------------------------------------------------------------------- */

static void call_zero(void *context, size_t times)
{
    struct fcb_copies *c = context;
    for (size_t i = 0; i < times; i++) {
        (void)libc_memset(c->to, 0, c->size);
    }
}

static void fc_zero(void *context, size_t times)
{
    struct fcb_copies *c = context;
    fc_buffer buffer;
    fcb_require(fc_buffer_wrap(&buffer, c->to, c->size, NULL, NULL) == FC_OK, "no buffer");
    for (size_t i = 0; i < times; i++) {
        fcb_require(fc_buffer_fill(&buffer, 0, c->size, 0) == FC_OK, "no fill");
    }
    fc_buffer_release(&buffer);
}

/* ---- checks ---------------------------------------------------------------------------------- */

void fcb_copies_reset(void *context)
{
    struct fcb_copies *c = context;
    c->at = 0;
    memset(c->to - 1, 0xee, c->size + 2);
}

static bool is_framed(const struct fcb_copies *c)
{
    return c->to[-1] == 0xee && c->to[c->size] == 0xee;
}

bool fcb_copies_check(void *context)
{
    const struct fcb_copies *c = context;
    return is_framed(c) && memcmp(c->to, c->from, c->size) == 0;
}

static bool check_zero(void *context)
{
    const struct fcb_copies *c = context;
    return is_framed(c) && c->to[0] == 0 && memcmp(c->to, c->to + 1, c->size - 1) == 0;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static void measure_size(struct fcb_copies *c, const char *group, const char *op, size_t size)
{
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_run },
        { .name = "fc_copy", .run = fc_run },
    };
    c->size = size;
    fcb_measure(&(struct fcb_group){ group, op, size, c, peers, FCB_COUNT(peers), fcb_copies_reset,
                                     fcb_copies_check });
}

/* Each size to 64, and the powers of two above; in the quick run those that goals are about. */
static void measure_sizes(struct fcb_copies *c, const char *group, const char *op)
{
    static const size_t quick[] = { 1,    8,    16,      32,      64,      128,
                                    2048, 4096, 1 << 16, 1 << 20, 8 << 20, 64 << 20 };
    for (size_t size = 1; !fcb_quick() && size <= LARGEST; size += size < SMALL_MAX ? 1 : size) {
        measure_size(c, group, op, size);
    }
    for (size_t i = 0; fcb_quick() && i < FCB_COUNT(quick); i++) {
        measure_size(c, group, op, quick[i]);
    }
}

static void measure_cold(struct fcb_copies *c, const char *group)
{
    static const size_t sizes[] = { 1 << 10, 1 << 14, 1 << 18, 1 << 20, 4 << 20 };
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_cold },
        { .name = "fc_copy", .run = fc_cold },
    };
    c->room = LARGEST;
    for (size_t i = 0; i < FCB_COUNT(sizes); i++) {
        c->size = sizes[i];
        /* Not a power of two: places that share their sets in the caches would be a case apart. */
        c->step = c->size + PAGE + 64;
        fcb_measure(&(struct fcb_group){ group, "cold", c->size, c, peers, FCB_COUNT(peers),
                                         fcb_copies_reset, fcb_copies_check });
    }
}

static void measure_zero(struct fcb_copies *c, const char *group)
{
    static const struct fcb_peer peers[] = {
        { .name = "libc_call", .run = call_zero },
        { .name = "fc_buffer_fill", .run = fc_zero },
    };
    for (size_t size = PAGE; size <= (fcb_quick() ? LARGEST_QUICK : LARGEST); size *= 4) {
        c->size = size;
        fcb_measure(&(struct fcb_group){ group, "zero", size, c, peers, FCB_COUNT(peers),
                                         fcb_copies_reset, check_zero });
    }
}

/* Distances within a page on either side of where the library begins to copy backwards. */
static void measure_shifts(struct fcb_copies *c, const char *group, uint8_t *to,
                           const uint8_t *from)
{
    static const size_t sizes[] = { 4096, 1 << 14, 1 << 16, 1 << 19, 1 << 20 };
    static const struct shift {
        size_t distance;
        const char *op;
        size_t sizes;
    } shifts[] = {
        { 8, "to=from+8_mod_4096", FCB_COUNT(sizes) },
        { 256, "to=from+256_mod_4096", FCB_COUNT(sizes) },
        { 1024, "to=from+1024_mod_4096", 2 },
        { 2040, "to=from+2040_mod_4096", 2 },
        { 2056, "to=from+2056_mod_4096", 2 },
        { 3072, "to=from+3072_mod_4096", 2 },
    };
    for (size_t i = 0; i < (fcb_quick() ? 2 : FCB_COUNT(shifts)); i++) {
        c->to = to + shifts[i].distance, c->from = from;
        for (size_t j = 0; j < shifts[i].sizes; j++) {
            measure_size(c, group, shifts[i].op, sizes[j]);
        }
    }
}

void fcb_copies(const char *group)
{
    static struct fcb_copies c;
    size_t room = (fcb_quick() ? LARGEST_QUICK : LARGEST) + 3 * PAGE;
    uint8_t *to_pages = fcb_pages(room);
    uint8_t *from_pages = fcb_pages(room);
    uint64_t state = 1;
    for (size_t i = 0; i < room; i++) {
        from_pages[i] = (uint8_t)(fcb_random(&state) % 0xee);
    }
    /* Half a page apart: addresses that agree in their last twelve bits are a case of their own. */
    c.to = to_pages + PAGE + PAGE / 2;
    c.from = from_pages + PAGE;
    fcb_copies_small(&c, group);
    measure_sizes(&c, group, "aligned");
    measure_zero(&c, group);
    if (!fcb_quick()) {
        measure_cold(&c, group);
    }
    c.to += 5;
    c.from += 11;
    measure_sizes(&c, group, "misaligned");
    measure_shifts(&c, group, to_pages + PAGE, from_pages + PAGE);
    fcb_pages_free(to_pages);
    fcb_pages_free(from_pages);
}
