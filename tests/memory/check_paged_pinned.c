/* SPDX-License-Identifier: MIT */

/* Snapshots of pinned paged arenas: raw pointers into the bytes stay good, stores through them
 * reach no snapshot, and readers meet no wrong byte while it happens. */

#include "base/common.h"

#include "paged.h"

#include "base/atomic.h"

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
    for (size_t round = 0; round < 600 / fct_effort_step(); round++) {
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
    if (round + 1 == 600 / fct_effort_step()) {
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
    tcase_add_test(pinned, readers_of_a_pinned_arena_see_no_wrong_byte);
    tcase_add_test(pinned, readers_of_a_snapshot_see_no_wrong_byte_beside_a_writer);
    suite_add_tcase(suite, pinned);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
