/* SPDX-License-Identifier: MIT */

/* Buffers on memory of our own: zeroed, filled, raw, as the options say, or from bytes. */

#include "base/common.h"

#include "alloc/limits.h"
#include "buffer/fill.h"
#include "buffer/handle.h"
#include "kernels/kernels.h"
#include "memory/embedded.h"
#include "memory/limits.h"

static const struct fci_traits no_traits = { .allocator = NULL, .alignment = 1, .secret = false };

/* A call, so that the short way, whose price counts, needs no stack. */
static __attribute__((noinline)) fc_status alloc(fc_buffer *out, size_t length,
                                                 const struct fci_traits *traits, bool zeroed)
{
    FCI_REQUIRE(out != NULL);
    if (length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (length == 0) {
        fci_buffer_set_empty(out);
        return FC_OK;
    }
    return fci_buffer_set(out, fci_arena_alloc(length, traits, zeroed));
}

/* Without any wishes: small buffers the short way. */
static inline fc_status alloc_plain(fc_buffer *out, size_t length, bool zeroed)
{
    struct fci_arena *arena;
    if (FC_BUFFER_LIKELY(fci_arena_take(&arena, length, zeroed))) {
        fci_buffer_set_new(out, arena);
        return FC_OK;
    }
    return alloc(out, length, &no_traits, zeroed);
}

fc_status fc_buffer_alloc(fc_buffer *out, size_t length)
{
    return alloc_plain(out, length, true);
}

fc_status fc_buffer_alloc_unsafe(fc_buffer *out, size_t length)
{
    return alloc_plain(out, length, false);
}

fc_status fc_buffer_alloc_fill(fc_buffer *out, size_t length, fc_view pattern)
{
    if (pattern.length == 0 && length != 0 && length <= FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    fc_status status = alloc_plain(out, length, false);
    if (status == FC_OK && length != 0) {
        fci_fill_pattern(out->arena->bytes, length, pattern);
    }
    return status;
}

static bool allocator_is_valid(const fc_allocator *allocator)
{
    return allocator == NULL || (allocator->alloc != NULL && allocator->release != NULL);
}

/* Fields are read only as far as the caller's structure goes; this is its first version. */
static bool options_are_valid(const fc_alloc_options *options)
{
    return options->size == sizeof *options && options->reserved == 0 &&
           (options->flags & ~(FC_ALLOC_UNSAFE | FC_ALLOC_SECRET | FC_ALLOC_PAGED)) == 0 &&
           allocator_is_valid(options->allocator) && options->alignment <= FCI_ALIGNMENT_MAX &&
           (options->alignment == 0 || fci_size_is_power_of_two(options->alignment));
}

fc_status fc_buffer_alloc_with(fc_buffer *out, size_t length, const fc_alloc_options *options)
{
    if (options == NULL) {
        return fc_buffer_alloc(out, length);
    }
    if (!options_are_valid(options)) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    struct fci_traits traits = {
        .allocator = options->allocator,
        .alignment = options->alignment == 0 ? 1 : options->alignment,
        .secret = (options->flags & FC_ALLOC_SECRET) != 0,
        .paged = (options->flags & FC_ALLOC_PAGED) != 0,
    };
    return alloc(out, length, &traits, (options->flags & FC_ALLOC_UNSAFE) == 0);
}

size_t fc_memory_trim(void)
{
    return fci_memory_trim();
}

fc_status fc_buffer_from_bytes(fc_buffer *out, const void *bytes, size_t length)
{
    if (bytes == NULL && length != 0) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    fc_status status = alloc_plain(out, length, false);
    if (status == FC_OK && length != 0) {
        fci_kernels()->copy(out->arena->bytes, bytes, length);
    }
    return status;
}
