/* SPDX-License-Identifier: MIT */

/* Loop tests over tiers: each test function gets the tier of its index, the pages that it works
 * between, and a place at either end of them. */
#ifndef FCT_KERNELS_TIERS_H
#define FCT_KERNELS_TIERS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kernels/kernels.h"

#include "support.h"

#define FCT_CANARY 0xc5

static inline int fct_tiers(void)
{
    int tiers = 0;
    while (fci_kernels_tier((size_t)tiers) != NULL) {
        tiers++;
    }
    return tiers;
}

/* NULL, and it says so, where the machine lacks that tier. */
static inline const struct fci_kernels *fct_tier(int index)
{
    const struct fci_kernels *tier = fci_kernels_tier((size_t)index);
    if (!fct_can_run(tier)) {
        (void)printf("tier %s: not on this machine\n", tier->name);
        return NULL;
    }
    return tier;
}

/* Where a range lies: flush against the inaccessible page before it, or behind it, or so many bytes
 * less one behind the page before it. A bool will do where no alignments are tried. */
enum {
    FCT_NEAR = 0,
    FCT_FAR = 1,
    FCT_PLACES = 65, /* all alignments to 64 */
};

/* The next place to try: both ends, and then as many alignments as the effort allows. */
static inline unsigned fct_next_place(unsigned place)
{
    return place < 2 ? place + 1 : place + fct_effort_step();
}

/* The place of what is written when that of what is read is `place`: no ways to be aligned always
 * go together. */
static inline unsigned fct_other_place(unsigned place)
{
    return place < 2 ? place : 2 + place * 5 % 63;
}

/* `size` bytes at a place, with a canary in each, and in the 64 behind them if there are. */
static inline void *fct_place(const struct fct_guarded *pages, size_t size, unsigned place)
{
    bool far = place == FCT_FAR;
    uint8_t *to = far ? fct_guarded_end(pages, size) : pages->bytes + (place < 2 ? 0 : place - 1);
    memset(to, FCT_CANARY, far ? size : size + 64);
    return to;
}

static inline void *fct_place_copy(const struct fct_guarded *pages, const void *from, size_t size,
                                   unsigned place)
{
    return memcpy(fct_place(pages, size, place), from, size);
}

/* The first `size` bytes are these; the canaries up to `room`, or the 64 behind, still stand. */
static inline bool fct_is_exactly(const void *got, const void *expected, size_t size, size_t room,
                                  unsigned place)
{
    const uint8_t *bytes = got;
    bool whole = memcmp(bytes, expected, size) == 0;
    for (size_t i = size; i < room + (place == FCT_FAR ? 0 : 64); i++) {
        whole = whole && bytes[i] == FCT_CANARY;
    }
    return whole;
}

#endif
