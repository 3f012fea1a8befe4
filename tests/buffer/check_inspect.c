/* SPDX-License-Identifier: MIT */

/* fc_stats_read: what each counter counts, to the byte, and that a structure of a size that is not
 * known is left alone. */

#include "base/common.h"

#include <fc_buffer/inspect.h>

#include "alloc/alloc.h"
#include "kernels/kernels.h"
#include "memory/paged.h"

#include "bytes.h"

#define SIZE FCT_SHARED_SIZE

START_TEST(unknown_size_is_refused)
{
    static const size_t sizes[] = {
        0, 1, sizeof(fc_stats) - 1, sizeof(fc_stats) + 1, 2 * sizeof(fc_stats), SIZE_MAX
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        fc_stats stats, before;
        memset(&stats, 0x77, sizeof stats);
        stats.size = sizes[i];
        memcpy(&before, &stats, sizeof stats);
        ck_assert_int_eq(fc_stats_read(&stats), FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(memcmp(&stats, &before, sizeof stats), 0);
    }
}
END_TEST

START_TEST(names_say_what_it_runs_on)
{
    fc_stats stats = fct_stats();
    ck_assert_uint_eq(stats.size, sizeof stats);
    ck_assert_str_eq(stats.kernels, fci_kernels()->name);
    ck_assert_str_eq(stats.large_allocator, fci_large_allocator_name());
    /* Another tier, another name. */
    const struct fci_kernels *active = fci_kernels(), *tier;
    for (size_t i = 0; (tier = fci_kernels_tier(i)) != NULL; i++) {
        if (fct_can_run(tier)) {
            fci_kernels_use(tier);
            ck_assert_str_eq(fct_stats().kernels, tier->name);
        }
    }
    fci_kernels_use(active);
}
END_TEST

START_TEST(live_counters_follow_births_and_deaths)
{
    fct_whole_blocks();
    ck_assert_uint_eq(fct_stats().live_arenas + fct_stats().live_blocks, 0);
    fc_buffer small = fct_make(40);
    ck_assert_uint_eq(fct_stats().live_arenas, 1);
    ck_assert_uint_eq(fct_stats().live_blocks, 0);
    fc_buffer b = fct_make(SIZE), slice = fc_buffer_slice(&b, 1, 2);
    ck_assert_uint_eq(fct_stats().live_arenas, 2);
    ck_assert_uint_eq(fct_stats().live_blocks, 1);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_uint_eq(fct_stats().live_arenas, 3);
    ck_assert_uint_eq(fct_stats().live_blocks, 1);
    fct_set(&b, 0, 1);
    ck_assert_uint_eq(fct_stats().live_arenas, 3);
    ck_assert_uint_eq(fct_stats().live_blocks, 2);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    ck_assert_uint_eq(fct_stats().live_arenas, 2);
    ck_assert_uint_eq(fct_stats().live_blocks, 1);
    fc_buffer_release(&slice), fc_buffer_release(&small);
    ck_assert_uint_eq(fct_stats().live_arenas + fct_stats().live_blocks, 0);
}
END_TEST

START_TEST(live_arenas_are_counted_by_their_length)
{
    static const size_t lengths[] = { 1, 15, 16, 255, 256, 4095, 4096, 65535, 65536 };
    static const uint64_t counts[FC_STATS_SIZES] = { 2, 2, 2, 2, 1 };
    fc_buffer buffers[9];
    for (size_t i = 0; i < 9; i++) {
        buffers[i] = fct_make(lengths[i]);
        fc_buffer slice = fc_buffer_slice(&buffers[i], 0, 1);
        fc_buffer_release(&slice);
    }
    fc_stats stats = fct_stats();
    ck_assert_int_eq(memcmp(stats.live_sizes, counts, sizeof counts), 0);
    for (size_t i = 0; i < 9; i++) {
        fct_set(&buffers[i], 0, 1);
        fc_buffer_release(&buffers[i]);
    }
    stats = fct_stats();
    for (size_t i = 0; i < FC_STATS_SIZES; i++) {
        ck_assert_uint_eq(stats.live_sizes[i], 0);
    }
}
END_TEST

/* What has been counted since `before`. */
static void assert_counted(const fc_stats *before, size_t write_copies, size_t write_bytes,
                           size_t snapshot_copies, size_t snapshot_bytes)
{
    fc_stats now = fct_stats();
    ck_assert_uint_eq(now.write_copies - before->write_copies, write_copies);
    ck_assert_uint_eq(now.write_copied_bytes - before->write_copied_bytes, write_bytes);
    ck_assert_uint_eq(now.snapshot_copies - before->snapshot_copies, snapshot_copies);
    ck_assert_uint_eq(now.snapshot_copied_bytes - before->snapshot_copied_bytes, snapshot_bytes);
}

START_TEST(writes_that_clone_are_counted)
{
    fct_whole_blocks();
    uint8_t *address = NULL;
    fc_buffer b = fct_make(SIZE);
    fc_stats before = fct_stats();
    fct_set(&b, 0, 1);
    assert_counted(&before, 0, 0, 0, 0);
    fc_buffer snapshot = fct_snapshot(&b);
    assert_counted(&before, 0, 0, 0, 0);
    /* Of a clone what the write is about to replace is not moved. */
    fct_set(&b, 0, 2);
    assert_counted(&before, 1, SIZE - 1, 0, 0);
    fct_set(&b, 1, 2), fct_set(&snapshot, 1, 2);
    assert_counted(&before, 1, SIZE - 1, 0, 0);
    fc_buffer_release(&snapshot);
    snapshot = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_unshare(&b), FC_OK);
    assert_counted(&before, 2, 2 * SIZE - 1, 0, 0);
    fc_buffer second = fct_snapshot(&snapshot);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &snapshot), FC_OK);
    fc_buffer_end_write(&snapshot);
    assert_counted(&before, 3, 3 * SIZE - 1, 0, 0);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&second);
}
END_TEST

