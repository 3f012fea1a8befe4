/* SPDX-License-Identifier: MIT */

/* Arenas from inside: the counting policy at the end of its range, what a valid arena is, which
 * count inline code sees, when a snapshot copies at once, and the layout that is ABI. */

#include "base/common.h"

#include "memory/arena.h"

#include "base/state.h"
#include "memory/limits.h"

#include "bytes.h"

#include <pthread.h>
#include <stdlib.h>

_Static_assert(offsetof(struct fci_arena, head) == 0, "a fc_arena is the front of a fci_arena");
_Static_assert(offsetof(struct fci_arena, embedded_bytes) == sizeof(struct fci_arena), "no gap");

#define SIZE FCT_SHARED_SIZE

/* A second thread for the length of a test: inline code then counts with locked instructions. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_at_gate(void *nothing)
{
    (void)pthread_mutex_lock(&gate);
    (void)pthread_mutex_unlock(&gate);
    return nothing;
}

static pthread_t second_thread;

static void start_second_thread(int wanted)
{
    if (wanted) {
        ck_assert_int_eq(pthread_mutex_lock(&gate), 0);
        ck_assert_int_eq(pthread_create(&second_thread, NULL, wait_at_gate, NULL), 0);
    }
}

static void end_second_thread(int wanted)
{
    if (wanted) {
        ck_assert_int_eq(pthread_mutex_unlock(&gate), 0);
        ck_assert_int_eq(pthread_join(second_thread, NULL), 0);
    }
}

/* Far from both ends of the range that means "saturated": no race of ups and downs leaves it. */
static void assert_saturated(const struct fci_arena *arena)
{
    ck_assert_int_lt(arena->head.count, INTPTR_MIN / 8 * 5);
    ck_assert_int_gt(arena->head.count, INTPTR_MIN / 8 * 7);
    ck_assert(fci_arena_is_alive(arena) && fci_arena_is_valid(arena));
}

START_TEST(count_that_overflows_saturates)
{
    start_second_thread(_i);
    fc_buffer b = fct_make(SIZE);
    struct fci_arena *arena = fci_arena_of(&b);
    arena->head.count = INTPTR_MAX - 1;
    fc_arena_retain(&arena->head);
    ck_assert_int_eq(arena->head.count, INTPTR_MAX);
    fc_arena_retain(&arena->head);
    assert_saturated(arena);
    intptr_t centre = arena->head.count;
    /* However many owners come and go now, nothing moves and nobody frees. */
    for (int i = 0; i < 1000; i++) {
        fc_arena_release(&arena->head);
        ck_assert_int_eq(arena->head.count, centre);
    }
    for (int i = 0; i < 1000; i++) {
        fc_arena_retain(&arena->head);
        ck_assert_int_eq(arena->head.count, centre);
    }
    ck_assert(!fc_buffer_is_unique(&b));
    fct_set(&b, 3, 0);
    fct_assert_pattern(&b, 0, 3);
    arena->head.count = 0;
    fc_buffer_release(&b);
    end_second_thread(_i);
}
END_TEST

START_TEST(saturated_count_goes_back_to_the_centre)
{
    static const intptr_t counts[] = { INTPTR_MIN + 5, INTPTR_MIN / 4 * 3 - 1000,
                                       INTPTR_MIN / 4 * 3 + 1000, INTPTR_MIN / 2 - 5 };
    start_second_thread(_i);
    fc_buffer b = fct_make(40);
    struct fci_arena *arena = fci_arena_of(&b);
    for (size_t i = 0; i < 4; i++) {
        arena->head.count = counts[i];
        fc_arena_release(&arena->head);
        assert_saturated(arena);
        arena->head.count = counts[i];
        fc_arena_retain(&arena->head);
        assert_saturated(arena);
    }
    arena->head.count = 0;
    fc_buffer_release(&b);
    end_second_thread(_i);
}
END_TEST

START_TEST(count_is_owners_less_one)
{
    start_second_thread(_i);
    fc_buffer b = fct_make(SIZE), handles[50];
    ck_assert_int_eq(b.arena->count, 0);
    for (int i = 0; i < 50; i++) {
        handles[i] = i % 2 == 0 ? fc_buffer_retain(&b) : fc_buffer_slice(&b, i, -i);
        ck_assert_int_eq(b.arena->count, i + 1);
    }
    for (int i = 0; i < 50; i++) {
        fc_buffer_release(&handles[i]);
        ck_assert_int_eq(b.arena->count, 49 - i);
    }
    fc_buffer_release(&b);
    end_second_thread(_i);
}
END_TEST

