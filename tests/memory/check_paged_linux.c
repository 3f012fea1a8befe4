/* SPDX-License-Identifier: MIT */

/* Paged blocks: a write beside a snapshot copies pages, not the block; chains and windows stay
 * isolated; what is carried, folded and made anew never shows. */

#include "base/common.h"

#include "paged.h"

#include "base/state.h"
#include "memory/limits.h"
#include "memory/paged_linux.h"

#include <stdlib.h>

START_TEST(first_write_copies_one_page_on_either_side)
{
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    ck_assert(is_paged(&b));
    ck_assert_uint_eq(fct_stats().paged_private_pages, 0);
    fct_set(&b, 5 * PAGE, 0);
    ck_assert_uint_eq(fct_stats().paged_private_pages, 1);
    ck_assert(holds(&b, 5 * PAGE, 0) && holds(&snapshot, FCT_NONE, 0));
    fc_buffer_release(&b);
    b = fct_snapshot(&snapshot);
    fct_set(&snapshot, 7 * PAGE, 0);
    ck_assert_uint_le(fct_stats().paged_private_pages, 2); /* in the mapping that b has left */
    ck_assert(holds(&snapshot, 7 * PAGE, 0) && holds(&b, FCT_NONE, 0));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    ck_assert_uint_eq(fct_stats().paged_mappings + fct_stats().paged_descriptors, 0);
}
END_TEST

START_TEST(other_options_ask_for_no_pages)
{
    for (unsigned flags = 0; flags < 8; flags++) {
        fc_alloc_options options = { .size = sizeof options, .flags = flags };
        fc_buffer b = FC_BUFFER_INIT;
        ck_assert_int_eq(fc_buffer_alloc_with(&b, SIZE, &options), FC_OK);
        ck_assert(is_paged(&b) ==
                  ((flags & FC_ALLOC_PAGED) != 0 && (flags & FC_ALLOC_SECRET) == 0));
        fc_buffer_release(&b);
    }
}
END_TEST

/* A private mapping shows later writes to the file in its untouched pages: none may happen. */
START_TEST(file_is_not_written_while_a_view_lives)
{
    fc_buffer b = make_paged(), view = fct_snapshot(&b);
    fct_set(&view, 0, 0);
    ck_assert(fc_buffer_would_copy(&b));
    fct_set(&b, PAGE, 0);
    ck_assert(holds(&view, 0, 0) && holds(&b, PAGE, 0));
    fc_buffer_release(&b), fc_buffer_release(&view);
}
END_TEST

START_TEST(file_is_written_in_place_when_its_views_are_gone)
{
    fc_buffer b = make_paged(), view = fct_snapshot(&b);
    fct_set(&view, 0, 0);
    fc_buffer_release(&view);
    ck_assert(!fc_buffer_would_copy(&b));
    const uint8_t *address = fc_buffer_data(&b);
    fct_set(&b, PAGE, 0);
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    ck_assert(holds(&b, PAGE, 0));
    fc_buffer_release(&b);
}
END_TEST

/* Snapshot, write, release: the pages go into the file, so that there are never more. */
START_TEST(loop_without_kept_snapshots_never_grows)
{
    fc_buffer b = make_paged();
    for (size_t i = 0; i < 1000; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&b, i * 37 % PAGES * PAGE, (uint8_t)i);
        fc_buffer_release(&snapshot);
        ck_assert_uint_le(fct_stats().paged_private_pages, 2 * (FCI_PAGED_DOUBLE / PAGE + 1));
        ck_assert_uint_le(fct_stats().paged_mappings, 3);
        ck_assert_uint_le(fct_stats().paged_descriptors, 1);
    }
    uint8_t *expected = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++) {
        expected[i] = fct_pattern(i);
    }
    for (size_t i = 0; i < 1000; i++) {
        expected[i * 37 % PAGES * PAGE] = (uint8_t)i;
    }
    ck_assert(memcmp(fc_buffer_data(&b), expected, SIZE) == 0);
    free(expected);
    fc_buffer_release(&b);
}
END_TEST

