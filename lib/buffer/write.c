/* SPDX-License-Identifier: MIT */

/* Writing: bytes into a buffer where the inline way was not enough, and raw addresses. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "buffer/handle.h"
#include "kernels/kernels.h"
#include "memory/write.h"

/* The range fits and is not empty. The source may lie anywhere: in the block that is written, or in
 * the one that is left. */
static fc_status store(const fc_buffer *b, size_t offset, const uint8_t *bytes, size_t length)
{
    struct fci_write write;
    fc_status status = fci_write_open(&write, fci_arena_of(b), b->offset + offset, length);
    if (status == FC_OK) {
        fci_kernels()->move(write.at, bytes, length);
        fci_write_close(&write);
        FCI_ENSURE(fci_buffer_is_valid(b));
    }
    return status;
}

fc_status fc_buffer_write_general(fc_buffer *b, size_t offset, const void *bytes, size_t length)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (!fci_range_fits(b->length, offset, length)) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (length == 0) {
        return FC_OK;
    }
    FCI_REQUIRE(bytes != NULL);
    return store(b, offset, bytes, length);
}

static fc_status copy_into(size_t *copied, fc_buffer *target, size_t at, fc_view source)
{
    size_t length = at < target->length ? target->length - at : 0;
    fc_status status = FC_OK;
    if (source.length < length) {
        length = source.length;
    }
    if (length != 0) {
        status = store(target, at, source.bytes, length);
    }
    if (status == FC_OK && copied != NULL) {
        *copied = length;
    }
    return status;
}

fc_status fc_buffer_copy_into(size_t *copied, fc_buffer *target, size_t at, fc_view source)
{
    FCI_REQUIRE(fci_buffer_is_valid(target));
    return at > FC_BUFFER_MAX_LENGTH ? FC_ERR_OUT_OF_RANGE : copy_into(copied, target, at, source);
}

fc_status fc_buffer_copy_range_into(size_t *copied, fc_buffer *target, size_t at, fc_view source,
                                    size_t begin, size_t end)
{
    FCI_REQUIRE(fci_buffer_is_valid(target));
    if (at > FC_BUFFER_MAX_LENGTH || begin > source.length || end > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (end > source.length) {
        end = source.length;
    }
    fc_view range = fc_view_of(NULL, 0);
    if (begin < end) {
        range = fc_view_of(source.bytes + begin, end - begin);
    }
    return copy_into(copied, target, at, range);
}

fc_status fc_buffer_copy_within(fc_buffer *b, ptrdiff_t target, ptrdiff_t begin, ptrdiff_t end)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    size_t at = fc_position_clamp(target, b->length);
    fc_view source = fc_view_slice(fc_buffer_view(b), begin, end);
    size_t length = source.length < b->length - at ? source.length : b->length - at;
    return length != 0 ? store(b, at, source.bytes, length) : FC_OK;
}

fc_status fc_buffer_begin_write(uint8_t **address, fc_buffer *b)
{
    static uint8_t nothing[1];
    struct fci_write write;
    FCI_REQUIRE(address != NULL && fci_buffer_is_valid(b));
    if (b->arena == NULL) {
        *address = nothing;
        return FC_OK;
    }
    struct fci_arena *arena = fci_arena_of(b);
    fc_status status = fci_write_open(&write, arena, 0, 0);
    if (status == FC_OK) {
        fci_write_close(&write);
        arena->pins++;
        FCI_ENSURE(arena->pins != 0);
        *address = arena->head.bytes + b->offset;
    }
    return status;
}

void fc_buffer_end_write(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    if (b->arena != NULL) {
        struct fci_arena *arena = fci_arena_of(b);
        FCI_REQUIRE(arena->pins != 0);
        if (arena->pins != 0) {
            arena->pins--;
        }
    }
}
