/* SPDX-License-Identifier: MIT */

/* A handle is released that holds whatever lay on the stack.
 * gcc: -W(maybe-)?uninitialized */

#include <fc_buffer.h>

void forget(void);

void forget(void)
{
#ifdef CORRECTED
    fc_buffer b = FC_BUFFER_INIT;
#else
    fc_buffer b;
#endif
    fc_buffer_release(&b);
}
