/* SPDX-License-Identifier: MIT */

/* The claims that this library began with, each against what it is said to beat: a slice against a
 * copy, a snapshot that is read a thousand times and written once against a copy for each reader,
 * and the first write after a snapshot against the copy that it makes. See also zeroed.c. */
#include "harness.h"

#include <fc_buffer.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define READS 1000
#define FILL 0x5a
#define MEGABYTE ((size_t)1000000)

struct claims {
    size_t size;
    size_t copies; /* how many of the READS copies are made; the rest is scaled */
    fc_buffer source;
    uint8_t *warm;
    uint32_t sum;
    int failures;
};

/* ---- a slice against a copy ------------------------------------------------------------------ */

static void copy_malloc(void *context, size_t times)
{
    struct claims *c = context;
    size_t size = c->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        uint8_t *copy = malloc(size);
        if (copy == NULL) {
            c->failures++;
            continue;
        }
        memcpy(copy, fc_buffer_data(&c->source), size);
        FCB_OPAQUE(copy);
        c->sum += copy[size - 1];
        free(copy);
    }
}

static void copy_fresh(void *context, size_t times)
{
    struct claims *c = context;
    for (size_t i = 0; i < times; i++) {
        void *copy =
            mmap(NULL, c->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (copy == MAP_FAILED) {
            c->failures++;
            continue;
        }
        memcpy(copy, fc_buffer_data(&c->source), c->size);
        FCB_ESCAPE(copy);
        (void)munmap(copy, c->size);
    }
}

static void copy_warm(void *context, size_t times)
{
    struct claims *c = context;
    for (size_t i = 0; i < times; i++) {
        memcpy(c->warm, fc_buffer_data(&c->source), c->size);
        FCB_BARRIER();
    }
}

static void slice(void *context, size_t times)
{
    struct claims *c = context;
    ptrdiff_t end = (ptrdiff_t)c->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(end);
        fc_buffer s = fc_buffer_slice(&c->source, 0, end);
        FCB_ESCAPE(&s);
        fc_buffer_release(&s);
    }
}

/* ---- a thousand reads and one write ---------------------------------------------------------- */

static void copy_each_time(void *context, size_t times)
{
    struct claims *c = context;
    for (size_t i = 0; i < times; i++) {
        copy_malloc(context, c->copies);
        FCB_BARRIER();
    }
}

static void write_source(struct claims *c, size_t at)
{
    uint8_t value = (uint8_t)at;
    c->failures += fc_buffer_write(&c->source, at % c->size, &value, 1) != FC_OK;
}

/* The readers share one snapshot, or each is an owner of it for as long as it reads. */
static inline __attribute__((always_inline)) void snapshot_and_read(struct claims *c, size_t times,
                                                                    bool held)
{
    uint32_t sum = 0;
    int failures = 0;
    for (size_t i = 0; i < times; i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        failures += fc_buffer_snapshot(&snapshot, &c->source) != FC_OK;
        write_source(c, i);
        for (size_t j = 0; j < READS; j++) {
            uint8_t value = 0;
            fc_buffer own = FC_BUFFER_INIT, *reader = &snapshot;
            if (held) {
                own = fc_buffer_retain(&snapshot);
                reader = &own;
            }
            FCB_ESCAPE(reader);
            failures += fc_buffer_get(&value, reader, c->size - 1) != FC_OK;
            sum += value;
            fc_buffer_release(&own);
        }
        fc_buffer_release(&snapshot);
    }
    c->sum += sum;
    c->failures += failures;
}

static void snapshot_once(void *context, size_t times)
{
    snapshot_and_read(context, times, false);
}

static void snapshot_held(void *context, size_t times)
{
    snapshot_and_read(context, times, true);
}

static void first_write(void *context, size_t times)
{
    struct claims *c = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        c->failures += fc_buffer_snapshot(&snapshot, &c->source) != FC_OK;
        write_source(c, i);
        fc_buffer_release(&snapshot);
    }
}

