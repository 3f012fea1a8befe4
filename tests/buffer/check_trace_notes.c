/* SPDX-License-Identifier: MIT */

/* What is noted for a trace, call by call: what is no event, what there is no memory for, and an
 * address that is a new arena's. */

#include "base/common.h"

#include "base/state.h"

#include "bytes.h"
#include "trace.h"

static void assert_even(void)
{
    ck_assert_msg(report() == 0, "%s", text);
}

START_TEST(what_is_no_event_is_not_recorded)
{
    static const fc_arena arena;
    fc_trace_note(&arena, FC_TRACE_FORCE_INT, "no event", 1);
    fc_trace_note(&arena, (fc_trace_event)5, "no event", 1);
    fc_trace_note(NULL, FC_TRACE_ACQUIRED, "no arena", 1);
    fc_trace_note(&arena, FC_TRACE_ACQUIRED, "an event", 1);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners +1, pins +0\n    an event:1: acquired 1\n"));
    ck_assert_ptr_null(strstr(text, "no "));
    fc_trace_note(&arena, FC_TRACE_RELEASED, "an event", 1);
    assert_even();
}
END_TEST

START_TEST(pins_alone_are_uneven)
{
    static const fc_arena arena;
    fc_trace_note(&arena, FC_TRACE_PINNED, "a", 1);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_nonnull(strstr(text, ": owners +0, pins +1\n"));
    fc_trace_note(&arena, FC_TRACE_UNPINNED, "a", 1);
    assert_even();
}
END_TEST

/* The address of one that is gone may be a new one's. */
START_TEST(new_arena_takes_over_the_record_of_its_address)
{
    fc_buffer b = fct_make(40);
    fc_trace_note(b.arena, FC_TRACE_ACQUIRED, "old", 1);
    fc_trace_note(b.arena, FC_TRACE_MADE, "new", 1);
    ck_assert_uint_eq(report(), 1);
    ck_assert_ptr_null(strstr(text, "old:1"));
    ck_assert_ptr_nonnull(strstr(text, "new:1: made 1\n"));
    ck_assert_ptr_nonnull(strstr(text, ": owners +1, pins +0\n"));
    fc_trace_note(b.arena, FC_TRACE_RELEASED, "new", 1);
    fc_buffer_release(&b);
    assert_even();
}
END_TEST

/* All pieces of memory are had, or fewer: the record, and then its lines. */
START_TEST(record_without_memory_loses_events_and_no_more)
{
    static const fc_arena arenas[5];
    int had = 4 - _i;
    const fc_arena *arena = &arenas[had];
    fci_state_failure = (struct fci_failure){ .countdown = had, .forever = 1 };
    fc_trace_note(arena, FC_TRACE_ACQUIRED, "a", 1);
    fc_trace_note(arena, FC_TRACE_ACQUIRED, "a", 2);
    fc_trace_note(arena, FC_TRACE_RELEASED, "b", 1);
    fci_state_failure.countdown = -1;
    ck_assert_uint_eq(report(), had == 0 ? 0 : 1);
    ck_assert_int_eq(strstr(text, ", and some events forgotten\n") != NULL, had < 4);
    ck_assert_int_eq(strstr(text, ": owners +1, pins +0\n") != NULL, had > 0);
    ck_assert_int_eq(strstr(text, "a:1: acquired 1\n") != NULL, had > 1);
    ck_assert_int_eq(strstr(text, "a:2: acquired 1\n") != NULL, had > 2);
    ck_assert_int_eq(strstr(text, "b:1: released 1\n") != NULL, had > 3);
    if (had > 0) {
        fc_trace_note(arena, FC_TRACE_RELEASED, "a", 1);
    }
}
END_TEST

START_TEST(new_arena_without_memory_for_its_record_is_forgotten)
{
    fc_buffer b = fct_make(40);
    fc_arena other = *b.arena;
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 1 };
    fc_trace_note(&other, FC_TRACE_MADE, "a", 1);
    fci_state_failure.countdown = -1;
    ck_assert_uint_eq(report(), 0);
    ck_assert_ptr_nonnull(strstr(text, ", and some events forgotten\n"));
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/trace_notes");
    TCase *notes = tcase_create("notes");
    tcase_add_test(notes, what_is_no_event_is_not_recorded);
    tcase_add_test(notes, pins_alone_are_uneven);
    tcase_add_test(notes, new_arena_takes_over_the_record_of_its_address);
    tcase_add_loop_test(notes, record_without_memory_loses_events_and_no_more, 0, 5);
    tcase_add_test(notes, new_arena_without_memory_for_its_record_is_forgotten);
    suite_add_tcase(suite, notes);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
