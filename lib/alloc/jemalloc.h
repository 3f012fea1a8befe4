/* SPDX-License-Identifier: MIT */

/* An arena of jemalloc that is ours alone, for large blocks. Unlike jemalloc's default it keeps the
 * pages of released blocks of 8 MiB and more for the next one. Compiled in unless configured
 * --without-jemalloc; in weak mode it may still turn out not to be there. */
#ifndef FCI_ALLOC_JEMALLOC_H
#define FCI_ALLOC_JEMALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* Whether jemalloc is in the process and gave us an arena. The first call makes it. */
bool fci_jemalloc_ready(void);

/* As in alloc.h, only when ready. `alignment` is at least a page. Both keep to the budget: the
 * first when it has taken what it needs, the second before it adds to what is kept. */
void *fci_jemalloc_get(size_t size, size_t alignment);
void fci_jemalloc_put(void *address, size_t size, size_t alignment);

/* Gives back all that is kept unused if that is more than FCI_KEPT_BUDGET. */
void fci_jemalloc_limit(void);

/* Gives it back in any case, only when ready; how many bytes that were. */
size_t fci_jemalloc_trim(void);

#endif
