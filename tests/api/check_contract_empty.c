/* SPDX-License-Identifier: MIT */

/* Promises V1 to V4: the empty buffer in every place where a buffer can stand. Black box: the
 * public header only. */

#include "bytes.h"
#include "promise.h"

/* A handle full of nonsense: an empty result must replace all three words. */
static fc_buffer make_nonsense(void)
{
    return (fc_buffer){ .arena = (fc_arena *)(uintptr_t)0x10, .offset = 3, .length = 5 };
}

static void assert_empty(const fc_buffer *b)
{
    ck_assert_ptr_null(b->arena);
    ck_assert_uint_eq(fc_buffer_offset(b), 0);
    ck_assert_uint_eq(fc_buffer_length(b), 0);
}

/* Everything that makes a buffer, asked for nothing. */
static fc_status make_nothing(int how, fc_buffer *out)
{
    fc_alloc_options options = { .size = sizeof options,
                                 .alignment = 4096,
                                 .flags = FC_ALLOC_UNSAFE | FC_ALLOC_SECRET };
    static uint8_t byte;
    fc_buffer empty = FC_BUFFER_INIT;
    switch (how) {
    case 0:
        return fc_buffer_alloc(out, 0);
    case 1:
        return fc_buffer_alloc_fill(out, 0, fc_view_of(NULL, 0));
    case 2:
        return fc_buffer_alloc_fill(out, 0, FC_VIEW_LITERAL("x"));
    case 3:
        return fc_buffer_alloc_unsafe(out, 0);
    case 4:
        return fc_buffer_alloc_with(out, 0, &options);
    case 5:
        return fc_buffer_alloc_with(out, 0, NULL);
    case 6:
        return fc_buffer_from_bytes(out, NULL, 0);
    case 7:
        return fc_buffer_from_bytes(out, &byte, 0);
    case 8:
        return fc_buffer_wrap(out, NULL, 0, NULL, NULL);
    case 9:
        return fc_buffer_wrap_readonly(out, &byte, 0, NULL, NULL);
    case 10:
        return fc_buffer_wrap_shared(out, &byte, 0, NULL, NULL);
    case 11:
        return fc_buffer_read_file(out, "/dev/null");
    case 12:
        return fc_buffer_snapshot(out, &empty);
    default:
        return fc_buffer_copy(out, &empty);
    }
}
#define WAYS_TO_MAKE_NOTHING 14

START_TEST(asking_for_nothing_gives_the_empty_buffer)
{
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer out = make_nonsense();
    ck_assert_int_eq(make_nothing(_i, &out), FC_OK);
    assert_empty(&out);
    fc_buffer_release(&out);
    assert_empty(&out);
}
END_TEST

START_TEST(empty_buffer_is_owned_without_effect)
{
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer empty = FC_BUFFER_INIT;
    fc_buffer second = fc_buffer_retain(&empty);
    assert_empty(&second);
    fc_buffer_release(&second);
    second = fc_buffer_take(&empty);
    assert_empty(&second);
    assert_empty(&empty);
    static const ptrdiff_t positions[] = { 0, 1, -1, 100, PTRDIFF_MIN, FC_END };
    for (size_t i = 0; i < 36; i++) {
        ptrdiff_t begin = positions[i / 6], end = positions[i % 6];
        second = fc_buffer_slice(&empty, begin, end);
        assert_empty(&second);
        second = fc_buffer_subarray(&empty, begin, end);
        assert_empty(&second);
        fc_buffer_narrow(&empty, begin, end);
        assert_empty(&empty);
    }
}
END_TEST

START_TEST(empty_buffer_can_be_looked_at)
{
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer empty = FC_BUFFER_INIT;
    uint8_t value = 77;
    ck_assert_uint_eq(fc_buffer_view(&empty).length, 0);
    ck_assert(!fc_buffer_would_copy(&empty));
    ck_assert(!fc_buffer_is_unique(&empty));
    ck_assert_uint_eq(fc_buffer_retained_bytes(&empty), 0);
    ck_assert_int_eq(fc_buffer_get(&value, &empty, 0), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_at(&value, &empty, 0), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_at(&value, &empty, -1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_at(&value, &empty, PTRDIFF_MIN), FC_ERR_OUT_OF_RANGE);
    ck_assert_uint_eq(value, 77);
}
END_TEST

START_TEST(empty_buffer_can_be_shared_and_isolated)
{
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer empty = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_unshare(&empty), FC_OK);
    ck_assert_int_eq(fc_buffer_freeze(&empty), FC_OK);
    /* There is nothing that could be frozen. */
    ck_assert_int_eq(fc_buffer_unshare(&empty), FC_OK);
    ck_assert_int_eq(fc_buffer_compact(&empty), FC_OK);
    assert_empty(&empty);
}
END_TEST

START_TEST(empty_buffer_takes_empty_writes)
{
    uint8_t byte = 5, *address = NULL;
    size_t copied = 77;
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer empty = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_write(&empty, 0, NULL, 0), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&empty, 0, &byte, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write(&empty, 1, &byte, 0), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_general(&empty, 0, NULL, 0), FC_OK);
    ck_assert_int_eq(fc_buffer_write_general(&empty, 0, &byte, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_set(&empty, 0, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_copy_into(&copied, &empty, 0, fc_view_of(&byte, 1)), FC_OK);
    ck_assert_uint_eq(copied, 0);
    ck_assert_int_eq(fc_buffer_copy_into(NULL, &empty, 9, fc_buffer_view(&empty)), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &empty), FC_OK);
    ck_assert_ptr_nonnull(address);
    fc_buffer_end_write(&empty);
    assert_empty(&empty);
}
END_TEST

