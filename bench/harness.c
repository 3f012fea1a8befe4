/* SPDX-License-Identifier: MIT */

/* How a group is timed: every peer is checked once and warmed up, its numbers of calls per sample
 * and of samples are found, then samples are taken in turns. Minimum and median of the samples are
 * shown; the ratio is that of the medians. */
#define _GNU_SOURCE

#include "harness.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define PAGE ((size_t)4096)
#define HUGE_PAGE ((size_t)2 << 20)

#define ROUNDS_MAX 41
#define ROUNDS_QUICK 21
#define ROUNDS_MIN 3
#define PEERS_MAX 12

/* One sample, and what all samples of a peer may take, in nanoseconds. */
#define SAMPLE_NS 1e6
#define SAMPLE_QUICK_NS 5e5
#define PEER_NS 1e9
#define PEER_QUICK_NS 1e8

struct peer_state {
    size_t times;  /* calls in a sample */
    size_t rounds; /* samples to take */
    size_t taken;
    double samples[ROUNDS_MAX];
};

static bool quick_run;

bool fcb_quick(void)
{
    return quick_run;
}

void fcb_require(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "bench: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

bool fcb_has_memory(size_t size, const char *row)
{
    char line[128];
    unsigned long long kib = 0;
    FILE *file = fopen("/proc/meminfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "MemAvailable: %llu", &kib) == 1) {
            break;
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    bool enough = kib >= size >> 10;
    if (!enough) {
        (void)fprintf(stderr, "bench: less than %zu MiB free: no %s\n", size >> 20, row);
    }
    return enough;
}

uint8_t *fcb_pages(size_t size)
{
    size_t page = size >= HUGE_PAGE ? HUGE_PAGE : PAGE;
    size_t length = (size + page - 1) / page * page;
    uint8_t *pages = aligned_alloc(page, length);
    fcb_require(pages != NULL, "out of memory");
    if (page == HUGE_PAGE) {
        (void)madvise(pages, length, MADV_HUGEPAGE);
    }
    memset(pages, 0x5a, size);
    return pages;
}

void fcb_pages_free(uint8_t *pages)
{
    free(pages);
}

uint32_t fcb_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static double now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The last CPU that is allowed: the first often serves the machine's interrupts. */
static void pin(void)
{
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return;
    }
    for (size_t i = CPU_SETSIZE; i-- > 0;) {
        if (CPU_ISSET(i, &allowed)) {
            CPU_ZERO(&one);
            CPU_SET(i, &one);
            if (sched_setaffinity(0, sizeof one, &one) == 0) {
                (void)fprintf(stderr, "bench: pinned to CPU %zu\n", i);
            }
            return;
        }
    }
}

void fcb_begin(bool quick)
{
    quick_run = quick;
    pin();
    (void)fprintf(stderr, "bench: compiled with %s\n", FCB_COMPILER);
    (void)printf("group\tpeer\top\tsize\tns_min\tns_median\tratio\n");
}

static void *context_of(const struct fcb_group *group, const struct fcb_peer *peer)
{
    return peer->context != NULL ? peer->context : group->context;
}

/* Nanoseconds of one sample. */
static double sample(const struct fcb_group *group, const struct fcb_peer *peer, size_t times)
{
    void *context = context_of(group, peer);
    if (peer->prepare != NULL) {
        peer->prepare(context);
    }
    double begin = now_ns();
    peer->run(context, times);
    return now_ns() - begin;
}

static void check(const struct fcb_group *group, const struct fcb_peer *peer)
{
    if (group->reset != NULL) {
        group->reset(group->context);
    }
    (void)sample(group, peer, 1);
    if (group->check != NULL && !group->check(context_of(group, peer))) {
        (void)fprintf(stderr, "\nbench: %s %s %zu: wrong result of %s\n", group->group, group->op,
                      group->size, peer->name);
        exit(EXIT_FAILURE);
    }
}

/* Finds how many calls make a sample; doubling also warms up. The last sample is kept, and what it
 * took with its preparation is returned. */
static double calibrate(const struct fcb_group *group, const struct fcb_peer *peer,
                        struct peer_state *state)
{
    double goal = quick_run ? SAMPLE_QUICK_NS : SAMPLE_NS;
    double begin = now_ns();
    double took = sample(group, peer, 1);
    state->times = 1;
    while (peer->prepare == NULL && took < goal / 2 && state->times < SIZE_MAX / 16) {
        state->times *= took < goal / 64 ? 8 : 2;
        begin = now_ns();
        took = sample(group, peer, state->times);
    }
    state->samples[0] = took;
    state->taken = 1;
    return now_ns() - begin;
}

/* A peer that is slow gets fewer samples than the others, and no more than the one of the
 * calibration if that takes all of its time. */
static void plan(const struct fcb_group *group, const struct fcb_peer *peer,
                 struct peer_state *state)
{
    size_t most = quick_run ? ROUNDS_QUICK : ROUNDS_MAX;
    check(group, peer);
    double fitting = (quick_run ? PEER_QUICK_NS : PEER_NS) / calibrate(group, peer, state);
    if (fitting >= 1) {
        state->taken = 0;
        state->rounds = fitting > (double)most ? most : (size_t)fitting;
        state->rounds = state->rounds < ROUNDS_MIN ? ROUNDS_MIN : state->rounds;
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, size_t count, double *least)
{
    double sorted[ROUNDS_MAX];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof sorted[0], compare_doubles);
    *least = sorted[0];
    return sorted[count / 2];
}

/* How many times faster than the baseline, if the samples of both are for one call: round by round,
 * or by the medians if one of them is too slow for all the rounds. */
static double ratio_to(const struct peer_state *baseline, const struct peer_state *state)
{
    double ratios[ROUNDS_MAX], least;
    if (baseline->taken != state->taken) {
        return median(baseline->samples, baseline->taken, &least) /
               median(state->samples, state->taken, &least);
    }
    for (size_t i = 0; i < state->taken; i++) {
        ratios[i] = baseline->samples[i] / state->samples[i];
    }
    return median(ratios, state->taken, &least);
}

static void report(const struct fcb_group *group, struct peer_state *states)
{
    for (size_t i = 0; i < group->peer_count; i++) {
        const struct fcb_peer *peer = &group->peers[i];
        struct peer_state *state = &states[i];
        double scale = (peer->scale > 0 ? peer->scale : 1) / (double)state->times;
        for (size_t j = 0; j < state->taken; j++) {
            state->samples[j] *= scale;
        }
        double least, middle = median(state->samples, state->taken, &least);
        (void)printf("%s\t%s\t%s\t%zu\t%.3f\t%.3f\t%.6g\n", group->group, peer->name, group->op,
                     group->size, least, middle, ratio_to(&states[0], state));
    }
    (void)fflush(stdout);
}

void fcb_measure(const struct fcb_group *group)
{
    struct peer_state states[PEERS_MAX] = { 0 };
    double begin = now_ns();
    fcb_require(group->peer_count <= PEERS_MAX, "too many peers in a group");
    (void)fprintf(stderr, "bench: %s %s %zu", group->group, group->op, group->size);
    for (size_t i = 0; i < group->peer_count; i++) {
        plan(group, &group->peers[i], &states[i]);
    }
    for (size_t round = 0; round < ROUNDS_MAX; round++) {
        for (size_t i = 0; i < group->peer_count; i++) {
            struct peer_state *state = &states[i];
            if (state->taken < state->rounds) {
                state->samples[state->taken++] = sample(group, &group->peers[i], state->times);
            }
        }
    }
    (void)fprintf(stderr, " (");
    for (size_t i = 0; i < group->peer_count; i++) {
        (void)fprintf(stderr, "%zu ", states[i].taken);
    }
    (void)fprintf(stderr, "samples, %.0f ms)\n", (now_ns() - begin) / 1e6);
    report(group, states);
}
