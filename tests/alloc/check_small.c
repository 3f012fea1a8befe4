/* SPDX-License-Identifier: MIT */

/* The lists of small pieces, by themselves, whatever this build uses: the checked library that
 * tests are linked with has none. malloc and free are counted. */

#include "base/common.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "alloc/limits.h"

#include "support.h"

static size_t mallocs, frees;

static void *counted_malloc(size_t size)
{
    (void)__atomic_fetch_add(&mallocs, 1, __ATOMIC_RELAXED);
    return malloc(size);
}

static void counted_free(void *address)
{
    (void)__atomic_fetch_add(&frees, 1, __ATOMIC_RELAXED);
    free(address);
}

/* A thread that cannot have its promise: no key, or no value for it. */
static bool no_key, no_value;

static int create_key(pthread_key_t *made, void (*destroy)(void *value))
{
    return no_key ? EAGAIN : pthread_key_create(made, destroy);
}

static int set_value(pthread_key_t of, const void *value)
{
    return no_value ? ENOMEM : pthread_setspecific(of, value);
}

#define FCI_SMALL_LISTS 1
#define malloc counted_malloc
#define free counted_free
#define pthread_key_create create_key
#define pthread_setspecific set_value
#include "alloc/small.c"
#undef malloc
#undef free
#undef pthread_key_create
#undef pthread_setspecific

#define LARGEST FCI_SMALL_MAX
#define MANY (FCI_SMALL_LIST_LENGTH * 3)

static void *get(size_t size)
{
    void *address = fci_small_get(size);
    ck_assert_ptr_nonnull(address);
    ck_assert_uint_eq((uintptr_t)address % FCI_ALIGNMENT_MIN, 0);
    memset(address, 0x5a, size);
    return address;
}

/* Opens this thread's lists. */
static void open_own_lists(void)
{
    fci_small_put(get(1), 1);
    ck_assert_uint_eq(mallocs - frees, 0);
}

START_TEST(piece_of_a_step_serves_the_whole_step)
{
    size_t first = (size_t)_i * FCI_SMALL_STEP + 1;
    open_own_lists();
    fci_small_put(get(first), first);
    for (size_t size = first; size < first + FCI_SMALL_STEP; size++) {
        size_t before = mallocs;
        fci_small_put(get(size), size);
        ck_assert_uint_eq(mallocs, before);
    }
    ck_assert_uint_eq(mallocs - frees, 1);
}
END_TEST

START_TEST(larger_pieces_go_past_the_lists)
{
    open_own_lists();
    for (size_t size = LARGEST + 1; size < LARGEST + 1000; size++) {
        fci_small_put(get(size), size);
        ck_assert_uint_eq(mallocs - frees, 0);
    }
}
END_TEST

START_TEST(lists_are_no_longer_than_they_should_be)
{
    void *pieces[MANY];
    open_own_lists();
    for (int round = 0; round < 3; round++) {
        for (size_t size = FCI_SMALL_STEP; size <= LARGEST; size += FCI_SMALL_STEP) {
            for (size_t i = 0; i < MANY; i++) {
                pieces[i] = get(size);
            }
            for (size_t i = 0; i < MANY; i++) {
                fci_small_put(pieces[i], size);
            }
            size_t lists = round == 0 ? size / FCI_SMALL_STEP : FCI_SMALL_LIST_COUNT;
            ck_assert_uint_eq(mallocs - frees, lists * FCI_SMALL_LIST_LENGTH);
        }
    }
}
END_TEST

/* Leaves as many pieces as the lists hold. */
static void *fill_lists(void *unused)
{
    void *pieces[MANY];
    for (size_t size = 1; size <= LARGEST; size += FCI_SMALL_STEP) {
        for (size_t i = 0; i < MANY; i++) {
            pieces[i] = get(size);
        }
        for (size_t i = 0; i < MANY; i++) {
            fci_small_put(pieces[i], size);
        }
    }
    ck_assert_uint_eq(mallocs - frees, FCI_SMALL_LIST_COUNT * FCI_SMALL_LIST_LENGTH);
    return unused;
}

static void run_thread(void *(*function)(void *), void *argument)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, function, argument), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

