/* SPDX-License-Identifier: MIT */

/* Paged blocks on Linux. A block is a mapping of a file: *shared*, written in place while it alone
 * is held, or a private *view*, of which the kernel copies each page that is written.
 *
 * Invariant: the file does not change while a view of it lives, except to hold what every view
 * shows. So a view counts the shared mapping, if there is one: its holders are then too many for a
 * write in place. Nobody writes through a mapping that is held twice; its readers keep their
 * address and their page tables. */

#include "base/common.h"

#include "memory/paged.h"

#include "alloc/pages.h"
#include "alloc/small.h"
#include "base/atomic.h"
#include "base/contract.h"
#include "base/state.h"
#include "memory/limits.h"
#include "memory/paged_linux.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

bool fci_paged_wanted(size_t length, const struct fci_traits *traits)
{
    if (traits->allocator != NULL || traits->secret || traits->alignment > FCI_PAGE ||
        fci_state_paged.policy == FCI_PAGED_NEVER) {
        return false;
    }
    return fci_state_paged.policy == FCI_PAGED_ALWAYS || (traits->paged && length >= FCI_PAGED_MIN);
}

/* A block of `length` bytes that begin `lead` bytes, less than a page, behind `offset` of a file.
 * The sum fits: no length is over PTRDIFF_MAX. */
static struct fci_paged *make_header(size_t length, size_t lead, size_t offset)
{
    size_t mapped = fci_whole_pages(lead + length);
    struct fci_paged *view = fci_small_get(sizeof *view);
    if (view != NULL) {
        *view = (struct fci_paged){ .mapped = mapped, .offset = offset };
        view->block.length = length;
        view->block.kind = FCI_KIND_PAGED;
    }
    return view;
}

/* Puts the view into the world, or frees it. */
static bool map(struct fci_paged *view, struct fci_paged_file *file, size_t lead, int sharing)
{
    if (!fci_paged_take_spare(view, file)) {
        view->mapping = fci_paged_file_map(file, view, sharing);
    }
    if (view->mapping == NULL) {
        fci_small_put(view, sizeof *view);
        return false;
    }
    view->block.bytes = view->mapping + lead;
    view->shared = sharing == MAP_SHARED;
    fci_paged_join(view, file);
    FCI_COUNT_LIVE(blocks, 1);
    return true;
}

/* The first mapping of a file. */
static struct fci_block *map_first(struct fci_paged *view, struct fci_paged_file *file, int sharing)
{
    if (!map(view, file, 0, sharing)) {
        fci_paged_file_drop(file);
        return NULL;
    }
    return &view->block;
}

struct fci_block *fci_paged_alloc(size_t length, bool filled)
{
    struct fci_paged *view = make_header(length, 0, 0);
    if (view == NULL) {
        return NULL;
    }
    struct fci_paged_file *file = fci_paged_file_make(view->mapped);
    if (file == NULL) {
        fci_small_put(view, sizeof *view);
        return NULL;
    }
    struct fci_block *block = map_first(view, file, MAP_SHARED);
    if (block != NULL && filled) {
        fci_paged_fill(view->mapping, view->mapped);
    }
    return block;
}

struct fci_block *fci_paged_map(int descriptor, size_t length)
{
    struct fci_paged *view = make_header(length, 0, 0);
    if (view == NULL) {
        return NULL;
    }
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    struct fci_paged_file *file = own < 0 ? NULL : fci_paged_file_adopt(own, view->mapped);
    if (file == NULL) {
        if (own >= 0) {
            (void)close(own);
        }
        fci_small_put(view, sizeof *view);
        return NULL;
    }
    view->block.paged = true;
    return map_first(view, file, MAP_PRIVATE);
}

struct fci_paged *fci_paged_view_of(struct fci_paged *from, const uint8_t *bytes, size_t length,
                                    struct fci_paged *keeps)
{
    size_t start = (size_t)(bytes - from->mapping);
    size_t lead = start % FCI_PAGE;
    struct fci_paged *view = make_header(length, lead, from->offset + start - lead);
    if (view == NULL) {
        return NULL;
    }
    view->block.lg_alignment = from->block.lg_alignment;
    view->block.paged = from->block.paged;
    view->keeps = keeps;
    view->carried = from->carried;
    if (keeps != NULL) {
        fci_block_retain(&keeps->block);
    }
    if (!map(view, from->file, lead, MAP_PRIVATE)) {
        if (keeps != NULL) {
            fci_block_drop(&keeps->block);
        }
        return NULL;
    }
    return view;
}

