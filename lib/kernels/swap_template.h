/* SPDX-License-Identifier: MIT */

/* Bytes in another order by vectors, one shuffle each: one text, several widths. The file that
 * includes it brings
 *
 *   FCI_VECTOR       bytes in a vector
 *   FCI_TIER(name)   the name with the tier's suffix: all that is defined here, and fci_vector, a
 *                    type, fci_load, fci_store; flipped, whose byte `i` of each 16 is `i ^ flip`;
 *                    shuffled, which orders each 16 bytes so; and reversed, all bytes of a vector
 *
 * What is less than a vector, or than the two that reversing takes from both ends, goes to the
 * scalar tier. Every vector is loaded before its place is stored to, so the result may take the
 * place of the source. */

#include "kernels/scalar/swap.h"

#define VECTOR FCI_TIER(fci_vector)
#define LOAD FCI_TIER(fci_load)
#define STORE FCI_TIER(fci_store)
#define REVERSED FCI_TIER(reversed)

/* Turns round units of flip + 1 bytes; returns how many bytes are done. */
static inline size_t FCI_TIER(swap)(uint8_t *to, const uint8_t *from, size_t length, char flip)
{
    VECTOR order = FCI_TIER(flipped)(flip);
    size_t i = 0;
    for (; length - i >= FCI_VECTOR; i += FCI_VECTOR) {
        STORE(to + i, FCI_TIER(shuffled)(LOAD(from + i), order));
    }
    return i;
}

void FCI_TIER(fci_swap16)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = FCI_TIER(swap)(to, from, length, 1);
    fci_swap16_scalar(to + done, from + done, length - done);
}

void FCI_TIER(fci_swap32)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = FCI_TIER(swap)(to, from, length, 3);
    fci_swap32_scalar(to + done, from + done, length - done);
}

void FCI_TIER(fci_swap64)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = FCI_TIER(swap)(to, from, length, 7);
    fci_swap64_scalar(to + done, from + done, length - done);
}

void FCI_TIER(fci_reverse)(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t low = 0, high = length;
    for (; high - low >= 2 * FCI_VECTOR; low += FCI_VECTOR, high -= FCI_VECTOR) {
        VECTOR front = LOAD(from + low), back = LOAD(from + high - FCI_VECTOR);
        STORE(to + low, REVERSED(back));
        STORE(to + high - FCI_VECTOR, REVERSED(front));
    }
    fci_reverse_scalar(to + low, from + low, high - low);
}
