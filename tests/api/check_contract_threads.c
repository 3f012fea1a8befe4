/* SPDX-License-Identifier: MIT */

/* Promises T1 to T5: what threads may do at the same time. Black box: the public header only. Under
 * ThreadSanitizer, with the library instrumented or not, every test here is also a search for
 * races. */

#include <pthread.h>

#include "bytes.h"
#include "promise.h"

#define THREADS 6
#define READERS 8
#define SIZE FCT_SHARED_SIZE

/* A worker may not call Check's assertions: it counts what went wrong. */
struct worker {
    pthread_t thread;
    fc_buffer buffer; /* its own handle */
    uint8_t mark;
    size_t wrong;
};

static void start(struct worker *workers, size_t count, void *(*run)(void *worker))
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, run, &workers[i]), 0);
    }
}

static void join(struct worker *workers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
        ck_assert_uint_eq(workers[i].wrong, 0);
    }
}

/* Makes and drops handles on one arena; never looks at a byte. */
static void *handle_counts(void *argument)
{
    struct worker *worker = argument;
    for (size_t i = 0; i < fct_rounds(40000); i++) {
        fc_buffer second = fc_buffer_retain(&worker->buffer);
        fc_buffer slice = fc_buffer_slice(&second, (ptrdiff_t)(i % 100), -(ptrdiff_t)(i % 100) - 1);
        worker->wrong += fc_buffer_length(&slice) != SIZE - 2 * (i % 100) - 1;
        fc_buffer_narrow(&slice, 1, -1);
        fc_buffer_release(&second);
        worker->wrong += !fc_buffer_same_arena(&slice, &worker->buffer);
        fc_buffer_release(&slice);
    }
    fc_buffer_release(&worker->buffer);
    return NULL;
}

/* Writes, and snapshots, so that its arena moves to another block again and again. */
static void *write_and_move(void *argument)
{
    struct worker *worker = argument;
    for (size_t i = 0; i < fct_rounds(1000); i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        worker->wrong += fc_buffer_snapshot(&snapshot, &worker->buffer) != FC_OK;
        worker->wrong += fc_buffer_set(&worker->buffer, i % SIZE, (uint8_t)i) != FC_OK;
        fc_buffer_release(&snapshot);
    }
    fc_buffer_release(&worker->buffer);
    return NULL;
}

START_TEST(counting_is_safe_from_any_thread_beside_a_writer)
{
    PROMISE("T1",
            "Retain, slice, narrow and release on one arena are safe from any thread, even beside "
            "a writer.");
    struct worker workers[THREADS + 1] = { 0 };
    fc_buffer b = fct_make(SIZE);
    for (size_t i = 0; i <= THREADS; i++) {
        workers[i].buffer = fc_buffer_retain(&b);
    }
    start(workers, THREADS, handle_counts);
    start(workers + THREADS, 1, write_and_move);
    join(workers, THREADS + 1);
    ck_assert_int_eq(b.arena->count, 0);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(last_owner_frees_whoever_it_is)
{
    struct worker workers[THREADS] = { 0 };
    for (size_t i = 0; i < 50; i++) {
        struct fct_released released = { 0 };
        static uint8_t bytes[4096];
        fc_buffer b = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_wrap(&b, bytes, sizeof bytes, fct_note_release, &released),
                         FC_OK);
        for (size_t w = 0; w < THREADS; w++) {
            workers[w].buffer = w == 0 ? fc_buffer_retain(&b) : fct_snapshot(&b);
        }
        fc_buffer_release(&b);
        start(workers, THREADS, write_and_move);
        join(workers, THREADS);
        ck_assert_int_eq(released.calls, 1);
    }
}
END_TEST

/* Reads every byte, asks, snapshots and reads the snapshot. */
static void *read_only(void *argument)
{
    struct worker *worker = argument;
    for (size_t i = 0; i < fct_rounds(400); i++) {
        fc_buffer snapshot = FC_BUFFER_INIT;
        (void)fc_buffer_would_copy(&worker->buffer);
        worker->wrong += fc_buffer_snapshot(&snapshot, &worker->buffer) != FC_OK;
        fc_view views[] = { fc_buffer_view(&worker->buffer), fc_buffer_view(&snapshot) };
        for (size_t v = 0; v < 2; v++) {
            for (size_t at = i % 64; at < views[v].length; at += 64) {
                worker->wrong += views[v].bytes[at] != fct_pattern(at);
            }
        }
        fc_buffer_release(&snapshot);
    }
    fc_buffer_release(&worker->buffer);
    return NULL;
}

START_TEST(reading_and_snapshots_are_safe_beside_readers)
{
    PROMISE("T2", "Reading, snapshot and would_copy are safe beside readers.");
    struct worker workers[THREADS] = { 0 };
    fc_buffer b = fct_make(SIZE);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].buffer = fc_buffer_retain(&b);
    }
    start(workers, THREADS, read_only);
    join(workers, THREADS);
    ck_assert(fc_buffer_is_unique(&b));
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* Owns its arena: writes its mark all over, and finds nobody else's. */
static void *write_own(void *argument)
{
    struct worker *worker = argument;
    for (size_t i = 0; i < fct_rounds(400); i++) {
        fc_buffer kept = FC_BUFFER_INIT;
        worker->wrong += fc_buffer_snapshot(&kept, &worker->buffer) != FC_OK;
        uint8_t before = fc_buffer_data(&kept)[i], now = 0;
        worker->wrong += fc_buffer_set(&worker->buffer, i, worker->mark) != FC_OK;
        worker->wrong += fc_buffer_get(&now, &worker->buffer, i) != FC_OK || now != worker->mark;
        worker->wrong += fc_buffer_data(&kept)[i] != before || before != fct_pattern(i);
        fc_buffer_release(&kept);
    }
    return NULL;
}

