/* SPDX-License-Identifier: MIT */

/* libevent: evbuffer. It has no handle on bytes but a buffer that refers to them; a slice is such a
 * reference, added to a buffer that lives on and drained from it again. */
#include "peers/peers.h"

#include <event2/buffer.h>

static void alloc_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        struct evbuffer *buffer = evbuffer_new();
        fcb_require(buffer != NULL && evbuffer_expand(buffer, job->size) == 0, "out of memory");
        FCB_OPAQUE(buffer);
        evbuffer_free(buffer);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        struct evbuffer *buffer = evbuffer_new();
        fcb_require(buffer != NULL && evbuffer_add(buffer, job->from, job->size) == 0,
                    "out of memory");
        FCB_OPAQUE(buffer);
        evbuffer_free(buffer);
    }
}

static void handle_begin(struct fcb_job *job)
{
    job->object = evbuffer_new();
    fcb_require(job->object != NULL, "out of memory");
}

static void handle_end(struct fcb_job *job)
{
    evbuffer_free(job->object);
}

static void slice_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    size_t length = FCB_SLICE_END - FCB_SLICE_BEGIN;
    for (size_t i = 0; i < times; i++) {
        fcb_require(evbuffer_add_reference(job->object, job->from + FCB_SLICE_BEGIN, length, NULL,
                                           NULL) == 0,
                    "out of memory");
        (void)evbuffer_drain(job->object, length);
    }
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "slice+release", .run = slice_release, .begin = handle_begin, .end = handle_end },
    { .op = NULL },
};

const struct fcb_library fcb_library_libevent = { .name = "libevent", .offers = offers };
