/* SPDX-License-Identifier: MIT */

/* UTF-8 and UTF-16 as the Unicode Standard's tables tell them, slowly: the model for every
 * conversion of text. Plain functions of their input, usable in any program. */
#ifndef FCT_TEXT_H
#define FCT_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "support.h"

/* One U+FFFD for each maximal ill-formed subpart. `to` holds `count` units. */
size_t fct_units_of_utf8(uint16_t *to, const uint8_t *text, size_t count);

/* One U+FFFD for each lone surrogate. `to` holds 3 * `count` bytes. */
size_t fct_utf8_of_units(uint8_t *to, const uint16_t *units, size_t count);

/* The first character of `text`, of at least one byte: its length if it is well formed, else minus
 * the length of the maximal subpart. */
int fct_utf8_first(const uint8_t *text, size_t count);

/* Units picked from two pools: one in `rare` from `odd`, the others from `usual`. Half of the high
 * surrogates get a low one. */
struct fct_pools {
    const uint16_t *usual;
    size_t usual_count;
    const uint16_t *odd;
    size_t odd_count;
};
void fct_random_units(uint16_t *to, size_t count, const struct fct_pools *pools, size_t rare,
                      struct fct_random *random);

#endif
