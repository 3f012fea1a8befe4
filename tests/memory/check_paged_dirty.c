/* SPDX-License-Identifier: MIT */

/* Which pages of a view are its own: every way to find them, whatever they are, in one batch or in
 * many. */

#include "base/common.h"

#include "paged.h"

#include "memory/paged_linux.h"

/* More pages than one read of the page map tells. */
#define MANY ((size_t)1300)

/* A view of a file that its first holder shows. */
static fc_buffer shown, b;

static void begin(void)
{
    fc_alloc_options options = { .size = sizeof options,
                                 .flags = FC_ALLOC_PAGED | FC_ALLOC_UNSAFE };
    paged_where_asked();
    ck_assert_int_eq(fc_buffer_alloc_with(&shown, MANY * PAGE, &options), FC_OK);
    b = fct_snapshot(&shown);
    fct_set(&b, 0, 1);
}

static void end(void)
{
    fc_buffer_release(&shown), fc_buffer_release(&b);
    fct_assert_nothing_alive();
}

static struct fci_paged *view_of(const fc_buffer *buffer)
{
    ck_assert(is_paged(buffer));
    return fci_paged_of(fci_arena_of(buffer)->home.block);
}

/* Page i is b's own if i % step is 0 and i < count. */
static void write_pages(size_t count, size_t step)
{
    for (size_t i = 0; i < count; i += step) {
        fct_set(&b, i * PAGE + i, 1);
    }
}

/* Runs come in order, and are those pages; pages side by side are one run, as far as one look goes.
 */
static void find_pages(size_t count, size_t step)
{
    struct fci_paged_search search;
    struct fci_paged *view = view_of(&b);
    size_t next = 0, length = step == 1 ? count : 1;
    size_t most = step == 1 ? 1 : FCI_PAGED_BATCH;
    fci_paged_search(&search, view, view->mapping, view->mapped);
    while (fci_paged_next(&search)) {
        ck_assert(search.count > 0 && search.count <= most);
        for (size_t i = 0; i < search.count; i++) {
            size_t pages = (size_t)(search.runs[i].end - search.runs[i].begin) / PAGE;
            ck_assert_uint_eq((size_t)(search.runs[i].begin - view->mapping), next * PAGE);
            ck_assert_uint_le(pages, length);
            next += step == 1 ? pages : step;
        }
    }
    ck_assert_uint_eq(next, (count + step - 1) / step * step);
    ck_assert_uint_eq(fci_paged_own(view), (count + step - 1) / step * PAGE);
}

START_TEST(own_pages_are_found_in_every_way)
{
    static const size_t counts[] = { 1, 2, 16, 127 * 2, 128 * 2, 129 * 2, 512, 513, 1024, MANY };
    fci_state_paged.find = _i;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        write_pages(counts[i], 2);
        find_pages(counts[i], 2);
    }
    write_pages(MANY, 1);
    find_pages(MANY, 1);
    ck_assert_uint_eq(fci_paged_own(view_of(&b)), MANY * PAGE);
}
END_TEST

/* The first batch is there without another look, if it is all of them. */
START_TEST(first_batch_is_handed_out_at_once_if_it_is_all)
{
    struct fci_paged_search search;
    struct fci_paged *view = view_of(&b);
    fci_state_paged.find = _i;
    ck_assert_uint_eq(fci_paged_find(&search, view), PAGE);
    ck_assert(search.ready && search.count == 1);
    write_pages(300, 2);
    ck_assert_uint_eq(fci_paged_find(&search, view), 150 * PAGE);
    ck_assert(!search.ready && search.at == view->mapping);
    size_t own = 0;
    while (fci_paged_next(&search)) {
        own += search.count;
    }
    ck_assert_uint_eq(own, 150);
}
END_TEST

/* Few are at most FCI_PAGED_DOUBLE bytes; and who compares cannot know them all. */
START_TEST(few_pages_are_few_and_known)
{
    struct fci_paged_search search;
    struct fci_paged *view = view_of(&b);
    bool compares = _i == FCI_FIND_COMPARE;
    fci_state_paged.find = _i;
    write_pages(2 * FCI_PAGED_DOUBLE / PAGE, 2);
    ck_assert_int_eq(fci_paged_find_few(&search, view), !compares);
    ck_assert_uint_eq(search.count, compares ? 1 : FCI_PAGED_DOUBLE / PAGE);
    fct_set(&b, SIZE, 1);
    ck_assert(!fci_paged_find_few(&search, view));
    write_pages(400, 2);
    ck_assert(!fci_paged_find_few(&search, view));
}
END_TEST

/* A view that nobody has written has none, and that is known. */
START_TEST(no_pages_are_few)
{
    struct fci_paged_search search;
    fci_state_paged.find = _i;
    struct fci_paged *view =
        fci_paged_view_of(view_of(&shown), view_of(&shown)->mapping, MANY * PAGE, view_of(&shown));
    ck_assert_ptr_nonnull(view);
    ck_assert_uint_eq(fci_paged_find(&search, view), 0);
    ck_assert(!search.ready && !fci_paged_next(&search));
    ck_assert_int_eq(fci_paged_find_few(&search, view), _i != FCI_FIND_COMPARE);
    ck_assert(_i == FCI_FIND_COMPARE || !search.ready);
    fci_block_drop(&view->block);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_dirty");
    TCase *dirty = tcase_create("dirty");
    tcase_add_checked_fixture(dirty, begin, end);
    tcase_set_timeout(dirty, 120);
    tcase_add_loop_test(dirty, own_pages_are_found_in_every_way, FCI_FIND_SCAN,
                        FCI_FIND_COMPARE + 1);
    tcase_add_loop_test(dirty, first_batch_is_handed_out_at_once_if_it_is_all, FCI_FIND_SCAN,
                        FCI_FIND_COMPARE + 1);
    tcase_add_loop_test(dirty, few_pages_are_few_and_known, FCI_FIND_SCAN, FCI_FIND_COMPARE + 1);
    tcase_add_loop_test(dirty, no_pages_are_few, FCI_FIND_SCAN, FCI_FIND_COMPARE + 1);
    suite_add_tcase(suite, dirty);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
