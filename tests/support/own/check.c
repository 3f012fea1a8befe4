/* SPDX-License-Identifier: MIT */

#include "check.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The status of a child whose test has returned: a test that leaves by exit has not. */
#define RETURNED 42
#define SECONDS 60

struct test {
    const char *name;
    void (*function)(int);
    int signal, first, end;
    struct test *next;
};

struct TCase {
    const char *name;
    void (*setup)(void), (*teardown)(void);
    unsigned seconds;
    struct test *tests, **last;
    TCase *next;
};

struct Suite {
    const char *name;
    TCase *cases, **last;
};

struct SRunner {
    Suite *suite;
    int run, failed;
    bool fork;
};

static void *make(size_t size)
{
    void *made = calloc(1, size);
    if (made == NULL) {
        abort();
    }
    return made;
}

TCase *tcase_create(const char *name)
{
    TCase *tcase = make(sizeof *tcase);
    tcase->name = name;
    tcase->seconds = SECONDS;
    tcase->last = &tcase->tests;
    return tcase;
}

void tcase_set_timeout(TCase *tcase, double seconds)
{
    tcase->seconds = (unsigned)seconds;
}

void tcase_add_checked_fixture(TCase *tcase, void (*setup)(void), void (*teardown)(void))
{
    tcase->setup = setup;
    tcase->teardown = teardown;
}

void fct_add_test(TCase *tcase, const char *name, void (*test)(int), int signal, int first, int end)
{
    struct test *added = make(sizeof *added);
    *added = (struct test){ name, test, signal, first, end, NULL };
    *tcase->last = added;
    tcase->last = &added->next;
}

Suite *suite_create(const char *name)
{
    Suite *suite = make(sizeof *suite);
    suite->name = name;
    suite->last = &suite->cases;
    return suite;
}

void suite_add_tcase(Suite *suite, TCase *tcase)
{
    *suite->last = tcase;
    suite->last = &tcase->next;
}

SRunner *srunner_create(Suite *suite)
{
    const char *fork = getenv("CK_FORK");
    SRunner *runner = make(sizeof *runner);
    runner->suite = suite;
    runner->fork = fork == NULL || strcmp(fork, "no") != 0;
    return runner;
}

_Noreturn void _ck_assert_failed(const char *file, int line, const char *what, const char *format,
                                 ...)
{
    (void)printf("%s:%d: %s", file, line, what);
    if (format != NULL) {
        va_list arguments;
        va_start(arguments, format);
        (void)fputs(": ", stdout);
        (void)vprintf(format, arguments);
        va_end(arguments);
    }
    (void)putchar('\n');
    exit(EXIT_FAILURE);
}

static void run_here(const TCase *tcase, const struct test *test, int i)
{
    if (tcase->setup != NULL) {
        tcase->setup();
    }
    test->function(i);
    if (tcase->teardown != NULL) {
        tcase->teardown();
    }
}

/* Whether it ended as it should. The alarm ends a test that takes too long. */
static bool run_in_child(const TCase *tcase, const struct test *test, int i)
{
    int end = 0;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)alarm(tcase->seconds);
        run_here(tcase, test, i);
        exit(RETURNED);
    }
    if (child < 0 || waitpid(child, &end, 0) != child) {
        return false;
    }
    bool good = test->signal == 0 ? WIFEXITED(end) && WEXITSTATUS(end) == RETURNED
                                  : WIFSIGNALED(end) && WTERMSIG(end) == test->signal;
    if (!good) {
        (void)printf("%s: %s, %d: %s %d\n", tcase->name, test->name, i,
                     WIFSIGNALED(end) ? "signal" : "status",
                     WIFSIGNALED(end) ? WTERMSIG(end) : WEXITSTATUS(end));
    }
    return good;
}

static void run_test(SRunner *runner, const TCase *tcase, const struct test *test)
{
    for (int i = test->first; i < test->end; i++) {
        if (runner->fork) {
            runner->failed += !run_in_child(tcase, test, i);
        } else if (test->signal == 0) {
            run_here(tcase, test, i);
        }
        runner->run++;
    }
}

void srunner_run_all(SRunner *runner, enum print_output verbosity)
{
    const char *only = getenv("CK_RUN_CASE");
    (void)verbosity;
    (void)printf("Running suite(s): %s\n", runner->suite->name);
    for (const TCase *tcase = runner->suite->cases; tcase != NULL; tcase = tcase->next) {
        for (const struct test *test = tcase->tests; test != NULL; test = test->next) {
            if (only == NULL || strcmp(only, tcase->name) == 0) {
                run_test(runner, tcase, test);
            }
        }
    }
    int good = runner->run - runner->failed;
    (void)printf("%d%%: Checks: %d, Failures: %d, Errors: 0\n",
                 runner->run == 0 ? 100 : good * 100 / runner->run, runner->run, runner->failed);
}

int srunner_ntests_failed(const SRunner *runner)
{
    return runner->failed;
}

void srunner_free(SRunner *runner)
{
    for (TCase *tcase = runner->suite->cases, *next; tcase != NULL; tcase = next) {
        for (struct test *test = tcase->tests, *after; test != NULL; test = after) {
            after = test->next;
            free(test);
        }
        next = tcase->next;
        free(tcase);
    }
    free(runner->suite);
    free(runner);
}
