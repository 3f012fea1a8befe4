/* SPDX-License-Identifier: MIT */

/* The libraries that the benchmarks compare with, one file each. A library offers operations by
 * name; a group measures an operation with every library that offers it. A file that was not built,
 * because configure did not find its library, leaves its name to be shown as missing.
 *
 * Operations on handles bring their own loop, so that no call through a pointer falls between the
 * library's calls; codecs are long enough to share one. */
#ifndef FCB_PEERS_H
#define FCB_PEERS_H

#include "harness.h"

#define FCB_LIBRARIES_MAX 12

/* What an offer works on: one for each library in a group. */
struct fcb_job {
    const struct fcb_offer *offer;
    size_t size;         /* of what is made or cloned; of `from` */
    const uint8_t *from; /* codecs: what is to be converted */
    uint8_t *to;         /* codecs: where the result goes */
    size_t room;
    size_t made;             /* codecs: what `code` returned last */
    void *object;            /* the library's own, between `begin` and `end` */
    const uint8_t *expected; /* codecs: the result, or NULL if `made` alone counts */
    size_t expected_length;
};

struct fcb_offer {
    const char *op; /* NULL ends a list */
    /* The operation, `times` times; it gets the job. Or `code`: once, returning how many bytes. */
    void (*run)(void *job, size_t times);
    size_t (*code)(struct fcb_job *job);
    /* Around all samples. May be NULL. */
    void (*begin)(struct fcb_job *job);
    void (*end)(struct fcb_job *job);
    /* Before the result is compared: brings it into `to`, if it is not there in the form that is
     * expected. May be NULL. */
    void (*show)(struct fcb_job *job);
};

struct fcb_library {
    const char *name;
    const struct fcb_offer *offers;
    /* Whether what the file needs at run time is there. May be NULL: it is. */
    bool (*ready)(void);
};

/* Slices are [FCB_SLICE_BEGIN, FCB_SLICE_END) of an object. */
#define FCB_SLICE_BEGIN 100
#define FCB_SLICE_END 3000

/* Names on standard error the libraries that are not to be had. */
void fcb_libraries_begin(void);

/* Measures `offered` with every library that offers it, under the name `op` and `size`; each gets a
 * copy of `job`. They run by their own loop, or the one that all codecs share, or by `run` if it is
 * not NULL. */
void fcb_measure_offers(const char *group, const char *offered, const char *op, size_t size,
                        const struct fcb_job *job, void (*run)(void *job, size_t times));

#endif
