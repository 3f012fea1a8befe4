/* SPDX-License-Identifier: MIT */

/* The calls that share, part and write. The bytes are those of the pattern, so that a check needs
 * to know only which of them the call has changed. */

#include "base/common.h"

#include "oom.h"

/* ---- what is there beforehand ---------------------------------------------------------------- */

static void make_with(struct scene *scene, uint32_t flags)
{
    fc_alloc_options options = {
        .size = sizeof options,
        .allocator = scene->use_allocator ? &scene->allocator.base : NULL,
        .flags = flags,
    };
    fc_buffer *b = &scene->held[0];
    ck_assert_int_eq(fc_buffer_alloc_with(b, scene->length, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_write(b, 0, scene->memory, scene->length), FC_OK);
}

static void set_up_one(struct scene *scene)
{
    make_with(scene, FC_ALLOC_UNSAFE);
}

static void set_up_secret(struct scene *scene)
{
    make_with(scene, FC_ALLOC_SECRET);
}

/* held[0] is all of it, held[1] its middle. */
static void set_up_slice(struct scene *scene)
{
    set_up_one(scene);
    scene->held[1] = fc_buffer_slice(&scene->held[0], (ptrdiff_t)scene->length / 4,
                                     (ptrdiff_t)scene->length / 2);
}

/* And held[2] a snapshot, so that the next write has to detach. */
static void set_up_shared(struct scene *scene)
{
    set_up_slice(scene);
    scene->held[2] = fct_snapshot(&scene->held[0]);
    ck_assert(fc_buffer_would_copy(&scene->held[0]));
}

static void set_up_frozen(struct scene *scene)
{
    set_up_slice(scene);
    ck_assert_int_eq(fc_buffer_freeze(&scene->held[0]), FC_OK);
}

static void set_up_pinned(struct scene *scene)
{
    uint8_t *address = NULL;
    set_up_one(scene);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &scene->held[0]), FC_OK);
    scene->pins = 1;
}

/* held[0] is a sixteenth of what it stands on. */
static void set_up_sixteenth(struct scene *scene)
{
    set_up_one(scene);
    fc_buffer_narrow(&scene->held[0], 0, (ptrdiff_t)scene->length / 16);
}

static void set_up_readonly(struct scene *scene)
{
    ck_assert_int_eq(fc_buffer_wrap_readonly(&scene->held[0], scene->memory, scene->length,
                                             fct_note_release, &scene->released),
                     FC_OK);
    scene->held[1] = fc_buffer_slice(&scene->held[0], (ptrdiff_t)scene->length / 4,
                                     (ptrdiff_t)scene->length / 2);
    scene->wraps = 1;
}

static void set_up_wrap_shared(struct scene *scene)
{
    ck_assert_int_eq(fc_buffer_wrap_shared(&scene->held[0], scene->memory, scene->length,
                                           fct_note_release, &scene->released),
                     FC_OK);
    scene->wraps = 1;
}

/* ---- sharing --------------------------------------------------------------------------------- */

static fc_status call_snapshot(struct scene *scene)
{
    return oom_made(scene, fc_buffer_snapshot(&scene->out, &scene->held[0]));
}

static fc_status call_copy(struct scene *scene)
{
    return oom_made(scene, fc_buffer_copy(&scene->out, &scene->held[0]));
}

static fc_status call_copy_slice(struct scene *scene)
{
    return oom_made(scene, fc_buffer_copy(&scene->out, &scene->held[1]));
}

static fc_status call_compact(struct scene *scene)
{
    return fc_buffer_compact(&scene->held[1]);
}

static fc_status call_freeze(struct scene *scene)
{
    return fc_buffer_freeze(&scene->held[0]);
}

static fc_status call_unshare(struct scene *scene)
{
    return fc_buffer_unshare(&scene->held[1]);
}

static void assert_held_pattern(const struct scene *scene, size_t except)
{
    size_t quarter = scene->length / 4;
    fct_assert_pattern(&scene->held[0], 0, except);
    fct_assert_pattern(&scene->held[1], quarter, except == FCT_NONE ? except : except - quarter);
    fct_assert_pattern(&scene->held[2], 0, FCT_NONE);
}

