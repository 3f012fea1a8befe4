/* SPDX-License-Identifier: MIT */

/* The files of paged blocks: across a fork parent and child never see each other's writes, whatever
 * state a block was in; and how they are listed. */

#include "base/common.h"

#include "paged.h"

#include "memory/paged_linux.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>

struct pair {
    fc_buffer b, snapshot;
    bool detached;
};

static bool write_in_child(void *context)
{
    struct pair *pair = context;
    for (size_t i = 0; i < PAGES; i += 2) {
        fct_set(&pair->b, i * PAGE, 0xee);
        fct_set(&pair->snapshot, i * PAGE, 0xdd);
    }
    /* What has been snapshotted and written before the fork may be folded by nobody after it. */
    fc_buffer again = fct_snapshot(&pair->b);
    fct_set(&pair->b, PAGE, 0xcc);
    bool right = fct_get(&again, 0) == 0xee && fct_get(&again, PAGE) == fct_pattern(PAGE) &&
                 fct_get(&pair->snapshot, 2 * PAGE) == 0xdd;
    fc_buffer_release(&again);
    return right;
}

START_TEST(child_and_parent_are_isolated_both_ways)
{
    for (int detached = 0; detached < 2; detached++) {
        struct pair pair = { .b = make_paged() };
        pair.snapshot = fct_snapshot(&pair.b);
        if (detached) {
            fct_set(&pair.b, 3, fct_pattern(3));
        }
        int told[2];
        char go = 'g';
        ck_assert_int_eq(pipe(told), 0);
        pid_t child = fork();
        if (child == 0) {
            /* After the parent has written. */
            bool right = read(told[0], &go, 1) == 1 && holds(&pair.b, FCT_NONE, 0) &&
                         holds(&pair.snapshot, FCT_NONE, 0) && write_in_child(&pair);
            _exit(right ? 0 : 1);
        }
        int status = -1;
        for (size_t i = 1; i < PAGES; i += 2) {
            fct_set(&pair.b, i * PAGE, 0x11);
            fct_set(&pair.snapshot, i * PAGE, 0x22);
        }
        fc_buffer again = fct_snapshot(&pair.b);
        fct_set(&pair.b, 2 * PAGE, 0x33);
        ck_assert_int_eq(write(told[1], &go, 1), 1);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_int_eq(status, 0);
        for (size_t i = 0; i < PAGES; i++) {
            ck_assert_uint_eq(fct_get(&again, i * PAGE), i % 2 ? 0x11 : fct_pattern(i * PAGE));
            ck_assert_uint_eq(fct_get(&pair.snapshot, i * PAGE),
                              i % 2 ? 0x22 : fct_pattern(i * PAGE));
        }
        (void)close(told[0]), (void)close(told[1]);
        fc_buffer_release(&again);
        fc_buffer_release(&pair.b), fc_buffer_release(&pair.snapshot);
    }
}
END_TEST

/* Which pages are a view's own is asked of the child's tables, not of the parent's, which were
 * open. */
static bool write_and_carry(void *context)
{
    fc_buffer *mine = context;
    fct_set(mine, 9 * PAGE, 9);
    fc_buffer snapshot = fct_snapshot(mine);
    fct_set(mine, 11 * PAGE, 11);
    bool right = fct_get(&snapshot, 9 * PAGE) == 9 && fct_get(mine, 5 * PAGE) == 5 &&
                 fct_get(mine, 9 * PAGE) == 9 && fct_get(mine, 11 * PAGE) == 11;
    fc_buffer_release(&snapshot);
    return right;
}

/* Static: in the child nobody holds them otherwise, which is a leak to Valgrind. */
static fc_buffer source, first, second;

START_TEST(child_finds_its_own_pages)
{
    fci_state_paged.find = _i;
    source = make_paged(), first = fct_snapshot(&source);
    fct_set(&source, 3 * PAGE, 3);
    second = fct_snapshot(&source);
    fct_set(&source, 5 * PAGE, 5);
    ck_assert(is_paged(&source) && in_child(write_and_carry, &source));
    fc_buffer_release(&first), fc_buffer_release(&second), fc_buffer_release(&source);
    fci_state_paged.find = FCI_FIND_SCAN;
}
END_TEST

static bool nothing(void *unused)
{
    (void)unused;
    return true;
}

/* A mapping that may serve again shows what the shared one does, which a fork ends. Who compares
 * has none: it cannot know that pages are few. */
