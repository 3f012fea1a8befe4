/* SPDX-License-Identifier: MIT */

/* The lists of small pieces: opened by a thread's first release, and emptied when it ends. A thread
 * that cannot have that promise has no lists; so has one that is ending, whose other destructors
 * may still release buffers. */

#include "base/common.h"

#include "alloc/small.h"

#ifdef FCI_SMALL_LISTS

#include <pthread.h>

_Thread_local struct fci_small_lists fci_small_lists;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void close_lists(void *value)
{
    struct fci_small_lists *lists = value;
    lists->room = 0;
    for (size_t i = 0; i < FCI_SMALL_LIST_COUNT; i++) {
        struct fci_piece *piece = lists->first[i];
        lists->first[i] = NULL;
        while (piece != NULL) {
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

void fci_small_put_away(void *address)
{
    struct fci_small_lists *lists = &fci_small_lists;
    if (!lists->opened) {
        lists->opened = true;
        (void)pthread_once(&once, make_key);
        if (has_key && pthread_setspecific(key, lists) == 0) {
            lists->room = FCI_SMALL_LIST_LENGTH;
        }
    }
    free(address);
}

#endif
