/* SPDX-License-Identifier: MIT */

/* Fill by vectors: after copy_template.h, whose few branches serve the short ones. It asks for
 * fci_splat beside. */

/* More than LANES_MAX bytes: whole vectors, the first and the last unaligned. */
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
        STORE(to + FCI_VECTOR, vector);
        STORE(to + length - 2 * FCI_VECTOR, vector);
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
