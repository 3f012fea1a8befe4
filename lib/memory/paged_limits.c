/* SPDX-License-Identifier: MIT */

/* What the process may have of files and mappings, and what it has. The limits are asked before the
 * system is: a file over RLIMIT_FSIZE is a signal, and past the last mapping malloc fails too. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "base/atomic.h"
#include "memory/paged_system.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* The part of each limit of the process that is ours. */
#define OUR_PART 4

/* The number that a file of /proc holds. */
static long read_number(const char *path, long otherwise)
{
    char text[32] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return otherwise;
    }
    ssize_t got = read(file, text, sizeof text - 1);
    (void)close(file);
    return got > 0 ? strtol(text, NULL, 10) : otherwise;
}

/* Under strict accounting a mapping put in the place of another may fail after that one is gone, in
 * kernels before 6.12: no paged blocks there. */
bool fci_paged_probe(size_t *mappings)
{
    long strict = read_number("/proc/sys/vm/overcommit_memory", 2);
    long most = read_number("/proc/sys/vm/max_map_count", 65530);
    *mappings = most > 0 ? (size_t)most / OUR_PART : 0;
    return strict != 2 && sysconf(_SC_PAGESIZE) == (long)FCI_PAGE;
}

bool fci_paged_own_descriptor(struct fci_paged_descriptor *descriptor, int number)
{
    struct stat about = { 0 };
    bool open = number >= 0 && fstat(number, &about) == 0;
    *descriptor = (struct fci_paged_descriptor){ open ? number : -1, about.st_dev, about.st_ino };
    return open;
}

int fci_paged_number(const struct fci_paged_descriptor *descriptor)
{
    struct fci_paged_descriptor now;
    bool same = fci_paged_own_descriptor(&now, descriptor->number) &&
                now.device == descriptor->device && now.inode == descriptor->inode;
    return same ? descriptor->number : -1;
}

void fci_paged_close(const struct fci_paged_descriptor *descriptor)
{
    int number = fci_paged_number(descriptor);
    if (number >= 0) {
        (void)close(number);
    }
}

int fci_paged_open(size_t size)
{
    int descriptor = memfd_create("fc_buffer", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
    if (descriptor < 0) {
        descriptor = memfd_create("fc_buffer", MFD_CLOEXEC);
    }
    if (descriptor >= 0 && ftruncate(descriptor, (off_t)size) != 0) {
        (void)close(descriptor);
        return -1;
    }
    return descriptor;
}

/* Where there is no limit it is RLIM_INFINITY, which is large. */
bool fci_paged_may_open(size_t size, size_t files)
{
    struct rlimit open_files, file_size;
    if (getrlimit(RLIMIT_NOFILE, &open_files) != 0 || getrlimit(RLIMIT_FSIZE, &file_size) != 0) {
        return false;
    }
    return files < open_files.rlim_cur / OUR_PART && size <= file_size.rlim_cur;
}

static void count_view(struct fci_paged_stats *stats, const struct fci_paged *view)
{
    bool shared = fci_load_acquire(&view->shared) != 0;
    size_t own = shared ? 0 : fci_paged_own(view);
    stats->mappings++;
    stats->private_pages += own / FCI_PAGE;
    stats->bytes += own;
}

/* The views first: to compare one fills the holes of its file. */
static void count_file(struct fci_paged_stats *stats, struct fci_paged_file *file)
{
    struct fci_paged spare = { .file = file, .mapping = file->spare, .mapped = file->size };
    if (file->spare != NULL) {
        count_view(stats, &spare);
    }
    for (const struct fci_paged *view = file->blocks; view != NULL; view = view->next) {
        count_view(stats, view);
    }
    struct stat about;
    int number = fci_paged_number(&file->descriptor);
    if (!file->foreign && number >= 0 && fstat(number, &about) == 0) {
        stats->bytes += (uint64_t)about.st_blocks * 512;
    }
    stats->descriptors++;
}

void fci_paged_count(struct fci_paged_stats *stats)
{
    *stats = (struct fci_paged_stats){ 0 };
    fci_paged_lock();
    for (struct fci_paged_file *file = fci_paged_files(); file != NULL; file = file->next) {
        count_file(stats, file);
    }
    fci_paged_unlock();
}
