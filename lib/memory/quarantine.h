/* SPDX-License-Identifier: MIT */

/* Dead arena headers, kept for a while in a checked build so that the use of a dead buffer is seen
 * for what it is. Compiled into checked builds only. */
#ifndef FCI_MEMORY_QUARANTINE_H
#define FCI_MEMORY_QUARANTINE_H

/* Takes a header that came from fci_small_get, and frees the oldest one if there are too many. */
void fci_quarantine_put(void *header);

#endif
