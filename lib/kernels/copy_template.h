/* SPDX-License-Identifier: MIT */

/* Copy and move by vectors, for every tier that has any, on top of what move_template.h has and
 * asks for; beside that
 *
 *   FCI_STREAMS      is 1: stores that go past the caches, fci_stream, with kernels/x86/stream.h
 *   FCI_COPY_WIDE    the function for more than eight vectors where fci_state_limits.wide says that
 *                    this CPU has a better way; not defined where a tier knows of none
 *   FCI_COPY         what the two functions are called, where another tier's vectors serve: if not
 *   FCI_MOVE         defined, fci_copy and fci_move with the tier's suffix
 *
 * A plain loop rather than `rep movsb`, which on AMD's CPUs before Zen 5 falls to a sixteenth of
 * its speed where (to - from) mod 4096 is small. */

#include "kernels/move_template.h"

#include "kernels/scalar/copy.h"

#include <fc_buffer/copy.h>

/* What fc_move_inline does by lanes, in every tier. Who calls a kernel for less is in the library:
 * callers outside have it inline. So the kernels ask first whether it is up to twice as much, the
 * only lengths that the way here is long for; two comparisons later they would take 1.9 ns instead
 * of 1.4. */
#define LANES_MAX ((size_t)64)

_Static_assert(LANES_MAX >= 2 * FCI_VECTOR, "what is longer is more than two vectors");

#ifndef FCI_COPY
#define FCI_COPY FCI_TIER(fci_copy)
#define FCI_MOVE FCI_TIER(fci_move)
#endif

#if FCI_STREAMS
/* Over two rounds, past the caches, a whole line after the other. The ranges do not overlap. */
static void FCI_TIER(copy_streaming)(uint8_t *to, const uint8_t *from, size_t length)
{
    struct GROUP head = LOAD_GROUP(from), tail = LOAD_GROUP(from + length - ROUND);
    for (size_t i = FCI_LINE - (uintptr_t)to % FCI_LINE; i < length - ROUND; i += ROUND) {
        for (size_t line = 0; line < ROUND; line += FCI_LINE) {
            fci_prefetch(from + i + line);
        }
        struct GROUP round = LOAD_GROUP(from + i);
        FCI_TIER(fci_stream)(to + i, round.a);
        FCI_TIER(fci_stream)(to + i + FCI_VECTOR, round.b);
        FCI_TIER(fci_stream)(to + i + 2 * FCI_VECTOR, round.c);
        FCI_TIER(fci_stream)(to + i + 3 * FCI_VECTOR, round.d);
    }
    fci_stream_end();
    STORE_GROUP(to, head);
    STORE_GROUP(to + length - ROUND, tail);
}
#endif

static inline void FCI_TIER(copy_long)(uint8_t *to, const uint8_t *from, size_t length)
{
#if FCI_STREAMS
    if (length >= fci_state_limits.stream) {
        FCI_TIER(copy_streaming)(to, from, length);
        return;
    }
#endif
#ifdef FCI_COPY_WIDE
    if (fci_state_limits.wide != 0) {
        FCI_COPY_WIDE(to, from, length);
        return;
    }
#endif
    FCI_TIER(move_apart)(to, from, length);
}

void FCI_COPY(uint8_t *to, const uint8_t *from, size_t length)
{
    /* NOLINTNEXTLINE(bugprone-branch-clone): what is asked for most comes first */
    if (FC_BUFFER_LIKELY(length - LANES_MAX - 1 < LANES_MAX)) {
        FCI_TIER(move_short)(to, from, length);
    } else if (length <= LANES_MAX) {
        fc_move_inline(to, from, length);
    } else if (length <= 2 * ROUND) {
        FCI_TIER(move_short)(to, from, length);
    } else {
        FCI_TIER(copy_long)(to, from, length);
    }
}

void FCI_MOVE(uint8_t *to, const uint8_t *from, size_t length)
{
    /* NOLINTNEXTLINE(bugprone-branch-clone): what is asked for most comes first */
    if (FC_BUFFER_LIKELY(length - LANES_MAX - 1 < LANES_MAX)) {
        FCI_TIER(move_short)(to, from, length);
    } else if (length <= LANES_MAX) {
        fc_move_inline(to, from, length);
    } else if (length <= 2 * ROUND) {
        FCI_TIER(move_short)(to, from, length);
    } else if ((uintptr_t)to - (uintptr_t)from < length) {
        /* `to` begins inside `from`. */
        FCI_TIER(move_backwards)(to, from, length);
    } else if ((uintptr_t)from - (uintptr_t)to < length) {
        FCI_TIER(move_forwards)(to, from, length);
    } else {
        FCI_TIER(copy_long)(to, from, length);
    }
}
