/* SPDX-License-Identifier: MIT */

/* Which libraries there are: references that stay empty where a file was not built. */
#include "peers/peers.h"

#include <stdio.h>
#include <string.h>

#define EACH_LIBRARY(X)                                                                            \
    X(libc)                                                                                        \
    X(fc_buffer)                                                                                   \
    X(jemalloc)                                                                                    \
    X(glib)                                                                                        \
    X(ffmpeg)                                                                                      \
    X(libevent)                                                                                    \
    X(openssl)                                                                                     \
    X(icu)                                                                                         \
    X(nettle)                                                                                      \
    X(rust)                                                                                        \
    X(simdutf)                                                                                     \
    X(node)

#define DECLARE(name) extern const struct fcb_library fcb_library_##name __attribute__((weak));
EACH_LIBRARY(DECLARE)

#define ENTRY(name) { #name, &fcb_library_##name },

static const struct {
    const char *name;
    const struct fcb_library *linked; /* NULL where the program was built without it */
} libraries[] = { EACH_LIBRARY(ENTRY) };

/* Found, and ready, once for all. */
static bool usable[FCB_COUNT(libraries)];

void fcb_libraries_begin(void)
{
    for (size_t i = 0; i < FCB_COUNT(libraries); i++) {
        const struct fcb_library *library = libraries[i].linked;
        usable[i] = library != NULL && (library->ready == NULL || library->ready());
        if (!usable[i]) {
            (void)fprintf(stderr, "bench: no %s in this program: skipped\n", libraries[i].name);
        }
    }
}

static const struct fcb_offer *offer_of(size_t library, const char *op)
{
    const struct fcb_offer *offer = libraries[library].linked->offers;
    while (offer->op != NULL && strcmp(offer->op, op) != 0) {
        offer++;
    }
    return offer->op != NULL ? offer : NULL;
}

static void run_code(void *context, size_t times)
{
    struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        FCB_BARRIER();
        job->made = job->offer->code(job);
    }
}

/* Whether the result is the one expected; it is cleared for the next. Handles have none. */
static bool is_expected(void *context)
{
    struct fcb_job *job = context;
    if (job->offer->show != NULL) {
        job->offer->show(job);
    }
    if (job->expected == NULL) {
        return job->made == job->expected_length;
    }
    bool right = job->made == job->expected_length &&
                 memcmp(job->to, job->expected, job->expected_length) == 0;
    memset(job->to, 0, job->expected_length);
    return right;
}

void fcb_measure_offers(const char *group, const char *offered, const char *op, size_t size,
                        const struct fcb_job *job, void (*run)(void *job, size_t times))
{
    struct fcb_job jobs[FCB_COUNT(libraries)];
    struct fcb_peer peers[FCB_COUNT(libraries)];
    size_t count = 0;
    for (size_t i = 0; i < FCB_COUNT(libraries); i++) {
        const struct fcb_offer *offer = usable[i] ? offer_of(i, offered) : NULL;
        if (offer != NULL) {
            jobs[count] = *job;
            jobs[count].offer = offer;
            if (offer->begin != NULL) {
                offer->begin(&jobs[count]);
            }
            peers[count] = (struct fcb_peer){ .name = libraries[i].name,
                                              .run = run != NULL          ? run
                                                     : offer->run != NULL ? offer->run
                                                                          : run_code,
                                              .context = &jobs[count] };
            count++;
        }
    }
    fcb_measure(&(struct fcb_group){ group, op, size, NULL, peers, count, NULL, is_expected });
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].offer->end != NULL) {
            jobs[i].offer->end(&jobs[i]);
        }
    }
}
