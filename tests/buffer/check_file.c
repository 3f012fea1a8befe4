/* SPDX-License-Identifier: MIT */

/* fc_buffer_read_file: files of every interesting size, files whose size the system does not know
 * or knows wrongly, pipes that come in pieces, and every way to fail. */

#include "base/common.h"

#include <fc_buffer/buffer.h>

#include "base/state.h"

#include "bytes.h"
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A directory for one test, and in it a name. */
static char directory[64], path[80];

static void make_directory(void)
{
    (void)snprintf(directory, sizeof directory, "check_file.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/file", directory);
}

static void remove_directory(void)
{
    (void)unlink(path);
    ck_assert_int_eq(rmdir(directory), 0);
    fct_assert_nothing_alive();
}

static void write_all(int file, const uint8_t *bytes, size_t length)
{
    while (length != 0) {
        ssize_t put = write(file, bytes, length);
        ck_assert_int_gt(put, 0);
        bytes += put;
        length -= (size_t)put;
    }
}

/* A file of `length` bytes of the pattern. */
static void make_file(size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ck_assert_int_ge(file, 0);
    if (length != 0) {
        fc_buffer b = fct_make(length);
        write_all(file, fc_buffer_data(&b), length);
        fc_buffer_release(&b);
    }
    ck_assert_int_eq(close(file), 0);
}

/* Just the bytes of the pattern, owned by nobody else, in a block of just that size. */
static void assert_read(const fc_buffer *b, size_t length)
{
    ck_assert_uint_eq(fc_buffer_length(b), length);
    ck_assert_uint_eq(fc_buffer_offset(b), 0);
    ck_assert_int_eq(fc_buffer_is_unique(b), length != 0);
    ck_assert_uint_ge(fc_buffer_retained_bytes(b), length);
    ck_assert_uint_le(fc_buffer_retained_bytes(b), length + (fct_paged_always() ? 8192 : 256));
    fct_assert_pattern(b, 0, FCT_NONE);
}

static const size_t file_sizes[] = { 0,     1,     4095,  4096,  4097,
                                     65535, 65536, 65537, 69632, (5 << 20) + 3 };
#define FILE_SIZES ((int)(sizeof file_sizes / sizeof file_sizes[0]))

START_TEST(regular_file_is_read_whole)
{
    fc_buffer b = FC_BUFFER_INIT;
    make_file(file_sizes[_i]);
    int descriptor = fct_lowest_free_descriptor();
    ck_assert_int_eq(fc_buffer_read_file(&b, path), FC_OK);
    ck_assert_int_eq(fct_lowest_free_descriptor(), descriptor);
    assert_read(&b, file_sizes[_i]);
    fc_buffer_release(&b);
}
END_TEST

/* Feeds a FIFO in pieces from a child process, and reads it as a file. */
static void read_fifo(size_t length, size_t piece)
{
    fc_buffer b = FC_BUFFER_INIT;
    int end = 0;
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    fc_buffer source = length == 0 ? (fc_buffer)FC_BUFFER_INIT : fct_make(length);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        int file = open(path, O_WRONLY | O_CLOEXEC);
        for (size_t done = 0; done < length; done += piece) {
            size_t part = piece < length - done ? piece : length - done;
            if (write(file, fc_buffer_data(&source) + done, part) != (ssize_t)part) {
                _exit(1);
            }
        }
        _exit(0);
    }
    ck_assert_int_eq(fc_buffer_read_file(&b, path), FC_OK);
    ck_assert_int_eq(waitpid(child, &end, 0), child);
    ck_assert_int_eq(end, 0);
    ck_assert_int_eq(unlink(path), 0);
    assert_read(&b, length);
    fc_buffer_release(&b), fc_buffer_release(&source);
}

START_TEST(fifo_is_read_to_its_end)
{
    /* Around the first guess, around what the probe behind it holds, and far past both. */
    static const size_t lengths[] = { 0,     1,     977,          65535,        65536,
                                      65537, 69631, 65536 + 4096, 65536 + 4097, 1000003 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        read_fifo(lengths[i], _i == 0 ? 997 : 4096);
    }
}
END_TEST

