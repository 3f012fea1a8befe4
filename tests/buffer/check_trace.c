/* SPDX-License-Identifier: MIT */

/* FC_BUFFER_TRACE as a user's file sees it: this one is compiled with the macro. */

#define FC_BUFFER_TRACE 1

#include "base/common.h"

#include "base/state.h"

#include "bytes.h"
#include "trace.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define SIZE FCT_SHARED_SIZE
#define HERE __LINE__

/* The last report has this line of this file, with what it has done. */
static void assert_line(int line, const char *done)
{
    char wanted[200];
    (void)snprintf(wanted, sizeof wanted, "check_trace.c:%d: %s\n", line, done);
    ck_assert_msg(strstr(text, wanted) != NULL, "no %s in:\n%s", wanted, text);
}

static fc_buffer make(size_t length)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc(&b, length), FC_OK);
    return b;
}

static void assert_even(void)
{
    ck_assert_msg(report() == 0, "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "net 0 owners, 0 of "));
}

START_TEST(leak_is_named_by_its_line)
{
    fc_buffer b = FC_BUFFER_INIT;
    int made = HERE + 1;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, "leak", 4), FC_OK);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, "net 1 owners, 1 of "));
    ck_assert_ptr_nonnull(strstr(text, ", 4 bytes, keeps "));
    ck_assert_ptr_nonnull(strstr(text, ": owners +1, pins +0\n"));
    assert_line(made, "made 1");
    fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(every_line_of_an_arena_is_listed)
{
    fc_buffer b = make(SIZE), slices[3];
    int lines[6];
    for (size_t i = 0; i < 3; i++) {
        lines[0] = HERE + 1;
        slices[i] = fc_buffer_slice(&b, (ptrdiff_t)i, 100);
    }
    lines[1] = HERE + 1;
    fc_buffer sub = fc_buffer_subarray(&b, 5, -5), kept = FC_BUFFER_INIT;
    lines[2] = HERE + 1;
    kept = fc_buffer_retain(&sub);
    lines[3] = HERE + 1;
    fc_buffer_release(&sub), fc_buffer_release(&slices[0]);
    fc_buffer_release(&sub);
    lines[4] = HERE + 1;
    fc_buffer_narrow(&slices[1], 3, 3);
    fc_buffer_narrow(&kept, 3, 6);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners +3, pins +0\n"));
    assert_line(lines[0], "acquired 3");
    assert_line(lines[1], "acquired 1");
    assert_line(lines[2], "acquired 1");
    assert_line(lines[3], "released 2");
    assert_line(lines[4], "released 1");
    fc_buffer_release(&slices[2]), fc_buffer_release(&kept), fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(snapshots_and_moves_are_arenas_of_their_own)
{
    fc_buffer b = make(SIZE), snapshot = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_snapshot(&snapshot, &b), FC_OK);
    ck_assert_uint_eq(report(), 2);
    fc_buffer part = fc_buffer_slice(&b, 0, 9);
    int compacted = HERE + 1;
    ck_assert_int_eq(fc_buffer_compact(&part), FC_OK);
    ck_assert_uint_eq(report(), 3);
    assert_line(compacted, "made 1");
    assert_line(compacted, "released 1");
    int again = HERE + 1;
    ck_assert_int_eq(fc_buffer_compact(&part), FC_OK);
    ck_assert_uint_eq(report(), 3);
    assert_line(again, "acquired 1, released 1");
    fc_buffer moved = fc_buffer_take(&part);
    fc_buffer_release(&moved), fc_buffer_release(&snapshot), fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(scopes_release_and_empty_buffers_are_nothing)
{
    fc_buffer empty = make(0), none = fc_buffer_slice(&empty, 0, 5);
    fc_buffer_release(&none), fc_buffer_release(&empty);
    {
        FC_BUFFER_AUTO fc_buffer b = make(5);
        fc_buffer kept = fc_buffer_retain(&b);
        fc_buffer_release(&kept);
        ck_assert_uint_eq(report(), 1);
    }
    assert_even();
}
END_TEST

START_TEST(pins_are_counted_apart)
{
    uint8_t *address = NULL;
    fc_buffer b = make(SIZE);
    int pinned = HERE + 1;
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners +1, pins +1\n"));
    assert_line(pinned, "pinned 1");
    fc_buffer_end_write(&b);
    fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(owners_from_out_of_sight_are_missing_from_the_sum)
{
    fc_buffer b = make(40), seen = (fc_buffer_retain)(&b);
    const fc_arena *arena = b.arena;
    int released = HERE + 1;
    fc_buffer_release(&seen), fc_buffer_release(&b);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners -1, pins +0\n"));
    assert_line(released, "released 2");
    fc_trace_note(arena, FC_TRACE_ACQUIRED, "out of sight", 1);
    assert_even();
}
END_TEST

START_TEST(no_memory_for_the_record_is_told)
{
    fc_buffer b = make(40);
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 1 };
    fc_buffer slice = fc_buffer_slice(&b, 0, 9);
    fci_state_failure.countdown = -1;
    ck_assert_uint_eq(fc_buffer_length(&slice), 9);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ", and some events forgotten\n"));
    ck_assert_ptr_nonnull(strstr(text, ": owners +2, pins +0\n"));
    fc_buffer_release(&slice), fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(calls_that_fail_are_no_events)
{
    uint8_t *address = NULL;
    fc_buffer b = make(40), none = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc(&none, SIZE_MAX), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_ERR_FROZEN);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners +1, pins +0\n"));
    fc_buffer_release(&b);
    assert_even();
}
END_TEST

