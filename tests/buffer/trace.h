/* SPDX-License-Identifier: MIT */

/* What the tests of traces share: the report as text. */
#ifndef FCT_BUFFER_TRACE_H
#define FCT_BUFFER_TRACE_H

#include <fc_buffer/trace.h>

#include <stdio.h>

#include "support.h"

static char text[1 << 16];

/* Fills `text`; how many arenas are uneven. */
static inline size_t report(void)
{
    FILE *file = fmemopen(text, sizeof text, "w");
    ck_assert_ptr_nonnull(file);
    size_t uneven = fc_trace_report(file);
    ck_assert_int_eq(fclose(file), 0);
    return uneven;
}

#endif
