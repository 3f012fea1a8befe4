/* SPDX-License-Identifier: MIT */

/* Every state that a written buffer can be in, for the tests of one writer each: alone on its
 * memory or sharing it, small or large, part of an arena or all of it. A writer is a call and what
 * it does to plain bytes; the rest is the same for all. */
#ifndef FCT_STATES_H
#define FCT_STATES_H

#include <stdlib.h>

#include "bytes.h"

/* Where the written buffer lies in its arena. */
#define FCT_MARGIN ((size_t)24)

struct fct_writer {
    fc_status (*call)(fc_buffer *b);
    void (*model)(uint8_t *bytes, size_t length); /* what it does to the bytes shown */
};

/* The bytes of `whole` are those of the pattern, but in the window what the writer makes of them,
 * if it was `written`. */
static inline void fct_assert_window(const fc_buffer *whole, const struct fct_writer *writer,
                                     bool written)
{
    size_t length = fc_buffer_length(whole), window = length - 2 * FCT_MARGIN;
    uint8_t *expected = malloc(length);
    ck_assert_ptr_nonnull(expected);
    for (size_t i = 0; i < length; i++) {
        expected[i] = fct_pattern(i);
    }
    if (written) {
        writer->model(expected + FCT_MARGIN, window);
    }
    ck_assert(memcmp(fc_buffer_data(whole), expected, length) == 0);
    free(expected);
}

static inline fc_buffer fct_window(const fc_buffer *whole)
{
    return fc_buffer_slice(whole, (ptrdiff_t)FCT_MARGIN, -(ptrdiff_t)FCT_MARGIN);
}

/* In place: the address stays, and all buffers on the arena see it. */
static inline void fct_write_alone(const struct fct_writer *writer, size_t length)
{
    fc_buffer whole = fct_make(length), b = fct_window(&whole);
    const uint8_t *address = fc_buffer_data(&b);
    fc_stats before = fct_stats();
    ck_assert_int_eq(writer->call(&b), FC_OK);
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
    fct_assert_window(&whole, writer, true);
    fc_buffer_release(&whole), fc_buffer_release(&b);
}

/* The arena leaves the block that a snapshot holds, and copies only what the call does not write:
 * all of the window, if `overwrites`. */
static inline void fct_write_shared(const struct fct_writer *writer, size_t length, bool overwrites)
{
    fc_buffer whole = fct_make(length), b = fct_window(&whole), snapshot = fct_snapshot(&whole);
    const uint8_t *address = fc_buffer_data(&snapshot);
    fc_stats before = fct_stats();
    ck_assert(fc_buffer_would_copy(&b));
    ck_assert_int_eq(writer->call(&b), FC_OK);
    ck_assert(!fc_buffer_would_copy(&b) && !fc_buffer_would_copy(&snapshot));
    ck_assert_ptr_eq(fc_buffer_data(&snapshot), address);
    ck_assert_uint_eq(fct_stats().write_copies - before.write_copies, 1);
    if (overwrites) {
        ck_assert_uint_eq(fct_stats().write_copied_bytes - before.write_copied_bytes,
                          2 * FCT_MARGIN);
    }
    fct_assert_window(&whole, writer, true);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&whole), fc_buffer_release(&b), fc_buffer_release(&snapshot);
}

/* Through the snapshot instead: its source does not see it. */
static inline void fct_write_snapshot(const struct fct_writer *writer, size_t length)
{
    fc_buffer source = fct_make(length), snapshot = fct_snapshot(&source);
    fc_buffer b = fct_window(&snapshot);
    ck_assert_int_eq(writer->call(&b), FC_OK);
    fct_assert_window(&snapshot, writer, true);
    fct_assert_pattern(&source, 0, FCT_NONE);
    fc_buffer_release(&source), fc_buffer_release(&snapshot), fc_buffer_release(&b);
}

static inline void fct_write_pinned(const struct fct_writer *writer, size_t length)
{
    fc_buffer whole = fct_make(length), b = fct_window(&whole);
    uint8_t *address = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&address, &whole), FC_OK);
    fc_buffer snapshot = fct_snapshot(&whole);
    ck_assert_int_eq(writer->call(&b), FC_OK);
    ck_assert_ptr_eq(fc_buffer_data(&whole), address);
    fc_buffer_end_write(&whole);
    fct_assert_window(&whole, writer, true);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&whole), fc_buffer_release(&b), fc_buffer_release(&snapshot);
}

static inline void fct_write_frozen(const struct fct_writer *writer, size_t length)
{
    fc_buffer whole = fct_make(length), b = fct_window(&whole);
    ck_assert_int_eq(fc_buffer_freeze(&whole), FC_OK);
    ck_assert_int_eq(writer->call(&b), FC_ERR_FROZEN);
    fct_assert_window(&whole, writer, false);
    fc_buffer_release(&whole), fc_buffer_release(&b);
}

/* The memory goes back unwritten. */
static inline void fct_write_readonly(const struct fct_writer *writer, size_t length)
{
    struct fct_released released = { 0 };
    uint8_t *memory = malloc(length);
    fc_buffer whole = FC_BUFFER_INIT;
    ck_assert_ptr_nonnull(memory);
    for (size_t i = 0; i < length; i++) {
        memory[i] = fct_pattern(i);
    }
    ck_assert_int_eq(fc_buffer_wrap_readonly(&whole, memory, length, fct_note_release, &released),
                     FC_OK);
    fc_buffer b = fct_window(&whole);
    ck_assert_int_eq(writer->call(&b), FC_OK);
    ck_assert_int_eq(released.calls, 1);
    fct_assert_window(&whole, writer, true);
    size_t changed = 0;
    for (size_t i = 0; i < length; i++) {
        changed += memory[i] != fct_pattern(i);
    }
    ck_assert_uint_eq(changed, 0);
    free(memory);
    fc_buffer_release(&whole), fc_buffer_release(&b);
}

/* All of them. `length` is that of the window, `overwrites` whether the call writes all of it. */
static inline void fct_write_in_every_state(const struct fct_writer *writer, size_t length,
                                            bool overwrites)
{
    size_t whole = length + 2 * FCT_MARGIN;
    fct_write_alone(writer, whole);
    fct_write_snapshot(writer, whole);
    fct_write_pinned(writer, whole);
    fct_write_frozen(writer, whole);
    fct_write_readonly(writer, whole);
    if (whole >= FCT_SHARED_SIZE) {
        fct_write_shared(writer, whole, overwrites);
    }
}

#endif
