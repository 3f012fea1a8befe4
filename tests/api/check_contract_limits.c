/* SPDX-License-Identifier: MIT */

/* Promises F1 (lengths), F3, F7 and F8: pinned numbers, lengths that no machine has, and a library
 * that leaves the process alone. Black box: the public header only. */

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

/* A sanitizer's malloc ends the process where libc's gives NULL. */
#ifdef FCT_INSTRUMENTED
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}
const char *__msan_default_options(void);
const char *__msan_default_options(void)
{
    return "allocator_may_return_null=1";
}
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "allocator_may_return_null=1";
}
#endif

static const struct {
    fc_status status;
    int number;
    const char *name;
} statuses[] = {
    { FC_OK, 0, "FC_OK" },
    { FC_ERR_OUT_OF_RANGE, 1, "FC_ERR_OUT_OF_RANGE" },
    { FC_ERR_BUFFER_OUT_OF_BOUNDS, 2, "FC_ERR_BUFFER_OUT_OF_BOUNDS" },
    { FC_ERR_INVALID_BUFFER_SIZE, 3, "FC_ERR_INVALID_BUFFER_SIZE" },
    { FC_ERR_UNKNOWN_ENCODING, 4, "FC_ERR_UNKNOWN_ENCODING" },
    { FC_ERR_INVALID_ARG_VALUE, 5, "FC_ERR_INVALID_ARG_VALUE" },
    { FC_ERR_BUFFER_TOO_LARGE, 6, "FC_ERR_BUFFER_TOO_LARGE" },
    { FC_ERR_NO_MEMORY, 7, "FC_ERR_NO_MEMORY" },
    { FC_ERR_FROZEN, 8, "FC_ERR_FROZEN" },
    { FC_ERR_INVALID_DATA, 9, "FC_ERR_INVALID_DATA" },
    { FC_ERR_SYSTEM, 10, "FC_ERR_SYSTEM" },
};

START_TEST(numbers_of_statuses_are_pinned)
{
    PROMISE("F3", "Numbers of statuses are pinned, and every enum has the size of an int.");
    ck_assert_uint_eq(sizeof(fc_status), sizeof(int));
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        ck_assert_int_eq((int)statuses[i].status, statuses[i].number);
        ck_assert_str_eq(fc_status_name(statuses[i].status), statuses[i].name);
    }
    size_t listed = 0;
#define LOOK(status, number, text)                                                                 \
    ck_assert_int_eq((int)(status), number);                                                       \
    ck_assert_str_eq(fc_status_name(status), #status);                                             \
    ck_assert_str_eq(fc_status_text(status), text);                                                \
    listed++;
    FC_STATUS_LIST(LOOK)
#undef LOOK
    ck_assert_uint_eq(listed, sizeof statuses / sizeof statuses[0]);
}
END_TEST

START_TEST(unknown_numbers_have_a_name_too)
{
    PROMISE("F3", "Numbers of statuses are pinned, and every enum has the size of an int.");
    static const int unknown[] = { -1, 11, 12, 1000, INT_MAX, INT_MIN };
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        ck_assert_str_eq(fc_status_name((fc_status)unknown[i]), "unknown status");
        ck_assert_str_eq(fc_status_text((fc_status)unknown[i]), "unknown status");
    }
}
END_TEST