START_TEST(end_of_a_thread_empties_its_lists)
{
    for (int i = 0; i < 3; i++) {
        run_thread(fill_lists, NULL);
        ck_assert_uint_eq(mallocs - frees, 0);
    }
    ck_assert_uint_gt(mallocs, 0);
}
END_TEST

static void go_without_lists(int which)
{
    no_key = which == 0, no_value = which == 1;
    for (size_t i = 0; i < 3; i++) {
        fci_small_put(get(30), 30);
        ck_assert_uint_eq(mallocs - frees, 0);
    }
    ck_assert_uint_eq(mallocs, 3);
}

/* In a process that has no key yet. */
START_TEST(thread_that_cannot_empty_its_lists_has_none)
{
    char words[1000];
    ck_assert_int_eq(fct_end_of(go_without_lists, _i, words, sizeof words), 0);
}
END_TEST

static pthread_key_t late;

/* Another destructor that still takes and releases. */
static void use_lists(void *piece)
{
    void *other = get(30);
    fci_small_put(piece, 30);
    fci_small_put(other, 30);
}

static void *leave_a_piece(void *unused)
{
    open_own_lists();
    fci_small_put(get(30), 30);
    ck_assert_int_eq(pthread_setspecific(late, get(30)), 0);
    return unused;
}

/* Destructors run in the order of their keys: the lists are closed last if _i is 0, else first. */
START_TEST(other_destructors_may_use_the_lists)
{
    if (_i == 0) {
        ck_assert_int_eq(pthread_key_create(&late, use_lists), 0);
    }
    run_thread(fill_lists, NULL);
    if (_i == 1) {
        ck_assert_int_eq(pthread_key_create(&late, use_lists), 0);
    }
    for (int i = 0; i < 3; i++) {
        run_thread(leave_a_piece, NULL);
        ck_assert_uint_eq(mallocs - frees, 0);
    }
}
END_TEST

static void *release_all(void *pieces)
{
    for (size_t i = 0; i < MANY; i++) {
        fci_small_put(((void **)pieces)[i], 30);
    }
    ck_assert_uint_le(mallocs - frees, FCI_SMALL_LIST_LENGTH);
    return NULL;
}

START_TEST(pieces_may_be_released_by_another_thread)
{
    void *pieces[MANY];
    for (size_t i = 0; i < MANY; i++) {
        pieces[i] = get(30);
    }
    run_thread(release_all, pieces);
    ck_assert_uint_eq(mallocs, MANY);
    ck_assert_uint_eq(frees, MANY);
}
END_TEST

START_TEST(list_without_pieces_never_gets_any)
{
    void *piece = NULL;
    open_own_lists();
    void *other = get(LARGEST + 1);
    ck_assert_uint_eq(fci_small_list(1), 1);
    ck_assert_uint_eq(fci_small_list(LARGEST), FCI_SMALL_LIST_COUNT);
    ck_assert_uint_eq(fci_small_list(LARGEST + 1), 0);
    ck_assert(!fci_small_keep(other, 0));
    ck_assert(!fci_small_take(&piece, 0));
    fci_small_put(get(1), 1);
    ck_assert(fci_small_take(&piece, 1) && fci_small_keep(piece, 1));
    fci_small_put(other, LARGEST + 1);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/small");
    TCase *small = tcase_create("small");
    tcase_add_loop_test(small, thread_that_cannot_empty_its_lists_has_none, 0, 2);
    tcase_add_loop_test(small, piece_of_a_step_serves_the_whole_step, 0, FCI_SMALL_LIST_COUNT);
    tcase_add_test(small, larger_pieces_go_past_the_lists);
    tcase_add_test(small, lists_are_no_longer_than_they_should_be);
    tcase_add_test(small, list_without_pieces_never_gets_any);
    tcase_add_test(small, end_of_a_thread_empties_its_lists);
    tcase_add_loop_test(small, other_destructors_may_use_the_lists, 0, 2);
    tcase_add_test(small, pieces_may_be_released_by_another_thread);
    suite_add_tcase(suite, small);
    return suite;
}

int main(void)
{
    /* The lists of a thread keep what one test has left: each has a process of its own. */
    return setenv("CK_FORK", "yes", 1) == 0 ? fct_main(make_suite) : EXIT_FAILURE;
}
