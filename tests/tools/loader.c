/* SPDX-License-Identifier: MIT */

/* For dlopen.test: loads the library of its argument into a process that has other threads already,
 * uses it from all of them, and closes it while they still do. Built without optimisation, so that
 * nothing of the library is inlined into it. Says where large blocks come from. */
#include <dlfcn.h>
#include <fc_buffer.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 3

static struct {
    __typeof__(&fc_buffer_alloc_unsafe) alloc_unsafe;
    __typeof__(&fc_buffer_slice) slice;
    __typeof__(&fc_buffer_snapshot) snapshot;
    __typeof__(&fc_buffer_write) write;
    __typeof__(&fc_buffer_data) data;
    __typeof__(&fc_buffer_release) release;
    __typeof__(&fc_stats_read) stats_read;
} fc;

static pthread_barrier_t loaded, closing;

static int find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static int find_all(void *library)
{
    return find(library, "fc_buffer_alloc_unsafe", &fc.alloc_unsafe) &&
           find(library, "fc_buffer_slice", &fc.slice) &&
           find(library, "fc_buffer_snapshot", &fc.snapshot) &&
           find(library, "fc_buffer_write", &fc.write) &&
           find(library, "fc_buffer_data", &fc.data) &&
           find(library, "fc_buffer_release", &fc.release) &&
           find(library, "fc_stats_read", &fc.stats_read);
}

static int use(size_t longest)
{
    int right = 1;
    for (size_t length = 1; right && length <= longest; length *= 8) {
        fc_buffer b = FC_BUFFER_INIT, snapshot = FC_BUFFER_INIT;
        right = fc.alloc_unsafe(&b, length) == FC_OK && fc.write(&b, 0, "a", 1) == FC_OK &&
                fc.snapshot(&snapshot, &b) == FC_OK;
        fc_buffer head = fc.slice(&b, 0, 1);
        right = right && fc.write(&head, 0, "b", 1) == FC_OK && fc.data(&snapshot)[0] == 'a' &&
                fc.data(&b)[0] == 'b';
        fc.release(&head), fc.release(&snapshot), fc.release(&b);
    }
    return right;
}

/* Alive before the library is there, and after it is closed. */
static void *work(void *right)
{
    pthread_barrier_wait(&loaded);
    *(int *)right = use((size_t)1 << 20);
    pthread_barrier_wait(&closing);
    *(int *)right = *(int *)right && use((size_t)1 << 20);
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS];
    int right[THREADS + 1] = { 0 };
    fc_stats stats = { .size = sizeof stats };
    pthread_barrier_init(&loaded, NULL, THREADS + 1);
    pthread_barrier_init(&closing, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, work, &right[i]) != 0) {
            return printf("no thread\n"), 1;
        }
    }
    void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    if (library == NULL || !find_all(library)) {
        return printf("%s\n", dlerror()), 1;
    }
    pthread_barrier_wait(&loaded);
    right[THREADS] = use((size_t)16 << 20) && fc.stats_read(&stats) == FC_OK;
    printf("%s\n", stats.large_allocator);
    pthread_barrier_wait(&closing);
    if (dlclose(library) != 0 || dlopen(arguments[1], RTLD_NOW | RTLD_NOLOAD) == NULL) {
        return printf("dlclose did not leave it loaded\n"), 1;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        right[THREADS] = right[THREADS] && right[i];
    }
    return right[THREADS] ? 0 : (printf("a wrong result\n"), 1);
}
