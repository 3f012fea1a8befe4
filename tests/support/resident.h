/* SPDX-License-Identifier: MIT */

/* How much memory this process really has, for tests of what is given back to the kernel. */
#ifndef FCT_RESIDENT_H
#define FCT_RESIDENT_H

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "support.h"

/* Where the checkers' shadow memory and their malloc would be measured, not ours, it does not. */
static inline bool fct_resident_means_something(void)
{
#ifdef FCT_INSTRUMENTED
    return false;
#else
    return fct_effort_step() == 1;
#endif
}

static inline size_t fct_resident_bytes(void)
{
    unsigned long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%lu %lu", &size, &resident), 2);
    (void)fclose(file);
    return (size_t)resident * (size_t)sysconf(_SC_PAGESIZE);
}

#endif
