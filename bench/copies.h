/* SPDX-License-Identifier: MIT */

/* What the files about copies share; copies of random sizes among it: one text, compiled for the
 * baseline and for byte masks. */
#ifndef FCB_COPIES_H
#define FCB_COPIES_H

#include "harness.h"

#include <fc_buffer.h>

/* So many sizes that no branch predictor learns the sequence: one of 16384 is learnt within a few
 * rounds, and then random sizes cost no more than equal ones. */
#define FCB_RANDOM_COUNT ((size_t)1 << 18)

struct fcb_copies {
    uint8_t *to;
    const uint8_t *from;
    size_t size;
    size_t step, room, at; /* cold copies walk on by `step` in `room` */
    uint16_t sizes[FCB_RANDOM_COUNT];
};

extern void *(*volatile fcb_libc_memcpy)(void *, const void *, size_t);

/* The source holds what no reset destination does, so that a copy that does nothing is found, and
 * so is one that writes a byte too many. */
void fcb_copies_reset(void *context);
bool fcb_copies_check(void *context);

void fcb_copies_small(struct fcb_copies *c, const char *group);

/* Whether the masked one was compiled and can run here. */
bool fcb_has_masks(void);
void fcb_copy_random_masked(uint8_t *to, const uint8_t *from, const uint16_t *sizes);

static inline void fcb_copy_random(uint8_t *to, const uint8_t *from, const uint16_t *sizes)
{
    for (size_t i = 0; i < FCB_RANDOM_COUNT; i++) {
        fc_copy(to, from, sizes[i]);
        FCB_BARRIER();
    }
}

#endif
