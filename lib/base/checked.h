/* SPDX-License-Identifier: MIT */

/* Arithmetic on lengths that cannot wrap. Every sum, product and rounding of sizes that nobody has
 * limited before goes through here. Plain C, without builtins or attributes, so that it can be
 * proved. What has an `out` returns false, and leaves *out alone, where the true result does not
 * fit. */
#ifndef FCI_BASE_CHECKED_H
#define FCI_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool fci_size_add(size_t *out, size_t a, size_t b)
{
    if (a > SIZE_MAX - b) {
        return false;
    }
    *out = a + b;
    return true;
}

static inline bool fci_size_mul(size_t *out, size_t a, size_t b)
{
    if (b != 0 && a > SIZE_MAX / b) {
        return false;
    }
    *out = a * b;
    return true;
}

/* The next multiple of a step, which is not 0. */
static inline bool fci_size_round_up(size_t *out, size_t size, size_t step)
{
    size_t raised = 0;
    if (!fci_size_add(&raised, size, step - 1)) {
        return false;
    }
    *out = raised - raised % step;
    return true;
}

static inline size_t fci_size_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline bool fci_size_is_power_of_two(size_t size)
{
    return size != 0 && (size & (size - 1)) == 0;
}

/* Whether [offset, offset + length) lies in [0, whole), without ever making the sum. */
static inline bool fci_range_fits(size_t whole, size_t offset, size_t length)
{
    return offset <= whole && length <= whole - offset;
}

#endif
