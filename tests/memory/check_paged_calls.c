/* SPDX-License-Identifier: MIT */

/* Each call that the paged part makes to the system fails: one after another in some programs of
 * operations, and each kind of call for ever. Whole blocks serve then, and no byte is wrong in any
 * buffer. */

#include "base/common.h"

#include "calls.h"
#include "files.h"
#include "paged.h"

#include "memory/paged_linux.h"
#include "memory/paged_system.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>

FCT_WRAP(int, fcntl, -1, (int file, int what, int value), (file, what, value))
FCT_WRAP(int, fstat, -1, (int file, struct stat *about), (file, about))
FCT_WRAP(int, ftruncate, -1, (int file, off_t length), (file, length))
FCT_WRAP(int, getrlimit, -1, (int which, struct rlimit *limit), (which, limit))
FCT_WRAP(int, ioctl, -1, (int file, unsigned long what, void *value), (file, what, value))
FCT_WRAP(int, madvise, -1, (void *at, size_t length, int advice), (at, length, advice))
FCT_WRAP(int, memfd_create, -1, (const char *name, unsigned flags), (name, flags))
FCT_WRAP(void *, mmap, MAP_FAILED,
         (void *at, size_t length, int protection, int flags, int file, off_t offset),
         (at, length, protection, flags, file, offset))
FCT_WRAP(void *, mremap, MAP_FAILED, (void *old, size_t had, size_t wanted, int flags, void *at),
         (old, had, wanted, flags, at))
FCT_WRAP(int, open, -1, (const char *name, int flags, mode_t mode), (name, flags, mode))
FCT_WRAP(ssize_t, process_vm_writev, -1,
         (pid_t process, const struct iovec *here, unsigned long count, const struct iovec *there,
          unsigned long there_count, unsigned long flags),
         (process, here, count, there, there_count, flags))
FCT_WRAP(int, pthread_atfork, ENOMEM,
         (void (*before)(void), void (*parent)(void), void (*child)(void)), (before, parent, child))
FCT_WRAP(ssize_t, read, -1, (int file, void *to, size_t length), (file, to, length))
FCT_WRAP(long, sysconf, -1, (int what), (what))
FCT_WRAP(long, syscall, -1, (long number, long a, long b, long c, long d, long e, long f),
         (number, a, b, c, d, e, f))

/* A write may do less than it was asked for. */
static bool partial;

FCT_WRAPPED(ssize_t, pwrite, (int file, const void *from, size_t length, off_t at))
ssize_t __wrap_pwrite(int file, const void *from, size_t length, off_t at)
{
    if (fct_call_fails("pwrite")) {
        return -1;
    }
    return __real_pwrite(file, from, partial ? length - length / 2 : length, at);
}

/* The page map may be another machine's, or that of another process, from some entry on. */
static uint64_t swapped(uint64_t entry)
{
    /* Without the page's place in memory, as all see it but root, whose bits may mean anything. */
    return __builtin_bswap64(entry >> 55 << 55);
}

static uint64_t unmapped(uint64_t entry)
{
    return entry & ~FCI_ENTRY_MAPPED;
}

static uint64_t of_a_file(uint64_t entry)
{
    return entry | FCI_ENTRY_FILE;
}

static uint64_t (*const lies[])(uint64_t) = { swapped, unmapped, of_a_file };
#define LIES ((int)(sizeof lies / sizeof *lies))

static uint64_t (*lie)(uint64_t);
static size_t truths; /* entries before the first lie */

FCT_WRAPPED(ssize_t, pread, (int file, void *to, size_t length, off_t at))
ssize_t __wrap_pread(int file, void *to, size_t length, off_t at)
{
    if (fct_call_fails("pread")) {
        return -1;
    }
    ssize_t got = __real_pread(file, to, length, at);
    uint64_t *entries = to;
    for (ssize_t i = 0; lie != NULL && i < got / (ssize_t)sizeof *entries; i++) {
        entries[i] = truths > 0 ? entries[i] : lie(entries[i]);
        truths -= truths > 0;
    }
    return got;
}

