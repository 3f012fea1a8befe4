/* SPDX-License-Identifier: MIT */

/* Inside the paged part for Linux: the files and who sees them (paged_file.c), finding the pages
 * that a private mapping has of its own (paged_dirty.c), and the blocks (paged_linux.c). */
#ifndef FCI_MEMORY_PAGED_LINUX_H
#define FCI_MEMORY_PAGED_LINUX_H

#include "alloc/limits.h"
#include "base/contract.h"
#include "memory/limits.h"
#include "memory/paged.h"

#include <sys/types.h>

/* A descriptor of ours, and which file it was opened on. A program may close all descriptors, as
 * daemons do, and the number is then the next file's. */
struct fci_paged_descriptor {
    int number;
    dev_t device;
    ino_t inode;
};

/* Takes a descriptor over; false: it is not open. */
bool fci_paged_own_descriptor(struct fci_paged_descriptor *descriptor, int number);

/* Its number; -1: it is not what it was opened on any more. To be asked before every use. */
int fci_paged_number(const struct fci_paged_descriptor *descriptor);

/* Closes it, if it is still ours. */
void fci_paged_close(const struct fci_paged_descriptor *descriptor);

/* A run of pages, as addresses. */
struct fci_paged_run {
    uint8_t *begin, *end;
};

/* A memory file, or a user's, and the blocks that see it. */
struct fci_paged_file {
    struct fci_paged_file *next, *previous; /* all files */
    struct fci_paged *blocks;               /* those that map it */
    size_t block_count;
    size_t size;
    struct fci_paged_descriptor descriptor;
    uint8_t *spare; /* a mapping of all of it whose view is gone, for the next view; or NULL */
    struct fci_paged_run spare_own[FCI_PAGED_DOUBLE / FCI_PAGE]; /* its own pages */
    size_t spare_own_count;
    bool foreign;        /* a user's: never written */
    unsigned generation; /* how many forks there had been when it was made */
};

struct fci_paged_search;

/* A block and its mapping. `shared` ones write to the file itself, and are told from the others by
 * an atomic word, because a fork in another thread seals them. */
struct fci_paged {
    struct fci_block block;
    struct fci_paged *next, *previous; /* of the same file */
    struct fci_paged_file *file;
    struct fci_paged *keeps; /* the shared mapping of the file, which this view counts; or NULL */
    uint8_t *mapping;
    size_t mapped;  /* whole pages */
    size_t offset;  /* in the file */
    size_t carried; /* bytes that this view and those before it have copied from one another */
    size_t given;   /* those that this view was made with */
    intptr_t shared;
};

static inline struct fci_paged *fci_paged_of(struct fci_block *block)
{
    FCI_REQUIRE(block->kind == FCI_KIND_PAGED);
    return (struct fci_paged *)(void *)block;
}

/* A private view of what `from` shows of [bytes, bytes + length), without its own pages. */
struct fci_paged *fci_paged_view_of(struct fci_paged *from, const uint8_t *bytes, size_t length,
                                    struct fci_paged *keeps);

/* The same with copies of its own pages. */
struct fci_paged *fci_paged_view_with_own(struct fci_paged *from, const uint8_t *bytes,
                                          size_t length, size_t *copied);

/* Whether a view will do: not where the bytes would not begin as they must, or are few. */
bool fci_paged_fits(const struct fci_paged *from, const uint8_t *bytes, size_t length);

/* Whether to carry `own` bytes once more. What has been carried by now is weighed against the new
 * file that would end it: so carrying costs at most what new files do, and neither is done often.
 */
bool fci_paged_pays(const struct fci_paged *from, size_t own, size_t length);

/* A new memory file of zeroes, seen by nobody; NULL if a limit is near or the system refuses. */
struct fci_paged_file *fci_paged_file_make(size_t size);

/* The same on a descriptor of the user's, which it takes over. */
struct fci_paged_file *fci_paged_file_adopt(int descriptor, size_t size);

/* Closes a file that nobody sees. */
void fci_paged_file_drop(struct fci_paged_file *file);

/* The mapping joins those of its file, or leaves them; the last one to leave closes it. Whether the
 * file has kept the mapping, as its spare one: it may if `own` is not NULL, which tells the
 * mapping's own pages, at most FCI_PAGED_DOUBLE bytes. */
void fci_paged_join(struct fci_paged *view, struct fci_paged_file *file);
bool fci_paged_leave(struct fci_paged *view, const struct fci_paged_search *own);

