/* SPDX-License-Identifier: MIT */

/* The rows that set the thresholds of lib/kernels/limits.h which depend on the machine: the best
 * tier's copy through the caches and past them, and its zeroing by vectors and by the string store,
 * on either side of where the library changes its ways. The program has the kernels of its own,
 * since the shared library hides them and what it has found out. */
#include "harness.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"

#include <string.h>

#define MIB ((size_t)1 << 20)
#define LARGEST (128 * MIB)
/* Half a page: addresses that agree in their last twelve bits are a case of their own. */
#define APART ((size_t)2048)

struct limits {
    const struct fci_kernels *tier;
    uint8_t *to;
    const uint8_t *from;
    size_t size;
};

static const struct fci_limits never = { SIZE_MAX, SIZE_MAX, 0 }, always = { 0, 0, 0 };

static void copy(struct limits *l, size_t times, struct fci_limits limits)
{
    fci_state_limits = limits;
    for (size_t i = 0; i < times; i++) {
        l->tier->copy(l->to, l->from, l->size);
    }
}

static void copy_cached(void *context, size_t times)
{
    copy(context, times, never);
}

static void copy_streamed(void *context, size_t times)
{
    copy(context, times, always);
}

/* By vectors of 64 bytes, and by the string copy. */
static void copy_wide(void *context, size_t times)
{
    copy(context, times, (struct fci_limits){ SIZE_MAX, SIZE_MAX, SIZE_MAX });
}

static void copy_string(void *context, size_t times)
{
    copy(context, times, (struct fci_limits){ SIZE_MAX, SIZE_MAX, 1 });
}

static void zero(struct limits *l, size_t times, struct fci_limits limits)
{
    fci_state_limits = limits;
    for (size_t i = 0; i < times; i++) {
        l->tier->fill(l->to, 0, l->size);
    }
}

static void zero_vectors(void *context, size_t times)
{
    zero(context, times, never);
}

static void zero_string(void *context, size_t times)
{
    zero(context, times, always);
}

static void reset(void *context)
{
    struct limits *l = context;
    memset(l->to, 0xee, l->size);
}

static bool is_copied(void *context)
{
    const struct limits *l = context;
    return memcmp(l->to, l->from, l->size) == 0;
}

static bool is_zero(void *context)
{
    const struct limits *l = context;
    return l->to[0] == 0 && memcmp(l->to, l->to + 1, l->size - 1) == 0;
}

/* The ways that the AVX-512 tier has on CPUs with wide units, and the one that it has on others. */
static void measure_wide(struct limits *l, const char *group)
{
    static const size_t kibs[] = { 1, 4, 16, 24, 32, 64, 256, 1024, 4096 };
    static const struct fcb_peer copies[] = {
        { .name = "avx2", .run = copy_cached },
        { .name = "wide", .run = copy_wide },
        { .name = "string", .run = copy_string },
    };
    for (size_t i = 0; i < FCB_COUNT(kibs); i++) {
        l->size = kibs[i] << 10;
        fcb_measure(&(struct fcb_group){ group, "wide", l->size, l, copies, FCB_COUNT(copies),
                                         reset, is_copied });
    }
}

static void measure(struct limits *l, const char *group)
{
    static const struct fcb_peer copies[] = {
        { .name = "cached", .run = copy_cached },
        { .name = "streamed", .run = copy_streamed },
    };
    static const struct fcb_peer zeroes[] = {
        { .name = "vectors", .run = zero_vectors },
        { .name = "string", .run = zero_string },
    };
    fcb_measure(&(struct fcb_group){ group, "stream", l->size, l, copies, FCB_COUNT(copies), reset,
                                     is_copied });
    fcb_measure(&(struct fcb_group){ group, "clear", l->size, l, zeroes, FCB_COUNT(zeroes), reset,
                                     is_zero });
}

void fcb_limits(const char *group)
{
    static const size_t mibs[] = { 16, 1, 2, 4, 8, 12, 24, 32, 48, 64, 128 };
    struct limits l = { .tier = &fci_kernels_scalar };
    unsigned features = fci_cpu_features();
    for (size_t i = 0; fci_kernels_tier(i) != NULL; i++) {
        l.tier = fci_kernels_run_with(fci_kernels_tier(i), features) ? fci_kernels_tier(i) : l.tier;
    }
    size_t largest = fcb_quick() ? mibs[0] * MIB : LARGEST;
    uint8_t *to = fcb_pages(largest + APART), *from = fcb_pages(largest);
    uint64_t state = 1;
    for (size_t i = 0; i < largest; i++) {
        from[i] = (uint8_t)(fcb_random(&state) % 0xee);
    }
    l.to = to + APART, l.from = from;
    for (size_t i = 0; i < (fcb_quick() ? 1 : FCB_COUNT(mibs)); i++) {
        l.size = mibs[i] * MIB;
        measure(&l, group);
    }
    if (l.tier == &fci_kernels_avx512) {
        measure_wide(&l, group);
    }
    fcb_pages_free(to);
    fcb_pages_free(from);
}
