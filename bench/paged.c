/* SPDX-License-Identifier: MIT */

/* Page-granular copy-on-write against copying whole blocks and against fork: the first write after
 * a snapshot by size, a part of all pages written, chains of kept snapshots, and a snapshot of
 * memory that stays where it is. */
#define _GNU_SOURCE

#include "harness.h"

#include <fc_buffer.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE ((size_t)4096)
#define MIB ((size_t)1 << 20)
#define CHAIN 50
#define CHAIN_COPIES 4
#define CHAIN_WRITES 10
#define LONG_CHAIN 1000
#define CHAIN_PART 100
#define PARTS (64 * MIB)
#define PART_ROUNDS 40

struct paged {
    size_t size;
    size_t step;         /* a byte is written in each piece of this length */
    bool moving;         /* and each time elsewhere in it */
    const uint8_t *call; /* or this many bytes of this, at once */
    size_t call_length;
    fc_buffer whole, by_page;
    uint64_t random;
    int failures;
};

static fc_buffer make(size_t size, uint32_t flags)
{
    /* A buffer aligned to more than a page never comes to be paged by itself. */
    size_t alignment = (flags & FC_ALLOC_PAGED) != 0 ? 0 : 2 * PAGE;
    fc_alloc_options options = { .size = sizeof options,
                                 .alignment = alignment,
                                 .flags = flags | FC_ALLOC_UNSAFE };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes;
    fcb_require(fc_buffer_alloc_with(&b, size, &options) == FC_OK, "out of memory");
    fcb_require(fc_buffer_begin_write(&bytes, &b) == FC_OK, "out of memory");
    memset(bytes, 1, size);
    fc_buffer_end_write(&b);
    return b;
}

static void write_pages(struct paged *p, fc_buffer *b)
{
    static uint8_t value;
    size_t at = p->moving ? fcb_random(&p->random) % p->step : 0;
    value++;
    for (; at < p->size; at += p->step) {
        p->failures += fc_buffer_write(b, at, &value, 1) != FC_OK;
    }
}

static void write_at_once(struct paged *p, fc_buffer *b)
{
    size_t at = fcb_random(&p->random) % (p->size - p->call_length);
    p->failures += fc_buffer_write(b, at, p->call, p->call_length) != FC_OK;
}

static void snapshot_and_write(struct paged *p, fc_buffer *b, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        p->failures += fc_buffer_snapshot(&snapshot, b) != FC_OK;
        if (p->call != NULL) {
            write_at_once(p, b);
        } else {
            write_pages(p, b);
        }
        fc_buffer_release(&snapshot);
    }
}

static void by_whole_block(void *context, size_t times)
{
    struct paged *p = context;
    snapshot_and_write(p, &p->whole, times);
}

static void by_page(void *context, size_t times)
{
    struct paged *p = context;
    snapshot_and_write(p, &p->by_page, times);
}

/* The same so often that a sample has in it what is done rarely: trying pages again. */
static void rounds_by_whole_block(void *context, size_t times)
{
    by_whole_block(context, PART_ROUNDS * times);
}

static void rounds_by_page(void *context, size_t times)
{
    by_page(context, PART_ROUNDS * times);
}

