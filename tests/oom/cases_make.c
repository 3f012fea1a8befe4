/* SPDX-License-Identifier: MIT */

/* The calls that make buffers: of zeroes, of a pattern, of anything, from bytes and files, on
 * wrapped memory, and of text that shows bytes, in each size that takes its memory from another
 * place. */

#include "base/common.h"

#include "files.h"
#include "oom.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- making ---------------------------------------------------------------------------------- */

static fc_status call_alloc(struct scene *scene)
{
    return oom_made(scene, fc_buffer_alloc(&scene->out, scene->length));
}

static fc_status call_alloc_fill(struct scene *scene)
{
    return oom_made(scene,
                    fc_buffer_alloc_fill(&scene->out, scene->length, FC_VIEW_LITERAL("abc")));
}

static fc_status call_alloc_unsafe(struct scene *scene)
{
    return oom_made(scene, fc_buffer_alloc_unsafe(&scene->out, scene->length));
}

static fc_status alloc_with(struct scene *scene, size_t alignment, uint32_t flags)
{
    fc_alloc_options options = {
        .size = sizeof options,
        .alignment = alignment,
        .allocator = scene->use_allocator ? &scene->allocator.base : NULL,
        .flags = flags,
    };
    return oom_made(scene, fc_buffer_alloc_with(&scene->out, scene->length, &options));
}

static fc_status call_alloc_with(struct scene *scene)
{
    return alloc_with(scene, 1, 0);
}

static fc_status call_alloc_aligned(struct scene *scene)
{
    return alloc_with(scene, 4096, 0);
}

static fc_status call_alloc_secret(struct scene *scene)
{
    return alloc_with(scene, 1, FC_ALLOC_SECRET | FC_ALLOC_UNSAFE);
}

static fc_status call_from_bytes(struct scene *scene)
{
    return oom_made(scene, fc_buffer_from_bytes(&scene->out, scene->memory, scene->length));
}

static void check_length(struct scene *scene)
{
    ck_assert_uint_eq(fc_buffer_length(&scene->out), scene->length);
    ck_assert(fc_buffer_is_unique(&scene->out));
}

static void check_zeroes(struct scene *scene)
{
    const uint8_t *bytes = fc_buffer_data(&scene->out);
    check_length(scene);
    ck_assert_uint_eq(bytes[0], 0);
    ck_assert(memcmp(bytes, bytes + 1, scene->length - 1) == 0);
}

static void check_filled(struct scene *scene)
{
    const uint8_t *bytes = fc_buffer_data(&scene->out);
    check_length(scene);
    ck_assert(memcmp(bytes, "abc", 3) == 0);
    ck_assert(memcmp(bytes, bytes + 3, scene->length - 3) == 0);
}

static void check_pattern(struct scene *scene)
{
    check_length(scene);
    fct_assert_pattern(&scene->out, 0, FCT_NONE);
}

/* ---- files ----------------------------------------------------------------------------------- */

static fc_status call_read_file(struct scene *scene)
{
    char path[] = "oom-XXXXXX";
    fct_make_file(path, scene->memory, scene->length);
    fc_status status = oom_made(scene, fc_buffer_read_file(&scene->out, path));
    ck_assert_int_eq(unlink(path), 0);
    return status;
}

/* What cannot be mapped is read, and has then the same places to fail at. */
static fc_status call_map_file(struct scene *scene)
{
    char path[] = "oom-XXXXXX";
    fct_make_file(path, scene->memory, scene->length);
    fc_status status = oom_made(scene, fc_buffer_map_file(&scene->out, path));
    ck_assert_int_eq(unlink(path), 0);
    return status;
}

/* A pipe tells no size. Its bytes are gone once they are read: each call fills a new one. */
static fc_status call_read_pipe(struct scene *scene)
{
    int ends[2];
    char path[40];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_ge(fcntl(ends[1], F_SETPIPE_SZ, (int)MIB), (int)scene->length);
    ck_assert_int_eq(write(ends[1], scene->memory, scene->length), (ssize_t)scene->length);
    ck_assert_int_eq(close(ends[1]), 0);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    fc_status status = oom_made(scene, fc_buffer_read_file(&scene->out, path));
    ck_assert_int_eq(close(ends[0]), 0);
    return status;
}

/* ---- wrapping -------------------------------------------------------------------------------- */

static fc_status wrapped(struct scene *scene, fc_status status)
{
    ck_assert_int_eq(scene->released.calls, 0);
    scene->wraps = status == FC_OK ? 1 : 0;
    return oom_made(scene, status);
}

static fc_status call_wrap(struct scene *scene)
{
    return wrapped(scene, fc_buffer_wrap(&scene->out, scene->memory, scene->length,
                                         fct_note_release, &scene->released));
}

static fc_status call_wrap_readonly(struct scene *scene)
{
    return wrapped(scene, fc_buffer_wrap_readonly(&scene->out, scene->memory, scene->length,
                                                  fct_note_release, &scene->released));
}

static fc_status call_wrap_shared(struct scene *scene)
{
    return wrapped(scene, fc_buffer_wrap_shared(&scene->out, scene->memory, scene->length,
                                                fct_note_release, &scene->released));
}