/* Those that are made for a buffer, not once in a process; and what must fail first, if any. */
struct kind {
    const char *call, *first;
};
static const struct kind kinds[] = {
    { "fcntl", NULL },
    { "fstat", NULL },
    { "ftruncate", NULL },
    { "getrlimit", NULL },
    { "ioctl", NULL },
    { "madvise", NULL },
    { "memfd_create", NULL },
    { "mmap", NULL },
    { "open", NULL },
    { "pread", "ioctl" },
    { "process_vm_writev", NULL },
    { "pwrite", NULL },
    { "read", "fcntl" },
#if defined(__x86_64__) || defined(__aarch64__)
    { "syscall", NULL },     /* elsewhere it is mmap that fails, */
    { "mremap", "syscall" }, /* which is needed before mremap too */
#endif
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* ---- operations, and what each buffer must hold ---------------------------------------------- */

#define HELD 6
#define SMALL (32 * PAGE)

static fc_buffer held[HELD];
static uint8_t expected[HELD][SIZE];
static uint8_t pattern[SIZE];
static char path[sizeof "check_paged_calls.XXXXXX"];
static size_t length; /* of what is made */
static bool right;

static bool is_there(size_t which)
{
    return fc_buffer_length(&held[which]) != 0;
}

static void holds_the_pattern(size_t which, fc_status status)
{
    right &= status == FC_OK;
    if (status == FC_OK) {
        memcpy(expected[which], pattern, fc_buffer_length(&held[which]));
    }
}

static void make(size_t which)
{
    fc_alloc_options options = { .size = sizeof options };
    options.flags = FC_ALLOC_PAGED | FC_ALLOC_UNSAFE;
    fc_status status = fc_buffer_alloc_with(&held[which], length, &options);
    if (status == FC_OK) {
        status = fc_buffer_write(&held[which], 0, pattern, length);
    }
    holds_the_pattern(which, status);
}

/* A file that cannot be looked at or read is no buffer. */
static void map(size_t which)
{
    fc_status status = fc_buffer_map_file(&held[which], path);
    if (status != FC_ERR_SYSTEM || !fct_fault.armed) {
        holds_the_pattern(which, status);
    }
}

static void drop(size_t which)
{
    if (is_there(which)) {
        right &= memcmp(fc_buffer_data(&held[which]), expected[which],
                        fc_buffer_length(&held[which])) == 0;
    }
    fc_buffer_release(&held[which]);
}

static void snapshot(size_t to, size_t from)
{
    if (is_there(from)) {
        right &= fc_buffer_snapshot(&held[to], &held[from]) == FC_OK;
        memcpy(expected[to], expected[from], fc_buffer_length(&held[from]));
    }
}

/* Writes a byte of every `step`-th of `count` pages. */
static void set(size_t which, size_t page, size_t count, size_t step)
{
    static uint8_t value;
    value++;
    for (size_t i = page; is_there(which) && i < page + count; i += step) {
        right &= fc_buffer_set(&held[which], i * PAGE + i, value) == FC_OK;
        expected[which][i * PAGE + i] = value;
    }
}

/* The same through a raw address. */
static void poke(uint8_t *bytes, size_t which, size_t page, size_t count)
{
    for (size_t i = page; i < page + count; i++) {
        bytes[i * PAGE] = expected[which][i * PAGE] = (uint8_t)~expected[which][i * PAGE];
    }
}

/* ---- programs ---------------------------------------------------------------------------------
 */

/* Views with few pages of their own: carried, folded, and a mapping that serves again. */
static void share_few(void)
{
    make(0);
    snapshot(1, 0), set(0, 3, 6, 5);
    snapshot(2, 0), set(0, 4, 4, 2), set(2, 9, 1, 1);
    drop(1), drop(2);
    snapshot(1, 0), set(0, 11, 1, 1), drop(1);
    snapshot(1, 0), set(0, 12, 1, 1);
}

/* And with many: they are given back, or the whole is copied. */
static void share_many(void)
{
    make(0);
    snapshot(1, 0), set(0, 0, 18, 1), drop(1);
    snapshot(1, 0), set(0, 14, 18, 1), drop(1);
    snapshot(1, 0), set(1, 0, 30, 1), drop(0);
    snapshot(0, 1), set(1, 3, 1, 1);
}

static void pin(void)
{
    uint8_t *bytes = NULL;
    make(0);
    right &= fc_buffer_begin_write(&bytes, &held[0]) == FC_OK;
    snapshot(1, 0), poke(bytes, 0, 1, 3);
    snapshot(2, 0), poke(bytes, 0, 0, SMALL / PAGE / 2 + 1);
    snapshot(3, 0), poke(bytes, 0, 7, 1);
    drop(1), drop(2), drop(3);
    snapshot(1, 0);
    fc_buffer_end_write(&held[0]);
}

static void map_a_file(void)
{
    map(0), set(0, 1, 1, 1);
    snapshot(1, 0), set(1, 2, 1, 1), set(0, 3, 1, 1);
}

static void look(void)
{
    make(0), map(3);
    snapshot(1, 0), set(0, 3, 2, 1), snapshot(2, 0), set(2, 1, 1, 1), drop(1);
    right &= fct_stats().size != 0;
    for (size_t i = 0; i < HELD; i++) {
        right &= !is_there(i) || fc_buffer_retained_bytes(&held[i]) >= length;
    }
}

/* The child lets go of all: it may do no more with a buffer that could not be made private. */
static void part(void)
{
    int status = -1;
    make(0), make(1), map(2);
    snapshot(3, 1), set(3, 1, 1, 1);
    pid_t child = fork();
    if (child == 0) {
        for (size_t i = 0; i < HELD; i++) {
            fc_buffer_release(&held[i]);
        }
        fct_fault.armed = false;
        _exit(fct_alive() == 0 ? 0 : 1);
    }
    right &= child > 0 && waitpid(child, &status, 0) == child && status == 0;
    set(0, 0, 1, 1), set(1, 2, 1, 1);
}

/* Large enough for huge pages. */
static void share_large(void)
{
    length = SIZE;
    make(0);
    snapshot(1, 0), set(0, 5, 1, 1);
}

static void (*const programs[])(void) = { share_few, share_many, pin,        map_a_file,
                                          look,      part,       share_large };
#define PROGRAMS ((int)(sizeof programs / sizeof *programs))
#define SMALL_PROGRAMS (PROGRAMS - 1)

/* ---- all of them ------------------------------------------------------------------------------
 */

static void begin(void)
{
    fci_state_paged = (struct fci_paged_choice){ FCI_PAGED_ALWAYS, FCI_FIND_SCAN, 1 };
    for (size_t i = 0; i < SIZE; i++) {
        pattern[i] = fct_pattern(i);
    }
    strcpy(path, "check_paged_calls.XXXXXX");
    fct_make_file(path, pattern, SMALL);
}

static void end(void)
{
    ck_assert_int_eq(unlink(path), 0);
    fct_assert_nothing_alive();
}

/* How many mappings there are of the paged part's files. */
static size_t mappings(void)
{
    size_t count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    ck_assert_ptr_nonnull(maps);
    while (fgets(line, sizeof line, maps) != NULL) {
        count += strstr(line, "/memfd:fc_buffer") != NULL || strstr(line, path) != NULL;
    }
    (void)fclose(maps);
    return count;
}

/* The descriptor on the page tables is opened anew in each. How many calls there were. */
static size_t run(int program, struct kind kind, size_t after, bool forever)
{
    fci_paged_dirty_forked();
    int next_file = fct_next_file();
    fct_fault = (struct fct_fault){ kind.call, after, forever, ENOMEM, kind.first, true, 0 };
    length = SMALL, right = true;
    programs[program]();
    for (size_t i = 0; i < HELD; i++) {
        drop(i);
    }
    fct_fault.armed = false;
    fci_paged_dirty_forked();
    /* A descriptor that cannot be looked at may be another's by now: it is not closed. */
    bool unseen = kind.call == NULL || strcmp(kind.call, "fstat") == 0;
    right &= (unseen || fct_next_file() == next_file) && fct_alive() == 0 && mappings() == 0;
    ck_assert_msg(right, "program %d, %s, after %zu, %s", program,
                  kind.call != NULL ? kind.call : "any", after, forever ? "for ever" : "once");
    return fct_fault.made;
}

/* Ten times as slow where a checker is at work. */
#ifdef FCT_INSTRUMENTED
#define STEP 3
#else
#define STEP 1
#endif

START_TEST(any_one_call_may_fail)
{
    const struct kind any = { NULL, NULL };
    (void)run(_i, any, SIZE_MAX, false); /* what is done once in a process */
    size_t calls = run(_i, any, SIZE_MAX, false);
    ck_assert_uint_gt(calls, 10);
    for (size_t i = 0; i < calls; i += STEP) {
        (void)run(_i, any, i, false);
    }
}
END_TEST

/* From the first on, or from the second. */
START_TEST(any_kind_of_call_may_fail)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        size_t made = 0;
        for (int program = 0; program < SMALL_PROGRAMS; program++) {
            for (size_t after = 0; after < 2; after += fct_effort_step()) {
                made += run(program, kinds[kind], after, true);
            }
        }
        ck_assert_msg(made != 0, "no %s", kinds[kind].call);
    }
}
END_TEST

