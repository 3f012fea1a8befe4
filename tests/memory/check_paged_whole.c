/* SPDX-License-Identifier: MIT */

/* Where pages would not do, or would not pay: who is not paged, windows that a view cannot show,
 * and writers whose pages cost more than a copy of all. */

#include "base/common.h"

#include "paged.h"

#include "memory/limits.h"
#include "memory/paged_linux.h"

START_TEST(only_large_plain_blocks_are_paged)
{
    static const fc_allocator allocator = { 0 };
    const struct fci_traits plain = { .alignment = 1, .paged = true };
    struct fci_traits wide = plain, secret = plain, callers = plain, unasked = plain;
    wide.alignment = PAGE, secret.secret = true;
    callers.allocator = &allocator, unasked.paged = false;
    ck_assert(fci_paged_wanted(FCI_PAGED_MIN, &plain));
    ck_assert(!fci_paged_wanted(FCI_PAGED_MIN - 1, &plain));
    ck_assert(fci_paged_wanted(FCI_PAGED_MIN, &wide));
    ck_assert(!fci_paged_wanted(SIZE, &secret) && !fci_paged_wanted(SIZE, &callers));
    ck_assert(!fci_paged_wanted(SIZE, &unasked));
    wide.alignment = 2 * PAGE;
    ck_assert(!fci_paged_wanted(SIZE, &wide));
    fci_state_paged.policy = FCI_PAGED_ALWAYS;
    ck_assert(fci_paged_wanted(1, &unasked) && !fci_paged_wanted(SIZE, &secret));
    fci_state_paged.policy = FCI_PAGED_NEVER;
    ck_assert(!fci_paged_wanted(SIZE, &plain));
}
END_TEST

START_TEST(no_memory_for_a_header_is_a_whole_block)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_PAGED };
    fc_buffer b = FC_BUFFER_INIT;
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 0 };
    fc_status status = fc_buffer_alloc_with(&b, SIZE, &options);
    fci_state_failure.countdown = -1;
    ck_assert(status == FC_OK && !is_paged(&b));
    fc_buffer_release(&b);
}
END_TEST

/* Its snapshot is right, and written alone: paged then, on a file of its own, or not at all. */
static void snapshot_of_window(size_t begin, size_t length, bool pinned, bool paged)
{
    fc_alloc_options options = { .size = sizeof options, .alignment = PAGE };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes = NULL;
    options.flags = FC_ALLOC_PAGED;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, SIZE, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = fct_pattern(i);
    }
    if (!pinned) {
        fc_buffer_end_write(&b);
    }
    fc_buffer window = fc_buffer_slice(&b, (ptrdiff_t)begin, (ptrdiff_t)(begin + length));
    fc_buffer snapshot = fct_snapshot(&window);
    bytes[begin + 1] = pinned ? 0 : bytes[begin + 1];
    fct_set(&snapshot, 7, 0);
    ck_assert(is_paged(&snapshot) == paged);
    ck_assert_uint_eq(fct_stats().paged_descriptors, paged ? 2 : 1);
    fct_assert_pattern(&snapshot, begin, 7);
    ck_assert(holds(&b, pinned ? begin + 1 : FCT_NONE, 0));
    if (pinned) {
        fc_buffer_end_write(&b);
    }
    fc_buffer_release(&b), fc_buffer_release(&window), fc_buffer_release(&snapshot);
}

START_TEST(window_that_a_view_cannot_show_is_copied)
{
    bool pinned = _i == 1;
    snapshot_of_window(100, FCI_PAGED_MIN, pinned, true);
    snapshot_of_window(PAGE, FCI_PAGED_MIN - 1, pinned, false);
}
END_TEST

/* Pages of its own in front of the window, in it, and behind it; a snapshot that is kept sees the
 * file. */
START_TEST(window_of_a_view_is_cloned_with_its_own_pages)
{
    const size_t begin = 100 * PAGE + 64, length = SIZE / 2;
    fc_buffer b = make_paged(), kept = fct_snapshot(&b);
    fct_set(&b, 10 * PAGE, 0xee), fct_set(&b, 120 * PAGE, 0xee), fct_set(&b, SIZE - 1, 0xee);
    fc_buffer window = fc_buffer_slice(&b, (ptrdiff_t)begin, (ptrdiff_t)(begin + length));
    fc_buffer snapshot = fct_snapshot(&window);
    fct_set(&snapshot, 0, 0);
    ck_assert(is_paged(&snapshot));
    fct_set(&snapshot, 0, fct_pattern(begin));
    ck_assert_uint_eq(fct_get(&snapshot, 120 * PAGE - begin), 0xee);
    fct_set(&snapshot, 120 * PAGE - begin, fct_pattern(120 * PAGE));
    fct_assert_pattern(&snapshot, begin, FCT_NONE);
    ck_assert_uint_eq(fct_get(&b, 120 * PAGE), 0xee);
    ck_assert(holds(&kept, FCT_NONE, 0));
    fc_buffer_release(&b), fc_buffer_release(&kept);
    fc_buffer_release(&window), fc_buffer_release(&snapshot);
}
END_TEST

