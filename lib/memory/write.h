/* SPDX-License-Identifier: MIT */

/* A write in two halves, so that every writer keeps the one right order: validate; obtain the new
 * block; copy the old bytes; (the writer puts the new bytes in;) publish; drop the old block last.
 * Until fci_write_close the old bytes are where they were, so the source may lie among them. */
#ifndef FCI_MEMORY_WRITE_H
#define FCI_MEMORY_WRITE_H

#include "memory/arena.h"

struct fci_write {
    uint8_t *at; /* where the new bytes go */
    struct fci_arena *arena;
    struct fci_block *fresh; /* the block to detach to; NULL: in place */
};

/* Opens [offset, offset + length) of an arena for writing. The range fits; with length 0 the whole
 * arena is made ready to be written. FC_ERR_FROZEN or FC_ERR_NO_MEMORY: nothing changed. */
fc_status fci_write_open(struct fci_write *write, struct fci_arena *arena, size_t offset,
                         size_t length);

/* Publishes what was written. Cannot fail. */
void fci_write_close(struct fci_write *write);

#endif
