/* SPDX-License-Identifier: MIT */

/* Snapshots of pinned paged arenas: raw pointers into the bytes stay good, stores through them
 * reach no snapshot, and readers meet no wrong byte while it happens. */

#include "base/common.h"

#include "paged.h"

#include "base/atomic.h"
#include "memory/paged_linux.h"

#include <pthread.h>
#include <sched.h>

START_TEST(address_stays_and_snapshots_hold_still)
{
    enum { ROUNDS = 40 };
    fc_buffer b = make_paged(), kept[ROUNDS];
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t i = 0; i < ROUNDS; i++) {
        kept[i] = fct_snapshot(&b);
        ck_assert(is_paged(&kept[i]));
        ck_assert_ptr_eq(fc_buffer_data(&b), bytes);
        for (size_t j = 0; j < 20; j++) {
            bytes[(i * 20 + j) % PAGES * PAGE] = (uint8_t)(i + 1);
        }
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        for (size_t page = 0; page < PAGES; page++) {
            uint8_t expected = fct_pattern(page * PAGE);
            for (size_t round = 0; round < i; round++) {
                if ((page + PAGES - round * 20 % PAGES) % PAGES < 20) {
                    expected = (uint8_t)(round + 1);
                }
            }
            ck_assert_uint_eq(fc_buffer_data(&kept[i])[page * PAGE], expected);
        }
        fc_buffer_release(&kept[i]);
    }
    fc_buffer_end_write(&b);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(snapshot_can_be_written_as_any_other)
{
    fc_buffer b = make_paged();
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    bytes[0] = 0;
    fc_buffer first = fct_snapshot(&b), second = fct_snapshot(&first);
    fct_set(&first, PAGE, 0);
    bytes[2 * PAGE] = 0;
    fc_buffer_end_write(&b);
    fc_buffer third = fct_snapshot(&b);
    fct_set(&b, 3 * PAGE, 0);
    ck_assert(holds(&second, 0, 0));
    ck_assert_uint_eq(fct_get(&first, PAGE), 0);
    ck_assert_uint_eq(fct_get(&first, 2 * PAGE), fct_pattern(2 * PAGE));
    ck_assert_uint_eq(fct_get(&third, 2 * PAGE), 0);
    ck_assert_uint_eq(fct_get(&third, 3 * PAGE), fct_pattern(3 * PAGE));
    fc_buffer_release(&b), fc_buffer_release(&first);
    fc_buffer_release(&second), fc_buffer_release(&third);
}
END_TEST

/* Most pages written beside a kept snapshot: the buffer goes over to a file of its own, where it
 * is. */
START_TEST(writer_of_most_pages_gets_a_new_file_in_place)
{
    fc_buffer b = make_paged(), first, second, third;
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    first = fct_snapshot(&b);
    for (size_t page = 0; page < PAGES; page++) {
        bytes[page * PAGE] = (uint8_t)~fct_pattern(page * PAGE);
    }
    uint64_t copied = fct_stats().snapshot_copied_bytes;
    second = fct_snapshot(&b);
    ck_assert(is_paged(&second));
    ck_assert_ptr_eq(fc_buffer_data(&b), bytes);
    ck_assert_uint_eq(fct_stats().snapshot_copied_bytes, copied + SIZE);
    ck_assert_uint_eq(fct_stats().paged_descriptors, 2);
    third = fct_snapshot(&b); /* nothing was written: nothing is copied */
    ck_assert_uint_eq(fct_stats().snapshot_copied_bytes, copied + SIZE);
    bytes[0] = 7;
    for (size_t page = 0; page < PAGES; page++) {
        uint8_t old = fct_pattern(page * PAGE);
        ck_assert_uint_eq(fct_get(&first, page * PAGE), old);
        ck_assert_uint_eq(fct_get(&second, page * PAGE), (uint8_t)~old);
        ck_assert_uint_eq(fct_get(&third, page * PAGE), (uint8_t)~old);
    }
    fc_buffer_end_write(&b);
    fc_buffer_release(&b), fc_buffer_release(&first);
    fc_buffer_release(&second), fc_buffer_release(&third);
}
END_TEST