/* The i-th version has the first i places set. */
START_TEST(every_version_of_a_chain_is_kept)
{
    enum { VERSIONS = 300 };
    static fc_buffer versions[VERSIONS];
    fci_state_paged.find = _i;
    fc_buffer b = make_paged();
    for (size_t i = 0; i < VERSIONS; i++) {
        versions[i] = fct_snapshot(&b);
        fct_set(&b, i * PAGE + 9, (uint8_t)~fct_pattern(i * PAGE + 9));
    }
    /* Far less than VERSIONS copies, and than carrying every page in every version. */
    ck_assert_uint_lt(fct_stats().paged_bytes, 60 * SIZE);
    for (size_t i = 0; i < VERSIONS; i++) {
        const uint8_t *bytes = fc_buffer_data(&versions[i]);
        for (size_t j = 0; j < PAGES; j++) {
            uint8_t was = fct_pattern(j * PAGE + 9);
            ck_assert_uint_eq(bytes[j * PAGE + 9], j < i ? (uint8_t)~was : was);
        }
        fc_buffer_release(&versions[i]);
    }
    fc_buffer_release(&b);
    fci_state_paged.find = FCI_FIND_SCAN;
}
END_TEST

/* The mapping of a released view serves the next one, also where a page of its own was then the
 * same as the file's. */
START_TEST(mapping_that_serves_again_shows_what_was_folded_since)
{
    fci_state_paged.find = _i;
    fc_buffer b = make_paged(), first = fct_snapshot(&b);
    fct_set(&b, PAGE, fct_get(&b, PAGE));
    fc_buffer second = fct_snapshot(&b);
    fct_set(&b, PAGE, 1);
    fc_buffer_release(&second);
    fc_buffer_release(&first);
    first = fct_snapshot(&b);
    fct_set(&b, 2 * PAGE, 2);
    ck_assert_uint_eq(fct_get(&first, PAGE), 1);
    ck_assert_uint_eq(fct_get(&b, PAGE), 1);
    fc_buffer_release(&b), fc_buffer_release(&first);
    fci_state_paged.find = FCI_FIND_SCAN;
}
END_TEST

START_TEST(window_is_cloned_by_its_pages)
{
    fc_buffer b = make_paged();
    fc_buffer half = fc_buffer_slice(&b, 100, 100 + (ptrdiff_t)(SIZE / 2));
    fc_buffer snapshot = fct_snapshot(&half);
    fct_set(&snapshot, 0, 1);
    fct_set(&half, 1, 1);
    ck_assert(is_paged(&snapshot));
    ck_assert(holds(&b, 101, 1));
    fct_set(&snapshot, 0, fct_pattern(100));
    fct_assert_pattern(&snapshot, 100, FCT_NONE);
    /* The view of half of it keeps all of the file; compact frees it. */
    fc_buffer_release(&b), fc_buffer_release(&half);
    ck_assert_uint_gt(fc_buffer_retained_bytes(&snapshot), SIZE);
    ck_assert_int_eq(fc_buffer_compact(&snapshot), FC_OK);
    ck_assert_uint_lt(fc_buffer_retained_bytes(&snapshot), SIZE / 2 + 2 * PAGE);
    fct_assert_pattern(&snapshot, 100, FCT_NONE);
    fc_buffer_release(&snapshot);
}
END_TEST

/* A caller that announces most of it gets whole copies, until they have cost as much as a file. */
START_TEST(bulk_write_copies_all_at_once_for_a_while)
{
    static uint8_t zeroes[SIZE / 2];
    fc_buffer b = make_paged(), first = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_write(&b, 0, zeroes, sizeof zeroes), FC_OK);
    ck_assert(!is_paged(&b) && is_paged(&first));
    fc_buffer second = fct_snapshot(&b);
    for (size_t i = 0; i < FCI_PAGED_PATIENCE; i++) {
        ck_assert(!is_paged(&b));
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&b, 0, 1);
        fc_buffer_release(&snapshot);
    }
    ck_assert(is_paged(&b));
    ck_assert_uint_eq(fct_get(&b, 0), 1);
    ck_assert_uint_eq(fct_get(&second, 0), 0);
    ck_assert(holds(&first, FCT_NONE, 0));
    fc_buffer_release(&b), fc_buffer_release(&first), fc_buffer_release(&second);
}
END_TEST

START_TEST(writer_of_most_pages_does_without_for_a_while)
{
    fc_buffer b = make_paged();
    size_t whole = 0;
    for (size_t i = 0; i < 4 * FCI_PAGED_FILE + 11 + 3; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        for (size_t page = 0; page < PAGES; page++) {
            fct_set(&b, page * PAGE, (uint8_t)(i + 1));
        }
        whole += !is_paged(&b);
        ck_assert_uint_eq(fct_get(&snapshot, SIZE - PAGE),
                          i == 0 ? fct_pattern(SIZE - PAGE) : (uint8_t)i);
        fc_buffer_release(&snapshot);
    }
    ck_assert_uint_eq(whole, 4 * FCI_PAGED_FILE + 11);
    ck_assert(is_paged(&b));
    fc_buffer_release(&b);
}
END_TEST