/* What a clone costs where no allocator keeps pages. */
static void copy_cold(void *context, size_t times)
{
    struct paged *p = context;
    for (size_t i = 0; i < times; i++) {
        void *copy =
            mmap(NULL, p->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        p->failures += copy == MAP_FAILED;
        if (copy != MAP_FAILED) {
            memcpy(copy, fc_buffer_data(&p->whole), p->size);
            FCB_ESCAPE(copy);
            (void)munmap(copy, p->size);
        }
    }
}

/* ---- kept snapshots -------------------------------------------------------------------------- */

static void chain(struct paged *p, fc_buffer *b, size_t length)
{
    static fc_buffer kept[CHAIN];
    for (size_t i = 0; i < length; i++) {
        p->failures += fc_buffer_snapshot(&kept[i], b) != FC_OK;
        for (size_t j = 0; j < CHAIN_WRITES; j++) {
            uint8_t value = (uint8_t)i;
            size_t at = fcb_random(&p->random) % p->size;
            p->failures += fc_buffer_write(b, at, &value, 1) != FC_OK;
        }
    }
    for (size_t i = 0; i < length; i++) {
        fc_buffer_release(&kept[i]);
    }
}

static void chain_by_whole_block(void *context, size_t times)
{
    struct paged *p = context;
    for (size_t i = 0; i < times; i++) {
        chain(p, &p->whole, CHAIN_COPIES);
    }
}

static void chain_by_page(void *context, size_t times)
{
    struct paged *p = context;
    for (size_t i = 0; i < times; i++) {
        chain(p, &p->by_page, CHAIN);
    }
}

/* A part of a long chain; the rest of it is there already. */
static fc_buffer long_chain[LONG_CHAIN];

static void lengthen(struct paged *p, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        uint8_t value = (uint8_t)i;
        p->failures += fc_buffer_snapshot(&long_chain[i], &p->by_page) != FC_OK;
        size_t at = fcb_random(&p->random) % p->size;
        p->failures += fc_buffer_write(&p->by_page, at, &value, 1) != FC_OK;
    }
}

static void begin_chain(void *context)
{
    (void)context;
    for (size_t i = 0; i < LONG_CHAIN; i++) {
        fc_buffer_release(&long_chain[i]);
    }
}

static void begin_end_of_chain(void *context)
{
    begin_chain(context);
    lengthen(context, 0, LONG_CHAIN - CHAIN_PART);
}

static void first_of_chain(void *context, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        lengthen(context, 0, CHAIN_PART);
    }
}

static void last_of_chain(void *context, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        lengthen(context, LONG_CHAIN - CHAIN_PART, LONG_CHAIN);
    }
}

/* ---- memory that stays where it is ----------------------------------------------------------- */

/* The child does nothing: this is the price of having it. Never in turns with others, for all of
 * the process has to be copied by who writes after a fork. A bare clone, because the handlers of
 * fork would seal the other peers' files. */
static void by_fork(void *context, size_t times)
{
    struct paged *p = context;
    for (size_t i = 0; i < times; i++) {
        pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
        if (child == 0) {
            _exit(0);
        }
        p->failures += child < 0 || waitpid(child, NULL, 0) != child;
        write_pages(p, &p->whole);
    }
}

static void by_pinned(void *context, size_t times)
{
    struct paged *p = context;
    uint8_t *bytes;
    p->failures += fc_buffer_begin_write(&bytes, &p->by_page) != FC_OK;
    by_page(context, times);
    fc_buffer_end_write(&p->by_page);
}

/* ---- groups ---------------------------------------------------------------------------------- */

static bool no_failures(void *context)
{
    return ((struct paged *)context)->failures == 0;
}

static void begin(struct paged *p)
{
    p->random = 1;
    p->whole = make(p->size, 0);
    p->by_page = make(p->size, FC_ALLOC_PAGED);
}

static void end(struct paged *p)
{
    fc_buffer_release(&p->whole);
    fc_buffer_release(&p->by_page);
}

static void measure(const char *group, const char *op, struct paged *p,
                    const struct fcb_peer *peers, size_t count)
{
    fcb_measure(&(struct fcb_group){ group, op, p->size, p, peers, count, NULL, no_failures });
}

static void measure_first_writes(const char *group)
{
    static const struct fcb_peer writes[] = {
        { .name = "whole_block", .run = by_whole_block },
        { .name = "paged", .run = by_page },
        { .name = "cold_copy", .run = copy_cold },
    };
    static const struct fcb_peer forks[] = { { .name = "fork", .run = by_fork } };
    static const size_t sizes[] = { 1, 2, 4, 16, 64, 256, 1024 };
    for (size_t i = 0; i < FCB_COUNT(sizes) - 2 * fcb_quick(); i++) {
        size_t size = sizes[i] * MIB;
        struct paged p = { .size = size, .step = size };
        if (fcb_has_memory(5 * size, "first write")) {
            begin(&p);
            /* A cold copy of more takes seconds, and tells nothing new. */
            measure(group, "snapshot+write_1_byte", &p, writes,
                    FCB_COUNT(writes) - (sizes[i] > 64));
            measure(group, "snapshot+write_1_byte", &p, forks, FCB_COUNT(forks));
            p.moving = true;
            measure(group, "snapshot+write_1_byte_anywhere", &p, writes, 2);
            end(&p);
        }
    }
}

