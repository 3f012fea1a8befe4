/* SPDX-License-Identifier: MIT */

/* Zeroed pages straight from the kernel: however many, they cost nothing until they are touched. */
#ifndef FCI_ALLOC_PAGES_H
#define FCI_ALLOC_PAGES_H

#include <stddef.h>

#include "alloc/limits.h"

/* So many bytes in whole pages. The sum fits where no size is over PTRDIFF_MAX. */
static inline size_t fci_whole_pages(size_t size)
{
    return (size + FCI_PAGE - 1) / FCI_PAGE * FCI_PAGE;
}

/* `size` zeroed bytes at a multiple of `alignment` (at least a page), or NULL. */
void *fci_pages_get(size_t size, size_t alignment);

void fci_pages_put(void *address, size_t size);

#endif
