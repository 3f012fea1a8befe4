/* SPDX-License-Identifier: MIT */

/* bench [--quick] [GROUP...]: runs the groups named, or all. The groups that end in "_threaded" do
 * what their namesakes do, after a second thread has been started that lives on: the C library and
 * this one then count with locked instructions, for the rest of the process, so they run last. */
#define _GNU_SOURCE

#include "peers/peers.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct family {
    const char *name;
    void (*run)(const char *group);
    bool threaded;
};

static const struct family families[] = {
    { "handles", fcb_handles, false },
    { "accesses", fcb_accesses, false },
    { "allocs", fcb_allocs, false },
    { "large", fcb_large, false },
    { "copies", fcb_copies, false },
    { "limits", fcb_limits, false },
    { "claims", fcb_claims, false },
    { "zeroed", fcb_zeroed, false },
    { "paged", fcb_paged, false },
    { "search", fcb_search, false },
    { "bytes", fcb_bytes, false },
    { "codecs", fcb_codecs, false },
    { "peers", fcb_peers, false },
    { "text", fcb_text, false },
    { "handles_threaded", fcb_handles, true },
    { "allocs_threaded", fcb_allocs, true },
    { "peers_shared", fcb_peers_shared, true },
};

static void *sleep_on(void *unused)
{
    for (;;) {
        (void)pause();
    }
    return unused;
}

static void start_thread(void)
{
    static bool started;
    pthread_t thread;
    if (!started) {
        fcb_require(pthread_create(&thread, NULL, sleep_on, NULL) == 0, "no thread");
        started = true;
    }
}

/* The peers are the C library's malloc and free. A program that is itself linked with another
 * allocator would measure that one against itself. */
static void require_libc_malloc(void)
{
    void *(*volatile function)(size_t) = malloc;
    void *(*loaded)(size_t) = function;
    void *address;
    Dl_info info;
    memcpy(&address, &loaded, sizeof address);
    fcb_require(dladdr(address, &info) != 0 && info.dli_fname != NULL,
                "cannot tell whose malloc this is");
    (void)fprintf(stderr, "bench: malloc is that of %s\n", info.dli_fname);
    const char *name = strrchr(info.dli_fname, '/');
    name = name != NULL ? name + 1 : info.dli_fname;
    fcb_require(strncmp(name, "libc.", 5) == 0 || strncmp(name, "libc-", 5) == 0 ||
                    strncmp(name, "ld-musl", 7) == 0,
                "malloc is not the C library's: link this program with libfc_buffer alone");
}

static bool wanted(const char *name, int count, char **names)
{
    bool any = count == 0;
    for (int i = 0; i < count; i++) {
        any = any || strcmp(name, names[i]) == 0;
    }
    return any;
}

static bool known(const char *name)
{
    bool any = false;
    for (size_t i = 0; i < FCB_COUNT(families); i++) {
        any = any || strcmp(name, families[i].name) == 0;
    }
    return any;
}

static void run(const struct family *family)
{
    struct timespec begin, end;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    if (family->threaded) {
        start_thread();
    }
    family->run(family->name);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    (void)fprintf(stderr, "bench: %s took %.1f s\n", family->name,
                  (double)(end.tv_sec - begin.tv_sec) +
                      (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
}

static void usage(void)
{
    (void)fprintf(stderr, "usage: bench [--quick] [GROUP...]\ngroups:");
    for (size_t i = 0; i < FCB_COUNT(families); i++) {
        (void)fprintf(stderr, " %s", families[i].name);
    }
    (void)fprintf(stderr, "\n");
}

int main(int argc, char **argv)
{
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    int first = quick ? 2 : 1;
    for (int i = first; i < argc; i++) {
        if (!known(argv[i])) {
            usage();
            return EXIT_FAILURE;
        }
    }
    require_libc_malloc();
    fcb_begin(quick);
    fcb_libraries_begin();
    for (size_t i = 0; i < FCB_COUNT(families); i++) {
        if (wanted(families[i].name, argc - first, argv + first)) {
            run(&families[i]);
        }
    }
    return EXIT_SUCCESS;
}
