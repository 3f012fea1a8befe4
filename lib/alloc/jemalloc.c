/* SPDX-License-Identifier: MIT */

/* Large blocks from an arena of our own. Three things make it recycle, and all are needed: the
 * arena's oversize threshold raised (else blocks of 8 MiB and more go straight back to the kernel),
 * no thread cache at either end (else a block may land in another arena), and the same flags at the
 * release as at the birth.
 *
 * In weak mode nothing links against jemalloc: its symbols are used only if the process has them
 * all, from one object. Never MALLOCX_ZERO: it purges and faults where a fill would do. */

#include "base/common.h"

#include "alloc/jemalloc.h"

#include "alloc/limits.h"
#include "base/track.h"

#include <dlfcn.h>
#include <jemalloc/jemalloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

#ifdef FC_JEMALLOC_WEAK
#pragma weak mallocx
#pragma weak sdallocx
#pragma weak mallctl
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned arena;
static bool ready;

/* A user's ThreadSanitizer sees neither this library nor jemalloc, and would report a block that
 * one thread releases and another gets as a race. */
static char recycling;

#ifdef FC_JEMALLOC_WEAK
/* The object that a symbol lives in; NULL if the process does not have it. */
static const void *home_of(uintptr_t symbol)
{
    Dl_info info;
    return symbol != 0 && dladdr((const void *)symbol, &info) != 0 ? info.dli_fbase : NULL;
}

static bool is_present(void)
{
    const void *home = home_of((uintptr_t)&mallocx);
    return home != NULL && home == home_of((uintptr_t)&sdallocx) &&
           home == home_of((uintptr_t)&mallctl);
}
#else
static bool is_present(void)
{
    return true;
}
#endif

static void make_arena(void)
{
    char name[64];
    unsigned made = 0;
    size_t length = sizeof made;
    size_t threshold = PTRDIFF_MAX;
    if (!is_present() || mallctl("arenas.create", &made, &length, NULL, 0) != 0) {
        return;
    }
    (void)snprintf(name, sizeof name, "arena.%u.oversize_threshold", made);
    if (mallctl(name, NULL, NULL, &threshold, sizeof threshold) != 0) {
        return;
    }
    arena = made;
    ready = true;
}

bool fci_jemalloc_ready(void)
{
    (void)pthread_once(&once, make_arena);
    return ready;
}

static int flags_for(size_t alignment)
{
    return MALLOCX_ARENA((int)arena) | MALLOCX_TCACHE_NONE |
           MALLOCX_LG_ALIGN(__builtin_ctzll(alignment));
}

void *fci_jemalloc_get(size_t size, size_t alignment)
{
    void *address = mallocx(size, flags_for(alignment));
    if (address != NULL) {
        fci_track_acquire(&recycling);
        if (size >= FCI_HUGE_PAGE) {
            (void)madvise(address, size, MADV_HUGEPAGE);
        }
    }
    return address;
}

void fci_jemalloc_put(void *address, size_t size, size_t alignment)
{
    fci_track_release(&recycling);
    sdallocx(address, size, flags_for(alignment));
}
