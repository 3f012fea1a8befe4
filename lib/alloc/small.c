/* SPDX-License-Identifier: MIT */

/* The lists of small pieces: opened by a thread's first release, and emptied when it ends. A thread
 * that cannot have that promise has no lists; so has one that is ending, whose other destructors
 * may still release buffers. */

#include "base/common.h"

#include "alloc/small.h"

#ifdef FCI_SMALL_LISTS

#include <pthread.h>

/* The ends of lists that are closed, and open. */
static struct fci_piece closed = { NULL, 0 };
static struct fci_piece empty = { NULL, FCI_SMALL_LIST_LENGTH };

_Thread_local struct fci_small_lists fci_small_lists = {
    { &closed, &closed, &closed, &closed, &closed, &closed },
    false,
};

_Static_assert(FCI_SMALL_LIST_COUNT == 5, "as many as are closed above, and list 0");

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void close_lists(void *value)
{
    struct fci_small_lists *lists = value;
    for (size_t i = 1; i <= FCI_SMALL_LIST_COUNT; i++) {
        struct fci_piece *piece = lists->first[i];
        lists->first[i] = &closed;
        while (piece->next != NULL) {
            struct fci_piece *next = piece->next;
            free(piece);
            piece = next;
        }
    }
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, close_lists) == 0;
}

static void open_lists(struct fci_small_lists *lists)
{
    lists->opened = true;
    (void)pthread_once(&once, make_key);
    if (has_key && pthread_setspecific(key, lists) == 0) {
        for (size_t i = 1; i <= FCI_SMALL_LIST_COUNT; i++) {
            lists->first[i] = &empty;
        }
    }
}

void fci_small_put_away(void *address)
{
    if (!fci_small_lists.opened) {
        open_lists(&fci_small_lists);
    }
    free(address);
}

#endif
