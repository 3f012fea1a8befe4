/* SPDX-License-Identifier: MIT */

/* What a user's ThreadSanitizer is told: this program has its two functions, and no more of it. */

#include "base/common.h"

#include "base/track.h"

#include "bytes.h"

#ifdef FCT_TSAN

int main(void)
{
    return 77;
}

#else

static const void *acquired, *released;

void __tsan_acquire(void *address)
{
    acquired = address;
}

void __tsan_release(void *address)
{
    released = address;
}

START_TEST(program_with_a_race_detector_is_told)
{
    static const char word;
    fci_track_acquire(&word);
    ck_assert(acquired == &word && released == NULL);
    fci_track_release(&word);
    ck_assert_ptr_eq(released, &word);
}
END_TEST

/* One thread lets go of a block, another writes it then. */
START_TEST(count_of_a_block_orders_its_holders)
{
    fct_whole_blocks();
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    const void *count = b.arena->holders;
    fc_buffer_release(&snapshot);
    ck_assert_ptr_eq(released, count);
    acquired = NULL;
    ck_assert(!fc_buffer_would_copy(&b));
    ck_assert_ptr_eq(acquired, count);
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("base/track");
    TCase *track = tcase_create("track");
    tcase_add_checked_fixture(track, NULL, fct_assert_nothing_alive);
    tcase_add_test(track, program_with_a_race_detector_is_told);
    tcase_add_test(track, count_of_a_block_orders_its_holders);
    suite_add_tcase(suite, track);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}

#endif
