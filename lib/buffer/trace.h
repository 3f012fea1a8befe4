/* SPDX-License-Identifier: MIT */

/* The record behind FC_BUFFER_TRACE: which lines have acquired and given back the owners and pins
 * of each arena. An arena that is even stays in the table until its address is used again: so a
 * stop in a checked build can tell who released it. */
#ifndef FCI_BUFFER_TRACE_H
#define FCI_BUFFER_TRACE_H

#include <fc_buffer/trace.h>

#include <pthread.h>

#define FCI_TRACE_BUCKETS 1024
#define FCI_TRACE_EVENTS (FC_TRACE_UNPINNED + 1)

/* A line, and how often it has done what. */
struct fci_trace_line {
    struct fci_trace_line *next;
    const char *file;
    int number;
    size_t times[FCI_TRACE_EVENTS];
};

/* An arena, as it was when it was made; made out of sight, it has an address and no more. */
struct fci_trace_record {
    struct fci_trace_record *next;
    const fc_arena *arena;
    const void *block;
    size_t serial, length, retained;
    ptrdiff_t owners, pins;
    struct fci_trace_line *lines;
};

extern struct fci_trace {
    pthread_mutex_t lock; /* over all of it */
    struct fci_trace_record *table[FCI_TRACE_BUCKETS];
    size_t last_serial;
    size_t forgotten; /* events that found no memory */
} fci_trace;

/* A paragraph about one arena. */
void fci_trace_tell(const struct fci_trace_record *record, FILE *to);

#endif
