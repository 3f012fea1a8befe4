/* SPDX-License-Identifier: MIT */

/* A test names the promise of doc/contract.md that it proves: tests/tools/promises.test compares
 * the two word for word, both ways. */
#ifndef FCT_PROMISE_H
#define FCT_PROMISE_H

#define PROMISE(mark, sentence) ((void)sizeof(mark ": " sentence))

#endif