static void check_wrapped(struct scene *scene)
{
    check_pattern(scene);
    ck_assert_ptr_eq(fc_buffer_data(&scene->out), scene->memory);
    ck_assert_int_eq(scene->released.calls, 0);
}

/* ---- text that shows bytes ------------------------------------------------------------------- */

static fc_view bytes_of(const struct scene *scene)
{
    return fc_view_of(scene->memory, scene->length);
}

static fc_status call_inspect(struct scene *scene)
{
    return oom_made(scene, fc_view_inspect(&scene->out, bytes_of(scene), SIZE_MAX));
}

static fc_status call_to_json(struct scene *scene)
{
    return oom_made(scene, fc_view_to_json(&scene->out, bytes_of(scene)));
}

static fc_status call_hex_dump(struct scene *scene)
{
    return oom_made(scene, fc_view_hex_dump(&scene->out, bytes_of(scene), 0));
}

static void check_shows(struct scene *scene, const char *head)
{
    ck_assert_uint_gt(fc_buffer_length(&scene->out), 2 * scene->length);
    ck_assert(memcmp(fc_buffer_data(&scene->out), head, strlen(head)) == 0);
    ck_assert(fc_buffer_is_unique(&scene->out));
}

static void check_inspect(struct scene *scene)
{
    check_shows(scene, "<Buffer 01 08 0f ");
}

static void check_json(struct scene *scene)
{
    check_shows(scene, "{\"type\":\"Buffer\",\"data\":[1,8,15,");
}

static void check_hex_dump(struct scene *scene)
{
    check_shows(scene, "00000000  01 08 0f ");
}

const struct oom_case oom_cases_make[] = {
    { "alloc, small", SMALL, true, NULL, call_alloc, check_zeroes },
    { "alloc, middle", MIDDLE, true, NULL, call_alloc, check_zeroes },
    { "alloc, large", 2 * MIB, true, NULL, call_alloc, check_zeroes },
    { "alloc, lazy", 8 * MIB, true, NULL, call_alloc, check_zeroes },
    { "alloc_fill, small", SMALL, true, NULL, call_alloc_fill, check_filled },
    { "alloc_fill, middle", MIDDLE, true, NULL, call_alloc_fill, check_filled },
    { "alloc_fill, large", 2 * MIB, true, NULL, call_alloc_fill, check_filled },
    { "alloc_unsafe, small", SMALL, true, NULL, call_alloc_unsafe, check_length },
    { "alloc_unsafe, middle", MIDDLE, true, NULL, call_alloc_unsafe, check_length },
    { "alloc_unsafe, large", 2 * MIB, true, NULL, call_alloc_unsafe, check_length },
    { "alloc_unsafe, huge", 8 * MIB, true, NULL, call_alloc_unsafe, check_length },
    { "alloc_with, small", SMALL, true, NULL, call_alloc_with, check_zeroes },
    { "alloc_with, middle", MIDDLE, true, NULL, call_alloc_with, check_zeroes },
    { "alloc_with, lazy", 8 * MIB, true, NULL, call_alloc_with, check_zeroes },
    { "alloc_with, small, aligned", SMALL, true, NULL, call_alloc_aligned, check_zeroes },
    { "alloc_with, middle, aligned", MIDDLE, true, NULL, call_alloc_aligned, check_zeroes },
    { "alloc_with, small, secret", SMALL, true, NULL, call_alloc_secret, check_length },
    { "alloc_with, large, secret", 2 * MIB, true, NULL, call_alloc_secret, check_length },
    { "from_bytes, small", SMALL, true, NULL, call_from_bytes, check_pattern },
    { "from_bytes, middle", MIDDLE, true, NULL, call_from_bytes, check_pattern },
    { "from_bytes, large", 2 * MIB, true, NULL, call_from_bytes, check_pattern },
    { "read_file, small", SMALL, true, NULL, call_read_file, check_pattern },
    { "read_file, middle", 200000, true, NULL, call_read_file, check_pattern },
    { "map_file, middle", 200000, true, NULL, call_map_file, check_pattern },
    { "read_file, short pipe", SMALL, true, NULL, call_read_pipe, check_pattern },
    { "read_file, long pipe", 200000, true, NULL, call_read_pipe, check_pattern },
    { "wrap", MIDDLE, true, NULL, call_wrap, check_wrapped },
    { "wrap_readonly", MIDDLE, true, NULL, call_wrap_readonly, check_wrapped },
    { "wrap_shared", MIDDLE, true, NULL, call_wrap_shared, check_wrapped },
    { "inspect, small", SMALL, true, NULL, call_inspect, check_inspect },
    { "inspect, middle", MIDDLE, true, NULL, call_inspect, check_inspect },
    { "to_json, small", SMALL, true, NULL, call_to_json, check_json },
    { "to_json, middle", MIDDLE, true, NULL, call_to_json, check_json },
    { "hex_dump, small", SMALL, true, NULL, call_hex_dump, check_hex_dump },
    { "hex_dump, middle", MIDDLE, true, NULL, call_hex_dump, check_hex_dump },
    { NULL, 0, false, NULL, NULL, NULL },
};
