/* SPDX-License-Identifier: MIT */

/* The C library: malloc and free, copies into fresh blocks, and iconv. */
#include "peers/peers.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static void alloc_release(void *context, size_t times)
{
    size_t size = ((struct fcb_job *)context)->size;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(size);
        void *bytes = malloc(size);
        FCB_OPAQUE(bytes);
        free(bytes);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        void *bytes = malloc(job->size);
        fcb_require(bytes != NULL, "out of memory");
        memcpy(bytes, job->from, job->size);
        FCB_OPAQUE(bytes);
        free(bytes);
    }
}

static void open_iconv(struct fcb_job *job, const char *to, const char *from)
{
    job->object = iconv_open(to, from);
    fcb_require(job->object != (iconv_t)-1, "iconv does not know an encoding"); /* NOLINT */
}

static void utf8_to_utf16_begin(struct fcb_job *job)
{
    open_iconv(job, "UTF-16LE", "UTF-8");
}

static void utf16_to_utf8_begin(struct fcb_job *job)
{
    open_iconv(job, "UTF-8", "UTF-16LE");
}

static void latin1_to_utf8_begin(struct fcb_job *job)
{
    open_iconv(job, "UTF-8", "ISO-8859-1");
}

static void close_iconv(struct fcb_job *job)
{
    (void)iconv_close(job->object);
}

static size_t convert(struct fcb_job *job)
{
    const void *from = job->from;
    char *in, *out = (char *)job->to;
    size_t left = job->size, room = job->room;
    memcpy(&in, &from, sizeof in);
    (void)iconv(job->object, &in, &left, &out, &room);
    return job->room - room;
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "utf8_to_utf16", .code = convert, .begin = utf8_to_utf16_begin, .end = close_iconv },
    { .op = "utf16_to_utf8", .code = convert, .begin = utf16_to_utf8_begin, .end = close_iconv },
    { .op = "latin1_to_utf8", .code = convert, .begin = latin1_to_utf8_begin, .end = close_iconv },
    { .op = NULL },
};

const struct fcb_library fcb_library_libc = { .name = "libc", .offers = offers };
