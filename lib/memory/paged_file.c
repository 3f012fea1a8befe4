/* SPDX-License-Identifier: MIT */

/* The files behind paged blocks, who sees each, and what the process may have of them.
 *
 * fork: a child shares the files. Before each fork every shared mapping is made private over
 * itself, and from then on the file is never written again, by either side: a view's untouched
 * pages would show it. One lock for the lists; it is held across fork(), so that nobody is in
 * between. */

#include "base/common.h"

#include "memory/paged_linux.h"

#include "alloc/small.h"
#include "base/atomic.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct fci_paged_file *files;
static size_t file_count, mapping_count, mapping_limit;
static unsigned generation;
static bool able;

static void drop_spare(struct fci_paged_file *file)
{
    if (file->spare != NULL) {
        (void)munmap(file->spare, file->size);
        file->spare = NULL;
    }
}

/* The file's spare mapping is for views of a shared one. */
static bool seal(struct fci_paged *view, bool may_copy)
{
    bool sealed =
        fci_paged_put_over(view, view->file) || (may_copy && fci_paged_put_copy_over(view));
    if (sealed) {
        fci_store_release(&view->shared, 0);
        drop_spare(view->file);
    }
    return sealed;
}

/* Each mapping that its process writes in place. Under the lock. */
static void each_shared(void (*what)(struct fci_paged *view))
{
    for (struct fci_paged_file *file = files; file != NULL; file = file->next) {
        for (struct fci_paged *view = file->blocks; view != NULL; view = view->next) {
            if (fci_load_relaxed(&view->shared) != 0) {
                what(view);
            }
        }
    }
}

/* A mapping that cannot be sealed is kept from the child: it must not write into ours. Nor can a
 * spare one be brought up to date there. */
static void part(struct fci_paged *view)
{
    if (!seal(view, true)) {
        (void)madvise(view->mapping, view->mapped, MADV_DONTFORK);
        drop_spare(view->file);
    }
}

static void before_fork(void)
{
    fci_paged_lock();
    generation++;
    each_shared(part);
    fci_paged_dirty_lock();
}

static void after_fork(void)
{
    fci_paged_dirty_unlock();
    fci_paged_unlock();
}

/* The child may not touch such a buffer, but release it: nothing else may come to be there. */
static void keep_place(struct fci_paged *view)
{
    (void)mmap(view->mapping, view->mapped, PROT_NONE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    fci_store_relaxed(&view->shared, 0);
}

/* The thread that has taken the locks is the one that goes on here too. */
static void after_fork_in_child(void)
{
    each_shared(keep_place);
    fci_paged_dirty_forked();
    after_fork();
}

static void begin(void)
{
    able = fci_paged_probe(&mapping_limit) &&
           pthread_atfork(before_fork, after_fork, after_fork_in_child) == 0;
}

/* Read without the lock: a few more do not matter. */
static bool may_open(size_t size)
{
    return fci_paged_may_open(size, __atomic_load_n(&file_count, __ATOMIC_RELAXED));
}

static struct fci_paged_file *enlist(int descriptor, size_t size, bool foreign)
{
    (void)pthread_once(&once, begin);
    struct fci_paged_file *file = able ? fci_small_get(sizeof *file) : NULL;
    if (file == NULL) {
        return NULL;
    }
    *file = (struct fci_paged_file){ .size = size, .foreign = foreign };
    if (!fci_paged_own_descriptor(&file->descriptor, descriptor)) {
        fci_small_put(file, sizeof *file);
        return NULL;
    }
    (void)pthread_mutex_lock(&lock);
    file->generation = generation;
    file->next = files;
    if (files != NULL) {
        files->previous = file;
    }
    files = file;
    __atomic_store_n(&file_count, file_count + 1, __ATOMIC_RELAXED);
    (void)pthread_mutex_unlock(&lock);
    return file;
}

struct fci_paged_file *fci_paged_file_adopt(int descriptor, size_t size)
{
    return may_open(0) ? enlist(descriptor, size, true) : NULL;
}

struct fci_paged_file *fci_paged_file_make(size_t size)
{
    if (!may_open(size)) {
        return NULL;
    }
    int descriptor = fci_paged_open(size);
    struct fci_paged_file *file = descriptor >= 0 ? enlist(descriptor, size, false) : NULL;
    if (file == NULL && descriptor >= 0) {
        (void)close(descriptor);
    }
    return file;
}

static void unlink_file(struct fci_paged_file *file)
{
    if (file->next != NULL) {
        file->next->previous = file->previous;
    }
    if (file->previous != NULL) {
        file->previous->next = file->next;
    } else {
        files = file->next;
    }
    __atomic_store_n(&file_count, file_count - 1, __ATOMIC_RELAXED);
}

void fci_paged_file_drop(struct fci_paged_file *file)
{
    (void)pthread_mutex_lock(&lock);
    unlink_file(file);
    (void)pthread_mutex_unlock(&lock);
    fci_paged_close(&file->descriptor);
    drop_spare(file);
    fci_small_put(file, sizeof *file);
}

void fci_paged_join(struct fci_paged *view, struct fci_paged_file *file)
{
    (void)pthread_mutex_lock(&lock);
    view->file = file;
    view->previous = NULL;
    view->next = file->blocks;
    if (file->blocks != NULL) {
        file->blocks->previous = view;
    }
    file->blocks = view;
    file->block_count++;
    __atomic_store_n(&mapping_count, mapping_count + 1, __ATOMIC_RELAXED);
    (void)pthread_mutex_unlock(&lock);
}

bool fci_paged_leave(struct fci_paged *view, const struct fci_paged_search *own)
{
    struct fci_paged_file *file = view->file;
    (void)pthread_mutex_lock(&lock);
    if (view->next != NULL) {
        view->next->previous = view->previous;
    }
    if (view->previous != NULL) {
        view->previous->next = view->next;
    } else {
        file->blocks = view->next;
    }
    bool last = --file->block_count == 0;
    bool kept = own != NULL && !last && file->spare == NULL;
    if (kept) {
        fci_paged_keep_spare(file, view, own);
    }
    __atomic_store_n(&mapping_count, mapping_count - 1, __ATOMIC_RELAXED);
    (void)pthread_mutex_unlock(&lock);
    if (last) {
        fci_paged_file_drop(file);
    }
    return kept;
}

bool fci_paged_seal(struct fci_paged *view)
{
    (void)pthread_mutex_lock(&lock);
    bool sealed = fci_load_relaxed(&view->shared) == 0 || seal(view, false);
    (void)pthread_mutex_unlock(&lock);
    return sealed;
}

bool fci_paged_sees_alone(const struct fci_paged *view)
{
    const struct fci_paged_file *file = view->file;
    const struct fci_paged *keeps = view->keeps;
    return !file->foreign && file->generation == generation &&
           file->block_count == (keeps != NULL ? 2 : 1) &&
           (keeps == NULL || fci_load_acquire(&keeps->block.count) == 0);
}

struct fci_paged_file *fci_paged_files(void)
{
    return files;
}

void fci_paged_lock(void)
{
    (void)pthread_mutex_lock(&lock);
}

void fci_paged_unlock(void)
{
    (void)pthread_mutex_unlock(&lock);
}

/* Each file may have a spare one besides. */
bool fci_paged_may_map(void)
{
    return __atomic_load_n(&mapping_count, __ATOMIC_RELAXED) +
               __atomic_load_n(&file_count, __ATOMIC_RELAXED) <
           mapping_limit;
}
