/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by vectors, for every tier that has any: one text, four widths. The file that
 * includes it says how wide, and brings the vector.h of its folder:
 *
 *   FCI_VECTOR       bytes in a vector: 16, 32 or 64
 *   FCI_TIER(name)   the name with the tier's suffix: all that is defined here, and fci_vector, a
 *                    type, fci_load, fci_store, fci_store_aligned, fci_splat; fci_stream where
 *   FCI_STREAMS      is 1: stores that go past the caches, with kernels/x86/stream.h
 *
 * Up to eight vectors come from both ends and overlap in the middle; above, a loop of four aligned
 * stores runs between two ends that were loaded before it and are stored after it. A plain loop
 * rather than `rep movsb`, which on AMD falls to a sixteenth of its speed where (to - from) mod
 * 4096 is small.
 *
 * Bounds: a short move of `half` vectors from each end touches [0, half) and the last `half`
 * vectors, and is made with half <= vectors in length <= 2 half. The forward loop starts at i <= 64
 * or one vector, and touches [i, i + ROUND) while i < length - ROUND. Backwards it starts at i >=
 * length - vector and touches [i - ROUND, i) while i > ROUND. What it leaves, at most a round at
 * the far end and what aligns the near one, the ends cover.
 *
 * Overlap: all loads of a short move come before its stores. In the loops the ends are loaded first
 * and stored last, and a round's stores lie on the side of the source that has been read. */

#include "kernels/inline.h"
#include "kernels/limits.h"
#include "kernels/scalar/copy.h"

#include <fc_buffer/copy.h>

#include <string.h>

#define VECTOR FCI_TIER(fci_vector)
#define LOAD FCI_TIER(fci_load)
#define STORE FCI_TIER(fci_store)
#define GROUP FCI_TIER(group)
#define LOAD_GROUP FCI_TIER(load_group)
#define STORE_GROUP FCI_TIER(store_group)
#define ROUND (4 * FCI_VECTOR)

/* What fc_move_inline does by lanes, in every tier. Who calls a kernel for less is in the library:
 * callers outside have it inline. So the kernels ask first whether it is up to twice as much, the
 * only lengths that the way here is long for; two comparisons later they would take 1.9 ns instead
 * of 1.4. */
#define LANES_MAX ((size_t)64)

struct GROUP {
    VECTOR a, b, c, d;
};

static inline struct GROUP LOAD_GROUP(const uint8_t *from) {
    return (struct GROUP){ LOAD(from), LOAD(from + FCI_VECTOR), LOAD(from + 2 * FCI_VECTOR),
                           LOAD(from + 3 * FCI_VECTOR) };
}

static inline void
STORE_GROUP(uint8_t *to, struct GROUP group)
{
    STORE(to, group.a);
    STORE(to + FCI_VECTOR, group.b);
    STORE(to + 2 * FCI_VECTOR, group.c);
    STORE(to + 3 * FCI_VECTOR, group.d);
}

static inline void FCI_TIER(store_round)(uint8_t *to, struct GROUP group)
{
    FCI_TIER(fci_store_aligned)(to, group.a);
    FCI_TIER(fci_store_aligned)(to + FCI_VECTOR, group.b);
    FCI_TIER(fci_store_aligned)(to + 2 * FCI_VECTOR, group.c);
    FCI_TIER(fci_store_aligned)(to + 3 * FCI_VECTOR, group.d);
}

/* More than LANES_MAX bytes, at most two rounds. */
static FCI_ALWAYS_INLINE void FCI_TIER(move_short)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t last = length - FCI_VECTOR;
    if (length <= 2 * FCI_VECTOR) {
        VECTOR a = LOAD(from), z = LOAD(from + last);
        STORE(to, a);
        STORE(to + last, z);
    } else if (length <= ROUND) {
        VECTOR a = LOAD(from), b = LOAD(from + FCI_VECTOR);
        VECTOR y = LOAD(from + last - FCI_VECTOR), z = LOAD(from + last);
        STORE(to, a);
        STORE(to + FCI_VECTOR, b);
        STORE(to + last - FCI_VECTOR, y);
        STORE(to + last, z);
    } else {
        struct GROUP head = LOAD_GROUP(from), tail = LOAD_GROUP(from + length - ROUND);
        STORE_GROUP(to, head);
        STORE_GROUP(to + length - ROUND, tail);
    }
}

