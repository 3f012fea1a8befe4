/* SPDX-License-Identifier: MIT */

/* A file whose calls to the system fail, one after another: the status, the reason, no descriptor
 * left open, and nothing else. An interrupted read is made again. */

#include "base/common.h"

#include "calls.h"

#include "bytes.h"
#include "files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

FCT_WRAP(int, fcntl, -1, (int file, int what, int value), (file, what, value))
FCT_WRAP(int, fstat, -1, (int file, struct stat *about), (file, about))
FCT_WRAP(int, open, -1, (const char *name, int flags, mode_t mode), (name, flags, mode))
FCT_WRAP(ssize_t, read, -1, (int file, void *to, size_t length), (file, to, length))

#define SIZE FCT_SHARED_SIZE

typedef fc_status make_fn(fc_buffer *out, const char *path);
static make_fn *const makes[] = { (fc_buffer_read_file), (fc_buffer_map_file) };

static char path[sizeof "check_file_calls.XXXXXX"];

static void make_file(void)
{
    fc_buffer b = fct_make(SIZE);
    strcpy(path, "check_file_calls.XXXXXX");
    fct_make_file(path, fc_buffer_data(&b), SIZE);
    fc_buffer_release(&b);
}

static void remove_file(void)
{
    ck_assert_int_eq(unlink(path), 0);
    fct_assert_nothing_alive();
}

/* Where calls fail: the reason, or all bytes. Mapped is what needs no call but one that failed. */
static void make_with(make_fn *make, const char *call, size_t after, int reason, bool serves)
{
    fc_buffer out = { .length = 77 };
    int descriptor = fct_lowest_free_descriptor();
    fct_fault = (struct fct_fault){ .call = call, .after = after, .reason = reason, .armed = true };
    fc_status status = make(&out, path);
    fct_fault.armed = false;
    ck_assert_int_eq(fct_lowest_free_descriptor(), descriptor);
    if (serves) {
        ck_assert_int_eq(status, FC_OK);
        ck_assert_uint_eq(fc_buffer_length(&out), SIZE);
        fct_assert_pattern(&out, 0, FCT_NONE);
        fc_buffer_release(&out);
    } else {
        ck_assert_int_eq(status, FC_ERR_SYSTEM);
        ck_assert_int_eq(errno, reason);
        ck_assert_uint_eq(out.length, 77);
    }
}

START_TEST(call_that_fails_is_told)
{
    fct_whole_blocks();
    for (size_t i = 0; i < 2; i++) {
        make_with(makes[i], "open", 0, EMFILE, false);
        make_with(makes[i], "fstat", 0, EIO, false);
    }
    make_with(fc_buffer_read_file, "read", 0, EIO, false);
    make_with(fc_buffer_read_file, "read", 1, EIO, false);
}
END_TEST

START_TEST(interrupted_read_is_made_again)
{
    fct_whole_blocks();
    make_with(fc_buffer_read_file, "read", 0, EINTR, true);
    make_with(fc_buffer_read_file, "read", 1, EINTR, true);
}
END_TEST

/* What cannot be mapped is read. */
START_TEST(file_that_cannot_be_mapped_is_read)
{
    make_with(fc_buffer_map_file, "fcntl", 0, EMFILE, true);
    make_with(fc_buffer_map_file, "read", SIZE_MAX, 0, true);
}
END_TEST

START_TEST(what_is_no_file_of_bytes_is_not_mapped)
{
    fc_buffer out = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_map_file(&out, "/dev/null"), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&out), 0);
    ck_assert_int_eq(fc_buffer_map_file(&out, "."), FC_ERR_SYSTEM);
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_int_eq(fc_buffer_map_file(&out, "/proc/self/maps"), FC_OK);
    ck_assert_uint_gt(fc_buffer_length(&out), 100);
    fc_buffer_release(&out);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/file_calls");
    TCase *calls = tcase_create("failing calls");
    tcase_add_checked_fixture(calls, make_file, remove_file);
    tcase_add_test(calls, call_that_fails_is_told);
    tcase_add_test(calls, interrupted_read_is_made_again);
    tcase_add_test(calls, file_that_cannot_be_mapped_is_read);
    tcase_add_test(calls, what_is_no_file_of_bytes_is_not_mapped);
    suite_add_tcase(suite, calls);
    return suite;
}

int main(void)
{
    return FCT_WRAPS ? fct_main(make_suite) : 77;
}
