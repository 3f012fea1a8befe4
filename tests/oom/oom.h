/* SPDX-License-Identifier: MIT */

/* The calls that can run out of memory, as a table: what is there beforehand, the call, and what
 * must be true once it has succeeded. What must be true where it fails is the same for all and
 * stands in check_oom.c. */
#ifndef FCT_OOM_H
#define FCT_OOM_H

#include "bytes.h"

#define OOM_HELD 3

/* Sizes whose memory comes from different places. */
#define MIB ((size_t)1 << 20)
#define SMALL ((size_t)64) /* in a hostile build too */
#define MIDDLE ((size_t)5000)
#define SHARED FCT_SHARED_SIZE

/* What the out-parameters hold before the call. */
#define OOM_ADDRESS ((uint8_t *)(uintptr_t)0x5a5a)
#define OOM_COPIED ((size_t)0x5a5a5a)

struct scene {
    size_t length;            /* of the case */
    bool use_allocator;       /* buffers come from `allocator` */
    fc_buffer held[OOM_HELD]; /* released at the end */
    fc_buffer out;            /* to be made by the call */
    bool made_out;            /* the call has made it */
    uint8_t *address;         /* of begin_write */
    size_t pins;              /* on held[0] */
    size_t copied;            /* by copy_into */
    uint8_t *memory;          /* `length` bytes of the pattern */
    struct fct_allocator allocator;
    struct fct_released released;
    int wraps; /* callbacks that must have run in the end */
};

/* What the call has made is released at the end. */
static inline fc_status oom_made(struct scene *scene, fc_status status)
{
    scene->made_out = status == FC_OK;
    return status;
}

struct oom_case {
    const char *name; /* NULL ends the table */
    size_t length;
    bool allocates;                      /* else it cannot fail */
    void (*set_up)(struct scene *scene); /* may be NULL */
    fc_status (*call)(struct scene *scene);
    void (*check)(struct scene *scene); /* may be NULL */
};

extern const struct oom_case oom_cases_bytes[];
extern const struct oom_case oom_cases_make[];
extern const struct oom_case oom_cases_numbers[];
extern const struct oom_case oom_cases_share[];
extern const struct oom_case oom_cases_text[];

/* held[0] has the pattern, held[1] is its second quarter; and held[2] a snapshot of it, or not. */
void oom_set_up_shared(struct scene *scene);
void oom_set_up_alone(struct scene *scene);

/* What byte `i` of the window held[1] must be after a write; all the others are as they were, in
 * the snapshot too. */
typedef uint8_t oom_byte_fn(const struct scene *scene, size_t i);
void oom_assert_written(const struct scene *scene, oom_byte_fn *byte);

#endif
