/* SPDX-License-Identifier: MIT */

/* Bytes in another order, in place: or from the block that the arena leaves into its new one. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "buffer/handle.h"
#include "kernels/kernels.h"
#include "memory/write.h"

/* `reorder` is a kernel that may work in place. */
static fc_status rewrite(const fc_buffer *b, void (*reorder)(uint8_t *, const uint8_t *, size_t))
{
    struct fci_write write;
    if (b->arena == NULL) {
        return FC_OK;
    }
    const uint8_t *old = b->arena->bytes + b->offset;
    fc_status status = fci_write_open(&write, fci_arena_of(b), b->offset, b->length);
    if (status == FC_OK) {
        reorder(write.at, old, b->length);
        fci_write_close(&write);
        FCI_ENSURE(fci_buffer_is_valid(b));
    }
    return status;
}

fc_status fc_buffer_swap16(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->length % 2 == 0 ? rewrite(b, fci_kernels()->swap16) : FC_ERR_INVALID_BUFFER_SIZE;
}

fc_status fc_buffer_swap32(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->length % 4 == 0 ? rewrite(b, fci_kernels()->swap32) : FC_ERR_INVALID_BUFFER_SIZE;
}

fc_status fc_buffer_swap64(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return b->length % 8 == 0 ? rewrite(b, fci_kernels()->swap64) : FC_ERR_INVALID_BUFFER_SIZE;
}

fc_status fc_buffer_reverse(fc_buffer *b)
{
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return rewrite(b, fci_kernels()->reverse);
}