START_TEST(lengths_over_the_limit_make_nothing)
{
    static const size_t lengths[] = { (size_t)PTRDIFF_MAX + 1, (size_t)PTRDIFF_MAX + 2,
                                      SIZE_MAX - 4096, SIZE_MAX - 1, SIZE_MAX };
    struct fct_allocator allocator;
    struct fct_released released = { 0 };
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    fct_allocator_init(&allocator);
    fc_alloc_options options = { .size = sizeof options, .allocator = &allocator.base };
    size_t n = lengths[_i];
    uint8_t byte = 77;
    fc_buffer out = { .length = 77 };
    fc_view pattern = fc_view_of(&byte, 1);
    ck_assert_int_eq(fc_buffer_alloc(&out, n), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_alloc_unsafe(&out, n), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_alloc_fill(&out, n, pattern), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_alloc_with(&out, n, &options), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_alloc_with(&out, n, NULL), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_from_bytes(&out, &byte, n), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_wrap(&out, &byte, n, fct_note_release, &released),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_wrap_readonly(&out, &byte, n, fct_note_release, &released),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_wrap_shared(&out, &byte, n, fct_note_release, &released),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_uint_eq(out.length, 77);
    ck_assert_ptr_null(out.arena);
    ck_assert_uint_eq(allocator.total, 0);
    ck_assert_int_eq(released.calls, 0);
    ck_assert_uint_eq(byte, 77);
}
END_TEST

/* A process of 32 bits may get nearly PTRDIFF_MAX bytes: not under this limit. */
static void have_less_than_a_gigabyte(void)
{
#if SIZE_MAX == UINT32_MAX
    const struct rlimit limit = { (rlim_t)1 << 30, RLIM_INFINITY };
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
#endif
}

/* Lengths near the two limits: none can be had. */
static const size_t huge[] = {
    SIZE_MAX,
    SIZE_MAX - 1,
    SIZE_MAX - 47,
    SIZE_MAX - 64,
    SIZE_MAX - 4095,
    SIZE_MAX - ((size_t)2 << 20),
    (size_t)PTRDIFF_MAX + 4096,
    (size_t)PTRDIFF_MAX + 1,
    (size_t)PTRDIFF_MAX,
    (size_t)PTRDIFF_MAX - 1,
    (size_t)PTRDIFF_MAX - 47,
    (size_t)PTRDIFF_MAX - 63,
    (size_t)PTRDIFF_MAX - 64,
    (size_t)PTRDIFF_MAX - 4095,
    (size_t)PTRDIFF_MAX - ((size_t)2 << 20),
};
#define HUGE_LENGTHS ((int)(sizeof huge / sizeof huge[0]))

static fc_status status_of_huge(size_t length)
{
    return length > FC_BUFFER_MAX_LENGTH ? FC_ERR_OUT_OF_RANGE : FC_ERR_NO_MEMORY;
}

START_TEST(huge_lengths_give_a_status)
{
    PROMISE("F7", "Sizes near SIZE_MAX and PTRDIFF_MAX give a status.");
    size_t n = huge[_i];
    fc_buffer out = { .length = 77 };
    ck_assert_int_eq(fc_buffer_alloc(&out, n), status_of_huge(n));
    ck_assert_int_eq(fc_buffer_alloc_unsafe(&out, n), status_of_huge(n));
    ck_assert_int_eq(fc_buffer_alloc_fill(&out, n, FC_VIEW_LITERAL("xy")), status_of_huge(n));
    ck_assert_int_eq(fc_buffer_from_bytes(&out, &out, n), status_of_huge(n));
    for (size_t alignment = 1; alignment <= (size_t)1 << 30; alignment *= 2) {
        fc_alloc_options options = { .size = sizeof options, .alignment = alignment };
        ck_assert_int_eq(fc_buffer_alloc_with(&out, n, &options), status_of_huge(n));
        options.flags = FC_ALLOC_UNSAFE;
        ck_assert_int_eq(fc_buffer_alloc_with(&out, n, &options), status_of_huge(n));
    }
    ck_assert_uint_eq(out.length, 77);
    ck_assert_uint_eq(fct_alive(), 0);
}
END_TEST

/* Lengths alone tell that the result is too long: no byte is looked at. */
START_TEST(huge_views_give_a_status)
{
    PROMISE("F7", "Sizes near SIZE_MAX and PTRDIFF_MAX give a status.");
    const size_t most = FC_BUFFER_MAX_LENGTH;
    static const uint16_t units[1] = { 'a' };
    static const uint8_t bytes[1] = { 'a' };
    char text[8];
    fc_buffer out = { .length = 77 };
    fc_decoder decoder;
    size_t written = 77;
    fc_view parts[] = { fc_view_of(bytes, most), fc_view_of(bytes, SIZE_MAX) };
    ck_assert_int_eq(fc_view_concat(&out, parts, 2), FC_ERR_BUFFER_TOO_LARGE);
    fc_view third = fc_view_of(bytes, SIZE_MAX / 3);
    ck_assert_int_eq(fc_view_inspect(&out, third, SIZE_MAX), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_buffer_from_text(&out, fc_text_utf16(units, most), FC_ENCODING_UTF16LE),
                     FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_buffer_alloc_fill(&out, most + 1, fc_view_of(NULL, 0)),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_view_write_utf8(&written, text, 8, parts[0], FC_ENCODING_BASE64),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_uint_eq(out.length + written, 2 * 77);
    ck_assert_int_eq(fc_decoder_init(&decoder, FC_ENCODING_BASE64), FC_OK);
    ck_assert_uint_eq(fc_decoder_bound(&decoder, SIZE_MAX / 4), SIZE_MAX / 4 / 3 * 4);
    ck_assert_uint_eq(fc_decoder_bound(&decoder, SIZE_MAX / 4 + 1), SIZE_MAX);
    ck_assert_int_eq(fc_decoder_write_utf8(&written, text, 8, &decoder, fc_view_of(bytes, 1)),
                     FC_OK);
    ck_assert_uint_eq(fc_decoder_bound(&decoder, SIZE_MAX), SIZE_MAX);
}
END_TEST

/* An allocator that has headers to give but nothing huge, and no request wraps on the way to it. */
struct modest {
    struct fct_allocator counting;
    fc_allocator base;
    size_t asked;
};

static void *modest_alloc(void *context, size_t size, size_t alignment, unsigned flags)
{
    struct modest *modest = context;
    if (size > (size_t)1 << 20) {
        modest->asked = size;
        return NULL;
    }
    return modest->counting.base.alloc(&modest->counting, size, alignment, flags);
}

static void modest_release(void *context, void *address, size_t size, size_t alignment)
{
    struct modest *modest = context;
    modest->counting.base.release(&modest->counting, address, size, alignment);
}

START_TEST(huge_lengths_take_nothing_from_an_allocator)
{
    PROMISE("F7", "Sizes near SIZE_MAX and PTRDIFF_MAX give a status.");
    size_t n = huge[_i];
    for (size_t alignment = 1; alignment <= (size_t)1 << 30; alignment *= 2) {
        struct modest modest = { .base = { modest_alloc, modest_release, &modest } };
        fc_buffer out = { .length = 77 };
        fct_allocator_init(&modest.counting);
        fc_alloc_options options = { .size = sizeof options,
                                     .alignment = alignment,
                                     .allocator = &modest.base };
        ck_assert_int_eq(fc_buffer_alloc_with(&out, n, &options), status_of_huge(n));
        ck_assert_uint_eq(out.length, 77);
        ck_assert_uint_eq(modest.counting.live, 0);
        ck_assert(n > FC_BUFFER_MAX_LENGTH ? modest.counting.total == 0
                                           : modest.asked == 0 || modest.asked >= n);
    }
}
END_TEST

/* The memory that is wrapped is never touched: its length is only said. */
START_TEST(huge_wraps_can_be_handled_but_not_cloned)
{
    uint8_t value = 77, *address = &value, byte = 5;
    PROMISE("F7", "Sizes near SIZE_MAX and PTRDIFF_MAX give a status.");
    size_t n = huge[_i];
    fc_buffer b = FC_BUFFER_INIT, out = { .length = 77 };
    fc_status status = n > FC_BUFFER_MAX_LENGTH ? FC_ERR_OUT_OF_RANGE : FC_OK;
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, &byte, n, NULL, NULL), status);
    if (status == FC_OK) {
        fc_buffer last = fc_buffer_slice(&b, -1, FC_END), snapshot = fct_snapshot(&b);
        ck_assert_uint_eq(fc_buffer_offset(&last), n - 1);
        ck_assert_uint_eq(fc_buffer_retained_bytes(&last), n);
        ck_assert_int_eq(fc_buffer_get(&value, &b, n), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_set(&b, SIZE_MAX, 1), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_write(&b, n, &value, 1), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_set(&b, 0, 1), FC_ERR_NO_MEMORY);
        ck_assert_int_eq(fc_buffer_begin_write(&address, &last), FC_ERR_NO_MEMORY);
        ck_assert_int_eq(fc_buffer_unshare(&snapshot), FC_ERR_NO_MEMORY);
        ck_assert_int_eq(fc_buffer_copy(&out, &b), FC_ERR_NO_MEMORY);
        ck_assert_int_eq(fc_buffer_compact(&snapshot), FC_ERR_NO_MEMORY);
        ck_assert_ptr_eq(fc_buffer_data(&b), &byte);
        ck_assert_uint_eq(fct_get(&b, 0), 5);
        fc_buffer_release(&b), fc_buffer_release(&last), fc_buffer_release(&snapshot);
    }
    ck_assert_uint_eq(out.length, 77);
    ck_assert_uint_eq(value, 77);
    ck_assert_ptr_eq(address, &value);
}
END_TEST