/* Under the lock: the mapping of a view that leaves becomes the spare one. */
void fci_paged_keep_spare(struct fci_paged_file *file, const struct fci_paged *view,
                          const struct fci_paged_search *own);

/* Gives the view the spare mapping of its file, brought up to date; false if there is none. The
 * next write to a page that it has already is no fault, and nothing is mapped or unmapped. */
bool fci_paged_take_spare(struct fci_paged *view, struct fci_paged_file *file);

/* A mapping of [view->offset, + view->mapped) of the file, huge pages aligned in both; or NULL. */
uint8_t *fci_paged_file_map(const struct fci_paged_file *file, const struct fci_paged *view,
                            int sharing);

/* Huge pages for a shared mapping that is about to be filled, where the kernel grants them. */
void fci_paged_fill(uint8_t *mapping, size_t length);

/* Copies the pages of its own that `from` has in [begin, begin + to->mapped); how many bytes. */
size_t fci_paged_carry(struct fci_paged *to, const struct fci_paged *from, uint8_t *begin);

/* Fills a new file. */
bool fci_paged_file_write(const struct fci_paged_file *file, const uint8_t *bytes, size_t length);

/* Puts a private mapping of a file where the view's mapping is, at once for whoever reads it. */
bool fci_paged_put_over(const struct fci_paged *view, const struct fci_paged_file *file);

/* The same of memory that holds what the view shows, where there is no descriptor on the file any
 * more. Nobody writes the view meanwhile. */
bool fci_paged_put_copy_over(const struct fci_paged *view);

/* Whether the process may have a file of this size, and a mapping, beside those that we have: a
 * quarter of each limit is ours. */
bool fci_paged_may_open(size_t size, size_t files);
bool fci_paged_may_map(void);

/* A descriptor on a new memory file; -1: none. */
int fci_paged_open(size_t size);

/* Whether this system can have paged blocks at all; `mappings` is how many we may have. */
bool fci_paged_probe(size_t *mappings);

/* What it has cost to write so much of `length` by pages, in quarters of copying the whole, as this
 * machine is: the first call in a process measures 32 faults. */
size_t fci_paged_cost(size_t written, size_t length);

/* Under the lock: all files. */
struct fci_paged_file *fci_paged_files(void);

/* What joins, leaves, seals, folds or forks holds this lock. */
void fci_paged_lock(void);
void fci_paged_unlock(void);

/* Under the lock: whether nobody but this view sees its file, through any mapping in any process.
 */
bool fci_paged_sees_alone(const struct fci_paged *view);

/* Makes a shared mapping private, in place and at once for whoever reads it. False: nothing has
 * changed. */
bool fci_paged_seal(struct fci_paged *view);

/* A search for a view's own pages, a batch of runs at a time: a system call for each run costs more
 * than copying it. */
#define FCI_PAGED_BATCH 128
struct fci_paged_search {
    const struct fci_paged *view;
    uint8_t *at, *end; /* what is still to be searched */
    bool exact;        /* not by comparing, which misses pages that are the same as the file's */
    bool ready;        /* `runs` have not been handed out yet */
    size_t count;
    struct fci_paged_run runs[FCI_PAGED_BATCH];
};

void fci_paged_search(struct fci_paged_search *search, const struct fci_paged *view, uint8_t *begin,
                      size_t length);

/* Fills in the next runs, at least one. False: there are no more. */
bool fci_paged_next(struct fci_paged_search *search);

/* A search of the whole view; how many bytes it finds. The first batch is there already, without a
 * further look at the system, if it is all of them: then the search is `ready`. */
size_t fci_paged_find(struct fci_paged_search *search, const struct fci_paged *view);

/* Whether the view's own pages are at most FCI_PAGED_DOUBLE bytes and all of them known: then the
 * search has them, and is `ready` unless there are none. */
bool fci_paged_find_few(struct fci_paged_search *search, const struct fci_paged *view);

/* How many bytes of the view are its own pages. */
size_t fci_paged_own(const struct fci_paged *view);

/* Writes the view's own pages into the file, where they are then seen by it and by those to come,
 * and gives them back if they are many. False, and nothing has changed, if anybody else could see
 * it. */
bool fci_paged_fold(struct fci_paged *view, struct fci_paged_search *own);

/* The descriptor on the page tables belongs to the process that opened it: a child closes it. Its lock
 * is taken after that of the lists. */
void fci_paged_dirty_lock(void);
void fci_paged_dirty_unlock(void);
void fci_paged_dirty_forked(void);

#endif