bool fci_paged_fits(const struct fci_paged *from, const uint8_t *bytes, size_t length)
{
    size_t alignment = (size_t)1 << from->block.lg_alignment;
    return (uintptr_t)bytes % alignment == 0 &&
           (length >= FCI_PAGED_MIN || fci_state_paged.policy == FCI_PAGED_ALWAYS);
}

bool fci_paged_pays(const struct fci_paged *from, size_t own, size_t length)
{
    return from->carried + own <= length;
}

struct fci_paged *fci_paged_view_with_own(struct fci_paged *from, const uint8_t *bytes,
                                          size_t length, size_t *copied)
{
    struct fci_paged *view = fci_paged_view_of(from, bytes, length, from->keeps);
    if (view != NULL) {
        size_t start = view->offset - from->offset;
        *copied = fci_paged_carry(view, from, from->mapping + start);
        view->carried += *copied;
        view->given += *copied;
    }
    return view;
}

bool fci_paged_is_bulk(size_t length, size_t whole)
{
    return length / 3 >= whole / 10 || fci_paged_cost(length, whole) > 4 * FCI_PAGED_HEAVY;
}

/* Whether one copy of all would have been cheaper than the pages that were written, and then for
 * how many times it is to be preferred: until trying again costs a quarter of what they have. */
static bool is_heavy(const struct fci_paged *from, size_t own, uint16_t *patience)
{
    size_t written = own > from->given ? own - from->given : 0;
    size_t cost = fci_paged_cost(written, from->mapped);
    fci_paged_lock();
    bool alone = fci_paged_sees_alone(from);
    fci_paged_unlock();
    if (cost <= (alone ? FCI_PAGED_HEAVY : FCI_PAGED_HEAVY_KEPT)) {
        return false;
    }
    size_t rounds = 4 * FCI_PAGED_FILE + cost;
    *patience = rounds < UINT16_MAX ? (uint16_t)rounds : UINT16_MAX;
    return true;
}

struct fci_block *fci_paged_detach(struct fci_block *block, const uint8_t *bytes, size_t length,
                                   uint16_t *patience, size_t *copied)
{
    struct fci_paged *from = fci_paged_of(block);
    struct fci_paged *view = NULL;
    *copied = 0;
    if (!fci_paged_fits(from, bytes, length)) {
        return NULL;
    }
    if (fci_load_acquire(&from->shared) != 0) {
        view = fci_paged_view_of(from, bytes, length, from);
        return view != NULL ? &view->block : NULL;
    }
    struct fci_paged_search pages;
    size_t own = fci_paged_find(&pages, from);
    if (is_heavy(from, own, patience)) {
        return NULL;
    }
    if (own == 0 || fci_paged_fold(from, &pages)) {
        view = fci_paged_view_of(from, bytes, length, from->keeps);
    } else if (fci_paged_pays(from, own, length)) {
        view = fci_paged_view_with_own(from, bytes, length, copied);
    }
    return view != NULL ? &view->block : NULL;
}

void fci_paged_free(struct fci_block *block)
{
    struct fci_paged *view = fci_paged_of(block);
    struct fci_paged *kept = view->keeps;
    struct fci_paged_search own;
    bool may_keep = kept != NULL && fci_load_relaxed(&kept->shared) != 0 &&
                    view->mapped == view->file->size && fci_paged_find_few(&own, view);
    if (!fci_paged_leave(view, may_keep ? &own : NULL)) {
        (void)munmap(view->mapping, view->mapped);
    }
    fci_small_put(view, sizeof *view);
    if (kept != NULL) {
        fci_block_drop(&kept->block);
    }
}

bool fci_paged_is_whole(const struct fci_block *block)
{
    const struct fci_paged *view = (const struct fci_paged *)(const void *)block;
    return view->mapped == view->file->size;
}

size_t fci_paged_retained(const struct fci_block *block)
{
    const struct fci_paged *view = (const struct fci_paged *)(const void *)block;
    size_t own = fci_load_acquire(&view->shared) != 0 ? 0 : fci_paged_own(view);
    return sizeof *view + view->file->size + own;
}
