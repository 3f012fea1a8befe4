/* SPDX-License-Identifier: MIT */

/* Counters that several threads change at once: nothing is lost, and none goes below 0. */

#include "base/common.h"

#include "base/atomic.h"

#include <pthread.h>

#include "support.h"

#define THREADS 4
#define EACH ((uint64_t)200000)

static uint64_t counter;

static void *take_all(void *unused)
{
    for (uint64_t i = 0; i < EACH; i++) {
        fci_counter_take(&counter, 3);
    }
    return unused;
}

static uint64_t what_threads_leave(uint64_t begin)
{
    pthread_t threads[THREADS];
    fci_counter_store(&counter, begin);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_all, NULL), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    return fci_counter_load(&counter);
}

START_TEST(threads_take_from_a_counter_what_they_should)
{
    ck_assert_uint_eq(what_threads_leave(THREADS * EACH * 3 + 1), 1);
    ck_assert_uint_eq(what_threads_leave(THREADS * EACH * 3 - 1), 0);
    ck_assert_uint_eq(what_threads_leave(5), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("base/atomic");
    TCase *atomic = tcase_create("atomic");
    tcase_set_timeout(atomic, 120);
    tcase_add_test(atomic, threads_take_from_a_counter_what_they_should);
    suite_add_tcase(suite, atomic);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