START_TEST(picture_is_well_formed)
{
    fc_buffer b = make(SIZE), snapshot = FC_BUFFER_INIT, embedded = make(9);
    ck_assert_int_eq(fc_buffer_snapshot(&snapshot, &b), FC_OK);
    fc_trace_note(embedded.arena, FC_TRACE_ACQUIRED, "C:\\odd \"name\".c", 7);
    FILE *file = fmemopen(text, sizeof text, "w");
    ck_assert_ptr_nonnull(file);
    fc_trace_graph(file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(strncmp(text, "digraph fc_buffer {\n", 20), 0);
    ck_assert_ptr_nonnull(strstr(text, "    \"C:\\\\odd \\\"name\\\".c:7\" -> arena"));
    /* The two share their block: one address, two arrows. */
    const char *arrow = strstr(text, " -> block");
    ck_assert_ptr_nonnull(arrow);
    const char *end = strchr(arrow, ';');
    ck_assert_ptr_nonnull(strstr(end, " -> block"));
    ck_assert_int_eq(strncmp(arrow, strstr(end, " -> block"), (size_t)(end - arrow)), 0);
    ck_assert_str_eq(text + strlen(text) - 3, "\n}\n");
    fc_trace_note(embedded.arena, FC_TRACE_RELEASED, "C:\\odd \"name\".c", 7);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&embedded);
    assert_even();
}
END_TEST

#define ROUNDS 200

static void *count_a_lot(void *argument)
{
    const fc_buffer *shared = argument;
    for (int i = 0; i < ROUNDS; i++) {
        fc_buffer own = make(10 + (size_t)i), slice = fc_buffer_slice(shared, i, -1);
        fc_buffer_release(&own), fc_buffer_release(&slice);
    }
    return NULL;
}

START_TEST(threads_come_out_even)
{
    pthread_t threads[4];
    fc_buffer b = make(SIZE);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, count_a_lot, &b), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    ck_assert_uint_eq(report(), 1);
    fc_buffer_release(&b);
    assert_even();
}
END_TEST

/* ---- the stops of a checked build ------------------------------------------------------------ */

static void use_after_the_last_release(int which)
{
    fc_buffer b = make(which == 0 ? 40 : SIZE), dead = b;
    fc_buffer_release(&b);
    (void)!fc_buffer_set(&dead, 0, 1);
}
enum { RELEASE_LINE = __LINE__ - 3 };

static void end_without_begin(int which)
{
    uint8_t *address = NULL;
    fc_buffer b = make(which == 0 ? 40 : SIZE);
    (void)!fc_buffer_begin_write(&address, &b);
    fc_buffer_end_write(&b);
    fc_buffer_end_write(&b);
}
enum { END_LINE = __LINE__ - 3 };

static void release_while_pinned(int which)
{
    uint8_t *address = NULL;
    fc_buffer b = make(which == 0 ? 40 : SIZE);
    (void)!fc_buffer_begin_write(&address, &b);
    fc_buffer_release(&b);
}
enum { BEGIN_LINE = __LINE__ - 3 };

/* Nothing of this one was recorded, and something of another. */
static void use_one_that_was_not_seen(int which)
{
    fc_buffer seen = make(40), b = FC_BUFFER_INIT;
    (void)!(fc_buffer_alloc)(&b, which == 0 ? 40 : SIZE);
    fc_buffer dead = b;
    (fc_buffer_release)(&b);
    (void)!fc_buffer_set(&dead, 0, 1);
    fc_buffer_release(&seen);
}

START_TEST(stop_of_an_arena_that_was_not_seen_names_no_line)
{
    const char *words = fct_assert_stops(use_one_that_was_not_seen, _i, "");
    ck_assert_ptr_null(strstr(words, "arena "));
}
END_TEST

static void assert_stop_names(void (*mistake)(int which), int line, const char *done)
{
    for (int which = 0; which < 2; which++) {
        (void)snprintf(text, sizeof text, "%s", fct_assert_stops(mistake, which, ""));
        assert_line(line, done);
    }
}

START_TEST(stops_name_the_lines)
{
    assert_stop_names(use_after_the_last_release, RELEASE_LINE, "released 1");
    assert_stop_names(end_without_begin, END_LINE, "unpinned 1");
    assert_stop_names(release_while_pinned, BEGIN_LINE, "pinned 1");
}
END_TEST

/* Records stay until an arena of the same address takes them over. */
static void assert_only_records(void)
{
    ck_assert_uint_eq(fct_alive(), 0);
}

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/trace");
    TCase *trace = tcase_create("trace");
    tcase_add_checked_fixture(trace, NULL, assert_only_records);
    tcase_set_timeout(trace, 60);
    tcase_add_test(trace, leak_is_named_by_its_line);
    tcase_add_test(trace, every_line_of_an_arena_is_listed);
    tcase_add_test(trace, snapshots_and_moves_are_arenas_of_their_own);
    tcase_add_test(trace, scopes_release_and_empty_buffers_are_nothing);
    tcase_add_test(trace, pins_are_counted_apart);
    tcase_add_test(trace, picture_is_well_formed);
    tcase_add_test(trace, threads_come_out_even);
    tcase_add_test(trace, stops_name_the_lines);
    tcase_add_loop_test(trace, stop_of_an_arena_that_was_not_seen_names_no_line, 0, 2);
    tcase_add_test(trace, owners_from_out_of_sight_are_missing_from_the_sum);
    tcase_add_test(trace, calls_that_fail_are_no_events);
    tcase_add_test(trace, no_memory_for_the_record_is_told);
    suite_add_tcase(suite, trace);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
