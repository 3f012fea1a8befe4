/* SPDX-License-Identifier: MIT */

/* Memory that notices: every piece ends where an inaccessible page begins, and one that was given
 * back is inaccessible for as long as a queue is long. What alignment leaves free at either end
 * holds a canary. In place of malloc in a library that was configured with --enable-hostile. */
#ifndef FCI_ALLOC_GUARD_H
#define FCI_ALLOC_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* `size` bytes (not 0) at a multiple of `alignment`, zero or full of junk; NULL if there are none.
 */
void *fci_guard_get(size_t size, size_t alignment, bool zeroed);

/* Stops the program if a canary has changed. `address` may be NULL. */
void fci_guard_put(void *address);

#endif
