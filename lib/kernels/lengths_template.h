/* SPDX-License-Identifier: MIT */

/* How long UTF-16 is in UTF-8, by vectors: one loop for every width. The file that includes it
 * brings
 *
 *   FCI_TIER(name)   the name with the tier's suffix: what is defined here, and, of units,
 *     fci_vector, fci_load   a type, and one from an address
 *     zeroes                 none
 *     sum                    two added up, unit by unit
 *     sum_of                 all units of one, each at most 2 * FCI_LENGTHS_MOST
 *     over                   1 for each unit from 80 on, and 1 more from 800 on
 *     apart                  1 where a unit and the next are no pair of surrogates
 *     rest                   the same function of the tier that takes what is less than a vector
 *
 * A unit has one byte, those of `over` more, and of the six of a pair two are too many, which its
 * first half loses. So the second may stand behind the vector: for itself it has three. */

#include "base/checked.h"

#define UNITS (FCI_VECTOR / sizeof(uint16_t))
/* Vectors that are added up before a sum could leave its unit. */
#define FCI_LENGTHS_MOST ((size_t)4096)

size_t FCI_TIER(fci_utf8_length_of_utf16)(const uint16_t *units, size_t count)
{
    size_t i = 0, total = 0;
    while (count - i > UNITS) {
        size_t rounds = fci_size_min((count - i - 1) / UNITS, FCI_LENGTHS_MOST);
        FCI_TIER(fci_vector) over = FCI_TIER(zeroes)(), apart = over;
        for (size_t end = i + rounds * UNITS; i < end; i += UNITS) {
            const uint8_t *at = (const uint8_t *)(units + i);
            FCI_TIER(fci_vector) here = FCI_TIER(fci_load)(at);
            FCI_TIER(fci_vector) next = FCI_TIER(fci_load)(at + sizeof(uint16_t));
            over = FCI_TIER(sum)(over, FCI_TIER(over)(here));
            apart = FCI_TIER(sum)(apart, FCI_TIER(apart)(here, next));
        }
        total += FCI_TIER(sum_of)(over) + 2 * FCI_TIER(sum_of)(apart) - rounds * UNITS;
    }
    return total + FCI_TIER(rest)(units + i, count - i);
}
