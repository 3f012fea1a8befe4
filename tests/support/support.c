/* SPDX-License-Identifier: MIT */

/* The parts of the test support that need only the public header: see support.h. */

#include "support.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Odd: no width of a vector or an address divides it. */
#define FCT_QUICK_STEP 11

unsigned fct_effort_step(void)
{
    const char *effort = getenv("FC_TEST_EFFORT");
    if (effort != NULL) {
        unsigned long step = strtoul(effort, NULL, 10);
        return step != 0 ? (unsigned)step : strcmp(effort, "quick") == 0 ? FCT_QUICK_STEP : 1;
    }
#ifdef FCT_INSTRUMENTED
    return FCT_QUICK_STEP;
#else
    return 1;
#endif
}

size_t fct_rounds(size_t full)
{
    unsigned step = fct_effort_step();
    return full / (step < FCT_QUICK_STEP ? step : FCT_QUICK_STEP);
}

/* splitmix64 */
uint64_t fct_random_next(struct fct_random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

size_t fct_random_below(struct fct_random *random, size_t below)
{
    return below == 0 ? 0 : (size_t)(fct_random_next(random) % below);
}

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

struct fct_guarded fct_guarded_make(size_t length)
{
    size_t page = page_size();
    size_t whole = (length + page - 1) / page * page;
    uint8_t *base = mmap(NULL, whole + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(base, MAP_FAILED);
    ck_assert_int_eq(mprotect(base + page, whole, PROT_READ | PROT_WRITE), 0);
    return (struct fct_guarded){ .bytes = base + page, .length = whole };
}

void fct_guarded_free(struct fct_guarded *guarded)
{
    size_t page = page_size();
    ck_assert_int_eq(munmap(guarded->bytes - page, guarded->length + 2 * page), 0);
    guarded->bytes = NULL;
}

uint8_t *fct_guarded_end(const struct fct_guarded *guarded, size_t length)
{
    return guarded->bytes + guarded->length - length;
}

/* What stands before each allocation of the counting allocator. */
struct note {
    void *base;
    size_t size, alignment;
};

static void *counting_alloc(void *context, size_t size, size_t alignment, unsigned flags)
{
    struct fct_allocator *allocator = context;
    ck_assert_uint_gt(size, 0);
    ck_assert_uint_ge(alignment, 16);
    ck_assert_uint_eq(alignment & (alignment - 1), 0);
    if (allocator->total >= allocator->fail_after) {
        return NULL;
    }
    uint8_t *base = malloc(size + alignment + sizeof(struct note));
    ck_assert_ptr_nonnull(base);
    uintptr_t first = (uintptr_t)(base + sizeof(struct note));
    uint8_t *bytes = base + sizeof(struct note) + (alignment - first % alignment) % alignment;
    struct note note = { .base = base, .size = size, .alignment = alignment };
    memcpy(bytes - sizeof note, &note, sizeof note);
    memset(bytes, (flags & FC_ALLOCATOR_ZEROED) != 0 ? 0 : 0xa5, size);
    allocator->live++;
    allocator->live_bytes += size;
    allocator->total++;
    return bytes;
}

static void counting_release(void *context, void *address, size_t size, size_t alignment)
{
    struct fct_allocator *allocator = context;
    struct note note;
    uint8_t *bytes = address;
    memcpy(&note, bytes - sizeof note, sizeof note);
    ck_assert_uint_eq(note.size, size);
    ck_assert_uint_eq(note.alignment, alignment);
    allocator->wiped = 1;
    for (size_t i = 0; i < size; i++) {
        allocator->wiped = allocator->wiped && bytes[i] == 0;
    }
    memset(bytes, 0xdb, size);
    allocator->live--;
    allocator->live_bytes -= size;
    free(note.base);
}

void fct_allocator_init(struct fct_allocator *allocator)
{
    *allocator = (struct fct_allocator){
        .base = { .alloc = counting_alloc, .release = counting_release, .context = allocator },
        .fail_after = SIZE_MAX,
    };
}

int fct_end_of(void (*mistake)(int which), int which, char *words, size_t space)
{
    int ends[2], end = 0;
    size_t used = 0;
    ssize_t got;
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const struct rlimit none = { 0, 0 };
        (void)setrlimit(RLIMIT_CORE, &none);
        (void)dup2(ends[1], STDERR_FILENO);
        mistake(which);
        _exit(0);
    }
    (void)close(ends[1]);
    while ((got = read(ends[0], words + used, space - 1 - used)) > 0) {
        used += (size_t)got;
    }
    words[used] = 0;
    (void)close(ends[0]);
    ck_assert_int_eq(waitpid(child, &end, 0), child);
    return end;
}

const char *fct_assert_stops(void (*mistake)(int which), int which, const char *condition)
{
    static char words[4096];
    int end = fct_end_of(mistake, which, words, sizeof words);
    ck_assert_msg(WIFSIGNALED(end) && WTERMSIG(end) == SIGABRT, "mistake %d ended with %x: %s",
                  which, (unsigned)end, words);
    const char *file = strstr(words, "fc_buffer: ");
    const char *line = file == NULL ? NULL : strstr(file, ".c:");
    const char *what = line == NULL ? NULL : strstr(line, ": required: ");
    ck_assert_msg(what != NULL && atoi(line + 3) > 0, "%s", words);
    ck_assert_msg(strstr(what, condition) != NULL, "%s", words);
    return words;
}

int fct_next_file(void)
{
    int file = dup(STDOUT_FILENO);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(close(file), 0);
    return file;
}
