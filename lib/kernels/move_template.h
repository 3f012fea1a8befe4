/* SPDX-License-Identifier: MIT */

/* Moving bytes by vectors: one text, four widths. The file that includes it, or one of the
 * templates that rest on it, says how wide, and brings the vector.h of its folder:
 *
 *   FCI_VECTOR       bytes in a vector: 16, 32 or 64
 *   FCI_TIER(name)   the name with the tier's suffix: all that is defined here, and fci_vector, a
 *                    type, fci_load, fci_store, fci_store_aligned
 *
 * Up to eight vectors come from both ends and overlap in the middle; above, a loop of four aligned
 * stores runs between two ends that were loaded before it and are stored after it.
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

#include <stddef.h>
#include <stdint.h>

#define VECTOR FCI_TIER(fci_vector)
#define LOAD FCI_TIER(fci_load)
#define STORE FCI_TIER(fci_store)
#define GROUP FCI_TIER(group)
#define LOAD_GROUP FCI_TIER(load_group)
#define STORE_GROUP FCI_TIER(store_group)
#define ROUND (4 * FCI_VECTOR)

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

/* More than two vectors, at most two rounds. */
static FCI_ALWAYS_INLINE void FCI_TIER(move_short)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t last = length - FCI_VECTOR;
    if (length <= ROUND) {
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

/* Over two rounds, where the ranges do not overlap: away from the loads that would wait for a
 * store, see FCI_ALIAS_REACH. */
static inline void FCI_TIER(move_apart)(uint8_t *to, const uint8_t *from, size_t length)
{
    if (((uintptr_t)to - (uintptr_t)from - 1) % FCI_ALIAS_PERIOD < FCI_ALIAS_REACH) {
        FCI_TIER(move_backwards)(to, from, length);
    } else {
        FCI_TIER(move_forwards)(to, from, length);
    }
}
