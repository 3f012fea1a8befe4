/* SPDX-License-Identifier: MIT */

/* Large blocks from an arena of our own. Three things make it recycle, and all are needed: the
 * arena's oversize threshold raised (else blocks of 8 MiB and more go straight back to the kernel),
 * no thread cache at either end (else a block may land in another arena), and the same flags at the
 * release as at the birth. Its decay by time is off: it would do nothing in an idle program, and a
 * byte budget serves a busy one.
 *
 * In weak mode nothing links against jemalloc: its symbols are used only if the process has them
 * all, from one object. Never MALLOCX_ZERO: it purges and faults where a fill would do. */

#include "base/common.h"

#include "alloc/jemalloc.h"

#include "alloc/limits.h"
#include "base/atomic.h"
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

/* Bytes released and not taken again, as far as we can tell: a block that did not fit into what is
 * kept counts as taken from it all the same. So `released`, bytes since jemalloc was last asked. */
static uint64_t kept;
static uint64_t released;

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

/* Sets something of the arena, or with no value does it. */
static bool arena_control(const char *what, void *value, size_t length)
{
    char name[64];
    (void)snprintf(name, sizeof name, "arena.%u.%s", arena, what);
    return mallctl(name, NULL, NULL, value, length) == 0;
}

static void make_arena(void)
{
    size_t length = sizeof arena;
    size_t threshold = PTRDIFF_MAX;
    ssize_t never = -1;
    ready = is_present() && mallctl("arenas.create", &arena, &length, NULL, 0) == 0 &&
            arena_control("oversize_threshold", &threshold, sizeof threshold) &&
            arena_control("dirty_decay_ms", &never, sizeof never);
}

bool fci_jemalloc_ready(void)
{
    (void)pthread_once(&once, make_arena);
    return ready;
}

/* What jemalloc says that it keeps; built without statistics it does not say. */
static uint64_t count_kept(void)
{
    char name[64];
    uint64_t now = 1;
    size_t page, pages, length = sizeof pages;
    (void)snprintf(name, sizeof name, "stats.arenas.%u.pdirty", arena);
    if (mallctl("epoch", NULL, NULL, &now, sizeof now) != 0 ||
        mallctl("arenas.page", &page, &length, NULL, 0) != 0 ||
        mallctl(name, &pages, &length, NULL, 0) != 0) {
        return fci_counter_load(&kept);
    }
    return pages * page;
}

/* Counted down first: what is released in between is purged, and counted, not the reverse. */
static void purge(void)
{
    fci_counter_store(&kept, 0);
    (void)arena_control("purge", NULL, 0);
}

void fci_jemalloc_limit(void)
{
    if (fci_counter_load(&released) >= FCI_KEPT_RECOUNT) {
        fci_counter_store(&released, 0);
        fci_counter_store(&kept, count_kept());
    }
    if (fci_counter_load(&kept) > FCI_KEPT_BUDGET) {
        purge();
    }
}

size_t fci_jemalloc_trim(void)
{
    uint64_t given = count_kept();
    purge();
    return given;
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
        fci_counter_take(&kept, size);
        fci_jemalloc_limit();
    }
    return address;
}

void fci_jemalloc_put(void *address, size_t size, size_t alignment)
{
    fci_jemalloc_limit();
    fci_track_release(&recycling);
    sdallocx(address, size, flags_for(alignment));
    fci_counter_add(&kept, size);
    fci_counter_add(&released, size);
}
