/* SPDX-License-Identifier: MIT */

/* Where paged blocks cannot be had, whole blocks serve and mean the same: limits that are near, a
 * process that may not see its page tables or that locks its memory, calls that fail, and being
 * told not to. */

#include "base/common.h"

#include "calls.h"
#include "paged.h"

#include "base/state.h"
#include "memory/paged_linux.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

FCT_WRAP(int, memfd_create, -1, (const char *name, unsigned flags), (name, flags))
FCT_WRAP(int, open, -1, (const char *name, int flags, mode_t mode), (name, flags, mode))
FCT_WRAP(int, pthread_atfork, ENOMEM,
         (void (*before)(void), void (*parent)(void), void (*child)(void)), (before, parent, child))
FCT_WRAP(long, sysconf, -1, (int what), (what))

/* A read that fails may have an answer instead. */
static const char *answer;

FCT_WRAPPED(ssize_t, read, (int file, void *to, size_t length))
ssize_t __wrap_read(int file, void *to, size_t length)
{
    if (!fct_call_fails("read")) {
        return __real_read(file, to, length);
    }
    if (answer != NULL) {
        memcpy(to, answer, strlen(answer));
    }
    return answer != NULL ? (ssize_t)strlen(answer) : -1;
}

/* A buffer, a snapshot, a write on either side, a snapshot of what was written, and all as ever. */
static bool serves(bool paged)
{
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    fct_set(&b, 3 * PAGE, 0);
    fc_buffer third = fct_snapshot(&b);
    fct_set(&b, 4 * PAGE, 0);
    fct_set(&snapshot, 5 * PAGE, 0);
    bool right = is_paged(&b) == paged && holds(&third, 3 * PAGE, 0) &&
                 holds(&snapshot, 5 * PAGE, 0) && fct_get(&b, 4 * PAGE) == 0 &&
                 fct_get(&b, 3 * PAGE) == 0 && fct_get(&b, 5 * PAGE) == fct_pattern(5 * PAGE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&third);
    return right && fct_alive() == 0;
}

static void limit(int which, rlim_t most)
{
    struct rlimit now;
    ck_assert_int_eq(getrlimit(which, &now), 0);
    now.rlim_cur = most;
    ck_assert_int_eq(setrlimit(which, &now), 0);
}

static bool with_few_files(void *unused)
{
    (void)unused;
    fc_buffer kept[16], b = make_paged();
    size_t made = 0;
    limit(RLIMIT_NOFILE, 32);
    while (made < 16) {
        kept[made++] = make_paged();
    }
    bool right = fct_stats().paged_descriptors == 8 && is_paged(&kept[6]) && !is_paged(&kept[7]);
    while (made > 0) {
        right &= holds(&kept[--made], FCT_NONE, 0);
        fc_buffer_release(&kept[made]);
    }
    fc_buffer_release(&b);
    return right && serves(true);
}

START_TEST(descriptors_are_left_to_the_program)
{
    ck_assert(in_child(with_few_files, NULL));
}
END_TEST

/* The second write would be a signal. */
static bool with_small_files(void *unused)
{
    (void)unused;
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    limit(RLIMIT_FSIZE, SIZE - 1);
    fct_set(&b, 0, 0);
    fc_buffer_release(&snapshot);
    snapshot = fct_snapshot(&b);
    fct_set(&b, SIZE - 1, 0);
    bool right = holds(&snapshot, 0, 0);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    return right && serves(false);
}

START_TEST(file_size_limit_is_asked_first)
{
    ck_assert(in_child(with_small_files, NULL));
}
END_TEST

static bool when_not_dumpable(void *unused)
{
    (void)unused;
    return prctl(PR_SET_DUMPABLE, 0) == 0 && (setuid(65534) == 0 || geteuid() != 0) && serves(true);
}

START_TEST(unprivileged_process_that_cannot_be_dumped_is_served)
{
    ck_assert(in_child(when_not_dumpable, NULL));
}
END_TEST

/* The system gives a locked view all of its pages at once, as if all had been written: whole blocks
 * may serve, and do once that has been seen. */
static bool with_locked_memory(void *unused)
{
    (void)unused;
    return mlockall(MCL_CURRENT | MCL_FUTURE) != 0 || serves(true) || serves(false);
}

/* Everything locked, by one who may; and more than the limit, by one who may not. */
static bool with_little_to_lock(void *unused)
{
    (void)unused;
    limit(RLIMIT_MEMLOCK, 8 << 20);
    if ((geteuid() == 0 && setuid(65534) != 0) || mlockall(MCL_FUTURE) != 0) {
        return true;
    }
    fc_buffer b = make_paged(), kept[8];
    bool right = true;
    for (size_t i = 0; i < 8; i++) {
        fc_status status = fc_buffer_snapshot(&kept[i], &b);
        ck_assert_int_eq(status, FC_OK);
        right &= fc_buffer_set(&b, i * PAGE, 0) == FC_OK || fct_get(&b, i * PAGE) != 0;
        right &= fct_get(&kept[i], i * PAGE) == fct_pattern(i * PAGE);
    }
    for (size_t i = 0; i < 8; i++) {
        fc_buffer_release(&kept[i]);
    }
    fc_buffer_release(&b);
    return right;
}

START_TEST(locked_memory_costs_more_and_means_the_same)
{
    ck_assert(in_child(with_locked_memory, NULL));
    ck_assert(in_child(with_little_to_lock, NULL));
}
END_TEST

