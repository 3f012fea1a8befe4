/* SPDX-License-Identifier: MIT */

/* More room is promised than the target has.
 * gcc: -Wstringop-overflow */

#include <fc_buffer.h>

size_t show(fc_view bytes);

size_t show(fc_view bytes)
{
    char text[16];
    size_t written;
#ifdef CORRECTED
    size_t room = sizeof text;
#else
    size_t room = 2 * sizeof text;
#endif
    return fc_view_write_utf8(&written, text, room, bytes, FC_ENCODING_HEX) == FC_OK ? written : 0;
}
