/* SPDX-License-Identifier: MIT */

/* What the tests of paged blocks share: making one, and doing something in a child process. */
#ifndef FCT_MEMORY_PAGED_H
#define FCT_MEMORY_PAGED_H

#include <sys/wait.h>
#include <unistd.h>

#include "base/state.h"
#include "bytes.h"
#include "memory/arena.h"

#define PAGE ((size_t)4096)
#define PAGES ((size_t)512)
#define SIZE (PAGES * PAGE)

/* A fixture: these tests ask for themselves who is paged, whatever the rest of the suite is run
 * with. */
static inline void paged_where_asked(void)
{
    fci_state_paged.policy = FCI_PAGED_ASKED;
}

static inline fc_buffer make_paged(void)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_PAGED };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, SIZE, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = fct_pattern(i);
    }
    fc_buffer_end_write(&b);
    return b;
}

static inline bool is_paged(const fc_buffer *b)
{
    return fci_arena_of(b)->home.block->kind == FCI_KIND_PAGED;
}

/* Whether the buffer holds the pattern, but for `value` at `place`. */
static inline bool holds(const fc_buffer *b, size_t place, uint8_t value)
{
    const uint8_t *bytes = fc_buffer_data(b);
    for (size_t i = 0; i < fc_buffer_length(b); i++) {
        if (bytes[i] != (i == place ? value : fct_pattern(i))) {
            return false;
        }
    }
    return true;
}

/* Runs it in a child of its own, and whether it said true there. */
static inline bool in_child(bool (*run)(void *context), void *context)
{
    int status = -1;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        _exit(run(context) ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#endif
