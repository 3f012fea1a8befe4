/* SPDX-License-Identifier: MIT */

/* Filling with a byte or a pattern. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "buffer/fill.h"
#include "buffer/handle.h"
#include "kernels/kernels.h"
#include "memory/write.h"

/* What is copied again and again stays in the CPU's first cache. */
#define CHUNK ((size_t)16 << 10)

void fci_fill_pattern(uint8_t *to, size_t length, fc_view pattern)
{
    const struct fci_kernels *kernels = fci_kernels();
    if (pattern.length == 1) {
        kernels->fill(to, pattern.bytes[0], length);
        return;
    }
    /* The pattern once, then what is there doubled, and from a chunk's length on repeated. */
    size_t done = pattern.length < length ? pattern.length : length;
    size_t chunk = done;
    kernels->move(to, pattern.bytes, done);
    while (done < length) {
        size_t part = chunk < length - done ? chunk : length - done;
        kernels->copy(to + done, to, part);
        done += part;
        if (chunk < CHUNK) {
            chunk = done; /* a multiple of the pattern, or this was the end */
        }
    }
}

fc_status fci_buffer_fill(fc_buffer *b, size_t begin, size_t end, fc_view pattern)
{
    struct fci_write write;
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (end == (size_t)FC_END) {
        end = b->length;
    }
    if (begin > FC_BUFFER_MAX_LENGTH || end > b->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (begin >= end) {
        return FC_OK;
    }
    if (pattern.length == 0) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    fc_status status = fci_write_open(&write, fci_arena_of(b), b->offset + begin, end - begin);
    if (status == FC_OK) {
        fci_fill_pattern(write.at, end - begin, pattern);
        fci_write_close(&write);
        FCI_ENSURE(fci_buffer_is_valid(b));
    }
    return status;
}

fc_status fc_buffer_fill(fc_buffer *b, size_t begin, size_t end, uint8_t value)
{
    return fci_buffer_fill(b, begin, end, fc_view_of(&value, 1));
}

fc_status fc_buffer_fill_bytes(fc_buffer *b, size_t begin, size_t end, fc_view pattern)
{
    return fci_buffer_fill(b, begin, end, pattern);
}
