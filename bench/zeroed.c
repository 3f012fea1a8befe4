/* SPDX-License-Identifier: MIT */

/* A zeroed gigabyte that nobody touches, against one that is cleared at once and against calloc;
 * also right after a dirty gigabyte of ours was released, which a library that recycles memory
 * would have to clear. What dirties a gigabyte is left out, by name, where memory is short. */
#include "harness.h"

#include <fc_buffer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GIBIBYTE ((size_t)1 << 30)
#define EAGER_PARTS 16

struct zeroed {
    size_t size;
    int failures;
};

static void zero_eagerly(void *context, size_t times)
{
    struct zeroed *c = context;
    for (size_t i = 0; i < times; i++) {
        uint8_t *bytes = malloc(c->size);
        FCB_OPAQUE(bytes);
        if (bytes == NULL) {
            c->failures++;
            continue;
        }
        memset(bytes, 0, c->size);
        FCB_ESCAPE(bytes);
        free(bytes);
    }
}

static void zero_calloc(void *context, size_t times)
{
    struct zeroed *c = context;
    for (size_t i = 0; i < times; i++) {
        void *bytes = calloc(1, c->size);
        FCB_OPAQUE(bytes);
        c->failures += bytes == NULL;
        free(bytes);
    }
}

static void zero_fc(void *context, size_t times)
{
    struct zeroed *c = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        c->failures += fc_buffer_alloc(&b, c->size) != FC_OK;
        FCB_ESCAPE(&b);
        fc_buffer_release(&b);
    }
}

/* Leaves behind as much dirty memory as our own blocks can. */
static void dirty_fc(void *context)
{
    struct zeroed *c = context;
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes;
    if (fc_buffer_alloc_unsafe(&b, c->size) != FC_OK ||
        fc_buffer_begin_write(&bytes, &b) != FC_OK) {
        c->failures++;
        return;
    }
    memset(bytes, 0xff, c->size);
    fc_buffer_end_write(&b);
    fc_buffer_release(&b);
}

static bool no_failures(void *context)
{
    return ((struct zeroed *)context)->failures == 0;
}

void fcb_zeroed(const char *group)
{
    /* A gigabyte cleared at once takes seconds: a part is made, and scaled. */
    static struct zeroed part = { GIBIBYTE / EAGER_PARTS, 0 };
    static const struct fcb_peer untouched[] = {
        { .name = "calloc_free", .run = zero_calloc },
        { .name = "fc_buffer", .run = zero_fc },
        { .name = "malloc_memset_free(part_scaled)",
          .run = zero_eagerly,
          .scale = EAGER_PARTS,
          .context = &part },
    };
    static const struct fcb_peer after_dirty[] = {
        { .name = "nothing_dirty", .run = zero_fc },
        { .name = "fc_buffer", .run = zero_fc, .prepare = dirty_fc },
    };
    struct zeroed c = { GIBIBYTE, 0 };
    fcb_measure(&(struct fcb_group){ group, "alloc+release", GIBIBYTE, &c, untouched,
                                     FCB_COUNT(untouched), NULL, no_failures });
    if (fcb_has_memory((size_t)4 << 30, "dirty GiB")) {
        fcb_measure(&(struct fcb_group){ group, "alloc+release_after_dirty", GIBIBYTE, &c,
                                         after_dirty, FCB_COUNT(after_dirty), NULL, no_failures });
    }
    fcb_require(c.failures == 0, "out of memory");
}