/* Measured where no test has set it: 3 copies at least, and never a millisecond a page. */
START_TEST(price_of_a_page_is_measured_once)
{
    ck_assert_uint_eq(fci_paged_cost(100 * PAGE, 199 * PAGE), 100 * 3 * 4 / 200);
    fci_state_paged.weight = 0;
    size_t price = fci_paged_cost(1000 * PAGE, 999 * PAGE);
    ck_assert_uint_eq(price % 4, 0);
    ck_assert(price >= 4 * 3 && price < 4 * 4000);
    for (size_t i = 0; i < 20; i++) {
        ck_assert_uint_eq(fci_paged_cost(1000 * PAGE, 999 * PAGE), price);
    }
    fci_state_paged.weight = 3;
}
END_TEST

#define LARGE FCI_PAGED_UNASKED_MIN

static fc_buffer snapshot_and_set(fc_buffer *b, uint8_t value)
{
    fc_buffer snapshot = fct_snapshot(b);
    fct_set(b, LARGE / 2, value);
    return snapshot;
}

/* As many whole copies as a file costs, and then the file. */
START_TEST(large_buffer_is_paged_when_it_pays)
{
    fc_buffer b = fct_make(LARGE);
    for (size_t i = 0; i < FCI_PAGED_PATIENCE; i++) {
        ck_assert(!is_paged(&b));
        fc_buffer snapshot = snapshot_and_set(&b, (uint8_t)i);
        fc_buffer_release(&snapshot);
    }
    ck_assert(is_paged(&b));
    fc_stats before = fct_stats();
    fc_buffer snapshot = snapshot_and_set(&b, 0xee), copy = FC_BUFFER_INIT;
    ck_assert_uint_eq(fct_stats().write_copies, before.write_copies + 1);
    ck_assert_uint_eq(fct_stats().write_copied_bytes, before.write_copied_bytes);
    ck_assert(is_paged(&b) && holds(&b, LARGE / 2, 0xee));
    ck_assert(holds(&snapshot, LARGE / 2, FCI_PAGED_PATIENCE - 1));
    /* What is made from it is as plain as it was. */
    ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
    ck_assert(!is_paged(&copy) && holds(&copy, LARGE / 2, 0xee));
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&copy);
}
END_TEST

START_TEST(smaller_buffer_is_not_paged_unasked)
{
    fc_buffer b = fct_make(LARGE - 1);
    for (size_t i = 0; i < FCI_PAGED_PATIENCE + 2; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&b, i, 0);
        ck_assert(!is_paged(&b));
        fc_buffer_release(&snapshot);
    }
    fc_buffer_release(&b);
}
END_TEST

