/* SPDX-License-Identifier: MIT */

/* The record of FC_BUFFER_TRACE as text, as a picture, and when the program ends. */

#include "base/common.h"

#include "buffer/trace.h"

#include <stdlib.h>

static const char *const verbs[FCI_TRACE_EVENTS] = { "made", "acquired", "released", "pinned",
                                                     "unpinned" };
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* What a line has done: " acquired 3, released 2". */
static void tell_line(const struct fci_trace_line *line, FILE *to)
{
    const char *before = " ";
    for (size_t event = 0; event < FCI_TRACE_EVENTS; event++) {
        if (line->times[event] != 0) {
            (void)fprintf(to, "%s%s %zu", before, verbs[event], line->times[event]);
            before = ", ";
        }
    }
}

void fci_trace_tell(const struct fci_trace_record *record, FILE *to)
{
    (void)fprintf(to, "arena %zu", record->serial);
    if (record->length != 0) {
        (void)fprintf(to, ", %zu bytes, keeps %zu", record->length, record->retained);
    }
    (void)fprintf(to, ": owners %+td, pins %+td\n", record->owners, record->pins);
    for (const struct fci_trace_line *line = record->lines; line != NULL; line = line->next) {
        (void)fprintf(to, "    %s:%d:", line->file, line->number);
        tell_line(line, to);
        (void)fputc('\n', to);
    }
}

static bool is_even(const struct fci_trace_record *record)
{
    return record->owners == 0 && record->pins == 0;
}

static void each_uneven(void show(const struct fci_trace_record *, FILE *), FILE *to)
{
    for (size_t i = 0; i < FCI_TRACE_BUCKETS; i++) {
        for (const struct fci_trace_record *record = fci_trace.table[i]; record != NULL;
             record = record->next) {
            if (!is_even(record)) {
                show(record, to);
            }
        }
    }
}

size_t fc_trace_report(FILE *to)
{
    size_t uneven = 0;
    ptrdiff_t owners = 0;
    (void)pthread_mutex_lock(&fci_trace.lock);
    for (size_t i = 0; i < FCI_TRACE_BUCKETS; i++) {
        for (const struct fci_trace_record *record = fci_trace.table[i]; record != NULL;
             record = record->next) {
            owners += record->owners;
            uneven += !is_even(record);
        }
    }
    (void)fprintf(to, "fc_buffer trace: net %td owners, %zu of %zu arenas uneven", owners, uneven,
                  fci_trace.last_serial);
    (void)fprintf(to, fci_trace.forgotten == 0 ? "\n" : ", and some events forgotten\n");
    each_uneven(fci_trace_tell, to);
    (void)pthread_mutex_unlock(&fci_trace.lock);
    return uneven;
}

/* A line as the name of a node. */
static void draw_name(const struct fci_trace_line *line, FILE *to)
{
    (void)fputs("    \"", to);
    for (const char *c = line->file; *c != 0; c++) {
        if (*c == '"' || *c == '\\') {
            (void)fputc('\\', to);
        }
        (void)fputc(*c, to);
    }
    (void)fprintf(to, ":%d\"", line->number);
}

static void draw(const struct fci_trace_record *record, FILE *to)
{
    size_t serial = record->serial;
    (void)fprintf(to, "    arena%zu [label=\"arena %zu\\n%zu bytes\\nowners %+td, pins %+td\"];\n",
                  serial, serial, record->length, record->owners, record->pins);
    if (record->block != NULL) {
        (void)fprintf(to, "    block%zx [shape=cylinder, label=\"block\\nkeeps %zu bytes\"];\n",
                      (size_t)(uintptr_t)record->block, record->retained);
        (void)fprintf(to, "    arena%zu -> block%zx;\n", serial, (size_t)(uintptr_t)record->block);
    }
    for (const struct fci_trace_line *line = record->lines; line != NULL; line = line->next) {
        draw_name(line, to);
        (void)fprintf(to, " -> arena%zu [label=\"", serial);
        tell_line(line, to);
        (void)fputs("\"];\n", to);
    }
}

void fc_trace_graph(FILE *to)
{
    (void)pthread_mutex_lock(&fci_trace.lock);
    (void)fputs("digraph fc_buffer {\n    rankdir=LR;\n    node [shape=box];\n", to);
    each_uneven(draw, to);
    (void)fputs("}\n", to);
    (void)pthread_mutex_unlock(&fci_trace.lock);
}

static void report_at_exit(void)
{
    (void)fc_trace_report(stderr);
}

static void ask_for_report(void)
{
    (void)atexit(report_at_exit);
}

void fc_trace_at_exit(void)
{
    (void)pthread_once(&once, ask_for_report);
}
