/* SPDX-License-Identifier: MIT */

/* There is no NULL for "no buffer": that is the empty buffer.
 * gcc: -Wnonnull
 * clang: -Wnonnull */

#include <fc_buffer.h>

size_t nothing(void);

size_t nothing(void)
{
#ifdef CORRECTED
    fc_buffer none = FC_BUFFER_INIT;
    return fc_buffer_length(&none);
#else
    return fc_buffer_length(NULL);
#endif
}
