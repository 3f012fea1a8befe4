/* SPDX-License-Identifier: MIT */

/* Filling, from inside: a range with a pattern, repeated and cut off at the end. */
#ifndef FCI_BUFFER_FILL_H
#define FCI_BUFFER_FILL_H

#include <fc_buffer/buffer.h>

/* Fills `length` bytes. The pattern is not empty unless they are; it may overlap them, and counts
 * as read before the first byte is stored. */
void fci_fill_pattern(uint8_t *to, size_t length, fc_view pattern);

/* Fills [begin, end) of a buffer: all of fc_buffer_fill_bytes. */
fc_status fci_buffer_fill(fc_buffer *b, size_t begin, size_t end, fc_view pattern);

#endif
