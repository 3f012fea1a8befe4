/* SPDX-License-Identifier: MIT */

/* Rust's bytes crate, in a shared library that `make bench` builds where there is a cargo that
 * finds the crate without a network: see rust/bytes.rs. */
#include "peers/peers.h"

#include <dlfcn.h>
#include <string.h>

static void *(*rust_begin)(size_t size);
static void (*rust_end)(void *object);
static void (*rust_retain)(const void *object, size_t times);
static void (*rust_slice)(const void *object, size_t times, size_t begin, size_t end);
static void (*rust_alloc)(size_t size, size_t times);
static void (*rust_clone)(const uint8_t *from, size_t size, size_t times);

static bool find(void *library, const char *name, void *function)
{
    void *found = library != NULL ? dlsym(library, name) : NULL;
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static bool ready(void)
{
    void *library = dlopen(FCB_RUST_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    return find(library, "fcb_rust_begin", &rust_begin) &&
           find(library, "fcb_rust_end", &rust_end) &&
           find(library, "fcb_rust_retain", &rust_retain) &&
           find(library, "fcb_rust_slice", &rust_slice) &&
           find(library, "fcb_rust_alloc", &rust_alloc) &&
           find(library, "fcb_rust_clone", &rust_clone);
}

static void handle_begin(struct fcb_job *job)
{
    job->object = rust_begin(job->size);
}

static void handle_end(struct fcb_job *job)
{
    rust_end(job->object);
}

static void retain_release(void *context, size_t times)
{
    rust_retain(((struct fcb_job *)context)->object, times);
}

static void slice_release(void *context, size_t times)
{
    rust_slice(((struct fcb_job *)context)->object, times, FCB_SLICE_BEGIN, FCB_SLICE_END);
}

static void alloc_release(void *context, size_t times)
{
    rust_alloc(((struct fcb_job *)context)->size, times);
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    rust_clone(job->from, job->size, times);
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "retain+release", .run = retain_release, .begin = handle_begin, .end = handle_end },
    { .op = "slice+release", .run = slice_release, .begin = handle_begin, .end = handle_end },
    { .op = NULL },
};

const struct fcb_library fcb_library_rust = { "rust", offers, ready };
