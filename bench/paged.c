/* SPDX-License-Identifier: MIT */

/* Page-granular copy-on-write against copying whole blocks and against fork: the first write after
 * a snapshot by size, a part of all pages written, a chain of kept snapshots, and a snapshot of
 * memory that stays where it is. */
#include "harness.h"

#include <fc_buffer.h>

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE ((size_t)4096)
#define MIB ((size_t)1 << 20)
#define CHAIN 50
#define CHAIN_COPIES 4
#define CHAIN_WRITES 10

struct paged {
    size_t size;
    size_t step; /* a byte is written at each multiple */
    fc_buffer whole, by_page;
    uint64_t random;
    int failures;
};

static fc_buffer make(size_t size, uint32_t flags)
{
    fc_alloc_options options = { .size = sizeof options, .flags = flags | FC_ALLOC_UNSAFE };
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
    value++;
    for (size_t at = 0; at < p->size; at += p->step) {
        p->failures += fc_buffer_write(b, at, &value, 1) != FC_OK;
    }
}

static void snapshot_and_write(struct paged *p, fc_buffer *b, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        p->failures += fc_buffer_snapshot(&snapshot, b) != FC_OK;
        write_pages(p, b);
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

/* ---- memory that stays where it is ----------------------------------------------------------- */

/* The child does nothing: this is the price of having it. */
static void by_fork(void *context, size_t times)
{
    struct paged *p = context;
    for (size_t i = 0; i < times; i++) {
        pid_t child = fork();
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

static void measure(const char *group, const char *op, size_t size, size_t step,
                    const struct fcb_peer *peers, size_t count)
{
    struct paged p = { .size = size, .step = step, .random = 1 };
    p.whole = make(size, 0);
    p.by_page = make(size, FC_ALLOC_PAGED);
    fcb_measure(&(struct fcb_group){ group, op, size, &p, peers, count, NULL, no_failures });
    fc_buffer_release(&p.whole);
    fc_buffer_release(&p.by_page);
}

void fcb_paged(const char *group)
{
    static const struct fcb_peer writes[] = {
        { .name = "whole_block", .run = by_whole_block },
        { .name = "paged", .run = by_page },
        { .name = "cold_copy", .run = copy_cold },
    };
    static const struct fcb_peer chains[] = {
        { .name = "whole_block", .run = chain_by_whole_block, .scale = 1.0 / CHAIN_COPIES },
        { .name = "paged", .run = chain_by_page, .scale = 1.0 / CHAIN },
    };
    static const struct fcb_peer pinned[] = {
        { .name = "fork", .run = by_fork },
        { .name = "paged", .run = by_pinned },
    };
    static const size_t sizes[] = { MIB, 2 * MIB, 16 * MIB, 64 * MIB, 256 * MIB, 1024 * MIB };
    size_t count = fcb_quick() ? 4 : FCB_COUNT(sizes);
    for (size_t i = 0; i < count; i++) {
        measure(group, "snapshot+write_1_byte", sizes[i], sizes[i], writes, FCB_COUNT(writes));
    }
    measure(group, "write_1%_of_pages", 64 * MIB, 100 * PAGE, writes, 2);
    measure(group, "write_10%_of_pages", 64 * MIB, 10 * PAGE, writes, 2);
    measure(group, "write_all_pages", 64 * MIB, PAGE, writes, 2);
    measure(group, "kept_snapshot+10_writes", 64 * MIB, 64 * MIB, chains, FCB_COUNT(chains));
    measure(group, "snapshot_in_place", 256 * MIB, 256 * MIB, pinned, FCB_COUNT(pinned));
}
