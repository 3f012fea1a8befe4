/* SPDX-License-Identifier: MIT */

/* What the groups of searches and of other operations on bytes share: a buffer with bytes to work
 * on, and loops around calls. */
#ifndef FCB_LOOPS_H
#define FCB_LOOPS_H

#include "harness.h"

#include <fc_buffer.h>

#include <string.h>

#define FCB_BYTES_LONGEST ((size_t)1 << 20)

struct fcb_bytes {
    fc_buffer buffer;
    const uint8_t *hay; /* those of the buffer */
    uint8_t *other;     /* as many */
    size_t length;
    uint8_t needle[512]; /* or the pattern */
    size_t needle_length;
    ptrdiff_t found; /* -1: all that is searched for is absent; 0: equal */
};

/* A function that calls `call` again and again, with its operands opaque. */
#define FCB_LOOP(name, call)                                                                       \
    static void name(void *context, size_t times)                                                  \
    {                                                                                              \
        struct fcb_bytes *b = context;                                                             \
        for (size_t i = 0; i < times; i++) {                                                       \
            FCB_ESCAPE(b);                                                                         \
            call;                                                                                  \
        }                                                                                          \
        FCB_ESCAPE(b);                                                                             \
    }

static inline fc_view fcb_hay_of(const struct fcb_bytes *b)
{
    return fc_view_of(b->hay, b->length);
}

static inline fc_view fcb_needle_of(const struct fcb_bytes *b)
{
    return fc_view_of(b->needle, b->needle_length);
}

static inline struct fcb_bytes fcb_bytes_make(size_t length)
{
    struct fcb_bytes b = { .buffer = FC_BUFFER_INIT, .length = length, .other = fcb_pages(length) };
    uint8_t *bytes = NULL;
    fcb_require(fc_buffer_alloc(&b.buffer, length) == FC_OK &&
                    fc_buffer_begin_write(&bytes, &b.buffer) == FC_OK,
                "out of memory");
    b.hay = bytes;
    return b;
}

static inline void fcb_bytes_drop(struct fcb_bytes *b)
{
    fcb_pages_free(b->other);
    fc_buffer_release(&b->buffer);
}

static inline uint8_t *fcb_writable(const struct fcb_bytes *b)
{
    uint8_t *bytes;
    memcpy(&bytes, &b->hay, sizeof bytes);
    return bytes;
}

#endif
