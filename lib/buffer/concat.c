/* SPDX-License-Identifier: MIT */

/* Many ranges one behind the other in a new buffer. Lists of buffers and lists of views go the same
 * way: an element is asked for its view. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "buffer/handle.h"
#include "kernels/kernels.h"

struct parts {
    const void *list;
    size_t count;
    fc_view (*at)(const void *list, size_t i);
};

static fc_view buffer_at(const void *list, size_t i)
{
    const fc_buffer *b = (const fc_buffer *)list + i;
    FCI_REQUIRE(fci_buffer_is_valid(b));
    return fc_buffer_view(b);
}

static fc_view view_at(const void *list, size_t i)
{
    return ((const fc_view *)list)[i];
}

static struct parts buffers(const fc_buffer *out, const fc_buffer *list, size_t count)
{
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): so FCI_REQUIRE evaluates nothing */
    FCI_REQUIRE((uintptr_t)out - (uintptr_t)list >= count * sizeof *list);
    return (struct parts){ list, count, buffer_at };
}

static struct parts views(const fc_view *list, size_t count)
{
    return (struct parts){ list, count, view_at };
}

/* The first `total` bytes of all parts, or all of them and zeroes. */
static fc_status join(fc_buffer *out, const struct parts *parts, size_t total)
{
    const struct fci_kernels *kernels = fci_kernels();
    fc_status status = fc_buffer_alloc_unsafe(out, parts->count != 0 ? total : 0);
    if (status != FC_OK || out->arena == NULL) {
        return status;
    }
    uint8_t *to = out->arena->bytes;
    size_t room = total;
    for (size_t i = 0; i < parts->count && room != 0; i++) {
        fc_view part = parts->at(parts->list, i);
        size_t length = part.length < room ? part.length : room;
        kernels->copy(to, part.bytes, length);
        to += length;
        room -= length;
    }
    kernels->fill(to, 0, room);
    return FC_OK;
}

static fc_status join_all(fc_buffer *out, const struct parts *parts)
{
    size_t total = 0;
    for (size_t i = 0; i < parts->count; i++) {
        if (!fci_size_add(&total, total, parts->at(parts->list, i).length) ||
            total > FC_BUFFER_MAX_LENGTH) {
            return FC_ERR_BUFFER_TOO_LARGE;
        }
    }
    return join(out, parts, total);
}

fc_status fc_buffer_concat(fc_buffer *out, const fc_buffer *list, size_t count)
{
    struct parts parts = buffers(out, list, count);
    return join_all(out, &parts);
}

fc_status fc_buffer_concat_total(fc_buffer *out, const fc_buffer *list, size_t count, size_t total)
{
    struct parts parts = buffers(out, list, count);
    return join(out, &parts, total);
}

fc_status fc_view_concat(fc_buffer *out, const fc_view *list, size_t count)
{
    struct parts parts = views(list, count);
    return join_all(out, &parts);
}

fc_status fc_view_concat_total(fc_buffer *out, const fc_view *list, size_t count, size_t total)
{
    struct parts parts = views(list, count);
    return join(out, &parts, total);
}
