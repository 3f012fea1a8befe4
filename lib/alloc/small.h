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
#include "base/state.h"

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
    struct fci_piece *next; /* NULL: an end, which is no piece */
    size_t room;
};

/* By number. Each has an end at its bottom: one without room until the thread puts its first piece
 * back, and again when it has ended. List 0 never has a piece, nor room for any. */
struct fci_small_lists {
    struct fci_piece *first[FCI_SMALL_LIST_COUNT + 1];
    bool opened;
};

extern _Thread_local struct fci_small_lists fci_small_lists
    __attribute__((tls_model("initial-exec")));

/* Where there is no room: opens the lists if that is why, and frees the piece. */
void fci_small_put_away(void *address);

/* The number of the list whose pieces serve `size` bytes (not 0); 0 if there is none. */
static inline size_t fci_small_list(size_t size)
{
    return size <= FCI_SMALL_MAX ? (size - 1) / FCI_SMALL_STEP + 1 : 0;
}

/* A piece of the list; false if it is empty. */
static inline bool fci_small_take(void **address, size_t list)
{
    struct fci_piece *piece = fci_small_lists.first[list];
    if (piece->next == NULL) {
        return false;
    }
    fci_small_lists.first[list] = piece->next;
    *address = piece;
    return true;
}

/* Puts a piece back on its list; false if there is no room. */
static inline bool fci_small_keep(void *address, size_t list)
{
    struct fci_piece *piece = address, *next = fci_small_lists.first[list];
    if (next->room == 0) {
        return false;
    }
    piece->next = next;
    piece->room = next->room - 1;
    fci_small_lists.first[list] = piece;
    return true;
}

/* `size` bytes (not 0) aligned to FCI_ALIGNMENT_MIN, or NULL. */
static inline void *fci_small_get(size_t size)
{
    size_t list = fci_small_list(size);
    void *address;
    if (fci_small_take(&address, list)) {
        return address;
    }
    return malloc(list != 0 ? list * FCI_SMALL_STEP : size);
}

/* With the size that was asked for. */
static inline void fci_small_put(void *address, size_t size)
{
    if (!fci_small_keep(address, fci_small_list(size))) {
        fci_small_put_away(address);
    }
}

#else

#ifdef FC_HOSTILE
#define FCI_SMALL_GET(size) fci_guard_get((size), FCI_ALIGNMENT_MIN, false)
#define FCI_SMALL_PUT(address) fci_guard_put(address)
#else
#define FCI_SMALL_GET(size) malloc(size)
#define FCI_SMALL_PUT(address) free(address)
#endif

static inline size_t fci_small_list(size_t size)
{
    (void)size;
    return 0;
}

static inline bool fci_small_take(void **address, size_t list)
{
    (void)address;
    (void)list;
    return false;
}

static inline bool fci_small_keep(void *address, size_t list)
{
    (void)address;
    (void)list;
    return false;
}

/* `size` bytes, at least 16, so that they are aligned to FCI_ALIGNMENT_MIN; or NULL. */
static inline void *fci_small_get(size_t size)
{
    void *address = fci_must_fail() ? NULL : FCI_SMALL_GET(size);
    FCI_COUNT_LIVE(pieces, address != NULL);
    return address;
}

static inline void fci_small_put(void *address, size_t size)
{
    (void)size;
    FCI_COUNT_LIVE(pieces, -(address != NULL));
    FCI_SMALL_PUT(address);
}

#endif

#endif
