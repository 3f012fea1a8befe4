/* SPDX-License-Identifier: MIT */

/**
 * @file
 * The arena as inline code sees it: three words in front of a structure that is otherwise the
 * library's own. They are ABI, and so is the counting policy below. Programs use
 * <fc_buffer/buffer.h>.
 *
 * The count is *owners - 1*. Up: relaxed; the library is called if the result is <= 0. Down:
 * release; if the result is < 0, an acquire load here and then the library. Static, saturated and
 * dead arenas hold a large negative count, so the library always has the last word about them and
 * no overflow can free a live object.
 *
 * While the C library says that the process has one thread, a plain load and store serve; it is
 * asked afresh each time.
 */
#ifndef FC_BUFFER_ARENA_H
#define FC_BUFFER_ARENA_H

#include "base.h"

#if defined(__has_include)
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define FC_BUFFER_ONE_THREAD() (__libc_single_threaded != 0)
#endif
#endif
#ifndef FC_BUFFER_ONE_THREAD
#define FC_BUFFER_ONE_THREAD() 0
#endif

FC_BUFFER_EXTERN_C_BEGIN

/** The public prefix of an arena. Read and written by inline code only. */
typedef struct fc_arena {
    intptr_t count; /**< owners - 1; atomic */
    uint8_t *bytes; /**< the arena's first byte; changes when a write detaches */
    const intptr_t
        *holders; /**< the count of its block, holders - 1; or a constant that is not 0 */
} fc_arena;

/**
 * Has the last word when a count that went up is not positive: saturated, static or dead.
 *
 * @param arena the arena whose count went up
 *
 * @par Shape    the count is large and negative, or the program was stopped (checked builds)
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_arena_retained(fc_arena *arena) FC_ATTR_NONNULL(1);

/**
 * Has the last word when a count that went down is negative: frees the arena after the last owner.
 *
 * Runs the release callback of wrapped memory if this was the last holder of its block.
 *
 * @param arena the arena whose count went down, after an acquire load
 *
 * @par Shape    the arena is gone, or it is one that never goes
 * @par Cost     O(1), and what giving the memory back costs
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_arena_dropped(fc_arena *arena) FC_ATTR_NONNULL(1);

/**
 * Adds an owner to an arena.
 *
 * @param arena not NULL
 *
 * @par Shape    one owner more
 * @par Cost     O(1), inline; one locked instruction once the process has had a second thread
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_arena_retain(fc_arena *arena)
{
    intptr_t count;
    if (FC_BUFFER_LIKELY(FC_BUFFER_ONE_THREAD())) {
        count = (intptr_t)((size_t)__atomic_load_n(&arena->count, __ATOMIC_RELAXED) + 1);
        __atomic_store_n(&arena->count, count, __ATOMIC_RELAXED);
    } else {
        count = __atomic_add_fetch(&arena->count, 1, __ATOMIC_RELAXED);
    }
    if (FC_BUFFER_UNLIKELY(count <= 0)) {
        fc_arena_retained(arena);
    }
}

/**
 * Takes an owner from an arena; the last one frees it.
 *
 * @param arena not NULL; not to be used by this owner afterwards
 *
 * @par Shape    one owner less
 * @par Cost     O(1), inline; one locked instruction once the process has had a second thread,
 *               none for the only owner
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API inline void fc_arena_release(fc_arena *arena)
{
    intptr_t count;
    if (FC_BUFFER_ONE_THREAD()) {
        count = (intptr_t)((size_t)__atomic_load_n(&arena->count, __ATOMIC_RELAXED) - 1);
        __atomic_store_n(&arena->count, count, __ATOMIC_RELAXED);
    } else if (__atomic_load_n(&arena->count, __ATOMIC_ACQUIRE) == 0) {
        count = -1;
        __atomic_store_n(&arena->count, count, __ATOMIC_RELAXED);
    } else {
        count = __atomic_sub_fetch(&arena->count, 1, __ATOMIC_RELEASE);
    }
    if (FC_BUFFER_UNLIKELY(count < 0)) {
        (void)__atomic_load_n(&arena->count, __ATOMIC_ACQUIRE);
        fc_arena_dropped(arena);
    }
}

FC_BUFFER_EXTERN_C_END

#endif