START_TEST(snapshots_that_copy_are_counted)
{
    fc_buffer small = fct_make(40), b = fct_make(SIZE);
    fc_stats before = fct_stats();
    fc_buffer first = fct_snapshot(&small);
    assert_counted(&before, 0, 0, 1, 40);
    fc_buffer part = fc_buffer_slice(&b, 0, 100), second = fct_snapshot(&part);
    assert_counted(&before, 0, 0, 2, 140);
    fct_set(&first, 0, 1), fct_set(&second, 0, 1), fct_set(&small, 0, 1);
    assert_counted(&before, 0, 0, 2, 140);
    fc_buffer_release(&small), fc_buffer_release(&b), fc_buffer_release(&first);
    fc_buffer_release(&part), fc_buffer_release(&second);
}
END_TEST

START_TEST(copies_that_were_asked_for_are_not_counted)
{
    fc_buffer b = fct_make(SIZE), copy = FC_BUFFER_INIT;
    fc_stats before = fct_stats();
    ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
    fc_buffer_narrow(&copy, 10, 5000);
    ck_assert_int_eq(fc_buffer_compact(&copy), FC_OK);
    ck_assert_int_eq(fc_buffer_copy_into(NULL, &b, 0, fc_buffer_view(&copy)), FC_OK);
    assert_counted(&before, 0, 0, 0, 0);
    fc_buffer_release(&b), fc_buffer_release(&copy);
}
END_TEST

/* Where the system has no paged blocks, all of them are 0. */
START_TEST(paged_counters_are_those_of_the_paged_part)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_PAGED };
    fc_buffer b = FC_BUFFER_INIT;
    struct fci_paged_stats paged;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, 32 * SIZE, &options), FC_OK);
    fct_set(&b, 0, 1);
    fc_buffer snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 2);
    fci_paged_count(&paged);
    fc_stats stats = fct_stats();
    ck_assert_uint_eq(stats.paged_mappings, paged.mappings);
    ck_assert_uint_eq(stats.paged_descriptors, paged.descriptors);
    ck_assert_uint_eq(stats.paged_private_pages, paged.private_pages);
    ck_assert_uint_eq(stats.paged_bytes, paged.bytes);
    ck_assert_int_eq(paged.private_pages != 0, paged.mappings != 0);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/inspect");
    TCase *inspect = tcase_create("inspect");
    tcase_add_checked_fixture(inspect, NULL, fct_assert_nothing_alive);
    tcase_add_test(inspect, unknown_size_is_refused);
    tcase_add_test(inspect, names_say_what_it_runs_on);
    tcase_add_test(inspect, live_counters_follow_births_and_deaths);
    tcase_add_test(inspect, live_arenas_are_counted_by_their_length);
    tcase_add_test(inspect, writes_that_clone_are_counted);
    tcase_add_test(inspect, snapshots_that_copy_are_counted);
    tcase_add_test(inspect, copies_that_were_asked_for_are_not_counted);
    tcase_add_test(inspect, paged_counters_are_those_of_the_paged_part);
    suite_add_tcase(suite, inspect);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
