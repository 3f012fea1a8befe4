/* SPDX-License-Identifier: MIT */

/* The allocations that hold an arena's or a block's header, with or without small bytes behind it:
 * libc's short way, or all from the caller's allocator where there is one. */
#ifndef FCI_MEMORY_HEADER_H
#define FCI_MEMORY_HEADER_H

#include <stddef.h>

#include <fc_buffer/allocator.h>

/* `size` bytes, aligned to FCI_ALIGNMENT_MIN; NULL if there are none. `allocator` may be NULL. */
void *fci_header_get(size_t size, const fc_allocator *allocator);

void fci_header_put(void *header, size_t size, const fc_allocator *allocator);

#endif