/* A bit of everything, failures and large blocks too. */
static void work_out(void)
{
    static const size_t sizes[] = { 1, 100, 5000, SIZE, 3 << 20, 9 << 20 };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        fc_buffer b = fct_make(sizes[i]), copy = FC_BUFFER_INIT, zeroes = FC_BUFFER_INIT;
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&b, 0, 1);
        ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
        ck_assert_int_eq(fc_buffer_alloc(&zeroes, sizes[i]), FC_OK);
        ck_assert_int_eq(fc_buffer_freeze(&snapshot), FC_OK);
        ck_assert_int_eq(fc_buffer_set(&snapshot, 0, 1), FC_ERR_FROZEN);
        ck_assert_int_eq(fc_buffer_set(&b, sizes[i], 1), FC_ERR_OUT_OF_RANGE);
        fc_buffer_narrow(&copy, 0, 1);
        ck_assert_int_eq(fc_buffer_compact(&copy), FC_OK);
        fc_buffer_release(&b), fc_buffer_release(&copy);
        fc_buffer_release(&zeroes), fc_buffer_release(&snapshot);
        ck_assert_int_eq(fc_buffer_read_file(&b, "/nonexistent/fc_buffer"), FC_ERR_SYSTEM);
        ck_assert_int_eq(fc_buffer_read_file(&b, "/proc/self/maps"), FC_OK);
        fc_buffer_release(&b);
        ck_assert_int_eq(fc_buffer_alloc(&b, SIZE_MAX), FC_ERR_OUT_OF_RANGE);
    }
}

