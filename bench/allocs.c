/* SPDX-License-Identifier: MIT */

/* What making and dropping a buffer costs: against the C library's malloc, calloc and free, which
 * give bytes without a count, an arena or a length. Also snapshots, against copying. Large blocks
 * that somebody writes are in large.c. */
#include "harness.h"

#include <fc_buffer.h>

#include <stdlib.h>
#include <string.h>

struct allocs {
    size_t size;
    fc_buffer source;
    int failures;
};

/* The size is opaque: no allocator's inline part may pick its path when this is compiled. */
static void malloc_free(void *context, size_t times)
{
    size_t size = ((struct allocs *)context)->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        void *bytes = malloc(size);
        FCB_OPAQUE(bytes);
        free(bytes);
    }
}

static void calloc_free(void *context, size_t times)
{
    size_t size = ((struct allocs *)context)->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        void *bytes = calloc(1, size);
        FCB_OPAQUE(bytes);
        free(bytes);
    }
}

static void alloc_unsafe_release(void *context, size_t times)
{
    struct allocs *a = context;
    size_t size = a->size;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        FCB_OPAQUE(size);
        a->failures += fc_buffer_alloc_unsafe(&b, size) != FC_OK;
        FCB_ESCAPE(&b);
        fc_buffer_release(&b);
    }
}

static void alloc_release(void *context, size_t times)
{
    struct allocs *a = context;
    size_t size = a->size;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        FCB_OPAQUE(size);
        a->failures += fc_buffer_alloc(&b, size) != FC_OK;
        FCB_ESCAPE(&b);
        fc_buffer_release(&b);
    }
}

static void malloc_copy_free(void *context, size_t times)
{
    struct allocs *a = context;
    size_t size = a->size;
    const uint8_t *source = fc_buffer_data(&a->source);
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        void *bytes = malloc(size);
        if (bytes == NULL) {
            a->failures++;
            continue;
        }
        memcpy(bytes, source, size);
        FCB_OPAQUE(bytes);
        free(bytes);
    }
}

static void snapshot_release(void *context, size_t times)
{
    struct allocs *a = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        a->failures += fc_buffer_snapshot(&snapshot, &a->source) != FC_OK;
        FCB_ESCAPE(&snapshot);
        fc_buffer_release(&snapshot);
    }
}

static bool no_failures(void *context)
{
    return ((struct allocs *)context)->failures == 0;
}

static void measure(const char *group, const char *op, size_t size, const struct fcb_peer *peers)
{
    struct allocs a = { size, FC_BUFFER_INIT, 0 };
    fcb_require(fc_buffer_alloc(&a.source, size) == FC_OK, "out of memory");
    fcb_measure(&(struct fcb_group){ group, op, size, &a, peers, 2, NULL, no_failures });
    fcb_require(a.failures == 0, "out of memory");
    fc_buffer_release(&a.source);
}

void fcb_allocs(const char *group)
{
    static const struct fcb_peer unsafe[] = {
        { .name = "malloc_free", .run = malloc_free },
        { .name = "fc_buffer", .run = alloc_unsafe_release },
    };
    static const struct fcb_peer zeroed[] = {
        { .name = "calloc_free", .run = calloc_free },
        { .name = "fc_buffer", .run = alloc_release },
    };
    static const struct fcb_peer snapshots[] = {
        { .name = "malloc_copy_free", .run = malloc_copy_free },
        { .name = "fc_buffer", .run = snapshot_release },
    };
    static const size_t sizes[] = { 16, 32, 64, 128, 256, 4096, 65536, 1 << 20 };
    static const size_t snapshot_sizes[] = { 64, 4096, 65536, 1 << 20, 16 << 20 };
    for (size_t i = 0; i < FCB_COUNT(sizes); i++) {
        measure(group, "alloc_unsafe+release", sizes[i], unsafe);
        measure(group, "alloc+release", sizes[i], zeroed);
    }
    for (size_t i = 0; i < FCB_COUNT(snapshot_sizes); i++) {
        measure(group, "snapshot+release", snapshot_sizes[i], snapshots);
    }
}
