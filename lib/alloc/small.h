/* SPDX-License-Identifier: MIT */

/* The short way for headers and small buffers: libc's malloc, behind lists of each thread's own,
 * one for each multiple of a cache line. Inline: these two are most of what a small buffer costs.
 *
 * There are lists only where jemalloc is linked. Without it the memory checkers are to see every
 * malloc and free; in weak mode the library may be loaded into a running process, which has little
 * room for thread-local variables at a fixed place; in checked builds a dead header has to stay
 * dead. */
#ifndef FCI_ALLOC_SMALL_H
#define FCI_ALLOC_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "alloc/guard.h"
#include "alloc/limits.h"

#if defined(FC_HAVE_JEMALLOC) && !defined(FC_JEMALLOC_WEAK) && !defined(FC_CHECKS)
#define FCI_SMALL_LISTS 1
#endif

#ifdef FC_CHECKS
/* Whether the test has asked that this allocation fail. */
bool fci_must_fail(void);
#else
static inline bool fci_must_fail(void)
{
    return false;
}
#endif

#ifdef FCI_SMALL_LISTS

/* A piece that nobody has: it knows how many more may lie on top of it. */
struct fci_piece {
    struct fci_piece *next;
    size_t room;
};

/* All zero until the thread puts its first piece back, and when it has ended: no room, no list. */
struct fci_small_lists {
    struct fci_piece *first[FCI_SMALL_LIST_COUNT];
    size_t room; /* of an empty list */
    bool opened;
};

extern _Thread_local struct fci_small_lists fci_small_lists
    __attribute__((tls_model("initial-exec")));

/* Where there is no room: opens the lists if that is why, and frees the piece. */
void fci_small_put_away(void *address);

/* `size` bytes (not 0) aligned to FCI_ALIGNMENT_MIN, or NULL. */
static inline void *fci_small_get(size_t size)
{
    size_t list = (size - 1) / FCI_SMALL_STEP;
    if (list < FCI_SMALL_LIST_COUNT) {
        struct fci_piece *piece = fci_small_lists.first[list];
        if (piece != NULL) {
            fci_small_lists.first[list] = piece->next;
            return piece;
        }
        size = (list + 1) * FCI_SMALL_STEP;
    }
    return malloc(size);
}

/* With the size that was asked for. */
static inline void fci_small_put(void *address, size_t size)
{
    size_t list = (size - 1) / FCI_SMALL_STEP;
    if (list < FCI_SMALL_LIST_COUNT) {
        struct fci_piece *piece = address, *next = fci_small_lists.first[list];
        size_t room = next != NULL ? next->room : fci_small_lists.room;
        if (room != 0) {
            piece->next = next;
            piece->room = room - 1;
            fci_small_lists.first[list] = piece;
            return;
        }
    }
    fci_small_put_away(address);
}

#else

#ifdef FC_HOSTILE
#define FCI_SMALL_GET(size) fci_guard_get((size), FCI_ALIGNMENT_MIN, false)
#define FCI_SMALL_PUT(address) fci_guard_put(address)
#else
#define FCI_SMALL_GET(size) malloc(size)
#define FCI_SMALL_PUT(address) free(address)
#endif

/* `size` bytes, at least 16, so that they are aligned to FCI_ALIGNMENT_MIN; or NULL. */
static inline void *fci_small_get(size_t size)
{
    return fci_must_fail() ? NULL : FCI_SMALL_GET(size);
}

static inline void fci_small_put(void *address, size_t size)
{
    (void)size;
    FCI_SMALL_PUT(address);
}

#endif

#endif
