/* SPDX-License-Identifier: MIT */

/* Memory by size: the caller's allocator where there is one, else libc for small and middle sizes,
 * jemalloc for large ones and the kernel for large zeroed ones. Whoever gets memory keeps the small
 * record of where it came from and hands it in again, so every release is sized. */
#ifndef FCI_ALLOC_ALLOC_H
#define FCI_ALLOC_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fc_buffer/allocator.h>

/* Where a piece of memory came from, and what it takes to give it back. */
struct fci_memory {
    void *base;           /* what the source returned: at or before the address handed out */
    size_t size;          /* what the source was asked for */
    uint8_t lg_alignment; /* and its alignment, as a power of two */
    uint8_t source;       /* enum fci_source */
};

enum fci_source {
    FCI_SOURCE_LIBC = 1,
    FCI_SOURCE_JEMALLOC = 2,
    FCI_SOURCE_PAGES = 3,
    FCI_SOURCE_CALLER = 4,
};

/* `size` bytes (not 0) at a multiple of `alignment` (a power of two), all zero if asked for. NULL
 * if there are none; then *memory is untouched. `allocator` may be NULL. */
void *fci_memory_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                     size_t alignment, bool zeroed);

/* Gives back what fci_memory_get recorded, to the same allocator. */
void fci_memory_put(const struct fci_memory *memory, const fc_allocator *allocator);

/* Gives the kernel what released blocks have left behind, as far as this library keeps it: how many
 * bytes. What libc keeps is the whole program's. */
size_t fci_memory_trim(void);

/* "jemalloc" or "libc": who serves large blocks. */
const char *fci_large_allocator_name(void);

#endif
