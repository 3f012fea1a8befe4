/* SPDX-License-Identifier: MIT */

/* GLib: GBytes, its base64 and its UTF-8 validation. */
#include "peers/peers.h"

#include <glib.h>

static void alloc_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        GBytes *bytes = g_bytes_new_take(g_malloc(job->size), job->size);
        FCB_OPAQUE(bytes);
        g_bytes_unref(bytes);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        GBytes *bytes = g_bytes_new(job->from, job->size);
        FCB_OPAQUE(bytes);
        g_bytes_unref(bytes);
    }
}

static void handle_begin(struct fcb_job *job)
{
    job->object = g_bytes_new_take(g_malloc0(job->size), job->size);
}

static void handle_end(struct fcb_job *job)
{
    g_bytes_unref(job->object);
}

static void retain_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        GBytes *bytes = g_bytes_ref(job->object);
        FCB_OPAQUE(bytes);
        g_bytes_unref(bytes);
    }
}

static void slice_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        GBytes *bytes =
            g_bytes_new_from_bytes(job->object, FCB_SLICE_BEGIN, FCB_SLICE_END - FCB_SLICE_BEGIN);
        FCB_OPAQUE(bytes);
        g_bytes_unref(bytes);
    }
}

static size_t base64_encode(struct fcb_job *job)
{
    gint state = 0, save = 0;
    char *to = (char *)job->to;
    size_t made = g_base64_encode_step(job->from, job->size, FALSE, to, &state, &save);
    return made + g_base64_encode_close(FALSE, to + made, &state, &save);
}

static size_t base64_decode(struct fcb_job *job)
{
    gint state = 0;
    guint save = 0;
    return g_base64_decode_step((const char *)job->from, job->size, job->to, &state, &save);
}

static size_t utf8_validate(struct fcb_job *job)
{
    return g_utf8_validate_len((const char *)job->from, job->size, NULL) ? 1 : 0;
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "retain+release", .run = retain_release, .begin = handle_begin, .end = handle_end },
    { .op = "slice+release", .run = slice_release, .begin = handle_begin, .end = handle_end },
    { .op = "base64_encode", .code = base64_encode },
    { .op = "base64_decode", .code = base64_decode },
    { .op = "base64_decode_lines", .code = base64_decode },
    { .op = "utf8_validate", .code = utf8_validate },
    { .op = NULL },
};

const struct fcb_library fcb_library_glib = { .name = "glib", .offers = offers };
