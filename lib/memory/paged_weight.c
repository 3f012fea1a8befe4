/* SPDX-License-Identifier: MIT */

/* Whether pages pay. A view's writer has a fault for each page; who copies all at once has none.
 * What a fault costs depends on the machine more than on all else: as much as copying 3 pages where
 * the kernel is alone, 20 under one hypervisor and 80 under another. So it is measured, once. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "base/state.h"

#include <sys/mman.h>
#include <time.h>

/* Memory to be written for the first time, in pages; how long copying one takes, within a factor of
 * two on the machines that were measured; and what writing one costs at least, found and given back
 * again. */
#define TRIED 32
#define TRIED_AT_ONCE 4
#define COPY_NS 250
#define WEIGHT_MIN 3

/* In copies of a page; 0: not known yet. Two threads may both measure. */
static size_t weight;

static uint64_t now_ns(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* The quickest of a few tries, because a thread may be interrupted in one. */
static size_t measure(void)
{
    uint64_t least = UINT64_MAX;
    size_t length = TRIED * FCI_PAGE;
    uint8_t *pages = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) {
        return WEIGHT_MIN;
    }
    (void)madvise(pages, length, MADV_NOHUGEPAGE);
    for (size_t at = 0; at < length;) {
        uint64_t begin = now_ns();
        for (size_t i = 0; i < TRIED_AT_ONCE; i++, at += FCI_PAGE) {
            *(volatile uint8_t *)(pages + at) = 1;
        }
        uint64_t took = now_ns() - begin;
        least = took < least ? took : least;
    }
    (void)munmap(pages, length);
    size_t copies = (size_t)(least / TRIED_AT_ONCE / COPY_NS);
    return copies > WEIGHT_MIN ? copies : WEIGHT_MIN;
}

size_t fci_paged_cost(size_t written, size_t length)
{
    size_t factor = fci_state_paged.weight;
    if (factor == 0) {
        factor = __atomic_load_n(&weight, __ATOMIC_RELAXED);
    }
    if (factor == 0) {
        factor = measure();
        __atomic_store_n(&weight, factor, __ATOMIC_RELAXED);
    }
    return written / FCI_PAGE * factor * 4 / (length / FCI_PAGE + 1);
}
