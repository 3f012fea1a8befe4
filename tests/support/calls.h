/* SPDX-License-Identifier: MIT */

/* Calls to the system that fail when a test says so. The linker puts those that are defined with
 * FCT_WRAP in the place of the system's: --wrap in tests/Makemodule.am. */
#ifndef FCT_CALLS_H
#define FCT_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

/* Of the calls of this name, or of all, the first `after` succeed; then one fails, or all do. Those
 * of the other name all fail. */
struct fct_fault {
    const char *call; /* NULL: any */
    size_t after;
    bool forever;
    int reason;        /* errno */
    const char *other; /* NULL: none */
    bool armed;
    size_t made; /* how many there were */
};
static struct fct_fault fct_fault;

/* The sanitizers' libraries make some of these calls themselves before there is anything that they
 * could look at. */
#ifndef __clang__
#define FCT_UNCHECKED
#elif __has_feature(thread_sanitizer)
#define FCT_UNCHECKED __attribute__((disable_sanitizer_instrumentation))
#else
#define FCT_UNCHECKED __attribute__((no_sanitize("memory")))
#endif

FCT_UNCHECKED static inline bool fct_call_fails(const char *call)
{
    struct fct_fault *fault = &fct_fault;
    if (!fault->armed) {
        return false;
    }
    bool fails = fault->other != NULL && strcmp(fault->other, call) == 0;
    if (fault->call == NULL || strcmp(fault->call, call) == 0) {
        size_t before = fault->made++;
        fails |= fault->forever ? before >= fault->after : before == fault->after;
    }
    if (fails) {
        errno = fault->reason;
    }
    return fails;
}

/* A program for 32 bits may call some of them by other names: its main then says 77, skipped. */
#define FCT_WRAPS (sizeof(off_t) == sizeof(long))

/* The system's, and what stands in its place. */
#define FCT_WRAPPED(type, call, parameters)                                                        \
    type __real_##call parameters;                                                                 \
    type __wrap_##call parameters;

#define FCT_WRAP(type, call, failure, parameters, arguments)                                       \
    FCT_WRAPPED(type, call, parameters)                                                            \
    FCT_UNCHECKED type __wrap_##call parameters                                                    \
    {                                                                                              \
        return fct_call_fails(#call) ? failure : __real_##call arguments;                          \
    }

#endif
