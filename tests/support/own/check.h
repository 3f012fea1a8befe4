/* SPDX-License-Identifier: MIT */

/* As much of Check as these tests use, for builds that cannot have it: under MemorySanitizer every
 * library must be instrumented, and some systems have no Check. `configure --with-check=own`. Each
 * test runs in a child process, or with CK_FORK=no all in one, where the first failure is the last.
 * CK_RUN_CASE names the one case that is run. */
#ifndef FCT_OWN_CHECK_H
#define FCT_OWN_CHECK_H

#include <stdint.h>
#include <string.h>

typedef struct TCase TCase;
typedef struct Suite Suite;
typedef struct SRunner SRunner;

#define START_TEST(name) static void name(__attribute__((unused)) int _i)
#define END_TEST

TCase *tcase_create(const char *name);
void tcase_set_timeout(TCase *tcase, double seconds);
/* Both may be NULL; they run in the test's process, before and after it. */
void tcase_add_checked_fixture(TCase *tcase, void (*setup)(void), void (*teardown)(void));
/* `test` runs with each number from `first` on, below `end`; it ends by `signal`, or returns if 0.
 */
void fct_add_test(TCase *tcase, const char *name, void (*test)(int), int signal, int first,
                  int end);
#define tcase_add_test(tcase, test) fct_add_test((tcase), #test, (test), 0, 0, 1)
#define tcase_add_loop_test(tcase, test, first, end)                                               \
    fct_add_test((tcase), #test, (test), 0, (first), (end))
#define tcase_add_loop_test_raise_signal(tcase, test, signal, first, end)                          \
    fct_add_test((tcase), #test, (test), (signal), (first), (end))

Suite *suite_create(const char *name);
void suite_add_tcase(Suite *suite, TCase *tcase);

enum print_output { CK_ENV };
SRunner *srunner_create(Suite *suite);
void srunner_run_all(SRunner *runner, enum print_output verbosity);
int srunner_ntests_failed(const SRunner *runner);
/* Frees the suite and its cases too. */
void srunner_free(SRunner *runner);

/* Says where and what, with `format` if it is not NULL, and ends the process. The fuzz targets have
 * one of their own. */
_Noreturn void _ck_assert_failed(const char *file, int line, const char *what, const char *format,
                                 ...) __attribute__((format(printf, 4, 5)));

#define ck_assert_msg(condition, ...)                                                              \
    ((condition) ? (void)0 : _ck_assert_failed(__FILE__, __LINE__, #condition, __VA_ARGS__))
#define ck_assert(condition) ck_assert_msg(condition, NULL)
#define ck_abort_msg(...) _ck_assert_failed(__FILE__, __LINE__, "", __VA_ARGS__)

#define FCT_COMPARE(type, form, left, is, right)                                                   \
    do {                                                                                           \
        type left_ = (left);                                                                       \
        type right_ = (right);                                                                     \
        ck_assert_msg(left_ is right_, "%s " #is " %s: " form ", " form, #left, #right, left_,     \
                      right_);                                                                     \
    } while (0)

#define ck_assert_int_eq(left, right) FCT_COMPARE(intmax_t, "%jd", left, ==, right)
#define ck_assert_int_ne(left, right) FCT_COMPARE(intmax_t, "%jd", left, !=, right)
#define ck_assert_int_lt(left, right) FCT_COMPARE(intmax_t, "%jd", left, <, right)
#define ck_assert_int_gt(left, right) FCT_COMPARE(intmax_t, "%jd", left, >, right)
#define ck_assert_int_ge(left, right) FCT_COMPARE(intmax_t, "%jd", left, >=, right)
#define ck_assert_uint_eq(left, right) FCT_COMPARE(uintmax_t, "%ju", left, ==, right)
#define ck_assert_uint_ne(left, right) FCT_COMPARE(uintmax_t, "%ju", left, !=, right)
#define ck_assert_uint_lt(left, right) FCT_COMPARE(uintmax_t, "%ju", left, <, right)
#define ck_assert_uint_le(left, right) FCT_COMPARE(uintmax_t, "%ju", left, <=, right)
#define ck_assert_uint_gt(left, right) FCT_COMPARE(uintmax_t, "%ju", left, >, right)
#define ck_assert_uint_ge(left, right) FCT_COMPARE(uintmax_t, "%ju", left, >=, right)
#define ck_assert_ptr_eq(left, right) FCT_COMPARE(const void *, "%p", left, ==, right)
#define ck_assert_ptr_ne(left, right) FCT_COMPARE(const void *, "%p", left, !=, right)
#define ck_assert_ptr_null(pointer) ck_assert_ptr_eq(pointer, NULL)
#define ck_assert_ptr_nonnull(pointer) ck_assert_ptr_ne(pointer, NULL)

#define FCT_COMPARE_TEXT(left, is, right)                                                          \
    do {                                                                                           \
        const char *left_ = (left), *right_ = (right);                                             \
        ck_assert_msg(strcmp(left_, right_) is 0, "\"%s\" and \"%s\"", left_, right_);             \
    } while (0)
#define ck_assert_str_eq(left, right) FCT_COMPARE_TEXT(left, ==, right)
#define ck_assert_str_ne(left, right) FCT_COMPARE_TEXT(left, !=, right)
#define ck_assert_mem_eq(left, right, length) ck_assert(memcmp((left), (right), (length)) == 0)

#endif
