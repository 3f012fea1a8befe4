/* SPDX-License-Identifier: MIT */

/* Snapshots of paged blocks that go on being written at the same address. The block becomes a
 * private view over itself, and its snapshot another one; the pages that it has of its own then go
 * into the file, or into the snapshot, or everything into a new file, whichever is cheaper. */

#include "base/common.h"

#include "memory/paged.h"

#include "memory/paged_linux.h"

/* Moves the mapping to a new file, in place. */
static bool rebase(struct fci_paged *view)
{
    struct fci_paged_file *file = fci_paged_file_make(view->mapped);
    struct fci_paged moved = { .mapped = view->mapped, .mapping = view->mapping };
    if (file == NULL) {
        return false;
    }
    if (!fci_paged_file_write(file, view->mapping, view->mapped) ||
        !fci_paged_put_over(&moved, file)) {
        fci_paged_file_drop(file);
        return false;
    }
    struct fci_paged *kept = view->keeps;
    (void)fci_paged_leave(view, NULL);
    view->offset = 0;
    view->carried = view->given = 0;
    view->keeps = NULL;
    fci_paged_join(view, file);
    if (kept != NULL) {
        fci_block_drop(&kept->block);
    }
    return true;
}

struct fci_block *fci_paged_snapshot(struct fci_block *block, const uint8_t *bytes, size_t length,
                                     size_t *copied)
{
    struct fci_paged *from = fci_paged_of(block);
    struct fci_paged *view = NULL;
    *copied = 0;
    if (!fci_paged_fits(from, bytes, length) || !fci_paged_seal(from)) {
        return NULL;
    }
    struct fci_paged_search pages;
    size_t own = fci_paged_find(&pages, from);
    if (own == 0 || fci_paged_fold(from, &pages)) {
        view = fci_paged_view_of(from, bytes, length, from->keeps);
    } else if (fci_paged_pays(from, own, from->mapped) && own <= from->mapped / 2) {
        view = fci_paged_view_with_own(from, bytes, length, copied);
        from->carried += *copied;
    } else if (rebase(from)) {
        *copied = from->mapped;
        view = fci_paged_view_of(from, bytes, length, NULL);
    }
    return view != NULL ? &view->block : NULL;
}
