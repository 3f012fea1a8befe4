/* SPDX-License-Identifier: MIT */

/* A store through this address would show in snapshots.
 * gcc: -Wdiscarded-qualifiers
 * clang: -Wincompatible-pointer-types-discards-qualifiers */

#include <fc_buffer.h>

fc_status clear_first(fc_buffer *b);

fc_status clear_first(fc_buffer *b)
{
#ifdef CORRECTED
    return fc_buffer_set(b, 0, 0);
#else
    uint8_t *bytes = fc_buffer_data(b);
    bytes[0] = 0;
    return FC_OK;
#endif
}