START_TEST(pages_are_found_another_way)
{
    static const struct kind used[] = { { "ioctl", NULL }, { "pread", NULL }, { "mmap", NULL } };
    for (int find = FCI_FIND_SCAN; find <= FCI_FIND_COMPARE; find++) {
        fci_state_paged.find = find;
        /* Two tell whether the map is to be believed. */
        for (size_t after = 0; after < 3; after++) {
            (void)run(_i, used[find], after, true);
        }
    }
}
END_TEST

START_TEST(writes_to_a_file_may_be_partial)
{
    const struct kind write = { "pwrite", NULL };
    partial = true;
    size_t made = 0;
    for (int program = 0; program < SMALL_PROGRAMS; program++) {
        made += run(program, write, SIZE_MAX, false);
    }
    ck_assert_uint_gt(made, 0);
    partial = false;
}
END_TEST

/* It is asked of two pages first; then bytes tell, and how many there are is right too. */
START_TEST(page_map_that_lies_is_not_believed)
{
    const struct kind read = { "pread", NULL };
    fci_state_paged.find = FCI_FIND_READ;
    for (int program = 0; program < SMALL_PROGRAMS; program++) {
        lie = lies[_i % LIES], truths = (size_t)(_i / LIES);
        ck_assert_uint_gt(run(program, read, SIZE_MAX, false), 0);
    }
    fci_paged_dirty_forked();
    truths = (size_t)(_i / LIES), length = SMALL;
    make(0), snapshot(1, 0), set(0, 3, 3, 2);
    ck_assert_uint_eq(fct_stats().paged_private_pages, 2);
    drop(0), drop(1);
    lie = NULL;
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_calls");
    TCase *tc = tcase_create("failing calls");
    tcase_add_checked_fixture(tc, begin, end);
    tcase_set_timeout(tc, 300);
    tcase_add_loop_test(tc, any_one_call_may_fail, 0, PROGRAMS);
    tcase_add_test(tc, any_kind_of_call_may_fail);
    tcase_add_loop_test(tc, pages_are_found_another_way, 0, SMALL_PROGRAMS);
    tcase_add_test(tc, writes_to_a_file_may_be_partial);
    tcase_add_loop_test(tc, page_map_that_lies_is_not_believed, 0, 2 * LIES);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return FCT_WRAPS ? fct_main(make_suite) : 77;
}