/* ---- groups ---------------------------------------------------------------------------------- */

static bool no_failures(void *context)
{
    return ((struct claims *)context)->failures == 0;
}

static void reset_sum(void *context)
{
    ((struct claims *)context)->sum = 0;
}

/* All that was read were the bytes that open_claims stored. */
static bool has_read(void *context)
{
    const struct claims *c = context;
    return c->failures == 0 && c->sum != 0 && c->sum % FILL == 0;
}

static void open_claims(struct claims *c, size_t size, uint32_t flags)
{
    fc_alloc_options options = { .size = sizeof options, .flags = flags | FC_ALLOC_UNSAFE };
    uint8_t *bytes;
    *c = (struct claims){ .size = size, .copies = READS };
    fcb_require(fc_buffer_alloc_with(&c->source, size, &options) == FC_OK, "out of memory");
    fcb_require(fc_buffer_begin_write(&bytes, &c->source) == FC_OK, "out of memory");
    memset(bytes, FILL, size);
    fc_buffer_end_write(&c->source);
}

static void close_claims(struct claims *c)
{
    fcb_require(c->failures == 0, "a call failed");
    fc_buffer_release(&c->source);
}

static void measure_slices(const char *group)
{
    static const struct fcb_peer peers[] = {
        { .name = "copy_fresh_mmap", .run = copy_fresh },
        { .name = "copy_malloc_free", .run = copy_malloc },
        { .name = "copy_warm", .run = copy_warm },
        { .name = "fc_buffer_slice", .run = slice },
    };
    struct claims c;
    open_claims(&c, MEGABYTE, 0);
    c.warm = fcb_pages(MEGABYTE);
    fcb_measure(&(struct fcb_group){ group, "slice_or_copy", MEGABYTE, &c, peers, FCB_COUNT(peers),
                                     NULL, no_failures });
    fcb_pages_free(c.warm);
    close_claims(&c);
}

/* A thousand copies of a large buffer would take seconds: a part is made, and scaled. */
static void measure_reads(const char *group, size_t size, const char *op, size_t part)
{
    struct claims c, paged;
    const struct fcb_peer peers[] = {
        { .name = "copy_each_time", .run = copy_each_time, .scale = (double)part },
        { .name = "fc_snapshot", .run = snapshot_once },
        { .name = "fc_snapshot_held", .run = snapshot_held },
        { .name = "fc_snapshot_paged", .run = snapshot_once, .context = &paged },
    };
    open_claims(&c, size, 0);
    open_claims(&paged, size, FC_ALLOC_PAGED);
    c.copies = READS / part;
    fcb_measure(
        &(struct fcb_group){ group, op, size, &c, peers, FCB_COUNT(peers), reset_sum, has_read });
    close_claims(&c);
    close_claims(&paged);
}

static void measure_first_write(const char *group, size_t size)
{
    static const struct fcb_peer peers[] = {
        { .name = "malloc_copy_free", .run = copy_malloc },
        { .name = "fc_snapshot_write", .run = first_write },
    };
    struct claims c;
    open_claims(&c, size, 0);
    fcb_measure(&(struct fcb_group){ group, "snapshot+first_write", size, &c, peers,
                                     FCB_COUNT(peers), NULL, no_failures });
    close_claims(&c);
}

void fcb_claims(const char *group)
{
    static const size_t sizes[] = { 4096, 1 << 16, 1 << 20, 16 << 20, 64 << 20, 256 << 20 };
    measure_slices(group);
    measure_reads(group, 4096, "1000R+1W", 1);
    measure_reads(group, 1 << 16, "1000R+1W", 1);
    measure_reads(group, 1 << 20, "1000R+1W(20_copies_scaled)", 50);
    measure_reads(group, 16 << 20, "1000R+1W(5_copies_scaled)", 200);
    size_t count = fcb_quick() ? FCB_COUNT(sizes) - 1 : FCB_COUNT(sizes);
    for (size_t i = 0; i < count; i++) {
        measure_first_write(group, sizes[i]);
    }
}
