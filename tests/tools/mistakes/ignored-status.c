/* SPDX-License-Identifier: MIT */

/* The write may have failed, and nobody looks.
 * gcc: -Wunused-result
 * clang: -Wunused-result */

#include <fc_buffer.h>

fc_status put(fc_buffer *b);

fc_status put(fc_buffer *b)
{
#ifdef CORRECTED
    return fc_buffer_write(b, 0, "abc", 3);
#else
    fc_buffer_write(b, 0, "abc", 3);
    return FC_OK;
#endif
}