/* One that gives many snapshots, each written once, has no file made for each. */
START_TEST(source_of_many_snapshots_is_paged_once)
{
    size_t paged = 0;
    fc_buffer b = fct_make(LARGE);
    for (size_t i = 0; i + 1 < FCI_PAGED_PATIENCE; i++) {
        fc_buffer snapshot = snapshot_and_set(&b, (uint8_t)i);
        fc_buffer_release(&snapshot);
    }
    for (size_t i = 0; i < 20; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&snapshot, 0, 0);
        paged += is_paged(&snapshot);
        ck_assert_uint_eq(fct_get(&b, 0), fct_pattern(0));
        fc_buffer_release(&snapshot);
    }
    ck_assert_uint_eq(paged, 1);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(retained_bytes_are_the_file_and_the_pages_of_its_own)
{
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    size_t before = fc_buffer_retained_bytes(&b);
    ck_assert_uint_ge(before, SIZE);
    fct_set(&b, 0, 0);
    ck_assert_uint_eq(fc_buffer_retained_bytes(&b), before + PAGE);
    ck_assert_uint_eq(fc_buffer_retained_bytes(&snapshot), before);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* What the counters and the prices of three versions show. */
static void assert_costs(const fc_buffer *versions, const size_t *own, size_t mappings,
                         size_t pages)
{
    fc_stats now = fct_stats();
    ck_assert_uint_eq(now.paged_descriptors, 1);
    ck_assert_uint_eq(now.paged_mappings, mappings);
    ck_assert_uint_eq(now.paged_private_pages, pages);
    ck_assert_uint_eq(now.paged_bytes, SIZE + pages * PAGE);
    for (size_t i = 0; i < 3; i++) {
        size_t retained = fc_buffer_retained_bytes(&versions[i]);
        ck_assert_uint_eq(retained / PAGE, retained == 0 ? 0 : SIZE / PAGE + own[i]);
    }
}

/* What the program has not written itself is not held against it. */
static size_t given(const fc_buffer *b)
{
    return fci_paged_of(fci_arena_of(b)->home.block)->given;
}

/* A view's price is the file and its own pages, whether they were written, carried or folded. Who
 * compares does not see those that are the file's as well. */
START_TEST(counters_follow_what_is_carried_and_folded)
{
    if (fci_state_paged.find == FCI_FIND_COMPARE) {
        fci_state_paged.find = FCI_FIND_READ;
    }
    fc_buffer v[3] = { make_paged() };
    v[1] = fct_snapshot(&v[0]);
    fct_set(&v[0], 1 * PAGE, 0);
    assert_costs(v, (size_t[]){ 1, 0, 0 }, 2, 1);
    v[2] = fct_snapshot(&v[0]);
    uint64_t copied = fct_stats().write_copied_bytes;
    fct_set(&v[0], 2 * PAGE, 0); /* carries the page before */
    ck_assert_uint_eq(fct_stats().write_copied_bytes, copied + PAGE);
    ck_assert_uint_eq(given(&v[0]), PAGE);
    assert_costs(v, (size_t[]){ 2, 0, 1 }, 3, 3);
    fc_buffer_release(&v[1]), fc_buffer_release(&v[2]);
    assert_costs(v, (size_t[]){ 2, 0, 0 }, 3, 3); /* the mapping of one is there for the next */
    v[1] = fct_snapshot(&v[0]);
    fct_set(&v[0], 3 * PAGE, 0); /* folds both, and takes that mapping */
    ck_assert_uint_eq(given(&v[0]), PAGE);
    assert_costs(v, (size_t[]){ 2, 2, 0 }, 3, 4);
    for (size_t i = 0; i < 40; i++) {
        fct_set(&v[0], (100 + i) * PAGE, 0);
    }
    fc_buffer_release(&v[1]);
    v[1] = fct_snapshot(&v[0]);
    fct_set(&v[0], 4 * PAGE, 0); /* folds so many that they are given back */
    assert_costs(v, (size_t[]){ 3, 0, 0 }, 3, 3);
    ck_assert_uint_eq(fct_get(&v[1], 139 * PAGE), 0);
    fc_buffer_release(&v[0]), fc_buffer_release(&v[1]);
    ck_assert_uint_eq(fct_stats().paged_bytes + fct_stats().paged_mappings, 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_linux");
    TCase *paged = tcase_create("paged");
    tcase_add_checked_fixture(paged, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(paged, 300);
    tcase_add_test(paged, first_write_copies_one_page_on_either_side);
    tcase_add_test(paged, other_options_ask_for_no_pages);
    tcase_add_test(paged, file_is_not_written_while_a_view_lives);
    tcase_add_test(paged, file_is_written_in_place_when_its_views_are_gone);
    tcase_add_test(paged, loop_without_kept_snapshots_never_grows);
    tcase_add_loop_test(paged, every_version_of_a_chain_is_kept, FCI_FIND_SCAN,
                        FCI_FIND_COMPARE + 1);
    tcase_add_loop_test(paged, mapping_that_serves_again_shows_what_was_folded_since, FCI_FIND_SCAN,
                        FCI_FIND_COMPARE + 1);
    tcase_add_test(paged, window_is_cloned_by_its_pages);
    tcase_add_test(paged, bulk_write_copies_all_at_once_for_a_while);
    tcase_add_test(paged, writer_of_most_pages_does_without_for_a_while);
    tcase_add_test(paged, price_of_a_page_is_measured_once);
    tcase_add_test(paged, large_buffer_is_paged_when_it_pays);
    tcase_add_test(paged, smaller_buffer_is_not_paged_unasked);
    tcase_add_test(paged, source_of_many_snapshots_is_paged_once);
    tcase_add_test(paged, counters_follow_what_is_carried_and_folded);
    tcase_add_test(paged, retained_bytes_are_the_file_and_the_pages_of_its_own);
    suite_add_tcase(suite, paged);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
