/* SPDX-License-Identifier: MIT */

/* The few atomic operations that counts need, each with its memory order in its name. Built on the
 * compiler's builtins, because the words are plain integers in the public headers (C++ reads them).
 * There is no fence on purpose: ThreadSanitizer does not see one. */
#ifndef FCI_BASE_ATOMIC_H
#define FCI_BASE_ATOMIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline intptr_t fci_load_relaxed(const intptr_t *word)
{
    return __atomic_load_n(word, __ATOMIC_RELAXED);
}

static inline intptr_t fci_load_acquire(const intptr_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void fci_store_relaxed(intptr_t *word, intptr_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELAXED);
}

static inline void fci_store_release(intptr_t *word, intptr_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

static inline intptr_t fci_add_relaxed(intptr_t *word, intptr_t value)
{
    return __atomic_add_fetch(word, value, __ATOMIC_RELAXED);
}

static inline intptr_t fci_sub_release(intptr_t *word, intptr_t value)
{
    return __atomic_sub_fetch(word, value, __ATOMIC_RELEASE);
}

static inline void fci_counter_add(uint64_t *counter, uint64_t value)
{
    (void)__atomic_fetch_add(counter, value, __ATOMIC_RELAXED);
}

/* Stops at 0. */
static inline void fci_counter_take(uint64_t *counter, uint64_t value)
{
    uint64_t old = __atomic_load_n(counter, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(counter, &old, old > value ? old - value : 0, true,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
}

static inline void fci_counter_store(uint64_t *counter, uint64_t value)
{
    __atomic_store_n(counter, value, __ATOMIC_RELAXED);
}

static inline uint64_t fci_counter_load(const uint64_t *counter)
{
    return __atomic_load_n(counter, __ATOMIC_RELAXED);
}

#endif
