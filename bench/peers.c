/* SPDX-License-Identifier: MIT */

/* Handles: this library against what a user would pick instead. "shared": two threads, each on a
 * CPU of its own, with handles on one object. */
#define _GNU_SOURCE

#include "peers/peers.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#define SOURCE_SIZE ((size_t)16 << 20)

static void measure(const char *group, const char *op, size_t size, const uint8_t *source)
{
    struct fcb_job job = { .size = size, .from = source };
    fcb_measure_offers(group, op, op, size, &job, NULL);
}

void fcb_peers(const char *group)
{
    uint8_t *source = fcb_pages(SOURCE_SIZE);
    measure(group, "alloc+release", 16, source);
    measure(group, "alloc+release", 64, source);
    measure(group, "alloc+release", 256, source);
    measure(group, "retain+release", 4096, source);
    measure(group, "slice+release", 4096, source);
    measure(group, "clone", 64 << 10, source);
    measure(group, "clone", 1 << 20, source);
    measure(group, "clone", SOURCE_SIZE, source);
    fcb_pages_free(source);
}

/* ---- two threads ----------------------------------------------------------------------------- */

#define STOP SIZE_MAX

/* What the second thread is to do: `times` is set last, and 0 again when it has done it. */
static struct {
    struct fcb_job *job;
    size_t times;
} order;

static void *serve(void *unused)
{
    size_t times = 0;
    while (times != STOP) {
        times = __atomic_load_n(&order.times, __ATOMIC_ACQUIRE);
        if (times != 0 && times != STOP) {
            order.job->offer->run(order.job, times);
            __atomic_store_n(&order.times, 0, __ATOMIC_RELEASE);
        }
    }
    return unused;
}

static void run_both(void *context, size_t times)
{
    struct fcb_job *job = context;
    order.job = job;
    __atomic_store_n(&order.times, times, __ATOMIC_RELEASE);
    job->offer->run(job, times);
    while (__atomic_load_n(&order.times, __ATOMIC_ACQUIRE) != 0) {
    }
}

/* A thread on another CPU than this one; false if there is none. */
static bool start_second(pthread_t *thread)
{
    pthread_attr_t attributes;
    cpu_set_t others;
    CPU_ZERO(&others);
    for (size_t i = 0; i < CPU_SETSIZE; i++) {
        if ((int)i != sched_getcpu()) {
            CPU_SET(i, &others);
        }
    }
    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setaffinity_np(&attributes, sizeof others, &others);
    bool started = pthread_create(thread, &attributes, serve, NULL) == 0;
    (void)pthread_attr_destroy(&attributes);
    return started;
}

void fcb_peers_shared(const char *group)
{
    pthread_t thread;
    struct fcb_job job = { .size = 4096 };
    if (!start_second(&thread)) {
        (void)fprintf(stderr, "bench: %s: needs a second CPU: skipped\n", group);
        return;
    }
    fcb_measure_offers(group, "retain+release", "retain+release", job.size, &job, run_both);
    __atomic_store_n(&order.times, STOP, __ATOMIC_RELEASE);
    (void)pthread_join(thread, NULL);
}
