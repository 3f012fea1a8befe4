/* SPDX-License-Identifier: MIT */

/* jemalloc through its own names, looked up at run time: linked, it would become the program's
 * malloc. */
#include "peers/peers.h"

#include <dlfcn.h>
#include <string.h>

static void *(*mallocx)(size_t size, int flags);
static void (*dallocx)(void *bytes, int flags);

static bool ready(void)
{
    void *library = dlopen("libjemalloc.so.2", RTLD_NOW | RTLD_LOCAL);
    void *make = library != NULL ? dlsym(library, "mallocx") : NULL;
    void *drop = library != NULL ? dlsym(library, "dallocx") : NULL;
    memcpy(&mallocx, &make, sizeof make);
    memcpy(&dallocx, &drop, sizeof drop);
    return make != NULL && drop != NULL;
}

static void alloc_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        void *bytes = mallocx(job->size, 0);
        FCB_OPAQUE(bytes);
        dallocx(bytes, 0);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        void *bytes = mallocx(job->size, 0);
        fcb_require(bytes != NULL, "out of memory");
        memcpy(bytes, job->from, job->size);
        FCB_OPAQUE(bytes);
        dallocx(bytes, 0);
    }
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = NULL },
};

const struct fcb_library fcb_library_jemalloc = { "jemalloc", offers, ready };
