/* SPDX-License-Identifier: MIT */

/* Which pages of a private mapping are its own: the anonymous ones, written since it was made.
 * Three ways, each where the one before does not serve: the PAGEMAP_SCAN call (Linux 6.7), reading
 * the page map, and comparing with the file (a process that may not read its page tables, or has
 * no /proc). The page map is the thread's, for the process's is gone with its first thread. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "base/state.h"
#include "memory/paged_system.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ENTRIES ((size_t)512)

/* Opened when it is first needed, and again where the program has closed it. */
static struct fci_paged_descriptor page_map = { -1, 0, 0 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* An emulator's is that of the process around it, with other addresses or another order of bytes:
 * a true one tells what this stack and what has just been written are. */
static bool is_true(int map)
{
    uint64_t entry = 0;
    const void *const own[] = { &entry, &page_map };
    for (size_t i = 0; i < 2; i++) {
        off_t place = (off_t)((uintptr_t)own[i] / FCI_PAGE * sizeof entry);
        if (pread(map, &entry, sizeof entry, place) != (ssize_t)sizeof entry ||
            (entry & FCI_ENTRY_MAPPED) == 0 || (entry & FCI_ENTRY_OTHERS) != 0) {
            return false;
        }
    }
    return true;
}

static int open_page_map(void)
{
    (void)pthread_mutex_lock(&lock);
    int number = fci_paged_number(&page_map);
    if (number < 0) {
        number = open("/proc/thread-self/pagemap", O_RDONLY | O_CLOEXEC);
        (void)fci_paged_own_descriptor(&page_map, number);
        if (number >= 0 && !is_true(number)) {
            fci_paged_close(&page_map);
            page_map.number = number = -1;
        }
    }
    (void)pthread_mutex_unlock(&lock);
    return number;
}

void fci_paged_dirty_lock(void)
{
    (void)pthread_mutex_lock(&lock);
}

void fci_paged_dirty_unlock(void)
{
    (void)pthread_mutex_unlock(&lock);
}

void fci_paged_dirty_forked(void)
{
    fci_paged_close(&page_map);
    page_map.number = -1;
}

/* Each way finds runs in [at, end) of the search, moves `at` behind what it has looked at, and
 * tells whether it could. */
static bool runs_by_scan(struct fci_paged_search *search, int map)
{
    struct fci_page_region regions[FCI_PAGED_BATCH];
    memset(regions, 0, sizeof regions);
    struct fci_page_scan scan = {
        .size = sizeof scan,
        .start = (uintptr_t)search->at,
        .end = (uintptr_t)search->end,
        .regions = (uintptr_t)regions,
        .region_count = FCI_PAGED_BATCH,
        .inverted = FCI_SCAN_FILE,
        .mask = FCI_SCAN_FILE,
        .any_of = FCI_SCAN_PRESENT | FCI_SCAN_SWAPPED,
        .shown = FCI_SCAN_PRESENT | FCI_SCAN_SWAPPED,
    };
    int found = ioctl(map, FCI_SCAN_CALL, &scan);
    if (found < 0) {
        return false;
    }
    uint8_t *from = search->at;
    for (size_t i = 0; i < (size_t)found; i++) {
        search->runs[i].begin = from + (regions[i].start - scan.start);
        search->runs[i].end = from + (regions[i].end - scan.start);
    }
    search->count = (size_t)found;
    search->at = from + (scan.walk_end - scan.start);
    return true;
}

/* A page is the view's own, or not: lengthens the last run, or begins one. */
static void add_page(struct fci_paged_search *search, uint8_t *page, bool own)
{
    struct fci_paged_run *last = &search->runs[search->count - (search->count != 0)];
    if (own && search->count != 0 && last->end == page) {
        last->end = page + FCI_PAGE;
    } else if (own) {
        search->runs[search->count++] = (struct fci_paged_run){ page, page + FCI_PAGE };
    }
}

static bool runs_by_page_map(struct fci_paged_search *search, int map)
{
    uint64_t entries[ENTRIES];
    uint8_t *at = search->at;
    while (at < search->end && search->count < FCI_PAGED_BATCH) {
        size_t pages = (size_t)(search->end - at) / FCI_PAGE;
        size_t count = pages < ENTRIES ? pages : ENTRIES;
        off_t place = (off_t)((uintptr_t)at / FCI_PAGE * sizeof *entries);
        if (pread(map, entries, count * sizeof *entries, place) !=
            (ssize_t)(count * sizeof *entries)) {
            search->count = 0;
            return false;
        }
        for (size_t i = 0; i < count && search->count < FCI_PAGED_BATCH; i++, at += FCI_PAGE) {
            add_page(search, at,
                     (entries[i] & FCI_ENTRY_MAPPED) != 0 && !(entries[i] & FCI_ENTRY_FILE));
        }
    }
    search->at = at;
    return true;
}

/* Pages that differ from the file. One that was written with what it held is the file's as well. */
static bool runs_by_bytes(struct fci_paged_search *search)
{
    const struct fci_paged *view = search->view;
    size_t length = (size_t)(search->end - search->at);
    off_t place = (off_t)(view->offset + (size_t)(search->at - view->mapping));
    int number = fci_paged_number(&view->file->descriptor);
    uint8_t *file = mmap(NULL, length, PROT_READ, MAP_SHARED, number, place);
    if (file == MAP_FAILED) {
        return false;
    }
    size_t done = 0;
    for (; done < length && search->count < FCI_PAGED_BATCH; done += FCI_PAGE) {
        uint8_t *page = search->at + done;
        add_page(search, page, memcmp(page, file + done, FCI_PAGE) != 0);
    }
    search->at += done;
    (void)munmap(file, length);
    return true;
}

/* Where nobody knows, it is all of it. */
static void look(struct fci_paged_search *search)
{
    int way = fci_state_paged.find;
    int map = way < FCI_FIND_COMPARE ? open_page_map() : -1;
    search->count = 0;
    bool known = map >= 0 && way < FCI_FIND_READ && runs_by_scan(search, map);
    known = known || (map >= 0 && runs_by_page_map(search, map));
    known = known || (!search->exact && runs_by_bytes(search));
    if (!known) {
        search->runs[search->count++] = (struct fci_paged_run){ search->at, search->end };
        search->at = search->end;
    }
}

void fci_paged_search(struct fci_paged_search *search, const struct fci_paged *view, uint8_t *begin,
                      size_t length)
{
    search->view = view;
    search->at = begin;
    search->end = begin + length;
    search->exact = search->ready = false;
    search->count = 0;
}

bool fci_paged_next(struct fci_paged_search *search)
{
    while (!search->ready && search->at < search->end) {
        look(search);
        search->ready = search->count != 0;
    }
    bool found = search->ready;
    search->ready = false;
    return found;
}

static size_t count_bytes(const struct fci_paged_search *search)
{
    size_t bytes = 0;
    for (size_t i = 0; i < search->count; i++) {
        bytes += (size_t)(search->runs[i].end - search->runs[i].begin);
    }
    return bytes;
}

size_t fci_paged_find(struct fci_paged_search *search, const struct fci_paged *view)
{
    size_t own = 0, batches = 0;
    fci_paged_search(search, view, view->mapping, view->mapped);
    for (; fci_paged_next(search); batches++) {
        own += count_bytes(search);
    }
    search->ready = batches == 1 && search->count != 0;
    if (!search->ready) {
        search->at = view->mapping;
    }
    return own;
}

bool fci_paged_find_few(struct fci_paged_search *search, const struct fci_paged *view)
{
    fci_paged_search(search, view, view->mapping, view->mapped);
    search->exact = true;
    search->ready = fci_paged_next(search);
    return search->at == search->end && count_bytes(search) <= FCI_PAGED_DOUBLE;
}

size_t fci_paged_own(const struct fci_paged *view)
{
    struct fci_paged_search search;
    return fci_paged_find(&search, view);
}