static uint16_t patience_of(const fc_buffer *b)
{
    return fci_arena_of(b)->home.block->patience;
}

/* The dearer the pages were, the longer whole copies are preferred; up to what the count holds. */
START_TEST(patience_ends_where_its_count_does)
{
    static const size_t weights[] = { 20000, 100000000 };
    for (size_t i = 0; i < 2; i++) {
        fci_state_paged.weight = weights[i];
        fc_buffer b = make_paged(), first = fct_snapshot(&b);
        fct_set(&b, 0, 0);
        fc_buffer second = fct_snapshot(&b);
        fct_set(&b, PAGE, 0);
        ck_assert(!is_paged(&b) && is_paged(&first) && is_paged(&second));
        size_t rounds = 4 * FCI_PAGED_FILE + fci_paged_cost(PAGE, SIZE);
        ck_assert_uint_eq(patience_of(&b), i == 0 ? rounds : UINT16_MAX);
        ck_assert(holds(&second, 0, 0) && holds(&first, FCT_NONE, 0));
        fc_buffer_release(&b), fc_buffer_release(&first), fc_buffer_release(&second);
    }
    fci_state_paged.weight = 3;
}
END_TEST

/* They are made in one go too. */
START_TEST(write_of_some_pages_makes_just_these)
{
    static const uint8_t zeroes[3 * PAGE];
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_write(&b, 100, zeroes, sizeof zeroes), FC_OK);
    ck_assert_uint_eq(fct_stats().paged_private_pages, 4);
    ck_assert(is_paged(&b) && holds(&snapshot, FCT_NONE, 0));
    fc_buffer before = fc_buffer_slice(&b, 0, 100), behind = fc_buffer_slice(&b, 100, FC_END);
    fct_assert_pattern(&before, 0, FCT_NONE);
    ck_assert_int_eq(memcmp(fc_buffer_data(&behind), zeroes, sizeof zeroes), 0);
    fc_buffer_narrow(&behind, sizeof zeroes, FC_END);
    fct_assert_pattern(&behind, 100 + sizeof zeroes, FCT_NONE);
    fc_buffer_release(&before), fc_buffer_release(&behind);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* A short write in one go, where pages are dear. */
START_TEST(write_of_dear_pages_copies_all)
{
    static const uint8_t zeroes[2 * PAGE];
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    fci_state_paged.weight = 3000;
    ck_assert(fci_paged_is_bulk(2 * PAGE, SIZE) && !fci_paged_is_bulk(PAGE - 1, SIZE));
    ck_assert_int_eq(fc_buffer_write(&b, 0, zeroes, sizeof zeroes), FC_OK);
    ck_assert(!is_paged(&b) && holds(&snapshot, FCT_NONE, 0));
    fci_state_paged.weight = 3;
    ck_assert(!fci_paged_is_bulk(2 * PAGE, SIZE) && fci_paged_is_bulk(SIZE, SIZE));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* One that nobody asked to be paged, and has had all its whole copies. */
START_TEST(bulk_write_of_a_large_buffer_pages_nothing)
{
    enum { LARGE = FCI_PAGED_UNASKED_MIN };
    static const uint8_t zeroes[LARGE];
    fc_buffer b = fct_make(LARGE);
    for (size_t length = 1; length <= LARGE / 2; length += LARGE / 2 - 1) {
        fci_arena_of(&b)->home.block->patience = 0;
        fc_buffer snapshot = fct_snapshot(&b);
        ck_assert_int_eq(fc_buffer_write(&snapshot, 0, zeroes, length), FC_OK);
        ck_assert(is_paged(&snapshot) == (length == 1) && !is_paged(&b));
        fct_assert_pattern(&b, 0, FCT_NONE);
        fc_buffer_release(&snapshot);
    }
    fc_buffer_release(&b);
}
END_TEST

START_TEST(paged_buffer_of_its_own_is_compact)
{
    fc_buffer b = make_paged();
    const uint8_t *address = fc_buffer_data(&b);
    ck_assert_int_eq(fc_buffer_compact(&b), FC_OK);
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_whole");
    TCase *whole = tcase_create("whole");
    tcase_add_checked_fixture(whole, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(whole, 120);
    tcase_add_test(whole, only_large_plain_blocks_are_paged);
    tcase_add_test(whole, no_memory_for_a_header_is_a_whole_block);
    tcase_add_loop_test(whole, window_that_a_view_cannot_show_is_copied, 0, 2);
    tcase_add_test(whole, window_of_a_view_is_cloned_with_its_own_pages);
    tcase_add_test(whole, patience_ends_where_its_count_does);
    tcase_add_test(whole, write_of_some_pages_makes_just_these);
    tcase_add_test(whole, write_of_dear_pages_copies_all);
    tcase_add_test(whole, bulk_write_of_a_large_buffer_pages_nothing);
    tcase_add_test(whole, paged_buffer_of_its_own_is_compact);
    suite_add_tcase(suite, whole);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
