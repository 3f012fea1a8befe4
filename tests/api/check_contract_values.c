/* SPDX-License-Identifier: MIT */

/* Promises V5 to V14: buffers are values with one owner each, and handles cost nothing. Black box:
 * the public header only. */

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

START_TEST(what_can_fail_returns_a_status)
{
    uint8_t value = 0, *address = NULL;
    size_t copied = 0;
    PROMISE("V5",
            "What can fail returns a status and puts its result through the first parameter.");
    fc_buffer b = FC_BUFFER_INIT, out = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, "value", 5), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 5);
    ck_assert_int_eq(fc_buffer_get(&value, &b, 1), FC_OK);
    ck_assert_uint_eq(value, 'a');
    ck_assert_int_eq(fc_buffer_at(&value, &b, -1), FC_OK);
    ck_assert_uint_eq(value, 'e');
    ck_assert_int_eq(fc_buffer_copy_into(&copied, &b, 3, FC_VIEW_LITERAL("xyz")), FC_OK);
    ck_assert_uint_eq(copied, 2);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    ck_assert_ptr_eq(address, fc_buffer_data(&b));
    fc_buffer_end_write(&b);
    ck_assert_int_eq(fc_buffer_snapshot(&out, &b), FC_OK);
    ck_assert_int_eq(memcmp(fc_buffer_data(&out), "valxy", 5), 0);
    fc_buffer_release(&b), fc_buffer_release(&out);
}
END_TEST

START_TEST(out_parameter_is_never_read)
{
    uint8_t bytes[40] = { 0 };
    fc_alloc_options options = { .size = sizeof options, .alignment = 64 };
    PROMISE("V6", "An out-parameter is never read: its old value is not released.");
    fc_buffer b = fct_make(40), kept = fct_make(40);
    for (int how = 0; how < 10; how++) {
        /* A release of the old value would leave `kept` dead. */
        fc_buffer out = kept;
        fc_status status = how == 0   ? fc_buffer_alloc(&out, 40)
                           : how == 1 ? fc_buffer_alloc_fill(&out, 40, FC_VIEW_LITERAL("x"))
                           : how == 2 ? fc_buffer_alloc_unsafe(&out, 40)
                           : how == 3 ? fc_buffer_alloc_with(&out, 40, &options)
                           : how == 4 ? fc_buffer_from_bytes(&out, bytes, 40)
                           : how == 5 ? fc_buffer_wrap(&out, bytes, 40, NULL, NULL)
                           : how == 6 ? fc_buffer_wrap_readonly(&out, bytes, 40, NULL, NULL)
                           : how == 7 ? fc_buffer_wrap_shared(&out, bytes, 40, NULL, NULL)
                           : how == 8 ? fc_buffer_snapshot(&out, &b)
                                      : fc_buffer_copy(&out, &b);
        ck_assert_int_eq(status, FC_OK);
        ck_assert(!fc_buffer_same_arena(&out, &kept));
        ck_assert(fc_buffer_is_unique(&kept));
        fc_buffer_release(&out);
    }
    fct_assert_pattern(&kept, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&kept);
}
END_TEST

#ifdef FC_CHECKS
START_TEST(out_among_the_inputs_stops)
{
    PROMISE("V7", "An out-parameter that is one of the inputs stops a checked build.");
    fc_buffer b = fct_make(_i % 2 == 0 ? 40 : SIZE);
    (void)!(_i < 2 ? fc_buffer_snapshot(&b, &b) : fc_buffer_copy(&b, &b));
}
END_TEST
#endif

/* Every handle that can be had without a status, from one buffer, in many orders. */
static void handle_without_failing(fc_buffer *b)
{
    fc_buffer second = fc_buffer_retain(b);
    fc_buffer slice = fc_buffer_slice(&second, 10, -10);
    fc_buffer part = fc_buffer_subarray(&slice, 5, 6);
    fc_buffer taken = fc_buffer_take(&second);
    fc_buffer_narrow(&taken, 1, FC_END);
    ck_assert_uint_eq(fc_buffer_length(&part), 1);
    ck_assert_ptr_eq(fc_buffer_data(&part), fc_buffer_data(b) + 15);
    ck_assert_ptr_eq(fc_buffer_view(&taken).bytes, fc_buffer_data(b) + 1);
    fc_buffer_release(&taken), fc_buffer_release(&slice), fc_buffer_release(&part);
}