static void check_snapshot(struct scene *scene)
{
    ck_assert_uint_eq(fc_buffer_length(&scene->out), fc_buffer_length(&scene->held[0]));
    ck_assert(!fc_buffer_same_arena(&scene->out, &scene->held[0]));
    fct_assert_pattern(&scene->out, 0, FCT_NONE);
    assert_held_pattern(scene, FCT_NONE);
}

static void check_shared(struct scene *scene)
{
    check_snapshot(scene);
    ck_assert(fc_buffer_would_copy(&scene->out));
}

static void check_copied(struct scene *scene)
{
    check_snapshot(scene);
    ck_assert(fc_buffer_is_unique(&scene->out));
}

static void check_copied_slice(struct scene *scene)
{
    ck_assert_uint_eq(fc_buffer_length(&scene->out), fc_buffer_length(&scene->held[1]));
    fct_assert_pattern(&scene->out, scene->length / 4, FCT_NONE);
    assert_held_pattern(scene, FCT_NONE);
}

static void check_compact(struct scene *scene)
{
    assert_held_pattern(scene, FCT_NONE);
    ck_assert(!fc_buffer_same_arena(&scene->held[0], &scene->held[1]));
    ck_assert(fc_buffer_is_unique(&scene->held[1]));
    ck_assert_uint_eq(fc_buffer_offset(&scene->held[1]), 0);
}

static void check_compact_frozen(struct scene *scene)
{
    check_compact(scene);
    ck_assert_int_eq(fc_buffer_set(&scene->held[1], 0, 1), FC_ERR_FROZEN);
}

static void check_held(struct scene *scene)
{
    assert_held_pattern(scene, FCT_NONE);
    ck_assert(!fc_buffer_would_copy(&scene->held[0]));
}

/* ---- writing: always byte `length / 2 - 1` of the whole, the last of the slice -----------------
 */

static uint8_t other_byte(const struct scene *scene)
{
    return (uint8_t)~fct_pattern(scene->length / 2 - 1);
}

static fc_status call_write(struct scene *scene)
{
    uint8_t value = other_byte(scene);
    return fc_buffer_write(&scene->held[0], scene->length / 2 - 1, &value, 1);
}

static fc_status call_write_slice(struct scene *scene)
{
    uint8_t value = other_byte(scene);
    fc_buffer *slice = &scene->held[1];
    return fc_buffer_write(slice, fc_buffer_length(slice) - 1, &value, 1);
}

static fc_status call_set(struct scene *scene)
{
    return fc_buffer_set(&scene->held[0], scene->length / 2 - 1, other_byte(scene));
}

static fc_status call_copy_into(struct scene *scene)
{
    uint8_t value = other_byte(scene);
    return fc_buffer_copy_into(&scene->copied, &scene->held[0], scene->length / 2 - 1,
                               fc_view_of(&value, 1));
}

static fc_status call_copy_range_into(struct scene *scene)
{
    uint8_t bytes[3] = { 0, other_byte(scene), 0 };
    return fc_buffer_copy_range_into(&scene->copied, &scene->held[0], scene->length / 2 - 1,
                                     fc_view_of(bytes, 3), 1, 2);
}

/* All of it, from the snapshot: nothing seems to change, but the block does. */
static fc_status call_write_whole(struct scene *scene)
{
    return fc_buffer_write(&scene->held[0], 0, fc_buffer_data(&scene->held[2]), scene->length);
}

static fc_status call_begin_write(struct scene *scene)
{
    fc_status status = fc_buffer_begin_write(&scene->address, &scene->held[0]);
    scene->pins += status == FC_OK ? 1 : 0;
    return status;
}

static void check_written(struct scene *scene)
{
    size_t place = scene->length / 2 - 1;
    assert_held_pattern(scene, place);
    ck_assert_uint_eq(fct_get(&scene->held[0], place), other_byte(scene));
    ck_assert(!fc_buffer_would_copy(&scene->held[0]));
}

