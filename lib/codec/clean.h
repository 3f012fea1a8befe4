/* SPDX-License-Identifier: MIT */

/* How much of a text is clean, by the kernels: for checks that go on character by character where
 * it no longer is. Only UTF-8 is looked at; of UTF-16 nothing is called clean. */
#ifndef FCI_CODEC_CLEAN_H
#define FCI_CODEC_CLEAN_H

#include <fc_buffer/encoding.h>

/* How many units from `at` on are whole groups of four characters of the one alphabet, and how many
 * are pairs of hexadecimal digits: all that there are before anything else, but at most `limit`. */
size_t fci_clean_base64(const fc_text *text, size_t at, size_t limit, bool url);
size_t fci_clean_hex(const fc_text *text, size_t at, size_t limit);

#endif
