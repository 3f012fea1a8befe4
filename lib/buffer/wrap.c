/* SPDX-License-Identifier: MIT */

/* Buffers on memory of the caller's: adopted, read-only, or shared with others. The callback runs
 * exactly once if this succeeds, and never if it fails. */

#include "base/common.h"

#include "buffer/handle.h"

/* Zero bytes need no arena: the memory goes back at once. */
static fc_status wrap_nothing(fc_buffer *out, void *bytes, fc_buffer_release_fn *release,
                              void *context)
{
    fci_buffer_set_empty(out);
    if (release != NULL) {
        release(context, bytes, 0);
    }
    return FC_OK;
}

static fc_status wrap(fc_buffer *out, void *bytes, size_t length, enum fci_kind kind,
                      fc_buffer_release_fn *release, void *context)
{
    FCI_REQUIRE(out != NULL);
    if (length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (length == 0) {
        return wrap_nothing(out, bytes, release, context);
    }
    if (bytes == NULL) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    /* The callback is only in place once nothing can fail any more. */
    struct fci_block *block = fci_block_wrap(bytes, length, kind, NULL, context);
    if (block == NULL) {
        return FC_ERR_NO_MEMORY;
    }
    struct fci_arena *arena = fci_arena_on_block(block, bytes, length);
    if (arena == NULL) {
        fci_block_drop(block);
        return FC_ERR_NO_MEMORY;
    }
    block->home.wrapped.release = release;
    return fci_buffer_set(out, arena);
}

fc_status fc_buffer_wrap(fc_buffer *out, void *bytes, size_t length, fc_buffer_release_fn *release,
                         void *context)
{
    return wrap(out, bytes, length, FCI_KIND_ADOPTED, release, context);
}

fc_status fc_buffer_wrap_readonly(fc_buffer *out, const void *bytes, size_t length,
                                  fc_buffer_release_fn *release, void *context)
{
    /* Never written: a block of this kind makes every write detach. */
    void *address = (void *)(uintptr_t)bytes;
    return wrap(out, address, length, FCI_KIND_READONLY, release, context);
}

fc_status fc_buffer_wrap_shared(fc_buffer *out, void *bytes, size_t length,
                                fc_buffer_release_fn *release, void *context)
{
    return wrap(out, bytes, length, FCI_KIND_SHARED, release, context);
}
