/* SPDX-License-Identifier: MIT */

/* Base64 as it is nearly always: whole groups, in one line or in lines of one length. */
#ifndef FCI_CODEC_GROUPS_H
#define FCI_CODEC_GROUPS_H

#include <stddef.h>
#include <stdint.h>

/* Decodes groups of an alphabet, FCI_BASE64_... of kernels/base64.h, into at most `room` bytes: all
 * that there are up to anything but a group, or a line end (\n or \r\n) before one, and, where the
 * lines have no common length, fewer. Returns how many bytes, and in *read the end of the last
 * group. */
size_t fci_base64_groups(uint8_t *to, size_t room, const uint8_t *from, size_t length,
                         unsigned alphabet, size_t *read);

#endif