START_TEST(spare_mapping_goes_before_a_fork)
{
    source = make_paged(), first = fct_snapshot(&source);
    fct_set(&source, PAGE, 1);
    second = fct_snapshot(&source);
    fct_set(&source, PAGE, 2);
    fc_buffer_release(&second);
    fc_buffer_release(&first);
    const struct fci_paged_file *of = fci_paged_of(fci_arena_of(&source)->home.block)->file;
    ck_assert_int_eq(of->spare != NULL, fci_state_paged.find != FCI_FIND_COMPARE);
    ck_assert(in_child(nothing, NULL));
    ck_assert_ptr_null(of->spare);
    fc_buffer_release(&source);
}
END_TEST

/* What would be put into the file, were it not for the other process, must stay out of it. */
START_TEST(file_is_written_by_nobody_after_a_fork)
{
    int told[2], status = -1;
    char go = 'g';
    fc_buffer b = make_paged(), alone = make_paged(), snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 0);
    fc_buffer_release(&snapshot);
    ck_assert_int_eq(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        bool right = read(told[0], &go, 1) == 1 && holds(&b, 0, 0) && holds(&alone, FCT_NONE, 0);
        _exit(right ? 0 : 1);
    }
    fct_set(&alone, 0, 0);
    fct_set(&b, 5 * PAGE, 0);
    snapshot = fct_snapshot(&b);
    fct_set(&b, 6 * PAGE, 0);
    ck_assert_int_eq(write(told[1], &go, 1), 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_uint_eq(fct_get(&snapshot, 5 * PAGE), 0);
    ck_assert_uint_eq(fct_get(&b, 5 * PAGE), 0);
    (void)close(told[0]), (void)close(told[1]);
    fc_buffer_release(&b), fc_buffer_release(&alone), fc_buffer_release(&snapshot);
}
END_TEST

/* A user's file is as long as it is: no limit on how long files may become is in the way. The child
 * may write again before it ends, for what counts branches does. */
static bool without_new_bytes(void *unused)
{
    (void)unused;
    struct rlimit former;
    int descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    bool right = getrlimit(RLIMIT_FSIZE, &former) == 0;
    const struct rlimit none = { 0, former.rlim_max };
    right = right && setrlimit(RLIMIT_FSIZE, &none) == 0 && fci_paged_file_make(PAGE) == NULL;
    struct fci_paged_file *file = fci_paged_file_adopt(descriptor, PAGE);
    right = right && file != NULL && file->foreign;
    if (file != NULL) {
        fci_paged_file_drop(file);
    }
    right = right && setrlimit(RLIMIT_FSIZE, &former) == 0;
    return right && fcntl(descriptor, F_GETFD) == -1;
}

START_TEST(file_of_the_users_needs_no_room)
{
    ck_assert(in_child(without_new_bytes, NULL));
}
END_TEST

static struct fci_paged_file *file;
static struct fci_paged view;
static int done;

static void make_one(void)
{
    file = fci_paged_file_make(PAGE);
}

static void drop_it(void)
{
    fci_paged_file_drop(file);
}

static void join_it(void)
{
    fci_paged_join(&view, file);
}

static void seal_it(void)
{
    (void)fci_paged_seal(&view);
}

static void count_all(void)
{
    struct fci_paged_stats stats;
    fci_paged_count(&stats);
}

static void leave_it(void)
{
    (void)fci_paged_leave(&view, NULL);
}

static void *run_step(void *context)
{
    (*(void (**)(void))context)();
    __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
    return NULL;
}

/* Whoever holds the lock, as a fork does, finds nobody in the middle of a change. */
START_TEST(lists_wait_for_their_lock)
{
    static void (*steps[])(void) = { make_one, drop_it,   make_one, join_it,
                                     seal_it,  count_all, leave_it };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        pthread_t thread;
        __atomic_store_n(&done, 0, __ATOMIC_RELEASE);
        fci_paged_lock();
        ck_assert_int_eq(pthread_create(&thread, NULL, run_step, &steps[i]), 0);
        (void)usleep(20000);
        bool waits = __atomic_load_n(&done, __ATOMIC_ACQUIRE) == 0;
        fci_paged_unlock();
        ck_assert_int_eq(pthread_join(thread, NULL), 0);
        ck_assert(waits && file != NULL);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_file");
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, child_and_parent_are_isolated_both_ways);
    tcase_add_loop_test(tests, child_finds_its_own_pages, FCI_FIND_SCAN, FCI_FIND_COMPARE + 1);
    tcase_add_test(tests, spare_mapping_goes_before_a_fork);
    tcase_add_test(tests, file_is_written_by_nobody_after_a_fork);
    tcase_add_test(tests, file_of_the_users_needs_no_room);
    tcase_add_test(tests, lists_wait_for_their_lock);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