static void measure_parts(const char *group)
{
    static const struct fcb_peer rounds[] = {
        { .name = "whole_block", .run = rounds_by_whole_block, .scale = 1.0 / PART_ROUNDS },
        { .name = "paged", .run = rounds_by_page, .scale = 1.0 / PART_ROUNDS },
    };
    static const struct {
        const char *op;
        size_t pages; /* one in so many */
        bool in_one_call;
    } parts[] = {
        { "write_1%_of_pages", 100, false },   { "write_10%_of_pages", 10, false },
        { "write_all_pages", 1, false },       { "write_1%_in_one_call", 100, true },
        { "write_10%_in_one_call", 10, true },
    };
    uint8_t *bytes = fcb_pages(PARTS / 10);
    for (size_t i = 0; i < FCB_COUNT(parts); i++) {
        struct paged part = { .size = PARTS, .step = parts[i].pages * PAGE, .moving = true };
        part.call = parts[i].in_one_call ? bytes : NULL;
        part.call_length = PARTS / parts[i].pages;
        begin(&part);
        measure(group, parts[i].op, &part, rounds, FCB_COUNT(rounds));
        end(&part);
    }
    fcb_pages_free(bytes);
}

static void measure_long_chain(const char *group)
{
    static const struct fcb_peer ends[] = {
        { .name = "first",
          .run = first_of_chain,
          .scale = 1.0 / CHAIN_PART,
          .prepare = begin_chain },
        { .name = "thousandth",
          .run = last_of_chain,
          .scale = 1.0 / CHAIN_PART,
          .prepare = begin_end_of_chain },
    };
    fc_stats before = { .size = sizeof before }, after = { .size = sizeof after };
    struct paged p = { .size = 64 * MIB };
    begin(&p);
    fcb_require(fc_stats_read(&before) == FC_OK, "no counters");
    measure(group, "chain_of_1000_kept_snapshots", &p, ends, FCB_COUNT(ends));
    begin_end_of_chain(&p);
    last_of_chain(&p, 1);
    fcb_require(fc_stats_read(&after) == FC_OK, "no counters");
    (void)fprintf(stderr, "bench: paged: a chain of %d snapshots of 64 MiB takes %zu MiB more\n",
                  LONG_CHAIN, (size_t)(after.paged_bytes - before.paged_bytes) >> 20);
    begin_chain(&p);
    end(&p);
}

void fcb_paged(const char *group)
{
    static const struct fcb_peer chains[] = {
        { .name = "whole_block", .run = chain_by_whole_block, .scale = 1.0 / CHAIN_COPIES },
        { .name = "paged", .run = chain_by_page, .scale = 1.0 / CHAIN },
    };
    static const struct fcb_peer pinned[] = {
        { .name = "fork", .run = by_fork },
        { .name = "paged", .run = by_pinned },
    };
    struct paged kept = { .size = 64 * MIB, .step = 64 * MIB };
    struct paged in_place = { .size = 256 * MIB, .step = 256 * MIB };
    measure_first_writes(group);
    measure_parts(group);
    begin(&kept);
    measure(group, "kept_snapshot+10_writes", &kept, chains, FCB_COUNT(chains));
    end(&kept);
    if (!fcb_quick()) {
        measure_long_chain(group);
    }
    begin(&in_place);
    measure(group, "snapshot_in_place", &in_place, pinned, FCB_COUNT(pinned));
    end(&in_place);
}