/* A quarter of the mappings is ours: past it blocks are whole, and malloc goes on. */
static bool with_many_views(void *unused)
{
    (void)unused;
    static fc_buffer kept[20000];
    fc_buffer b = make_paged();
    size_t whole = 0, made = 0;
    for (; made < sizeof kept / sizeof *kept && whole < 20; made++) {
        kept[made] = fct_snapshot(&b);
        fct_set(&kept[made], 0, (uint8_t)made);
        whole += !is_paged(&kept[made]);
    }
    uint64_t mappings = fct_stats().paged_mappings;
    bool right = whole > 0 && mappings < 20000;
    while (made-- > 0) {
        right &= fct_get(&kept[made], 0) == (uint8_t)made &&
                 fct_get(&kept[made], PAGE) == fct_pattern(PAGE);
        fc_buffer_release(&kept[made]);
    }
    fc_buffer_release(&b);
    return right && fct_alive() == 0 && serves(true);
}

/* A page written with what it held is known by the kernel's tables alone: they can be read. */
static void *look_without_the_first_thread(void *unused)
{
    (void)unused;
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    fct_set(&b, 0, fct_get(&b, 0));
    bool seen = fct_stats().paged_private_pages == 1;
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    _exit(seen ? 0 : 1);
}

static bool end_first_thread(void *unused)
{
    pthread_t other;
    if (pthread_create(&other, NULL, look_without_the_first_thread, unused) == 0) {
        pthread_exit(NULL);
    }
    return false;
}

START_TEST(page_tables_are_read_when_the_first_thread_is_gone)
{
    if (fci_state_paged.find != FCI_FIND_COMPARE) {
        ck_assert(in_child(end_first_thread, NULL));
    }
}
END_TEST

/* ThreadSanitizer needs more mappings than are left, and ends the process where it gets none. Where
 * an address has 32 bits there is no room for a quarter of them. */
START_TEST(mappings_are_left_to_the_program)
{
#if defined FCT_TSAN || UINTPTR_MAX == UINT32_MAX
    (void)with_many_views;
    return;
#endif
    ck_assert(in_child(with_many_views, NULL));
}
END_TEST

static void arm(const char *call, const char *text)
{
    answer = text;
    fct_fault = (struct fct_fault){ .call = call, .forever = true, .reason = EIO, .armed = true };
}

/* These are made once in a process. */
static bool serves_without(void *call)
{
    arm(call, NULL);
    bool right = serves(false);
    fct_fault.armed = false;
    return right;
}

START_TEST(system_that_cannot_be_asked_serves_whole_blocks)
{
    ck_assert(in_child(serves_without, (char[]){ "open" }));
    ck_assert(in_child(serves_without, (char[]){ "sysconf" }));
    ck_assert(in_child(serves_without, (char[]){ "pthread_atfork" }));
}
END_TEST

static bool probe(const char *call, const char *text, size_t *mappings)
{
    arm(call, text);
    bool can = fci_paged_probe(mappings);
    fct_fault.armed = false;
    return can;
}

START_TEST(what_the_system_tells_is_believed)
{
    size_t mappings = 0;
    ck_assert(!probe("read", NULL, &mappings) && !probe("read", "2\n", &mappings));
    ck_assert(probe("read", "1\n", &mappings) && mappings == 0);
    ck_assert(probe("read", "400\n", &mappings) && mappings == 100);
    ck_assert(probe("read", "-1\n", &mappings) && mappings == 0);
    ck_assert(probe("read", "8", &mappings) && mappings == 2);
    ck_assert(!probe("read", "", &mappings) && mappings == 65530 / 4);
    ck_assert(!probe("open", NULL, &mappings) && mappings == 65530 / 4);
    ck_assert(!probe("sysconf", NULL, &mappings));
}
END_TEST

/* As a kernel before 6.3 does, which knows no way to seal a file against being executed. */
START_TEST(file_is_had_of_an_older_kernel)
{
    fct_fault = (struct fct_fault){ .call = "memfd_create", .reason = EINVAL, .armed = true };
    int descriptor = fci_paged_open(SIZE);
    ck_assert(descriptor >= 0 && close(descriptor) == 0);
    fct_fault.armed = false;
}
END_TEST

START_TEST(buffer_that_was_refused_pages_asks_again)
{
    fci_state_paged.policy = FCI_PAGED_NEVER;
    fc_buffer b = make_paged();
    fci_state_paged.policy = FCI_PAGED_ASKED;
    ck_assert(!is_paged(&b));
    fc_buffer snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 1);
    ck_assert(is_paged(&b) && holds(&b, 0, 1) && holds(&snapshot, FCT_NONE, 0));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(policy_of_the_test_forces_each_way)
{
    fci_state_paged.policy = FCI_PAGED_NEVER;
    ck_assert(serves(false));
    fci_state_paged.policy = FCI_PAGED_ALWAYS;
    ck_assert(serves(true));
    fci_state_paged.policy = FCI_PAGED_ASKED;
    ck_assert(serves(true));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_limits");
    TCase *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(limits, 300);
    if (FCT_WRAPS) { /* before another has asked, where all run in one process */
        tcase_add_test(limits, system_that_cannot_be_asked_serves_whole_blocks);
        tcase_add_test(limits, what_the_system_tells_is_believed);
        tcase_add_test(limits, file_is_had_of_an_older_kernel);
    }
    tcase_add_test(limits, buffer_that_was_refused_pages_asks_again);
    tcase_add_test(limits, descriptors_are_left_to_the_program);
    tcase_add_test(limits, file_size_limit_is_asked_first);
    tcase_add_test(limits, unprivileged_process_that_cannot_be_dumped_is_served);
    tcase_add_test(limits, locked_memory_costs_more_and_means_the_same);
    tcase_add_test(limits, page_tables_are_read_when_the_first_thread_is_gone);
    tcase_add_test(limits, mappings_are_left_to_the_program);
    tcase_add_test(limits, policy_of_the_test_forces_each_way);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