static void check_copied_into(struct scene *scene)
{
    check_written(scene);
    ck_assert_uint_eq(scene->copied, 1);
}

/* The memory went back with the write, unwritten. */
static void check_written_readonly(struct scene *scene)
{
    check_written(scene);
    ck_assert_int_eq(scene->released.calls, 1);
    ck_assert_uint_eq(scene->memory[scene->length / 2 - 1], fct_pattern(scene->length / 2 - 1));
}

static void check_begun(struct scene *scene)
{
    check_held(scene);
    ck_assert_ptr_eq(scene->address, fc_buffer_data(&scene->held[0]));
}

const struct oom_case oom_cases_share[] = {
    { "snapshot, shared", SHARED, true, set_up_one, call_snapshot, check_shared },
    { "snapshot, of a snapshot", SHARED, true, set_up_shared, call_snapshot, check_shared },
    { "snapshot, short", SMALL, true, set_up_slice, call_snapshot, check_copied },
    { "snapshot, pinned", SHARED, true, set_up_pinned, call_snapshot, check_copied },
    { "snapshot, a sixteenth", SHARED, true, set_up_sixteenth, call_snapshot, check_copied },
    { "snapshot, secret", SHARED, true, set_up_secret, call_snapshot, check_copied },
    { "snapshot, of shared memory", SHARED, true, set_up_wrap_shared, call_snapshot, check_copied },
    { "snapshot, frozen", SHARED, true, set_up_frozen, call_snapshot, check_shared },
    { "snapshot, read-only", SHARED, true, set_up_readonly, call_snapshot, check_shared },
    { "write that detaches", SHARED, true, set_up_shared, call_write, check_written },
    { "write that detaches, large", 2 * MIB, true, set_up_shared, call_write, check_written },
    { "write through a slice", SHARED, true, set_up_shared, call_write_slice, check_written },
    { "write of all", SHARED, true, set_up_shared, call_write_whole, check_held },
    { "write, read-only", MIDDLE, true, set_up_readonly, call_write, check_written_readonly },
    { "write in place", SHARED, false, set_up_slice, call_write, check_written },
    { "set that detaches", SHARED, true, set_up_shared, call_set, check_written },
    { "set, read-only", SMALL, true, set_up_readonly, call_set, check_written_readonly },
    { "copy_into that detaches", SHARED, true, set_up_shared, call_copy_into, check_copied_into },
    { "copy_range_into that detaches", SHARED, true, set_up_shared, call_copy_range_into,
      check_copied_into },
    { "begin_write that detaches", SHARED, true, set_up_shared, call_begin_write, check_begun },
    { "begin_write, read-only", SMALL, true, set_up_readonly, call_begin_write, check_begun },
    { "begin_write in place", SHARED, false, set_up_slice, call_begin_write, check_begun },
    { "unshare", SHARED, true, set_up_shared, call_unshare, check_held },
    { "unshare, read-only", SHARED, true, set_up_readonly, call_unshare, check_held },
    { "copy, small", SMALL, true, set_up_one, call_copy, check_copied },
    { "copy, middle", MIDDLE, true, set_up_one, call_copy, check_copied },
    { "copy, large", 2 * MIB, true, set_up_one, call_copy, check_copied },
    { "copy, of a slice", SHARED, true, set_up_slice, call_copy_slice, check_copied_slice },
    { "compact, small", SMALL, true, set_up_slice, call_compact, check_compact },
    { "compact, middle", SHARED, true, set_up_slice, call_compact, check_compact },
    { "compact, shared", SHARED, true, set_up_shared, call_compact, check_compact },
    { "compact, frozen", SHARED, true, set_up_frozen, call_compact, check_compact_frozen },
    { "compact, read-only", MIDDLE, true, set_up_readonly, call_compact, check_compact },
    { "freeze", SHARED, false, set_up_slice, call_freeze, check_held },
    { NULL, 0, false, NULL, NULL, NULL },
};