START_TEST(dead_arena_is_told_from_a_live_one)
{
    static const size_t sizes[] = { 40, SIZE, 3 << 20 };
    for (size_t i = 0; i < 3; i++) {
        fc_buffer b = fct_make(sizes[i]);
        const struct fci_arena *arena = fci_arena_of(&b);
        ck_assert(fci_arena_is_alive(arena) && fci_arena_is_valid(arena));
        fc_buffer_release(&b);
        ck_assert(!fci_arena_is_alive(arena) && !fci_arena_is_valid(arena));
        ck_assert_int_gt(arena->head.count, INTPTR_MIN / 8 * 3);
        ck_assert_int_lt(arena->head.count, INTPTR_MIN / 8);
        ck_assert_ptr_null(arena->head.bytes);
        ck_assert_int_ne(*arena->head.holders, 0);
    }
}
END_TEST

START_TEST(broken_arenas_are_not_valid)
{
    fc_buffer small = fct_make(40), b = fct_make(SIZE);
    struct fci_arena *arena = fci_arena_of(&b), *embedded = fci_arena_of(&small), good = *arena;
    struct fci_block *block = arena->home.block;
#define BREAK(which, change)                                                                       \
    do {                                                                                           \
        struct fci_arena kept = *(which);                                                          \
        ck_assert(fci_arena_is_valid(which));                                                      \
        (which)->change;                                                                           \
        ck_assert_msg(!fci_arena_is_valid(which), "%s", #change);                                  \
        *(which) = kept;                                                                           \
    } while (0)
    BREAK(arena, length = 0);
    BREAK(arena, length = SIZE + 1);
    BREAK(arena, length = SIZE_MAX);
    BREAK(arena, head.holders = NULL);
    BREAK(arena, head.bytes = block->bytes - 1);
    BREAK(arena, head.bytes = block->bytes + 1);
    BREAK(arena, head.bytes = block->bytes + SIZE + 1);
    BREAK(arena, head.count = -1);
    BREAK(arena, head.count = INTPTR_MIN / 4);
    BREAK(embedded, length = 0);
    BREAK(embedded, head.holders = NULL);
    BREAK(embedded, head.bytes = embedded->embedded_bytes + 1);
    /* Pinned and shared at once is broken too. */
    arena->pins = 1;
    ck_assert(fci_arena_is_valid(arena));
    block->count = 1;
    ck_assert(!fci_arena_is_valid(arena));
    block->count = 0;
    arena->pins = 0;
    ck_assert_int_eq(memcmp(&good, arena, sizeof good), 0);
    fc_buffer_release(&small), fc_buffer_release(&b);
}
END_TEST

START_TEST(inline_code_sees_the_right_count)
{
    fct_whole_blocks();
    static uint8_t bytes[SIZE];
    fc_buffer small = fct_make(40), b = fct_make(SIZE), readonly = FC_BUFFER_INIT;
    ck_assert_int_eq(*small.arena->holders, 0);
    ck_assert_ptr_eq(b.arena->holders, &fci_arena_of(&b)->home.block->count);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_ptr_eq(snapshot.arena->holders, b.arena->holders);
    ck_assert_int_eq(*b.arena->holders, 1);
    fct_set(&b, 0, 1);
    ck_assert_ptr_eq(b.arena->holders, &fci_arena_of(&b)->home.block->count);
    ck_assert_ptr_ne(snapshot.arena->holders, b.arena->holders);
    ck_assert_int_eq(*b.arena->holders, 0);
    ck_assert_int_eq(*snapshot.arena->holders, 0);
    /* Read-only memory is never in place, even for its sole holder; its clone is. */
    ck_assert_int_eq(fc_buffer_wrap_readonly(&readonly, bytes, SIZE, NULL, NULL), FC_OK);
    ck_assert_int_ne(*readonly.arena->holders, 0);
    ck_assert_ptr_ne(readonly.arena->holders, &fci_arena_of(&readonly)->home.block->count);
    fct_set(&readonly, 0, 1);
    ck_assert_int_eq(*readonly.arena->holders, 0);
    /* Nor is a frozen arena, embedded or not. */
    ck_assert_int_eq(fc_buffer_freeze(&small), FC_OK);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    ck_assert_int_ne(*small.arena->holders, 0);
    ck_assert_int_ne(*b.arena->holders, 0);
    fc_buffer_release(&small), fc_buffer_release(&b);
    fc_buffer_release(&snapshot), fc_buffer_release(&readonly);
}
END_TEST

/* A snapshot of the first `length` bytes: what the rule says and what happens agree. */
static void assert_copies_at_once(const fc_buffer *b, size_t length, bool expected)
{
    fc_buffer part = fc_buffer_slice(b, 0, (ptrdiff_t)length), snapshot = fct_snapshot(&part);
    ck_assert_msg(fci_arena_copies_at_once(fci_arena_of(b), length) == expected, "%zu bytes of %zu",
                  length, fc_buffer_length(b));
    ck_assert_int_eq(fc_buffer_data(&snapshot) != fc_buffer_data(b), expected);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&part), fc_buffer_release(&snapshot);
}

