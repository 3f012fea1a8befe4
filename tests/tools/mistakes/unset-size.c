/* SPDX-License-Identifier: MIT */

/* A structure that the library fills in must say how large it is.
 * gcc: -W(maybe-)?uninitialized */

#include <fc_buffer.h>

uint64_t copies(void);

uint64_t copies(void)
{
#ifdef CORRECTED
    fc_stats stats = { .size = sizeof stats };
#else
    fc_stats stats;
#endif
    return fc_stats_read(&stats) == FC_OK ? stats.write_copies : 0;
}