/* Over two rounds, from the first byte on. */
static inline void FCI_TIER(move_forwards)(uint8_t *to, const uint8_t *from, size_t length)
{
    VECTOR head = LOAD(from);
    struct GROUP tail = LOAD_GROUP(from + length - ROUND);
    for (size_t i = FCI_VECTOR - (uintptr_t)to % FCI_VECTOR; i < length - ROUND; i += ROUND) {
        FCI_TIER(store_round)(to + i, LOAD_GROUP(from + i));
    }
    STORE(to, head);
    STORE_GROUP(to + length - ROUND, tail);
}

/* Over two rounds, from the last byte on. */
static inline void FCI_TIER(move_backwards)(uint8_t *to, const uint8_t *from, size_t length)
{
    VECTOR tail = LOAD(from + length - FCI_VECTOR);
    struct GROUP head = LOAD_GROUP(from);
    for (size_t i = length - (uintptr_t)(to + length) % FCI_VECTOR; i > ROUND; i -= ROUND) {
        FCI_TIER(store_round)(to + i - ROUND, LOAD_GROUP(from + i - ROUND));
    }
    STORE(to + length - FCI_VECTOR, tail);
    STORE_GROUP(to, head);
}

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
    /* Away from the loads that would wait for a store: see FCI_ALIAS_REACH. */
    if (((uintptr_t)to - (uintptr_t)from - 1) % FCI_ALIAS_PERIOD < FCI_ALIAS_REACH) {
        FCI_TIER(move_backwards)(to, from, length);
    } else {
        FCI_TIER(move_forwards)(to, from, length);
    }
}

void FCI_TIER(fci_copy)(uint8_t *to, const uint8_t *from, size_t length)
{
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

void FCI_TIER(fci_move)(uint8_t *to, const uint8_t *from, size_t length)
{
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

/* More than that: whole ones, the first and the last unaligned. */
static inline void FCI_TIER(fill_long)(uint8_t *to, uint8_t value, size_t length)
{
    VECTOR vector = FCI_TIER(fci_splat)(value);
    struct GROUP group = { vector, vector, vector, vector };
    STORE(to, vector);
    if (length > ROUND) {
        for (size_t i = FCI_VECTOR - (uintptr_t)to % FCI_VECTOR; i < length - ROUND; i += ROUND) {
            FCI_TIER(store_round)(to + i, group);
        }
        STORE_GROUP(to + length - ROUND, group);
    } else {
        if (length > 2 * FCI_VECTOR) {
            STORE(to + FCI_VECTOR, vector);
            STORE(to + length - 2 * FCI_VECTOR, vector);
        }
        STORE(to + length - FCI_VECTOR, vector);
    }
}

/* Up to 64 bytes: a copy of a pattern, with the copy's few branches. */
static inline void FCI_TIER(fill_short)(uint8_t *to, uint8_t value, size_t length)
{
    VECTOR pattern[LANES_MAX / FCI_VECTOR];
    for (size_t i = 0; i < LANES_MAX / FCI_VECTOR; i++) {
        pattern[i] = FCI_TIER(fci_splat)(value);
    }
    fc_move_inline(to, (const uint8_t *)pattern, length);
}

void FCI_TIER(fci_fill)(uint8_t *to, uint8_t value, size_t length)
{
    if (length <= LANES_MAX) {
        FCI_TIER(fill_short)(to, value, length);
#if FCI_STREAMS
    } else if (value == 0 && length >= fci_state_limits.clear) {
        fci_clear_string(to, length);
#endif
    } else {
        FCI_TIER(fill_long)(to, value, length);
    }
}