START_TEST(handles_allocate_nothing)
{
    static const size_t sizes[] = { 40, 5000, 3 << 20 };
    struct fct_allocator allocator;
    PROMISE("V8",
            "Slice, subarray, retain, release, narrow, take, data, length and view cannot fail "
            "and allocate nothing.");
    fct_allocator_init(&allocator);
    fc_alloc_options options = { .size = sizeof options, .allocator = &allocator.base };
    for (size_t i = 0; i < 3; i++) {
        fc_buffer b = FC_BUFFER_INIT, own = fct_make(sizes[i]);
        ck_assert_int_eq(fc_buffer_alloc_with(&b, sizes[i], &options), FC_OK);
        size_t total = allocator.total, live = allocator.live, alive = fct_alive();
        /* Nor could they be given anything. */
        allocator.fail_after = total;
        for (int j = 0; j < 1000; j++) {
            handle_without_failing(&b);
            handle_without_failing(&own);
        }
        ck_assert_uint_eq(allocator.total, total);
        ck_assert_uint_eq(allocator.live, live);
        ck_assert_uint_eq(fct_alive(), alive);
        ck_assert(fc_buffer_is_unique(&b) && fc_buffer_is_unique(&own));
        allocator.fail_after = SIZE_MAX;
        fc_buffer_release(&b), fc_buffer_release(&own);
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

START_TEST(narrow_shrinks_this_handle_only)
{
    PROMISE("V9", "Narrow shrinks this handle in place and changes no count.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer narrow = fc_buffer_slice(&b, 100, 1100);
    intptr_t count = b.arena->count;
    fc_buffer_narrow(&narrow, 10, -10);
    ck_assert_int_eq(b.arena->count, count);
    ck_assert_uint_eq(fc_buffer_length(&narrow), 980);
    ck_assert_uint_eq(fc_buffer_offset(&narrow), 110);
    fct_assert_pattern(&narrow, 110, FCT_NONE);
    fc_buffer_narrow(&narrow, 0, FC_END);
    ck_assert_uint_eq(fc_buffer_length(&narrow), 980);
    ck_assert_uint_eq(fc_buffer_length(&b), SIZE);
    ck_assert(fc_buffer_same_arena(&b, &narrow));
    fc_buffer_release(&narrow);
    ck_assert(fc_buffer_is_unique(&b));
    /* Narrowing the only handle to nothing releases it. */
    fc_buffer_narrow(&b, 7, 7);
    ck_assert_uint_eq(fct_alive(), 0);
}
END_TEST

START_TEST(take_leaves_the_variable_empty)
{
    PROMISE("V10", "Take returns the handle and leaves the variable empty.");
    fc_buffer b = fct_make(SIZE), whole = fc_buffer_retain(&b);
    fc_buffer_narrow(&b, 5, 25);
    fc_buffer former = b;
    intptr_t count = b.arena->count;
    fc_buffer taken = fc_buffer_take(&b);
    ck_assert_ptr_null(b.arena);
    ck_assert_uint_eq(fc_buffer_offset(&b), 0);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
    ck_assert_int_eq(taken.arena->count, count);
    ck_assert_int_eq(memcmp(&taken, &former, sizeof taken), 0);
    fct_assert_pattern(&taken, 5, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&taken), fc_buffer_release(&whole);
}
END_TEST

/* The checked twin is linked into the program, whose symbols nobody finds by name. */
#ifndef FC_CHECKS
static const char *const inline_functions[] = {
    "fc_view_of",
    "fc_view_slice",
    "fc_position_clamp",
    "fc_copy",
    "fc_move",
    "fc_move_inline",
    "fc_arena_retain",
    "fc_arena_release",
    "fc_buffer_retain",
    "fc_buffer_release",
    "fc_buffer_take",
    "fc_buffer_slice",
    "fc_buffer_subarray",
    "fc_buffer_narrow",
    "fc_buffer_length",
    "fc_buffer_offset",
    "fc_buffer_data",
    "fc_buffer_view",
    "fc_buffer_same_arena",
    "fc_buffer_write",
    "fc_buffer_set",
    "fc_buffer_get",
    "fc_buffer_at",
};

START_TEST(inline_functions_are_found_by_name)
{
    PROMISE("V11",
            "Every inline function is exported too, so that other languages find it by name.");
    void *program = dlopen(NULL, RTLD_NOW);
    ck_assert_ptr_nonnull(program);
    /* Where the archive is linked instead of the shared library there are no names. */
    if (dlsym(program, "fc_stats_read") != NULL) {
        for (size_t i = 0; i < sizeof inline_functions / sizeof inline_functions[0]; i++) {
            ck_assert_msg(dlsym(program, inline_functions[i]) != NULL, "%s", inline_functions[i]);
        }
        size_t (*clamp)(ptrdiff_t, size_t) = NULL;
        void *found = dlsym(program, "fc_position_clamp");
        memcpy(&clamp, &found, sizeof clamp);
        ck_assert_uint_eq(clamp(-3, 10), 7);
    }
    (void)dlclose(program);
}
END_TEST
#endif

struct holder {
    int *calls;
    fc_buffer buffer;
    uint8_t bytes[100];
};

/* Frees the structure that held the buffer: whoever touches the variable now touches freed memory.
 */
static void free_holder(void *context, void *bytes, size_t length)
{
    struct holder *holder = context;
    ck_assert_ptr_eq(bytes, holder->bytes);
    ck_assert_uint_eq(length, sizeof holder->bytes);
    ck_assert_ptr_null(holder->buffer.arena);
    ck_assert_uint_eq(holder->buffer.offset, 0);
    ck_assert_uint_eq(holder->buffer.length, 0);
    (*holder->calls)++;
    memset(holder, 0xdb, sizeof *holder);
    free(holder);
}

START_TEST(callback_may_free_what_held_the_buffer)
{
    PROMISE("V12",
            "Release empties the variable before it drops the count: a callback may free the "
            "structure that holds it.");
    int calls = 0;
    for (int how = 0; how < 3; how++) {
        struct holder *holder = calloc(1, sizeof *holder);
        ck_assert_ptr_nonnull(holder);
        holder->calls = &calls;
        ck_assert_int_eq(fc_buffer_wrap(&holder->buffer, holder->bytes, sizeof holder->bytes,
                                        free_holder, holder),
                         FC_OK);
        if (how == 0) {
            fc_buffer_release(&holder->buffer);
        } else if (how == 1) {
            fc_buffer_narrow(&holder->buffer, 1, 1);
        } else {
            fc_buffer slice = fc_buffer_slice(&holder->buffer, 5, 10);
            fc_buffer_release(&slice);
            ck_assert_int_eq(calls, how);
            fc_buffer_release(&holder->buffer);
        }
        ck_assert_int_eq(calls, how + 1);
    }
}
END_TEST

START_TEST(second_release_of_a_variable_is_harmless)
{
    PROMISE("V13", "Releasing the same variable twice is harmless.");
    fc_buffer b = fct_make(SIZE), second = fc_buffer_retain(&b);
    for (int i = 0; i < 5; i++) {
        fc_buffer_release(&b);
        ck_assert_uint_eq(fc_buffer_length(&b), 0);
        ck_assert(fc_buffer_is_unique(&second));
    }
    fct_assert_pattern(&second, 0, FCT_NONE);
    fc_buffer_release(&second);
    fc_buffer_release(&second);
    {
        FC_BUFFER_AUTO fc_buffer left = fct_make(40);
        FC_BUFFER_AUTO fc_buffer right = fct_make(40);
        fc_buffer_release(&right);
        ck_assert_uint_eq(fc_buffer_length(&left), 40);
    }
    ck_assert_uint_eq(fct_alive(), 0);
}
END_TEST

START_TEST(assignment_makes_no_owner)
{
    PROMISE("V14",
            "Plain assignment is a move or a borrow, never a second owner; retain makes one.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer borrowed = b;
    ck_assert(fc_buffer_is_unique(&b) && fc_buffer_is_unique(&borrowed));
    fct_set(&borrowed, 3, 0);
    fct_assert_pattern(&b, 0, 3);
    fc_buffer owner = fc_buffer_retain(&borrowed);
    ck_assert_int_eq(memcmp(&owner, &b, sizeof b), 0);
    ck_assert(!fc_buffer_is_unique(&b) && !fc_buffer_is_unique(&owner));
    /* The move: one release for `b` and `borrowed` together, one for `owner`. */
    fc_buffer_release(&borrowed);
    ck_assert(fc_buffer_is_unique(&owner));
    fc_buffer_release(&owner);
    ck_assert_uint_eq(fct_alive(), 0);
}
END_TEST

/* A stop can only be watched from outside the process. */
#ifdef FC_CHECKS
static bool forks(void)
{
    const char *mode = getenv("CK_FORK");
    return mode == NULL || strcmp(mode, "no") != 0;
}
#endif

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: values");
    TCase *values = tcase_create("values");
    tcase_add_checked_fixture(values, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(values, 300);
    tcase_add_test(values, what_can_fail_returns_a_status);
    tcase_add_test(values, out_parameter_is_never_read);
    tcase_add_test(values, handles_allocate_nothing);
    tcase_add_test(values, narrow_shrinks_this_handle_only);
    tcase_add_test(values, take_leaves_the_variable_empty);
#ifndef FC_CHECKS
    tcase_add_test(values, inline_functions_are_found_by_name);
#endif
    tcase_add_test(values, callback_may_free_what_held_the_buffer);
    tcase_add_test(values, second_release_of_a_variable_is_harmless);
    tcase_add_test(values, assignment_makes_no_owner);
    suite_add_tcase(suite, values);
#ifdef FC_CHECKS
    TCase *stops = tcase_create("stops");
    if (forks()) {
        tcase_add_loop_test_raise_signal(stops, out_among_the_inputs_stops, SIGABRT, 0, 4);
    }
    suite_add_tcase(suite, stops);
#endif
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
