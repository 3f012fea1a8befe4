/* SPDX-License-Identifier: MIT */

/* The harness of the benchmarks. A group holds peers that do the same operation at one size.
 * Samples are taken in turns, one of each peer per round, so that a slow moment of the machine
 * falls on all of them; the first peer is the baseline that the others are compared with.
 *
 * One line per peer goes to standard output (see fcb_begin), progress to standard error. */
#ifndef FCB_HARNESS_H
#define FCB_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FCB_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#if defined(__clang__)
#define FCB_COMPILER "clang"
#else
#define FCB_COMPILER "gcc"
#endif

/* Work that is noinline is a call in every build. */
#define FCB_NOINLINE __attribute__((noinline))

/* The compiler may not know what memory holds now, nor drop a store made before. */
#define FCB_BARRIER() __asm__ volatile("" : : : "memory")

/* A value that the compiler knows nothing about any more, in a register. */
#define FCB_OPAQUE(value) __asm__ volatile("" : "+r"(value) : : "memory")

/* A value that somebody needs, in a register. */
#define FCB_NEED(value) __asm__ volatile("" : : "r"(value) : "memory")

/* Somebody elsewhere may read and write the object: it has to be in memory. */
#define FCB_ESCAPE(address) __asm__ volatile("" : : "r"(address) : "memory")

struct fcb_peer {
    const char *name;
    /* Does the operation `times` times. */
    void (*run)(void *context, size_t times);
    /* Nanoseconds are multiplied by this before they are shown; 0 is 1. For a `run` that does many
     * operations at a time, or fewer than the operation of the table asks for. */
    double scale;
    /* Not timed, before each sample, which is a single call then. May be NULL. */
    void (*prepare)(void *context);
    /* What its functions and the group's check get instead of the group's context. May be NULL. */
    void *context;
};

struct fcb_group {
    const char *group;
    const char *op;
    size_t size;
    void *context;
    const struct fcb_peer *peers; /* the first is the baseline */
    size_t peer_count;
    /* Before any timing every peer runs once between these two. May be NULL. */
    void (*reset)(void *context);
    bool (*check)(void *context);
};

/* Pins the process, writes the header line, and says what is measured here. */
void fcb_begin(bool quick);

/* Whether this is the short run. */
bool fcb_quick(void);

/* Checks and times a group, and writes its lines. Ends the program if a check fails. */
void fcb_measure(const struct fcb_group *group);

/* Ends the program with a message unless `condition` holds: for what benchmarks need to go on. */
void fcb_require(bool condition, const char *what);

/* Whether so much memory is free; if not, says that this row is left out. */
bool fcb_has_memory(size_t size, const char *row);

/* Memory that begins at a page, all of it touched; from the size of a huge page on in huge ones, as
 * this library's own is, so that no run depends on where the kernel put small ones. Ends the
 * program if there is none. */
uint8_t *fcb_pages(size_t size);
void fcb_pages_free(uint8_t *pages);

/* The next number of a fixed pseudo-random sequence: the same in every run. */
uint32_t fcb_random(uint64_t *state);

/* The families of groups, each in its own file. */
void fcb_handles(const char *group);
void fcb_accesses(const char *group);
void fcb_allocs(const char *group);
void fcb_large(const char *group);
void fcb_copies(const char *group);
void fcb_limits(const char *group);
void fcb_claims(const char *group);
void fcb_paged(const char *group);
void fcb_zeroed(const char *group);
void fcb_codecs(const char *group);
void fcb_peers(const char *group);
void fcb_peers_shared(const char *group);
void fcb_search(const char *group);
void fcb_bytes(const char *group);
void fcb_text(const char *group);

#endif
