/* SPDX-License-Identifier: MIT */

/* Chooses the source of a piece of memory and finds it again at the release. In a checked build
 * every allocation passes the failure hook first, so that tests can fail the n-th.
 *
 * Configured --without-jemalloc everything comes from libc: the memory checkers see only that.
 * Configured --enable-hostile guarded pages stand in for libc. */

#include "base/common.h"

#include "alloc/alloc.h"

#include "alloc/guard.h"
#include "alloc/jemalloc.h"
#include "alloc/limits.h"
#include "alloc/pages.h"
#include "alloc/small.h"
#include "base/state.h"
#include "base/track.h"

#include <stdlib.h>

#ifdef FC_CHECKS
bool fci_must_fail(void)
{
    struct fci_failure *failure = &fci_state_failure;
    intptr_t left = __atomic_load_n(&failure->countdown, __ATOMIC_RELAXED);
    if (left < 0) {
        return false;
    }
    if (left > 0 || !failure->forever) {
        __atomic_store_n(&failure->countdown, left - 1, __ATOMIC_RELAXED);
    }
    return left == 0;
}
#endif

static size_t at_least(size_t size, size_t least)
{
    return size > least ? size : least;
}

#ifdef FC_HOSTILE
static void *libc_get(struct fci_memory *memory, size_t size, size_t alignment, bool zeroed)
{
    memory->base = fci_guard_get(size, alignment, zeroed);
    memory->size = size;
    memory->source = FCI_SOURCE_LIBC;
    return memory->base;
}

static void libc_put(const struct fci_memory *memory)
{
    fci_guard_put(memory->base);
}
#else
/* malloc aligns to FCI_ALIGNMENT_MIN, from that size on even where it is not glibc's; more is had
 * by asking for more. (aligned_alloc costs several times malloc, and has no zeroed form.) The bytes
 * around are nobody's. `alignment` is at least FCI_ALIGNMENT_MIN; the sum fits: no size is over
 * PTRDIFF_MAX, no alignment over FCI_ALIGNMENT_MAX. */
static void *libc_get(struct fci_memory *memory, size_t size, size_t alignment, bool zeroed)
{
    size_t wide = at_least(size, FCI_ALIGNMENT_MIN) + alignment - FCI_ALIGNMENT_MIN;
    uint8_t *base = zeroed ? calloc(1, wide) : malloc(wide);
    if (base == NULL) {
        return NULL;
    }
    size_t before = (alignment - (uintptr_t)base % alignment) % alignment;
    FCI_TRACK_POISON(base, before);
    FCI_TRACK_POISON(base + before + size, wide - before - size);
    memory->base = base;
    memory->size = wide;
    memory->source = FCI_SOURCE_LIBC;
    return base + before;
}

static void libc_put(const struct fci_memory *memory)
{
    FCI_TRACK_UNPOISON(memory->base, memory->size);
    free(memory->base);
}
#endif

static void *caller_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                        size_t alignment, bool zeroed)
{
    memory->base =
        allocator->alloc(allocator->context, size, alignment, zeroed ? FC_ALLOCATOR_ZEROED : 0);
    memory->size = size;
    memory->source = FCI_SOURCE_CALLER;
    return memory->base;
}

#ifdef FC_HAVE_JEMALLOC
static void *pages_get(struct fci_memory *memory, size_t size, size_t alignment)
{
    memory->base = fci_pages_get(size, alignment);
    memory->size = size;
    memory->source = FCI_SOURCE_PAGES;
    return memory->base;
}

/* Where large blocks begin: see limits.h. */
static size_t large_alignment(size_t size)
{
    return size >= FCI_HUGE_PAGE ? FCI_HUGE_PAGE : FCI_PAGE;
}

static void *jemalloc_get(struct fci_memory *memory, size_t size, size_t alignment)
{
    memory->base = fci_jemalloc_get(size, alignment);
    memory->size = size;
    memory->source = FCI_SOURCE_JEMALLOC;
    return memory->base;
}

const char *fci_large_allocator_name(void)
{
    return fci_jemalloc_ready() ? "jemalloc" : "libc";
}

size_t fci_memory_trim(void)
{
    return fci_jemalloc_ready() ? fci_jemalloc_trim() : 0;
}
#else
const char *fci_large_allocator_name(void)
{
    return "libc";
}

size_t fci_memory_trim(void)
{
    return 0;
}
#endif

/* Without an allocator of the caller's: by size. Raises *alignment to what the source gives.
 * Zeroes leave alone what is kept: they are to cost a system call, whatever was released before. */
static void *own_get(struct fci_memory *memory, size_t size, size_t *alignment, bool zeroed)
{
#ifdef FC_HAVE_JEMALLOC
    if (size >= (zeroed ? FCI_LAZY_MIN : FCI_KEPT_MAX + 1)) {
        *alignment = at_least(*alignment, large_alignment(size));
        if (!zeroed) {
            fci_jemalloc_limit();
        }
        return pages_get(memory, size, *alignment);
    }
    if (!zeroed && size >= FCI_LARGE_MIN && fci_jemalloc_ready()) {
        *alignment = at_least(*alignment, large_alignment(size));
        return jemalloc_get(memory, size, *alignment);
    }
#endif
    *alignment = at_least(*alignment, FCI_ALIGNMENT_MIN);
    return libc_get(memory, size, *alignment, zeroed);
}

void *fci_memory_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                     size_t alignment, bool zeroed)
{
    struct fci_memory got = { 0 };
    void *address;
    if (size > PTRDIFF_MAX || fci_must_fail()) {
        return NULL;
    }
    if (allocator != NULL) {
        alignment = at_least(alignment, FCI_ALIGNMENT_MIN);
        address = caller_get(&got, allocator, size, alignment, zeroed);
    } else {
        address = own_get(&got, size, &alignment, zeroed);
    }
    if (address != NULL) {
        got.lg_alignment = (uint8_t)__builtin_ctzll(alignment);
        *memory = got;
        FCI_COUNT_LIVE(pieces, 1);
    }
    return address;
}

void fci_memory_put(const struct fci_memory *memory, const fc_allocator *allocator)
{
    size_t alignment = (size_t)1 << memory->lg_alignment;
    FCI_COUNT_LIVE(pieces, -1);
    switch ((enum fci_source)memory->source) {
    case FCI_SOURCE_CALLER:
        allocator->release(allocator->context, memory->base, memory->size, alignment);
        break;
#ifdef FC_HAVE_JEMALLOC
    case FCI_SOURCE_JEMALLOC:
        fci_jemalloc_put(memory->base, memory->size, alignment);
        break;
    case FCI_SOURCE_PAGES:
        fci_jemalloc_limit();
        fci_pages_put(memory->base, memory->size);
        break;
#else
    case FCI_SOURCE_JEMALLOC:
    case FCI_SOURCE_PAGES:
#endif
    case FCI_SOURCE_LIBC:
    default:
        libc_put(memory);
        break;
    }
}
