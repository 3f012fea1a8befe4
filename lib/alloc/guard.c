/* SPDX-License-Identifier: MIT */

/* A mapping a piece:
 *
 *     | its record | canary, bytes, canary | inaccessible |
 *
 * The record has a page of its own, in front of the page that the bytes begin in, so that it is
 * found from their address. The bytes end as near to the inaccessible page as their alignment lets
 * them. */

#include "base/common.h"

#include "alloc/guard.h"

#include "alloc/limits.h"
#include "base/checked.h"
#include "base/contract.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#define JUNK 0xdb
#define JUNK_MAX ((size_t)64 << 20) /* what lies further on stays untouched */
#define CANARY 0xa5
#define PLACES 4096

struct record {
    uint8_t *bytes;
    size_t size;
    uint8_t *mapping;
    size_t length; /* of the mapping */
};

/* The queue of what was given back: the oldest leaves it when another one comes. */
static struct record queue[PLACES];
static size_t next_place;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct record *record_of(uint8_t *bytes)
{
    return (struct record *)(void *)(bytes - (uintptr_t)bytes % FCI_PAGE - FCI_PAGE);
}

static uint8_t *data_begin(const struct record *record)
{
    return (uint8_t *)(uintptr_t)record + FCI_PAGE;
}

static uint8_t *data_end(const struct record *record)
{
    return record->bytes + record->size +
           (0 - ((uintptr_t)record->bytes + record->size)) % FCI_PAGE;
}

/* Pages for the record, the bytes and the inaccessible page, and for an alignment wider than one.
 */
static bool length_of(size_t *length, size_t size, size_t alignment)
{
    size_t wide = alignment > FCI_PAGE ? alignment : 0;
    return fci_size_round_up(length, size, FCI_PAGE) &&
           fci_size_add(length, *length, 2 * FCI_PAGE) && fci_size_add(length, *length, wide);
}

/* Where the bytes begin: as late as may be, behind a page for the record. */
static uint8_t *place_bytes(uint8_t *mapping, size_t length, size_t size, size_t alignment)
{
    uintptr_t at = (uintptr_t)mapping + length - FCI_PAGE - size;
    return mapping + (at - at % alignment - (uintptr_t)mapping);
}

void *fci_guard_get(size_t size, size_t alignment, bool zeroed)
{
    struct record record = { .size = size };
    if (!length_of(&record.length, size, alignment)) {
        return NULL;
    }
    void *mapping =
        mmap(NULL, record.length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        return NULL;
    }
    record.mapping = mapping;
    record.bytes = place_bytes(mapping, record.length, size, alignment);
    uint8_t *end = data_end(&record);
    if (mprotect(end, (size_t)(record.mapping + record.length - end), PROT_NONE) != 0) {
        (void)munmap(mapping, record.length);
        return NULL;
    }
    struct record *kept = record_of(record.bytes);
    *kept = record;
    memset(data_begin(kept), CANARY, (size_t)(record.bytes - data_begin(kept)));
    memset(record.bytes + size, CANARY, (size_t)(end - record.bytes) - size);
    if (!zeroed) {
        memset(record.bytes, JUNK, fci_size_min(size, JUNK_MAX));
    }
    return record.bytes;
}

static bool is_canary(const uint8_t *begin, const uint8_t *end)
{
    while (begin < end && *begin == CANARY) {
        begin++;
    }
    return begin == end;
}

void fci_guard_put(void *address)
{
    if (address == NULL) {
        return;
    }
    const struct record *kept = record_of(address);
    struct record record = *kept;
    FCI_ENSURE(record.bytes == address);
    FCI_ENSURE(is_canary(data_begin(kept), record.bytes));
    FCI_ENSURE(is_canary(record.bytes + record.size, data_end(kept)));
    /* A new mapping over it gives its memory back, and is the same to the whole address range. */
    (void)mmap(record.mapping, record.length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
               -1, 0);
    (void)pthread_mutex_lock(&lock);
    struct record oldest = queue[next_place];
    queue[next_place] = record;
    next_place = (next_place + 1) % PLACES;
    (void)pthread_mutex_unlock(&lock);
    if (oldest.mapping != NULL) {
        (void)munmap(oldest.mapping, oldest.length);
    }
}