/* It keeps the first mapping of its old file until then, which the first holder shows. */
START_TEST(view_gets_a_new_file_in_place)
{
    fc_buffer shown = make_paged(), b = fct_snapshot(&shown), snapshot;
    uint8_t *bytes = NULL;
    fct_set(&b, 0, 0);
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t page = 0; page < PAGES; page++) {
        bytes[page * PAGE] = 0;
    }
    snapshot = fct_snapshot(&b);
    ck_assert(is_paged(&snapshot) && fc_buffer_data(&b) == bytes);
    ck_assert_uint_eq(fct_stats().paged_descriptors, 2);
    bytes[1] = 0;
    ck_assert(!fc_buffer_would_copy(&shown) && holds(&shown, FCT_NONE, 0));
    fc_buffer_release(&shown);
    ck_assert_uint_eq(fct_stats().paged_descriptors, 1);
    ck_assert_uint_eq(fct_get(&snapshot, 1), fct_pattern(1));
    ck_assert_uint_eq(fct_get(&snapshot, SIZE - PAGE), 0);
    fc_buffer_end_write(&b);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* Bytes that were carried are weighed against a new file: once there is one it begins anew, also
 * for what was a part of the old one. */
START_TEST(new_file_begins_with_the_view_and_has_carried_nothing)
{
    fc_buffer whole = make_paged(), part = fc_buffer_slice(&whole, 64 * PAGE, FC_END);
    fc_buffer b = fct_snapshot(&part), kept[4];
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    const struct fci_paged *view = fci_paged_of(fci_arena_of(&b)->home.block);
    ck_assert_uint_eq(view->offset, 64 * PAGE);
    kept[0] = fct_snapshot(&b);
    bytes[0] = 0;
    kept[1] = fct_snapshot(&b);
    ck_assert_uint_eq(view->carried, PAGE);
    for (size_t at = 0; at < view->mapped; at += PAGE) {
        bytes[at] = 1;
    }
    kept[2] = fct_snapshot(&b);
    ck_assert_uint_eq(fct_stats().paged_descriptors, 2);
    ck_assert_uint_eq(view->offset + view->carried + view->given, 0);
    kept[3] = fct_snapshot(&b);
    ck_assert_mem_eq(fc_buffer_data(&kept[3]), bytes, view->mapped);
    fct_assert_pattern(&kept[0], 64 * PAGE, FCT_NONE);
    fc_buffer_end_write(&b);
    fc_buffer_release(&whole), fc_buffer_release(&part), fc_buffer_release(&b);
    for (size_t i = 0; i < 4; i++) {
        fc_buffer_release(&kept[i]);
    }
}
END_TEST

/* Whatever of it cannot be had: a snapshot that is right, or none. */
START_TEST(failed_move_to_a_new_file_shows_in_no_snapshot)
{
    fc_buffer b = make_paged(), first, second = FC_BUFFER_INIT;
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    first = fct_snapshot(&b);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = (uint8_t)~fct_pattern(i);
    }
    fci_state_failure = (struct fci_failure){ .countdown = _i, .forever = 0 };
    fc_status status = fc_buffer_snapshot(&second, &b);
    fci_state_failure = (struct fci_failure){ .countdown = -1, .forever = 0 };
    ck_assert(status == FC_OK || status == FC_ERR_NO_MEMORY);
    if (status != FC_OK) {
        second = fct_snapshot(&b);
    }
    ck_assert_mem_eq(fc_buffer_data(&second), bytes, SIZE);
    fct_assert_pattern(&first, 0, FCT_NONE);
    fc_buffer_end_write(&b);
    fc_buffer_release(&b), fc_buffer_release(&first), fc_buffer_release(&second);
}
END_TEST

