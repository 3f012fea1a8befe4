/* SPDX-License-Identifier: MIT */

/* Three kinds of wrong. Wrong data is a status. A wrong caller is FCI_REQUIRE, and our own mistake
 * is FCI_ENSURE: both stop a checked build with file, line and condition, and cost nothing in a
 * release build. */
#ifndef FCI_BASE_CONTRACT_H
#define FCI_BASE_CONTRACT_H

#ifdef FC_CHECKS

/* Prints where and what to standard error, and what is known about the subject, and aborts. */
_Noreturn void fci_contract_stop(const char *file, int line, const char *what);

/* The arena that this thread has looked at last: what a stop is about. */
extern _Thread_local const void *fci_contract_subject;

/* Prints what a user's trace knows about a subject (buffer/trace.c); NULL where nobody traces. */
extern void (*fci_contract_tell)(const void *subject);

#define FCI_ABOUT(arena) ((void)(fci_contract_subject = (arena)))

#define FCI_REQUIRE(condition)                                                                     \
    ((condition) ? (void)0 : fci_contract_stop(__FILE__, __LINE__, "required: " #condition))
#define FCI_ENSURE(condition)                                                                      \
    ((condition) ? (void)0 : fci_contract_stop(__FILE__, __LINE__, "broken: " #condition))

#else

#define FCI_ABOUT(arena) ((void)(arena))
#define FCI_REQUIRE(condition) ((void)sizeof(condition))
#define FCI_ENSURE(condition) ((void)sizeof(condition))

#endif

#endif
