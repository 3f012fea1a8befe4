/* SPDX-License-Identifier: MIT */

/* The main of a black-box test program, linked with the shared library as a user's program is. */

#include "support.h"

#include <stdlib.h>

int fct_main(Suite *(*make)(void))
{
    SRunner *runner = srunner_create(make());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

bool fct_paged_always(void)
{
    return false;
}

void fct_whole_blocks(void)
{
}

size_t fct_alive(void)
{
    fc_stats stats = { .size = sizeof stats };
    ck_assert_int_eq(fc_stats_read(&stats), FC_OK);
    return (size_t)(stats.live_arenas + stats.live_blocks);
}

void fct_assert_nothing_alive(void)
{
    ck_assert_uint_eq(fct_alive(), 0);
}
