/* SPDX-License-Identifier: MIT */

/* What a decoder holds back. */
#ifndef FCI_STREAM_TAIL_H
#define FCI_STREAM_TAIL_H

#include <fc_buffer/base.h>

/* How many bytes at the end of a chunk (not empty) begin a character that they do not end, at most
 * three; *need gets how many it lacks. */
size_t fci_decoder_tail(size_t *need, fc_view chunk, uint32_t encoding);

static inline uint32_t fci_decoder_unit(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

#endif
