/* SPDX-License-Identifier: MIT */

/* A slice is an owner: dropped, it holds its arena for ever.
 * gcc: -Wunused-result
 * clang: -Wunused-result */

#include <fc_buffer.h>

void shorten(fc_buffer *b);

void shorten(fc_buffer *b)
{
#ifdef CORRECTED
    fc_buffer_narrow(b, 0, 100);
#else
    fc_buffer_slice(b, 0, 100);
#endif
}