START_TEST(empty_buffer_is_a_source_of_nothing)
{
    PROMISE("V1",
            "The empty buffer is a legal argument everywhere: length 0 if and only if no arena, "
            "offset 0.");
    fc_buffer empty = FC_BUFFER_INIT, b = fct_make(40);
    fc_view nothing = fc_buffer_view(&empty);
    fc_buffer copy = make_nonsense();
    ck_assert_int_eq(fc_buffer_write(&b, 40, nothing.bytes, nothing.length), FC_OK);
    ck_assert_int_eq(fc_buffer_copy_into(NULL, &b, 0, nothing), FC_OK);
    ck_assert_int_eq(fc_buffer_from_bytes(&copy, nothing.bytes, nothing.length), FC_OK);
    assert_empty(&copy);
    ck_assert_int_eq(fc_buffer_alloc_fill(&copy, 1, nothing), FC_ERR_INVALID_ARG_VALUE);
    fc_view part = fc_view_slice(nothing, -1, FC_END);
    ck_assert_uint_eq(part.length, 0);
    part = fc_view_slice(fc_view_of(NULL, 0), 0, FC_END);
    ck_assert_uint_eq(part.length, 0);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(empty_buffer_owns_nothing_and_has_an_address)
{
    PROMISE("V2",
            "The empty buffer owns nothing; its address is valid for zero bytes and not NULL.");
    size_t before = fct_alive();
    for (int how = 0; how < WAYS_TO_MAKE_NOTHING; how++) {
        fc_buffer out = make_nonsense();
        ck_assert_int_eq(make_nothing(how, &out), FC_OK);
        ck_assert_uint_eq(fct_alive(), before);
        ck_assert_ptr_nonnull(fc_buffer_data(&out));
        ck_assert_ptr_nonnull(fc_buffer_view(&out).bytes);
        ck_assert_int_eq(memcmp(fc_buffer_data(&out), "", fc_buffer_length(&out)), 0);
    }
}
END_TEST

START_TEST(empty_buffer_takes_nothing_from_an_allocator)
{
    struct fct_allocator allocator;
    PROMISE("V2",
            "The empty buffer owns nothing; its address is valid for zero bytes and not NULL.");
    fct_allocator_init(&allocator);
    fc_alloc_options options = { .size = sizeof options, .allocator = &allocator.base };
    fc_buffer out = make_nonsense();
    ck_assert_int_eq(fc_buffer_alloc_with(&out, 0, &options), FC_OK);
    assert_empty(&out);
    ck_assert_uint_eq(allocator.total, 0);
}
END_TEST

START_TEST(empty_slice_pins_nothing)
{
    struct fct_allocator allocator;
    PROMISE("V3", "An empty slice is the empty buffer: it pins nothing.");
    static const ptrdiff_t ranges[][2] = { { 0, 0 },        { 50, 50 },
                                           { 100, FC_END }, { 200, 300 },
                                           { 60, 50 },      { -1, -1 },
                                           { 0, -100 },     { FC_END, PTRDIFF_MIN } };
    fct_allocator_init(&allocator);
    fc_alloc_options options = { .size = sizeof options, .allocator = &allocator.base };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_alloc_with(&b, 100, &options), FC_OK);
        fc_buffer slice = fc_buffer_slice(&b, ranges[i][0], ranges[i][1]);
        assert_empty(&slice);
        ck_assert(fc_buffer_is_unique(&b));
        fc_buffer narrowed = fc_buffer_retain(&b);
        fc_buffer_narrow(&narrowed, ranges[i][0], ranges[i][1]);
        assert_empty(&narrowed);
        ck_assert(fc_buffer_is_unique(&b));
        fc_buffer_release(&b);
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

START_TEST(empty_buffers_share_no_arena)
{
    PROMISE("V4", "Two buffers are on the same arena only if neither is empty.");
    fc_buffer empty = FC_BUFFER_INIT, other = FC_BUFFER_INIT, b = fct_make(40);
    ck_assert(!fc_buffer_same_arena(&empty, &empty));
    ck_assert(!fc_buffer_same_arena(&empty, &other));
    ck_assert(!fc_buffer_same_arena(&empty, &b));
    ck_assert(!fc_buffer_same_arena(&b, &empty));
    /* Slices that do not overlap are on one arena all the same; a slice of nothing is on none. */
    fc_buffer left = fc_buffer_slice(&b, 0, 10), right = fc_buffer_slice(&b, 30, 40);
    fc_buffer none = fc_buffer_slice(&b, 10, 10);
    ck_assert(fc_buffer_same_arena(&left, &right));
    ck_assert(fc_buffer_same_arena(&b, &b));
    ck_assert(!fc_buffer_same_arena(&b, &none));
    fc_buffer_release(&b), fc_buffer_release(&left), fc_buffer_release(&right);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: the empty buffer");
    TCase *empty = tcase_create("empty");
    tcase_add_checked_fixture(empty, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(empty, 300);
    tcase_add_loop_test(empty, asking_for_nothing_gives_the_empty_buffer, 0, WAYS_TO_MAKE_NOTHING);
    tcase_add_test(empty, empty_buffer_is_owned_without_effect);
    tcase_add_test(empty, empty_buffer_can_be_looked_at);
    tcase_add_test(empty, empty_buffer_can_be_shared_and_isolated);
    tcase_add_test(empty, empty_buffer_takes_empty_writes);
    tcase_add_test(empty, empty_buffer_is_a_source_of_nothing);
    tcase_add_test(empty, empty_buffer_owns_nothing_and_has_an_address);
    tcase_add_test(empty, empty_buffer_takes_nothing_from_an_allocator);
    tcase_add_test(empty, empty_slice_pins_nothing);
    tcase_add_test(empty, empty_buffers_share_no_arena);
    suite_add_tcase(suite, empty);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
