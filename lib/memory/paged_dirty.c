/* SPDX-License-Identifier: MIT */

/* Which pages of a private mapping are its own: the anonymous ones, written since it was made.
 * Three ways, each where the one before does not serve: the PAGEMAP_SCAN call (Linux 6.7), reading
 * /proc/self/pagemap, and comparing with the file (a process that may not read its page tables). */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "base/atomic.h"
#include "base/state.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* <linux/fs.h> of Linux 6.7: older headers lack it. */
struct page_region {
    uint64_t start, end, categories;
};
struct scan {
    uint64_t size, flags, start, end, walk_end, regions, region_count, max_pages;
    uint64_t inverted, mask, any_of, shown;
};
#define SCAN_CALL _IOWR('f', 16, struct scan)
#define SCAN_FILE ((uint64_t)1 << 2)
#define SCAN_PRESENT ((uint64_t)1 << 3)
#define SCAN_SWAPPED ((uint64_t)1 << 4)

/* An entry of the page map. */
#define ENTRY_FILE ((uint64_t)1 << 61)
#define ENTRY_MAPPED ((uint64_t)3 << 62) /* present or swapped */

#define ENTRIES ((size_t)512)

/* Opened when it is first needed, one more than the descriptor; 0: not yet. */
static intptr_t page_map;

static int open_page_map(void)
{
    intptr_t known = fci_load_relaxed(&page_map);
    if (known == 0) {
        int opened = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
        intptr_t mine = (intptr_t)opened + 1;
        if (mine == 0) {
            return -1;
        }
        if (!__atomic_compare_exchange_n(&page_map, &known, mine, false, __ATOMIC_RELAXED,
                                         __ATOMIC_RELAXED)) {
            (void)close(opened);
            mine = known;
        }
        known = mine;
    }
    return (int)(known - 1);
}

void fci_paged_dirty_forked(void)
{
    intptr_t known = fci_load_relaxed(&page_map);
    if (known != 0) {
        (void)close((int)(known - 1));
        fci_store_relaxed(&page_map, 0);
    }
}

/* Each way sets *run to the first run at or behind `at`, an empty one at `end` if there is none,
 * and tells whether it could. */
static bool run_by_scan(struct fci_paged_run *run, int map, uint8_t *at, uint8_t *end)
{
    struct page_region region;
    memset(&region, 0, sizeof region);
    struct scan scan = {
        .size = sizeof scan,
        .start = (uintptr_t)at,
        .end = (uintptr_t)end,
        .regions = (uintptr_t)&region,
        .region_count = 1,
        .inverted = SCAN_FILE,
        .mask = SCAN_FILE,
        .any_of = SCAN_PRESENT | SCAN_SWAPPED,
        .shown = SCAN_PRESENT | SCAN_SWAPPED,
    };
    int found = ioctl(map, SCAN_CALL, &scan);
    if (found < 0) {
        return false;
    }
    run->begin = found == 0 ? end : at + (region.start - (uintptr_t)at);
    run->end = found == 0 ? end : at + (region.end - (uintptr_t)at);
    return true;
}

static bool run_by_page_map(struct fci_paged_run *run, int map, uint8_t *at, uint8_t *end)
{
    uint64_t entries[ENTRIES];
    run->begin = run->end = end;
    while (at < end) {
        size_t pages = (size_t)(end - at) / FCI_PAGE;
        size_t count = pages < ENTRIES ? pages : ENTRIES;
        off_t place = (off_t)((uintptr_t)at / FCI_PAGE * sizeof *entries);
        if (pread(map, entries, count * sizeof *entries, place) !=
            (ssize_t)(count * sizeof *entries)) {
            return false;
        }
        for (size_t i = 0; i < count; i++, at += FCI_PAGE) {
            bool own = (entries[i] & ENTRY_MAPPED) != 0 && (entries[i] & ENTRY_FILE) == 0;
            if (own && run->begin == end) {
                run->begin = at;
            } else if (!own && run->begin != end) {
                run->end = at;
                return true;
            }
        }
    }
    return true;
}

/* Pages that differ from the file. One that was written with what it held is the file's as well. */
static bool run_by_bytes(struct fci_paged_run *run, const struct fci_paged *view, uint8_t *at,
                         uint8_t *end)
{
    off_t place = (off_t)(view->offset + (size_t)(at - view->mapping));
    size_t length = (size_t)(end - at);
    uint8_t *file = mmap(NULL, length, PROT_READ, MAP_SHARED, view->file->descriptor, place);
    run->begin = run->end = end;
    if (file == MAP_FAILED) {
        return false;
    }
    for (size_t i = 0; i < length; i += FCI_PAGE) {
        bool own = memcmp(at + i, file + i, FCI_PAGE) != 0;
        if (own && run->begin == end) {
            run->begin = at + i;
        } else if (!own && run->begin != end) {
            run->end = at + i;
            break;
        }
    }
    (void)munmap(file, length);
    return true;
}

bool fci_paged_next(struct fci_paged_run *run, const struct fci_paged *view, uint8_t **at,
                    const uint8_t *stop)
{
    uint8_t *end = *at + (stop - *at);
    int way = fci_state_paged.find;
    int map = *at < end && way < FCI_FIND_COMPARE ? open_page_map() : -1;
    if (*at >= end) {
        return false;
    }
    if (!(map >= 0 && way < FCI_FIND_READ && run_by_scan(run, map, *at, end)) &&
        !(map >= 0 && run_by_page_map(run, map, *at, end)) && !run_by_bytes(run, view, *at, end)) {
        run->begin = *at; /* nobody knows: all of it */
        run->end = end;
    }
    *at = run->end;
    return run->begin < run->end;
}

size_t fci_paged_own(const struct fci_paged *view, uint8_t *begin, size_t length)
{
    struct fci_paged_run run;
    size_t own = 0;
    const uint8_t *end = begin + length;
    while (fci_paged_next(&run, view, &begin, end)) {
        own += (size_t)(run.end - run.begin);
    }
    return own;
}
