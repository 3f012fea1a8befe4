/* SPDX-License-Identifier: MIT */

/* A ring of dead arena headers: the oldest is freed when a new one comes. The headers hold a dead
 * count; their bytes are no longer theirs. One lock: this is for checked builds. */

#include "base/common.h"

#include "memory/quarantine.h"

#include "alloc/small.h"
#include "base/state.h"

#include <pthread.h>

#define PLACES 1024

static void *ring[PLACES];
static size_t next_place;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void fci_quarantine_put(void *header)
{
    (void)pthread_mutex_lock(&lock);
    void *oldest = ring[next_place];
    ring[next_place] = header;
    next_place = (next_place + 1) % PLACES;
    (void)pthread_mutex_unlock(&lock);
    FCI_COUNT_LIVE(pieces, (oldest != NULL) - 1); /* what lies here is as good as put back */
    fci_small_put(oldest, 0); /* checked builds have no lists: nobody asks for the size */
}
