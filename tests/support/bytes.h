/* SPDX-License-Identifier: MIT */

/* Short ways of saying what most tests of buffers say: make one with known bytes, write, look. Only
 * the public header is needed. */
#ifndef FCT_BYTES_H
#define FCT_BYTES_H

#include <string.h>

#include "support.h"

/* A size whose snapshots are shared, not copied at once. */
#define FCT_SHARED_SIZE ((size_t)65536)

static inline uint8_t fct_pattern(size_t i)
{
    return (uint8_t)(i * 7 + i / 251 + 1);
}

/* A buffer of `length` bytes of the pattern. */
static inline fc_buffer fct_make(size_t length)
{
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_alloc_unsafe(&b, length), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = fct_pattern(i);
    }
    fc_buffer_end_write(&b);
    return b;
}

static inline fc_buffer fct_snapshot(const fc_buffer *b)
{
    fc_buffer snapshot = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_snapshot(&snapshot, b), FC_OK);
    return snapshot;
}

static inline uint8_t fct_get(const fc_buffer *b, size_t index)
{
    uint8_t value = 0;
    ck_assert_int_eq(fc_buffer_get(&value, b, index), FC_OK);
    return value;
}

static inline void fct_set(fc_buffer *b, size_t index, uint8_t value)
{
    ck_assert_int_eq(fc_buffer_set(b, index, value), FC_OK);
}

/* The bytes are those of the pattern from `from` on, all but the one at `except`. */
static inline void fct_assert_pattern(const fc_buffer *b, size_t from, size_t except)
{
    const uint8_t *bytes = fc_buffer_data(b);
    for (size_t i = 0; i < fc_buffer_length(b); i++) {
        if (i != except && bytes[i] != fct_pattern(from + i)) {
            ck_abort_msg("byte %zu is %u", i, bytes[i]);
        }
    }
}
#define FCT_NONE SIZE_MAX

static inline fc_stats fct_stats(void)
{
    fc_stats stats = { .size = sizeof stats };
    ck_assert_int_eq(fc_stats_read(&stats), FC_OK);
    return stats;
}

/* What a release callback has seen. */
struct fct_released {
    int calls;
    const void *bytes;
    size_t length;
};

static inline void fct_note_release(void *context, void *bytes, size_t length)
{
    struct fct_released *released = context;
    released->calls++;
    released->bytes = bytes;
    released->length = length;
}

#endif
