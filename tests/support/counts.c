/* SPDX-License-Identifier: MIT */

/* Linked into the programs that tools/check-coverage.sh runs, and no others: a process that ends by
 * _exit or abort, as the children of tests do, writes what it has counted as one does that ends by
 * exit. */

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

void __gcov_dump(void);

_Noreturn void _exit(int status)
{
    __gcov_dump();
    for (;;) {
        (void)syscall(SYS_exit_group, status);
    }
}

/* abort goes on when it returns. */
static void write_counts(int signal_number)
{
    (void)signal_number;
    __gcov_dump();
}

__attribute__((constructor)) static void begin(void)
{
    (void)signal(SIGABRT, write_counts);
}
