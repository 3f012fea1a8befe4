/* SPDX-License-Identifier: MIT */

/* Large blocks with every cache line written, against malloc and free: what counts is whether the
 * pages of a released block are still there for the next. */
#include "harness.h"

#include <fc_buffer.h>

#include <stdlib.h>

#define LINE ((size_t)64)

struct large {
    size_t size;
    int failures;
};

static void touch(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += LINE) {
        bytes[i] = 1;
    }
    FCB_BARRIER();
}

static void malloc_touch_free(void *context, size_t times)
{
    struct large *l = context;
    for (size_t i = 0; i < times; i++) {
        uint8_t *bytes = malloc(l->size);
        if (bytes == NULL) {
            l->failures++;
            continue;
        }
        touch(bytes, l->size);
        free(bytes);
    }
}

static void alloc_touch_release(void *context, size_t times)
{
    struct large *l = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        uint8_t *bytes;
        if (fc_buffer_alloc_unsafe(&b, l->size) != FC_OK ||
            fc_buffer_begin_write(&bytes, &b) != FC_OK) {
            l->failures++;
            continue;
        }
        touch(bytes, l->size);
        fc_buffer_end_write(&b);
        fc_buffer_release(&b);
    }
}

static bool no_failures(void *context)
{
    return ((struct large *)context)->failures == 0;
}

void fcb_large(const char *group)
{
    static const struct fcb_peer peers[] = {
        { .name = "malloc_free", .run = malloc_touch_free },
        { .name = "fc_buffer", .run = alloc_touch_release },
    };
    static const size_t sizes[] = { 1 << 20, 16 << 20, 64 << 20, 256 << 20 };
    size_t count = fcb_quick() ? FCB_COUNT(sizes) - 1 : FCB_COUNT(sizes);
    for (size_t i = 0; i < count; i++) {
        struct large l = { sizes[i], 0 };
        fcb_measure(&(struct fcb_group){ group, "alloc_unsafe+touch+release", sizes[i], &l, peers,
                                         FCB_COUNT(peers), NULL, no_failures });
        fcb_require(l.failures == 0, "out of memory");
    }
}