static size_t count_threads(void)
{
    size_t threads = 0;
    DIR *tasks = opendir("/proc/self/task");
    ck_assert_ptr_nonnull(tasks);
    for (const struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) {
        threads += entry->d_name[0] != '.';
    }
    (void)closedir(tasks);
    return threads;
}

START_TEST(no_thread_is_started)
{
    PROMISE("F8",
            "The library prints nothing, reads no environment, installs no signal handler and "
            "starts no thread.");
    size_t before = count_threads();
    work_out();
    ck_assert_uint_eq(count_threads(), before);
}
END_TEST

START_TEST(no_signal_handler_is_installed)
{
    PROMISE("F8",
            "The library prints nothing, reads no environment, installs no signal handler and "
            "starts no thread.");
    struct sigaction before[65], after;
    sigset_t blocked_before, blocked_after;
    memset(before, 0, sizeof before);
    ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &blocked_before), 0);
    for (int i = 1; i < 65; i++) {
        (void)sigaction(i, NULL, &before[i]);
    }
    work_out();
    for (int i = 1; i < 65; i++) {
        if (sigaction(i, NULL, &after) == 0) {
            ck_assert_msg(after.sa_handler == before[i].sa_handler, "signal %d", i);
            ck_assert_int_eq(after.sa_flags, before[i].sa_flags);
        }
    }
    ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &blocked_after), 0);
    for (int i = 1; i < 65; i++) {
        ck_assert_int_eq(sigismember(&blocked_after, i), sigismember(&blocked_before, i));
    }
}
END_TEST

START_TEST(nothing_is_printed)
{
    PROMISE("F8",
            "The library prints nothing, reads no environment, installs no signal handler and "
            "starts no thread.");
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    (void)fflush(NULL);
    int out = dup(1), err = dup(2);
    ck_assert(dup2(fileno(file), 1) == 1 && dup2(fileno(file), 2) == 2);
    work_out();
    (void)fflush(stdout);
    off_t printed = lseek(fileno(file), 0, SEEK_END);
    ck_assert(dup2(out, 1) == 1 && dup2(err, 2) == 2);
    (void)close(out), (void)close(err), (void)fclose(file);
    ck_assert_int_eq(printed, 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: limits");
    TCase *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, have_less_than_a_gigabyte, fct_assert_nothing_alive);
    tcase_set_timeout(limits, 300);
    tcase_add_test(limits, numbers_of_statuses_are_pinned);
    tcase_add_test(limits, unknown_numbers_have_a_name_too);
    tcase_add_loop_test(limits, huge_lengths_give_a_status, 0, HUGE_LENGTHS);
    tcase_add_test(limits, huge_views_give_a_status);
    tcase_add_loop_test(limits, lengths_over_the_limit_make_nothing, 0, 5);
    tcase_add_loop_test(limits, huge_lengths_take_nothing_from_an_allocator, 0, HUGE_LENGTHS);
    tcase_add_loop_test(limits, huge_wraps_can_be_handled_but_not_cloned, 0, HUGE_LENGTHS);
    tcase_add_test(limits, no_thread_is_started);
    tcase_add_test(limits, no_signal_handler_is_installed);
    tcase_add_test(limits, nothing_is_printed);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
