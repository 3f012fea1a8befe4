/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Memory of your own: an allocator given when a buffer is made is kept by its block, serves every
 * later clone of it, and gets each block back with the size and alignment it was asked for.
 * There is no global setter: two libraries in one program never meet over one. And a way to give
 * back what the library keeps unused of its own.
 */
#ifndef FC_BUFFER_ALLOCATOR_H
#define FC_BUFFER_ALLOCATOR_H

#include "base.h"

/** A flag for fc_allocator.alloc: every byte must be zero. */
#define FC_ALLOCATOR_ZEROED 1u

FC_BUFFER_EXTERN_C_BEGIN

/**
 * Where memory comes from. Kept by pointer: it must outlive every block it has given. Its functions
 * are called from whichever thread makes, writes or releases a buffer, with no lock held; they may
 * not use the buffer that they are called for.
 */
typedef struct fc_allocator {
    /**
     * Returns `size` bytes (never 0) at a multiple of `alignment` (a power of two, at least 16), or
     * NULL if there are none. `flags` is 0 or FC_ALLOCATOR_ZEROED.
     */
    void *(*alloc)(void *context, size_t size, size_t alignment, unsigned flags);
    /** Takes back what alloc returned, with the size and alignment that were asked for. */
    void (*release)(void *context, void *address, size_t size, size_t alignment);
    /** Handed to both functions. */
    void *context;
} fc_allocator;

/**
 * Gives back to the system what the library keeps unused: the number of bytes that were kept.
 *
 * Large blocks that were released are kept for the next ones, because memory that is fresh from the
 * system costs several times a copy. The library keeps to 64 MiB by itself, but only when it is
 * called: a program that is done with its large buffers may say so. What small and middle buffers
 * leave behind is libc's, allocators of the caller's know nothing of this, and the one mapping that
 * a paged buffer may keep for its next snapshot stays until that buffer goes.
 *
 * @par Shape    0 where nothing was kept, and where large blocks come from libc
 * @par Cost     O(bytes given back), one or two system calls for each run of them
 * @par Threads  any
 * @par Source   malloc_trim(3)
 * @since 0.1
 */
FC_API size_t fc_memory_trim(void);

FC_BUFFER_EXTERN_C_END

#endif
