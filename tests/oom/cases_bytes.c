/* SPDX-License-Identifier: MIT */

/* The calls that fill, reorder and join. held[0] is what is written, held[1] its second quarter and
 * held[2] a snapshot of it, so that each write has to detach. */

#include "base/common.h"

#include "oom.h"

/* ---- writing --------------------------------------------------------------------------------- */

void oom_set_up_shared(struct scene *scene)
{
    fc_alloc_options options = {
        .size = sizeof options,
        .allocator = scene->use_allocator ? &scene->allocator.base : NULL,
    };
    fc_buffer *b = &scene->held[0];
    ptrdiff_t quarter = (ptrdiff_t)scene->length / 4;
    ck_assert_int_eq(fc_buffer_alloc_with(b, scene->length, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_write(b, 0, scene->memory, scene->length), FC_OK);
    scene->held[1] = fc_buffer_slice(b, quarter, 2 * quarter);
    scene->held[2] = fct_snapshot(b);
    ck_assert(fc_buffer_would_copy(b));
}

void oom_set_up_alone(struct scene *scene)
{
    oom_set_up_shared(scene);
    fc_buffer_release(&scene->held[2]);
}

static fc_status call_fill(struct scene *scene)
{
    return fc_buffer_fill(&scene->held[1], 0, FC_END, 'f');
}

static fc_status call_fill_bytes(struct scene *scene)
{
    return fc_buffer_fill_bytes(&scene->held[1], 0, FC_END, FC_VIEW_LITERAL("abc"));
}

/* With bytes of its own. */
static fc_status call_fill_self(struct scene *scene)
{
    return fc_buffer_fill_bytes(&scene->held[1], 0, FC_END,
                                fc_view_slice(fc_buffer_view(&scene->held[1]), 8, 16));
}

static fc_status call_copy_within(struct scene *scene)
{
    return fc_buffer_copy_within(&scene->held[1], 0, 8, FC_END);
}

static fc_status call_swap16(struct scene *scene)
{
    return fc_buffer_swap16(&scene->held[1]);
}

static fc_status call_swap32(struct scene *scene)
{
    return fc_buffer_swap32(&scene->held[1]);
}

static fc_status call_swap64(struct scene *scene)
{
    return fc_buffer_swap64(&scene->held[1]);
}

static fc_status call_reverse(struct scene *scene)
{
    return fc_buffer_reverse(&scene->held[1]);
}

void oom_assert_written(const struct scene *scene, oom_byte_fn *byte)
{
    size_t quarter = scene->length / 4;
    const uint8_t *bytes = fc_buffer_data(&scene->held[0]);
    for (size_t i = 0; i < scene->length; i++) {
        bool written = i >= quarter && i < 2 * quarter;
        if (bytes[i] != (written ? byte(scene, i - quarter) : fct_pattern(i))) {
            ck_abort_msg("byte %zu", i);
        }
    }
    ck_assert_ptr_eq(fc_buffer_data(&scene->held[1]), bytes + quarter);
    ck_assert(!fc_buffer_would_copy(&scene->held[0]));
    fct_assert_pattern(&scene->held[2], 0, FCT_NONE);
}

static uint8_t filled(const struct scene *scene, size_t i)
{
    (void)scene;
    (void)i;
    return 'f';
}

static uint8_t repeated(const struct scene *scene, size_t i)
{
    (void)scene;
    return (uint8_t)("abc"[i % 3]);
}

static uint8_t own(const struct scene *scene, size_t i)
{
    return fct_pattern(scene->length / 4 + 8 + i % 8);
}

static uint8_t moved(const struct scene *scene, size_t i)
{
    size_t quarter = scene->length / 4;
    return fct_pattern(quarter + (i + 8 < quarter ? i + 8 : i));
}

static uint8_t swapped16(const struct scene *scene, size_t i)
{
    return fct_pattern(scene->length / 4 + (i ^ 1));
}

static uint8_t swapped32(const struct scene *scene, size_t i)
{
    return fct_pattern(scene->length / 4 + (i ^ 3));
}

static uint8_t swapped64(const struct scene *scene, size_t i)
{
    return fct_pattern(scene->length / 4 + (i ^ 7));
}

static uint8_t reversed(const struct scene *scene, size_t i)
{
    return fct_pattern(2 * (scene->length / 4) - 1 - i);
}

#define CHECK(byte)                                                                                \
    static void check_##byte(struct scene *scene)                                                  \
    {                                                                                              \
        oom_assert_written(scene, byte);                                                           \
    }
CHECK(filled)
CHECK(repeated)
CHECK(own)
CHECK(moved)
CHECK(swapped16)
CHECK(swapped32)
CHECK(swapped64)
CHECK(reversed)

/* ---- joining --------------------------------------------------------------------------------- */

static fc_status call_concat(struct scene *scene)
{
    return oom_made(scene, fc_buffer_concat(&scene->out, scene->held, OOM_HELD));
}

static fc_status call_concat_total(struct scene *scene)
{
    return oom_made(scene,
                    fc_buffer_concat_total(&scene->out, scene->held, OOM_HELD, 3 * scene->length));
}

static fc_status call_concat_views(struct scene *scene)
{
    fc_view list[] = { fc_buffer_view(&scene->held[0]), fc_buffer_view(&scene->held[1]),
                       fc_buffer_view(&scene->held[2]) };
    return oom_made(scene, fc_view_concat(&scene->out, list, 3));
}

static fc_status call_concat_views_total(struct scene *scene)
{
    fc_view list[] = { fc_view_of(scene->memory, scene->length), fc_buffer_view(&scene->held[1]),
                       fc_buffer_view(&scene->held[2]) };
    return oom_made(scene, fc_view_concat_total(&scene->out, list, 3, 3 * scene->length));
}

/* All, the second quarter, all, and perhaps zeroes. */
static void assert_joined(const struct scene *scene, size_t total)
{
    size_t length = scene->length, quarter = length / 4;
    const uint8_t *bytes = fc_buffer_data(&scene->out);
    ck_assert_uint_eq(fc_buffer_length(&scene->out), total);
    ck_assert(memcmp(bytes, scene->memory, length) == 0);
    ck_assert(memcmp(bytes + length, scene->memory + quarter, quarter) == 0);
    ck_assert(memcmp(bytes + length + quarter, scene->memory, length) == 0);
    for (size_t i = 2 * length + quarter; i < total; i++) {
        ck_assert_uint_eq(bytes[i], 0);
    }
    ck_assert(fc_buffer_would_copy(&scene->held[0]));
}

static void check_joined(struct scene *scene)
{
    assert_joined(scene, 2 * scene->length + scene->length / 4);
}

static void check_joined_total(struct scene *scene)
{
    assert_joined(scene, 3 * scene->length);
}

const struct oom_case oom_cases_bytes[] = {
    { "fill that detaches", SHARED, true, oom_set_up_shared, call_fill, check_filled },
    { "fill in place", SHARED, false, oom_set_up_alone, call_fill, check_filled },
    { "fill_bytes that detaches", SHARED, true, oom_set_up_shared, call_fill_bytes,
      check_repeated },
    { "fill_bytes of itself", SHARED, true, oom_set_up_shared, call_fill_self, check_own },
    { "fill_bytes of itself in place", SHARED, false, oom_set_up_alone, call_fill_self, check_own },
    { "copy_within that detaches", SHARED, true, oom_set_up_shared, call_copy_within, check_moved },
    { "swap16 that detaches", SHARED, true, oom_set_up_shared, call_swap16, check_swapped16 },
    { "swap32 that detaches", SHARED, true, oom_set_up_shared, call_swap32, check_swapped32 },
    { "swap64 that detaches", SHARED, true, oom_set_up_shared, call_swap64, check_swapped64 },
    { "reverse that detaches", SHARED, true, oom_set_up_shared, call_reverse, check_reversed },
    { "reverse in place", SHARED, false, oom_set_up_alone, call_reverse, check_reversed },
    { "concat", SHARED, true, oom_set_up_shared, call_concat, check_joined },
    { "concat_total", SHARED, true, oom_set_up_shared, call_concat_total, check_joined_total },
    { "concat, views", SHARED, true, oom_set_up_shared, call_concat_views, check_joined },
    { "concat_total, views", SHARED, true, oom_set_up_shared, call_concat_views_total,
      check_joined_total },
    { NULL, 0, false, NULL, NULL, NULL },
};
