/* SPDX-License-Identifier: MIT */

/* What FC_BUFFER_TRACE records. Only a new arena is looked into: only then nobody else has it. */

#include "base/common.h"

#include "alloc/small.h"
#include "base/contract.h"
#include "buffer/trace.h"
#include "memory/arena.h"

#include <string.h>

struct fci_trace fci_trace = { .lock = PTHREAD_MUTEX_INITIALIZER };

static const int owner_steps[FCI_TRACE_EVENTS] = { 1, 1, -1, 0, 0 };
static const int pin_steps[FCI_TRACE_EVENTS] = { 0, 0, 0, 1, -1 };

static struct fci_trace_record **bucket_of(const void *arena)
{
    return &fci_trace.table[(uintptr_t)arena / 16 % FCI_TRACE_BUCKETS];
}

static struct fci_trace_record *find(const void *arena)
{
    struct fci_trace_record *record = *bucket_of(arena);
    while (record != NULL && record->arena != arena) {
        record = record->next;
    }
    return record;
}

static void forget_lines(struct fci_trace_record *record)
{
    while (record->lines != NULL) {
        struct fci_trace_line *line = record->lines;
        record->lines = line->next;
        fci_small_put(line, sizeof *line);
    }
}

/* Empties the record of this address, which may be a new one; NULL if there is no memory. */
static struct fci_trace_record *begin(const fc_arena *head)
{
    struct fci_trace_record *record = find(head), **bucket = bucket_of(head);
    if (record == NULL) {
        record = fci_small_get(sizeof *record);
        if (record == NULL) {
            return NULL;
        }
        *record = (struct fci_trace_record){ .next = *bucket, .arena = head };
        *bucket = record;
    }
    forget_lines(record);
    struct fci_trace_record *next = record->next;
    memset(record, 0, sizeof *record);
    record->next = next;
    record->arena = head;
    record->serial = ++fci_trace.last_serial;
    return record;
}

static struct fci_trace_record *begin_new(const fc_arena *head)
{
    const struct fci_arena *arena = (const struct fci_arena *)(const void *)head;
    struct fci_trace_record *record = begin(head);
    if (record != NULL) {
        record->block = arena->embedded ? NULL : arena->home.block;
        record->length = arena->length;
        record->retained = fci_arena_retained(arena);
    }
    return record;
}

static struct fci_trace_line *line_of(struct fci_trace_record *record, const char *file, int number)
{
    struct fci_trace_line **end = &record->lines;
    while (*end != NULL) {
        if ((*end)->number == number && strcmp((*end)->file, file) == 0) {
            return *end;
        }
        end = &(*end)->next;
    }
    struct fci_trace_line *line = fci_small_get(sizeof *line);
    if (line != NULL) {
        *line = (struct fci_trace_line){ .file = file, .number = number };
        *end = line;
    }
    return line;
}

#ifdef FC_CHECKS
/* For a stop: the lines of the arena that it is about, if it was seen. */
static void tell_stop(const void *arena)
{
    (void)pthread_mutex_lock(&fci_trace.lock);
    const struct fci_trace_record *record = find(arena);
    if (record != NULL) {
        fci_trace_tell(record, stderr);
    }
    (void)pthread_mutex_unlock(&fci_trace.lock);
}
#endif

void fc_trace_note(const fc_arena *arena, fc_trace_event event, const char *file, int line)
{
    if (arena == NULL || (unsigned)event >= FCI_TRACE_EVENTS) {
        return;
    }
    (void)pthread_mutex_lock(&fci_trace.lock);
#ifdef FC_CHECKS
    fci_contract_tell = tell_stop;
#endif
    struct fci_trace_record *record = event == FC_TRACE_MADE ? begin_new(arena) : find(arena);
    if (record == NULL && event != FC_TRACE_MADE) {
        record = begin(arena);
    }
    struct fci_trace_line *at = record == NULL ? NULL : line_of(record, file, line);
    if (record != NULL) {
        record->owners += owner_steps[event];
        record->pins += pin_steps[event];
    }
    if (at != NULL) {
        at->times[event]++;
    } else {
        fci_trace.forgotten++;
    }
    (void)pthread_mutex_unlock(&fci_trace.lock);
}