struct readers {
    const uint8_t *bytes;
    intptr_t stop, wrong, passes;
};

static void *read_on(void *context)
{
    struct readers *readers = context;
    intptr_t wrong = 0;
    while (fci_load_relaxed(&readers->stop) == 0) {
        for (size_t i = 1; i < SIZE; i += PAGE / 2) {
            wrong += ((const volatile uint8_t *)readers->bytes)[i] != fct_pattern(i);
        }
        (void)fci_add_relaxed(&readers->passes, 1);
    }
    (void)fci_add_relaxed(&readers->wrong, wrong);
    return NULL;
}

/* Readers of bytes that nobody changes, while all around them is sealed, folded, carried, rebased.
 */
static void read_beside(void (*work)(fc_buffer *b, uint8_t *bytes, size_t round), fc_buffer *b,
                        fc_buffer *read, uint8_t *bytes)
{
    struct readers readers = { .bytes = fc_buffer_data(read) };
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_on, &readers), 0);
    }
    while (fci_load_relaxed(&readers.passes) < 2) {
        (void)sched_yield();
    }
    for (size_t round = 0; round < fct_rounds(600); round++) {
        work(b, bytes, round);
    }
    fci_store_relaxed(&readers.stop, 1);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    ck_assert_int_eq(readers.wrong, 0);
}

static void snapshot_pinned(fc_buffer *b, uint8_t *bytes, size_t round)
{
    static fc_buffer kept;
    if (round % 3 == 0) {
        fc_buffer_release(&kept);
        kept = fct_snapshot(b);
    }
    fc_buffer snapshot = fct_snapshot(b);
    bytes[round * 7 % PAGES * PAGE] = (uint8_t)round;
    fc_buffer_release(&snapshot);
    if (round + 1 == fct_rounds(600)) {
        fc_buffer_release(&kept);
    }
}

START_TEST(readers_of_a_pinned_arena_see_no_wrong_byte)
{
    fc_buffer b = make_paged();
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    read_beside(snapshot_pinned, &b, &b, bytes);
    fc_buffer_end_write(&b);
    fc_buffer_release(&b);
}
END_TEST

static void snapshot_and_write(fc_buffer *b, uint8_t *bytes, size_t round)
{
    (void)bytes;
    fc_buffer snapshot = fct_snapshot(b);
    fct_set(b, round * 7 % PAGES * PAGE, (uint8_t)round);
    fc_buffer_release(&snapshot);
}

START_TEST(readers_of_a_snapshot_see_no_wrong_byte_beside_a_writer)
{
    fc_buffer b = make_paged();
    fct_set(&b, 0, 0);
    fc_buffer first = fct_snapshot(&b);
    fct_set(&b, PAGE, 0);
    fc_buffer second = fct_snapshot(&b);
    fc_buffer_release(&first); /* the view is alone on its file, and shared: it will be folded */
    read_beside(snapshot_and_write, &b, &second, NULL);
    fc_buffer_release(&b), fc_buffer_release(&second);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_pinned");
    TCase *pinned = tcase_create("pinned");
    tcase_add_checked_fixture(pinned, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(pinned, 300);
    tcase_add_test(pinned, address_stays_and_snapshots_hold_still);
    tcase_add_test(pinned, snapshot_can_be_written_as_any_other);
    tcase_add_test(pinned, writer_of_most_pages_gets_a_new_file_in_place);
    tcase_add_test(pinned, view_gets_a_new_file_in_place);
    tcase_add_test(pinned, new_file_begins_with_the_view_and_has_carried_nothing);
    tcase_add_loop_test(pinned, failed_move_to_a_new_file_shows_in_no_snapshot, 0, 4);
    tcase_add_test(pinned, readers_of_a_pinned_arena_see_no_wrong_byte);
    tcase_add_test(pinned, readers_of_a_snapshot_see_no_wrong_byte_beside_a_writer);
    suite_add_tcase(suite, pinned);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
