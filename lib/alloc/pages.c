/* SPDX-License-Identifier: MIT */

/* Anonymous private mappings. An alignment above a page is had by luck, or by mapping more and
 * giving back what lies before and behind. */

#include "base/common.h"

#include "alloc/pages.h"

#include <stdint.h>
#include <sys/mman.h>

static uint8_t *map(size_t length)
{
    void *address = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return address == MAP_FAILED ? NULL : address;
}

static void unmap(uint8_t *address, size_t length)
{
    if (length != 0) {
        (void)munmap(address, length);
    }
}

/* `length` is a multiple of the page. The sum fits: no size is over PTRDIFF_MAX, no alignment over
 * FCI_ALIGNMENT_MAX. */
static uint8_t *map_wide(size_t length, size_t alignment)
{
    size_t wide = length + alignment - FCI_PAGE;
    uint8_t *base = map(wide);
    if (base != NULL) {
        size_t before = (alignment - (uintptr_t)base % alignment) % alignment;
        unmap(base, before);
        unmap(base + before + length, wide - before - length);
        base += before;
    }
    return base;
}

/* Often the kernel aligns large mappings to huge pages by itself, or lays one below the other. */
static uint8_t *map_aligned(size_t length, size_t alignment)
{
    uint8_t *base = map(length);
    if (base != NULL && (uintptr_t)base % alignment != 0) {
        unmap(base, length);
        base = map_wide(length, alignment);
    }
    return base;
}

void *fci_pages_get(size_t size, size_t alignment)
{
    size_t length = fci_whole_pages(size);
    uint8_t *address = map_aligned(length, alignment);
    if (address != NULL) {
        (void)madvise(address, length, MADV_HUGEPAGE);
    }
    return address;
}

void fci_pages_put(void *address, size_t size)
{
    unmap(address, fci_whole_pages(size));
}
