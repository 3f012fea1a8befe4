/* SPDX-License-Identifier: MIT */

/* Headers keep no record of where they came from: their owner knows the size, and the allocator
 * tells the rest. */

#include "base/common.h"

#include "memory/header.h"

#include "alloc/alloc.h"
#include "alloc/limits.h"

void *fci_header_get(size_t size, const fc_allocator *allocator)
{
    struct fci_memory memory;
    if (allocator == NULL) {
        return fci_small_get(size);
    }
    return fci_memory_get(&memory, allocator, size, FCI_ALIGNMENT_MIN, false);
}

void fci_header_put(void *header, size_t size, const fc_allocator *allocator)
{
    if (allocator == NULL) {
        fci_small_put(header);
        return;
    }
    struct fci_memory memory = {
        .base = header,
        .size = size,
        .lg_alignment = (uint8_t)__builtin_ctzll(FCI_ALIGNMENT_MIN),
        .source = FCI_SOURCE_CALLER,
    };
    fci_memory_put(&memory, allocator);
}