START_TEST(file_of_unknown_size_is_read_whole)
{
    fc_buffer b = FC_BUFFER_INIT;
    struct stat about;
    ck_assert_int_eq(stat("/proc/self/maps", &about), 0);
    ck_assert_int_eq(about.st_size, 0);
    ck_assert_int_eq(fc_buffer_read_file(&b, "/proc/self/maps"), FC_OK);
    size_t length = fc_buffer_length(&b);
    ck_assert_uint_gt(length, 100);
    ck_assert_uint_eq(fct_get(&b, length - 1), '\n');
    ck_assert_ptr_null(memchr(fc_buffer_data(&b), 0, length));
    ck_assert(fc_buffer_is_unique(&b));
    ck_assert_uint_le(fc_buffer_retained_bytes(&b), length + (fct_paged_always() ? 8192 : 256));
    fc_buffer_release(&b);
}
END_TEST

START_TEST(file_shorter_than_its_size_is_read_to_its_end)
{
    /* Files of sysfs say 4096 and hold a line. */
    static const char *const name = "/sys/kernel/mm/transparent_hugepage/enabled";
    fc_buffer b = FC_BUFFER_INIT;
    struct stat about;
    if (stat(name, &about) != 0 || fc_buffer_read_file(&b, name) != FC_OK) {
        return;
    }
    ck_assert_uint_gt(fc_buffer_length(&b), 0);
    ck_assert_int_lt((off_t)fc_buffer_length(&b), about.st_size);
    ck_assert_uint_le(fc_buffer_retained_bytes(&b), fc_buffer_length(&b) + 256);
    ck_assert(fc_buffer_is_unique(&b));
    fc_buffer_release(&b);
}
END_TEST

/* A read that fails: the status, the reason, and nothing else. */
static void refuse(const char *name, int reason)
{
    fc_buffer sentinel = { .arena = (fc_arena *)(uintptr_t)0x10, .offset = 3, .length = 5 };
    fc_buffer out = sentinel;
    int descriptor = fct_lowest_free_descriptor();
    errno = 0;
    ck_assert_int_eq(fc_buffer_read_file(&out, name), FC_ERR_SYSTEM);
    ck_assert_int_eq(errno, reason);
    ck_assert_int_eq(memcmp(&out, &sentinel, sizeof out), 0);
    ck_assert_int_eq(fct_lowest_free_descriptor(), descriptor);
    ck_assert_uint_eq(fct_alive(), 0);
}

START_TEST(file_that_cannot_be_read_says_why)
{
    refuse(path, ENOENT);
    refuse("", ENOENT);
    refuse(directory, EISDIR);
    make_file(10);
    char below[100];
    (void)snprintf(below, sizeof below, "%s/below", path);
    refuse(below, ENOTDIR);
    /* Who may do everything is refused nothing. */
    if (geteuid() != 0) {
        ck_assert_int_eq(chmod(path, 0), 0);
        refuse(path, EACCES);
    }
}
END_TEST

START_TEST(every_failed_allocation_is_no_memory)
{
    fct_whole_blocks();
    static const size_t lengths[] = { 10, 5000, 70000, (3 << 20) + 1 };
    make_file(lengths[_i]);
    int descriptor = fct_lowest_free_descriptor();
    const char *names[] = { path, "/proc/self/maps" };
    for (size_t i = 0; i < 2; i++) {
        fc_buffer out = { .length = 77 };
        fc_status status = FC_ERR_NO_MEMORY;
        int failures = 0;
        for (; status != FC_OK; failures++) {
            fci_state_failure = (struct fci_failure){ .countdown = failures, .forever = 0 };
            status = fc_buffer_read_file(&out, names[i]);
            ck_assert(status == FC_OK || status == FC_ERR_NO_MEMORY);
            ck_assert(status == FC_OK || (out.length == 77 && fct_alive() == 0));
            ck_assert_int_eq(fct_lowest_free_descriptor(), descriptor);
        }
        fci_state_failure.countdown = -1;
        ck_assert_int_ge(failures, 2);
        fc_buffer_release(&out);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/file");
    TCase *file = tcase_create("file");
    tcase_add_checked_fixture(file, make_directory, remove_directory);
    tcase_set_timeout(file, 300);
    tcase_add_loop_test(file, regular_file_is_read_whole, 0, FILE_SIZES);
    tcase_add_loop_test(file, fifo_is_read_to_its_end, 0, 2);
    tcase_add_test(file, file_of_unknown_size_is_read_whole);
    tcase_add_test(file, file_shorter_than_its_size_is_read_to_its_end);
    tcase_add_test(file, file_that_cannot_be_read_says_why);
    tcase_add_loop_test(file, every_failed_allocation_is_no_memory, 0, 4);
    suite_add_tcase(suite, file);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
