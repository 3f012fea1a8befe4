/* SPDX-License-Identifier: MIT */

/* How a group is timed: every peer is checked once and warmed up, its number of calls per sample is
 * found, then samples are taken in turns. Minimum and median of the samples are shown; the ratio is
 * that of the medians. */
#define _GNU_SOURCE

#include "harness.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 21
#define ROUNDS_QUICK 11
#define ROUNDS_MIN 5
#define ROUNDS_MIN_QUICK 3
#define PEERS_MAX 12

/* One sample, and what a group with calls longer than that may take, in nanoseconds. */
#define SAMPLE_NS 3e6
#define SAMPLE_QUICK_NS 1e6
#define GROUP_NS 5e9
#define GROUP_QUICK_NS 5e8

struct peer_state {
    size_t times;
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

uint8_t *fcb_pages(size_t size)
{
    uint8_t *pages = aligned_alloc(4096, (size + 4095) & ~(size_t)4095);
    fcb_require(pages != NULL, "out of memory");
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
        (void)fprintf(stderr, "bench: %s %s %zu: wrong result of %s\n", group->group, group->op,
                      group->size, peer->name);
        exit(EXIT_FAILURE);
    }
}

/* How many calls make a sample: doubling also warms up. */
static size_t calibrate(const struct fcb_group *group, const struct fcb_peer *peer, double *took)
{
    double goal = quick_run ? SAMPLE_QUICK_NS : SAMPLE_NS;
    size_t times = 1;
    *took = sample(group, peer, times);
    while (peer->prepare == NULL && *took < goal / 2 && times < SIZE_MAX / 16) {
        times = *took < goal / 64 ? times * 8 : times * 2;
        *took = sample(group, peer, times);
    }
    return times;
}

/* Fewer rounds only where single calls take so long that the usual number would take minutes. */
static size_t rounds_for(double round_ns)
{
    size_t rounds = quick_run ? ROUNDS_QUICK : ROUNDS_MAX;
    size_t least = quick_run ? ROUNDS_MIN_QUICK : ROUNDS_MIN;
    double budget = quick_run ? GROUP_QUICK_NS : GROUP_NS;
    while (rounds > least && (double)rounds * round_ns > budget) {
        rounds--;
    }
    return rounds;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const struct fcb_group *group, struct peer_state *states, size_t rounds)
{
    double baseline = 0;
    for (size_t i = 0; i < group->peer_count; i++) {
        const struct fcb_peer *peer = &group->peers[i];
        double scale = (peer->scale > 0 ? peer->scale : 1) / (double)states[i].times;
        qsort(states[i].samples, rounds, sizeof states[i].samples[0], compare_doubles);
        double least = states[i].samples[0] * scale;
        double median = states[i].samples[rounds / 2] * scale;
        baseline = i == 0 ? median : baseline;
        (void)printf("%s\t%s\t%s\t%zu\t%.3f\t%.3f\t%.3f\n", group->group, peer->name, group->op,
                     group->size, least, median, baseline / median);
    }
    (void)fflush(stdout);
}

void fcb_measure(const struct fcb_group *group)
{
    struct peer_state states[PEERS_MAX];
    double round_ns = 0;
    fcb_require(group->peer_count <= PEERS_MAX, "too many peers in a group");
    for (size_t i = 0; i < group->peer_count; i++) {
        check(group, &group->peers[i]);
    }
    for (size_t i = 0; i < group->peer_count; i++) {
        double took;
        double begin = now_ns();
        states[i].times = calibrate(group, &group->peers[i], &took);
        round_ns += group->peers[i].prepare != NULL ? now_ns() - begin : took;
    }
    size_t rounds = rounds_for(round_ns);
    (void)fprintf(stderr, "bench: %s %s %zu (%zu rounds)\n", group->group, group->op, group->size,
                  rounds);
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < group->peer_count; i++) {
            states[i].samples[round] = sample(group, &group->peers[i], states[i].times);
        }
    }
    report(group, states, rounds);
}
