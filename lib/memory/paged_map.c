/* SPDX-License-Identifier: MIT */

/* Mappings of the files behind paged blocks: where they go, which pages they are made of, and their
 * own pages moved: from one view to the next, or into the file. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "kernels/kernels.h"
#include "memory/limits.h"
#include "memory/paged_system.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* An address that is as far from a huge page's begin as the place in the file, or NULL: anywhere.
 */
static uint8_t *reserve(size_t length, size_t offset)
{
    size_t wide = length + FCI_HUGE_PAGE; /* fits: no length is over PTRDIFF_MAX by a page */
    if (length < FCI_HUGE_PAGE) {
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
    int number = fci_paged_number(&file->descriptor);
    if (number < 0) {
        return NULL;
    }
    uint8_t *place = reserve(view->mapped, view->offset);
    void *mapping = mmap(place, view->mapped, PROT_READ | PROT_WRITE,
                         sharing | MAP_NORESERVE | (place != NULL ? MAP_FIXED : 0), number,
                         (off_t)view->offset);
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

/* One call for a batch of runs: the kernel makes their pages without a fault for each, which costs
 * a tenth of it, or on some machines half. Where it may not, storing does the same. */
static size_t carry_batch(struct fci_paged *to, const struct fci_paged_search *own, uint8_t *begin)
{
    struct iovec here[FCI_PAGED_BATCH], there[FCI_PAGED_BATCH];
    size_t carried = 0;
    for (size_t i = 0; i < own->count; i++) {
        const struct fci_paged_run *run = &own->runs[i];
        here[i].iov_base = run->begin;
        here[i].iov_len = there[i].iov_len = (size_t)(run->end - run->begin);
        there[i].iov_base = to->mapping + (run->begin - begin);
        carried += here[i].iov_len;
    }
    ssize_t put = process_vm_writev(getpid(), here, own->count, there, own->count, 0);
    for (size_t i = 0; put != (ssize_t)carried && i < own->count; i++) {
        fci_kernels()->copy(there[i].iov_base, here[i].iov_base, here[i].iov_len);
    }
    return carried;
}

size_t fci_paged_carry(struct fci_paged *to, const struct fci_paged *from, uint8_t *begin)
{
    struct fci_paged_search own;
    size_t carried = 0;
    fci_paged_search(&own, from, begin, to->mapped);
    while (fci_paged_next(&own)) {
        carried += carry_batch(to, &own, begin);
    }
    return carried;
}

void fci_paged_keep_spare(struct fci_paged_file *file, const struct fci_paged *view,
                          const struct fci_paged_search *own)
{
    file->spare = view->mapping;
    file->spare_own_count = own->ready ? own->count : 0;
    memcpy(file->spare_own, own->runs, file->spare_own_count * sizeof own->runs[0]);
}

/* Makes the spare mapping's own pages what the file has there, which `base` shows; how many bytes.
 */
static size_t refresh(const struct fci_paged_file *file, const uint8_t *spare,
                      const struct fci_paged *base)
{
    size_t length = 0;
    for (size_t i = 0; i < file->spare_own_count; i++) {
        uint8_t *at = file->spare_own[i].begin;
        size_t size = (size_t)(file->spare_own[i].end - at);
        fci_kernels()->copy(at, base->mapping + (at - spare), size);
        length += size;
    }
    return length;
}

bool fci_paged_take_spare(struct fci_paged *view, struct fci_paged_file *file)
{
    const struct fci_paged *base = view->keeps;
    if (base == NULL || view->mapped != file->size) {
        return false;
    }
    fci_paged_lock();
    bool taken = file->spare != NULL;
    if (taken) {
        view->mapping = file->spare;
        view->given = refresh(file, file->spare, base);
        file->spare = NULL;
    }
    fci_paged_unlock();
    return taken;
}

void fci_paged_expect(struct fci_block *block, size_t offset, size_t length)
{
    if (length > FCI_PAGE) {
        uint8_t *first = block->bytes + offset;
        uint8_t *page = first - (uintptr_t)first % FCI_PAGE;
        (void)madvise(page, (size_t)(first + length - page), MADV_POPULATE_WRITE);
    }
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
    int number = fci_paged_number(&file->descriptor);
    return number >= 0 && map_over(view->mapping, view->mapped, number, view->offset);
}

bool fci_paged_put_copy_over(const struct fci_paged *view)
{
    size_t length = view->mapped;
    void *copy = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (copy == MAP_FAILED) {
        return false;
    }
    fci_kernels()->copy(copy, view->mapping, length);
    if (mremap(copy, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, view->mapping) != MAP_FAILED) {
        return true;
    }
    (void)munmap(copy, length);
    return false;
}

/* Through the file's own mapping where it has one: then it is a copy and no call. */
static bool put_run(const struct fci_paged *view, const struct fci_paged_run *run)
{
    size_t length = (size_t)(run->end - run->begin);
    size_t place = view->offset + (size_t)(run->begin - view->mapping);
    if (view->keeps != NULL) {
        fci_kernels()->copy(view->keeps->mapping + (place - view->keeps->offset), run->begin,
                            length);
        return true;
    }
    for (size_t done = 0; done < length;) {
        int number = fci_paged_number(&view->file->descriptor);
        ssize_t put = pwrite(number, run->begin + done, length - done, (off_t)(place + done));
        if (put <= 0) {
            return false;
        }
        done += (size_t)put;
    }
    return true;
}

/* Two threads that leave one view may both get here: they write the same bytes. */
bool fci_paged_fold(struct fci_paged *view, struct fci_paged_search *own)
{
    size_t length = 0;
    fci_paged_lock();
    bool folded = fci_paged_sees_alone(view) &&
                  (view->keeps != NULL || fci_paged_may_open(view->file->size, 0));
    while (folded && fci_paged_next(own)) {
        for (size_t i = 0; folded && i < own->count; i++) {
            folded = put_run(view, &own->runs[i]);
            length += (size_t)(own->runs[i].end - own->runs[i].begin);
        }
    }
    if (folded && length > FCI_PAGED_DOUBLE) {
        (void)madvise(view->mapping, view->mapped, MADV_DONTNEED);
    }
    fci_paged_unlock();
    return folded;
}