START_TEST(short_snapshots_copy_at_once)
{
    /* Of a block so small that the rule of the sixteenth says nothing. */
    fc_buffer b = fct_make(FCI_SNAPSHOT_COPY_MAX + 100);
    assert_copies_at_once(&b, 1, true);
    assert_copies_at_once(&b, FCI_SNAPSHOT_COPY_MAX - 1, true);
    assert_copies_at_once(&b, FCI_SNAPSHOT_COPY_MAX, true);
    assert_copies_at_once(&b, FCI_SNAPSHOT_COPY_MAX + 1, false);
    assert_copies_at_once(&b, FCI_SNAPSHOT_COPY_MAX + 100, false);
    fc_buffer_release(&b);
    b = fct_make(FCI_EMBEDDED_MAX);
    ck_assert(fci_arena_of(&b)->embedded);
    assert_copies_at_once(&b, FCI_EMBEDDED_MAX, true);
    fc_buffer_release(&b);
    b = fct_make(FCI_EMBEDDED_MAX + 1);
    ck_assert(!fci_arena_of(&b)->embedded);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(snapshots_of_a_sixteenth_copy_at_once)
{
    static const size_t lengths[] = { FCI_SNAPSHOT_COPY_MAX + 1, 5000, 65536 };
    for (size_t i = 0; i < 3; i++) {
        size_t n = lengths[i], whole = n * FCI_SNAPSHOT_SHARE_PART;
        for (size_t length = whole - 1; length <= whole + 1; length++) {
            fc_buffer b = fct_make(length);
            assert_copies_at_once(&b, n, length >= whole);
            assert_copies_at_once(&b, n + 1, false);
            assert_copies_at_once(&b, length, false);
            fc_buffer_release(&b);
        }
    }
}
END_TEST

START_TEST(snapshots_that_may_not_share_copy_at_once)
{
    uint8_t *bytes = malloc(SIZE), *address = NULL;
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_SECRET };
    fc_buffer b = fct_make(SIZE), shared = FC_BUFFER_INIT, secret = FC_BUFFER_INIT;
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, fc_buffer_data(&b), SIZE);
    ck_assert_int_eq(fc_buffer_wrap_shared(&shared, bytes, SIZE, NULL, NULL), FC_OK);
    ck_assert_int_eq(fc_buffer_alloc_with(&secret, SIZE, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&secret, 0, bytes, SIZE), FC_OK);
    assert_copies_at_once(&shared, SIZE, true);
    assert_copies_at_once(&secret, SIZE, true);
    assert_copies_at_once(&b, SIZE, false);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    assert_copies_at_once(&b, SIZE, true);
    fc_buffer_end_write(&b);
    assert_copies_at_once(&b, SIZE, false);
    fc_buffer_release(&b), fc_buffer_release(&shared), fc_buffer_release(&secret);
    free(bytes);
}
END_TEST

START_TEST(failed_births_leave_nothing)
{
    fct_whole_blocks();
    static const size_t sizes[] = { 40, 5000, 3 << 20 };
    struct fci_traits traits = { .allocator = NULL, .alignment = 1, .secret = false };
    for (size_t i = 0; i < 3; i++) {
        intptr_t failures = 0;
        struct fci_arena *arena = NULL;
        while (arena == NULL) {
            fci_state_failure = (struct fci_failure){ .countdown = failures, .forever = 0 };
            arena = fci_arena_alloc(sizes[i], &traits, true);
            failures += arena == NULL;
            ck_assert_uint_eq(fct_alive(), arena == NULL ? 0 : i == 0 ? 1 : 2);
        }
        fci_state_failure.countdown = -1;
        /* Embedded: one allocation; joined: two; apart: three. */
        ck_assert_int_eq(failures, (intptr_t)i + 1);
        fc_arena_release(&arena->head);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/arena");
    TCase *arena = tcase_create("arena");
    tcase_add_checked_fixture(arena, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(arena, 300);
    tcase_add_loop_test(arena, count_that_overflows_saturates, 0, 2);
    tcase_add_loop_test(arena, saturated_count_goes_back_to_the_centre, 0, 2);
    tcase_add_loop_test(arena, count_is_owners_less_one, 0, 2);
    tcase_add_test(arena, dead_arena_is_told_from_a_live_one);
    tcase_add_test(arena, broken_arenas_are_not_valid);
    tcase_add_test(arena, inline_code_sees_the_right_count);
    tcase_add_test(arena, short_snapshots_copy_at_once);
    tcase_add_test(arena, snapshots_of_a_sixteenth_copy_at_once);
    tcase_add_test(arena, snapshots_that_may_not_share_copy_at_once);
    tcase_add_test(arena, failed_births_leave_nothing);
    suite_add_tcase(suite, arena);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
