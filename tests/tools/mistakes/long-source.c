/* SPDX-License-Identifier: MIT */

/* More bytes are asked for than the source has.
 * gcc: -Wstringop-overread */

#include <fc_buffer.h>

fc_status greet(fc_buffer *b, size_t length);

fc_status greet(fc_buffer *b, size_t length)
{
    static const char words[64] = "hello";
#ifdef CORRECTED
    return fc_buffer_write(b, 0, words, length);
#else
    return fc_buffer_write(b, length, words, sizeof words + 1);
#endif
}
