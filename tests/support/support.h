/* SPDX-License-Identifier: MIT */

/* What the tests share: a main that forces a tier, the effort knob, guard pages, random numbers,
 * an allocator that counts, and the failing-allocation hook. */
#ifndef FCT_SUPPORT_H
#define FCT_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <check.h>

#include <fc_buffer.h>

/* A sanitizer is at work: it is slow, and memory is what its own malloc makes of it. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define FCT_INSTRUMENTED 1
#endif
#if __has_feature(thread_sanitizer)
#define FCT_TSAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define FCT_INSTRUMENTED 1
#elif defined(__SANITIZE_THREAD__)
#define FCT_TSAN 1
#endif
#ifdef FCT_TSAN
#define FCT_INSTRUMENTED 1
#endif

/* The end of a loop test over the array. */
#define FCT_COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

/* Runs the suite as Check's environment variables say; FC_TEST_TIER=scalar|sse2|avx2… forces a
 * kernel tier (white-box programs only). For `main`: returns its exit status. */
int fct_main(Suite *(*make)(void));

/* Whether this machine can run a kernel tier. In white-box programs only. */
struct fci_kernels;
bool fct_can_run(const struct fci_kernels *tier);

/* The effort knob of the whole suite: try every n-th case. 1 in a plain build, 11 where a
 * sanitizer, Valgrind or an emulator slows everything down; FC_TEST_EFFORT=full|quick|N overrides.
 */
unsigned fct_effort_step(void);

/* How often threads try to meet: no less than an eleventh, however far apart the cases are. */
size_t fct_rounds(size_t full);

/* A generator of its own for each test: seed it, print the seed. */
struct fct_random {
    uint64_t state;
};
uint64_t fct_random_next(struct fct_random *random);
/* In [0, below); 0 if below is 0. */
size_t fct_random_below(struct fct_random *random, size_t below);

/* Pages between two inaccessible ones: a byte outside them faults. */
struct fct_guarded {
    uint8_t *bytes; /* page-aligned */
    size_t length;  /* a multiple of the page size, at least what was asked for */
};
struct fct_guarded fct_guarded_make(size_t length);
void fct_guarded_free(struct fct_guarded *guarded);
/* Where a range of `length` bytes stands flush against the inaccessible page behind. */
uint8_t *fct_guarded_end(const struct fct_guarded *guarded, size_t length);

/* An allocator that counts, checks sizes and alignments at release, and can fail. */
struct fct_allocator {
    fc_allocator base;
    size_t live;       /* allocations not yet released */
    size_t live_bytes; /* their bytes */
    size_t total;      /* allocations ever made */
    size_t fail_after; /* this many succeed, then all fail; SIZE_MAX: none fails */
    int wiped;         /* at the last release every byte was zero */
};
void fct_allocator_init(struct fct_allocator *allocator);

/* Whether FC_TEST_PAGED forces paged blocks, and that this test is about whole ones: what they
 * count and copy is not what paged ones do. White-box programs only; elsewhere nothing is forced.
 */
bool fct_paged_always(void);
void fct_whole_blocks(void);

/* Makes a mistake in a child process and returns how that ended, as waitpid says; `words` is what
 * it has written to standard error. */
int fct_end_of(void (*mistake)(int which), int which, char *words, size_t space);

/* That a checked build stops there: SIGABRT, and a line "fc_buffer: FILE.c:LINE: required:
 * CONDITION" that has this in its condition. What was written, until the next call. */
const char *fct_assert_stops(void (*mistake)(int which), int which, const char *condition);

/* The number that the next open file would have: tells a leak. */
int fct_next_file(void);

/* How many arenas and blocks are alive, and a teardown that asserts there are none, nor any memory
 * of theirs (checked builds; both do nothing elsewhere). */
size_t fct_alive(void);
void fct_assert_nothing_alive(void);

#endif