START_TEST(snapshots_are_handed_to_threads)
{
    PROMISE("T3",
            "Different arenas never synchronise with each other, even while they share a block: "
            "hand threads a snapshot, not a slice.");
    struct worker workers[THREADS] = { 0 };
    fc_buffer b = fct_make(SIZE);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].buffer = fct_snapshot(&b);
        workers[i].mark = (uint8_t)(200 + i);
    }
    start(workers, THREADS, write_own);
    /* Here the source is written too, and nobody waits for anybody. */
    for (size_t i = 0; i < SIZE; i++) {
        fct_set(&b, i, 1);
    }
    join(workers, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        for (size_t at = 0; at < SIZE; at++) {
            uint8_t expected = at < fct_rounds(400) ? workers[i].mark : fct_pattern(at);
            ck_assert_uint_eq(fct_get(&workers[i].buffer, at), expected);
        }
        fc_buffer_release(&workers[i].buffer);
    }
    fc_buffer_release(&b);
}
END_TEST

START_TEST(count_that_overflows_frees_nothing)
{
    PROMISE("T4",
            "Static, saturated and dead arenas hold a large negative count: no overflow can free a "
            "live object.");
    fc_buffer b = fct_make(SIZE);
    b.arena->count = INTPTR_MAX;
    fc_buffer second = fc_buffer_retain(&b);
    ck_assert_int_lt(b.arena->count, INTPTR_MIN / 2);
    for (int i = 0; i < 1000; i++) {
        fc_buffer owner = second;
        fc_buffer_release(&owner);
    }
    fct_assert_pattern(&b, 0, FCT_NONE);
    b.arena->count = 0;
    fc_buffer_release(&b);
}
END_TEST

/* Two arenas on one block, each with a thread of its own: the one that is left alone on the block
 * writes in place, or frees, what the other has just read. Only the counts order the two. */
START_TEST(hand_over_reports_no_race)
{
    PROMISE("T5",
            "In a program under ThreadSanitizer the library's own counts raise no false report.");
    struct worker workers[2] = { 0 };
    for (size_t i = 0; i < fct_rounds(400); i++) {
        fc_buffer b = fct_make(SIZE);
        workers[0].buffer = fct_snapshot(&b);
        workers[1].buffer = fc_buffer_take(&b);
        start(workers, 1, write_and_move);
        start(workers + 1, 1, write_and_move);
        join(workers, 2);
    }
}
END_TEST

/* Where bytes come from: in one piece, large, by the page, and by the page at a fixed address. */
static const struct {
    size_t length;
    uint32_t flags;
    bool pinned;
} kinds[] = {
    { 100, 0, false },
    { SIZE, 0, false },
    { (size_t)3 << 20, 0, false },
    { (size_t)3 << 20, FC_ALLOC_PAGED, false },
    { (size_t)3 << 20, FC_ALLOC_PAGED, true },
};
#define KINDS (sizeof kinds / sizeof kinds[0])

/* Reads the snapshot that it was handed: its maker's mark at both ends and nothing between. */
static void *read_snapshot(void *argument)
{
    struct worker *worker = argument;
    fc_view view = fc_buffer_view(&worker->buffer);
    worker->wrong += view.bytes[0] != worker->mark;
    worker->wrong += view.bytes[view.length - 1] != worker->mark;
    for (size_t at = 97; at < view.length - 1; at += 512) {
        worker->wrong += view.bytes[at] != 0;
    }
    fc_buffer_release(&worker->buffer);
    return NULL;
}

/* Both ends of the buffer get the mark, through a raw address or by writes that may detach. */
static void mark_ends(fc_buffer *b, uint8_t *address, uint8_t mark)
{
    size_t last = fc_buffer_length(b) - 1;
    if (address != NULL) {
        address[0] = mark;
        address[last] = mark;
    } else {
        fct_set(b, 0, mark);
        fct_set(b, last, mark);
    }
}

/* The reader of the last snapshot is still at it when the source is written again. */
START_TEST(detaching_beside_a_reader_reports_no_race)
{
    PROMISE("T5",
            "In a program under ThreadSanitizer the library's own counts raise no false report.");
    struct worker readers[READERS] = { 0 };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *address = NULL;
    fc_alloc_options options = { .size = sizeof options, .flags = kinds[_i].flags };
    ck_assert_int_eq(fc_buffer_alloc_with(&b, kinds[_i].length, &options), FC_OK);
    if (kinds[_i].pinned) {
        ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    }
    for (size_t i = 0; i < fct_rounds(240); i++) {
        struct worker *reader = &readers[i % READERS];
        if (i >= READERS) {
            join(reader, 1);
        }
        reader->mark = (uint8_t)(i + 1);
        mark_ends(&b, address, reader->mark);
        reader->buffer = fct_snapshot(&b);
        start(reader, 1, read_snapshot);
    }
    join(readers, READERS);
    if (kinds[_i].pinned) {
        fc_buffer_end_write(&b);
    }
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract/threads");
    TCase *threads = tcase_create("threads");
    tcase_add_checked_fixture(threads, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(threads, 300);
    tcase_add_test(threads, counting_is_safe_from_any_thread_beside_a_writer);
    tcase_add_test(threads, last_owner_frees_whoever_it_is);
    tcase_add_test(threads, reading_and_snapshots_are_safe_beside_readers);
    tcase_add_test(threads, snapshots_are_handed_to_threads);
    tcase_add_test(threads, count_that_overflows_frees_nothing);
    tcase_add_test(threads, hand_over_reports_no_race);
    tcase_add_loop_test(threads, detaching_beside_a_reader_reports_no_race, 0, KINDS);
    suite_add_tcase(suite, threads);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
