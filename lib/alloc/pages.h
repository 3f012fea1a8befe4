/* SPDX-License-Identifier: MIT */

/* Zeroed pages straight from the kernel: however many, they cost nothing until they are touched. */
#ifndef FCI_ALLOC_PAGES_H
#define FCI_ALLOC_PAGES_H

#include <stddef.h>

/* `size` zeroed bytes at a multiple of `alignment` (at least a page), or NULL. */
void *fci_pages_get(size_t size, size_t alignment);

void fci_pages_put(void *address, size_t size);

#endif
