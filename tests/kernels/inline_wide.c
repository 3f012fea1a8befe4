/* SPDX-License-Identifier: MIT */

/* fc_copy and fc_move as a program has them that is compiled for wider vectors than the library.
 * FCT_TIER is the suffix of the names. */

#include "inline_wide.h"

#include <fc_buffer.h>

#define PASTE(name, tier) name##_##tier
#define NAME(name, tier) PASTE(name, tier)

void NAME(fct_copy, FCT_TIER)(uint8_t *to, const uint8_t *from, size_t length)
{
    fc_copy(to, from, length);
}

void NAME(fct_move, FCT_TIER)(uint8_t *to, const uint8_t *from, size_t length)
{
    fc_move(to, from, length);
}
