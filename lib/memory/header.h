/* SPDX-License-Identifier: MIT */

/* The allocations that hold an arena's or a block's header, with or without small bytes behind it:
 * libc's short way, or all from the caller's allocator where there is one. */
#ifndef FCI_MEMORY_HEADER_H
#define FCI_MEMORY_HEADER_H

#include "alloc/alloc.h"
#include "alloc/small.h"

/* The same from and to the caller's allocator. */
void *fci_header_get_from(const fc_allocator *allocator, size_t size);
void fci_header_put_to(const fc_allocator *allocator, void *header, size_t size);

/* `size` bytes, aligned to FCI_ALIGNMENT_MIN; NULL if there are none. `allocator` may be NULL. */
static inline void *fci_header_get(size_t size, const fc_allocator *allocator)
{
    return allocator == NULL ? fci_small_get(size) : fci_header_get_from(allocator, size);
}

static inline void fci_header_put(void *header, size_t size, const fc_allocator *allocator)
{
    if (allocator == NULL) {
        fci_small_put(header, size);
    } else {
        fci_header_put_to(allocator, header, size);
    }
}

#endif
