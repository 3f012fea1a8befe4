/* SPDX-License-Identifier: MIT */

/* Headers keep no record of where they came from: their owner knows the size, and the allocator
 * tells the rest. */

#include "base/common.h"

#include "memory/header.h"

#include "alloc/limits.h"

void *fci_header_get_from(const fc_allocator *allocator, size_t size)
{
    struct fci_memory memory;
    return fci_memory_get(&memory, allocator, size, FCI_ALIGNMENT_MIN, false);
}

void fci_header_put_to(const fc_allocator *allocator, void *header, size_t size)
{
    struct fci_memory memory = {
        .base = header,
        .size = size,
        .lg_alignment = (uint8_t)__builtin_ctzll(FCI_ALIGNMENT_MIN),
        .source = FCI_SOURCE_CALLER,
    };
    fci_memory_put(&memory, allocator);
}
