/* SPDX-License-Identifier: MIT */

/* FFmpeg's libavutil: AVBuffer. A slice is a reference whose data pointer the caller has moved. */
#include "peers/peers.h"

#include <libavutil/buffer.h>
#include <string.h>

static AVBufferRef *made(AVBufferRef *buffer)
{
    fcb_require(buffer != NULL, "out of memory");
    FCB_OPAQUE(buffer);
    return buffer;
}

static void alloc_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        AVBufferRef *buffer = made(av_buffer_alloc(job->size));
        av_buffer_unref(&buffer);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        AVBufferRef *buffer = made(av_buffer_alloc(job->size));
        memcpy(buffer->data, job->from, job->size);
        FCB_BARRIER();
        av_buffer_unref(&buffer);
    }
}

static void handle_begin(struct fcb_job *job)
{
    job->object = made(av_buffer_allocz(job->size));
}

static void handle_end(struct fcb_job *job)
{
    AVBufferRef *buffer = job->object;
    av_buffer_unref(&buffer);
}

static void slice_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        AVBufferRef *buffer = made(av_buffer_ref(job->object));
        buffer->data += FCB_SLICE_BEGIN;
        buffer->size = FCB_SLICE_END - FCB_SLICE_BEGIN;
        av_buffer_unref(&buffer);
    }
}

static void retain_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        AVBufferRef *buffer = made(av_buffer_ref(job->object));
        av_buffer_unref(&buffer);
    }
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "retain+release", .run = retain_release, .begin = handle_begin, .end = handle_end },
    { .op = "slice+release", .run = slice_release, .begin = handle_begin, .end = handle_end },
    { .op = NULL },
};

const struct fcb_library fcb_library_ffmpeg = { .name = "ffmpeg", .offers = offers };
