/* SPDX-License-Identifier: MIT */

/* What the arithmetic of sizes and positions promises, for Frama-C's WP plug-in: contracts in front
 * of the very functions that the library is built from. The sums in the contracts are those of mathematics and
 * do not wrap. `make check-proof` proves each for all arguments. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*@ requires \valid(out);
    assigns *out;
    ensures \result <==> a + b <= SIZE_MAX;
    ensures \result ==> *out == a + b;
    ensures !\result ==> *out == \old(*out);
*/
static inline bool fci_size_add(size_t *out, size_t a, size_t b);

/*@ requires \valid(out);
    assigns *out;
    ensures \result <==> a * b <= SIZE_MAX;
    ensures \result ==> *out == a * b;
    ensures !\result ==> *out == \old(*out);
*/
static inline bool fci_size_mul(size_t *out, size_t a, size_t b);

/*@ requires \valid(out);
    requires step > 0;
    assigns *out;
    ensures \result <==> size + step - 1 <= SIZE_MAX;
    ensures \result ==> size <= *out < size + step && *out % step == 0;
    ensures !\result ==> *out == \old(*out);
*/
static inline bool fci_size_round_up(size_t *out, size_t size, size_t step);

/*@ assigns \nothing;
    ensures \result <= a && \result <= b && (\result == a || \result == b);
*/
static inline size_t fci_size_min(size_t a, size_t b);

/*@ assigns \nothing;
    ensures \result ==> size > 0;
*/
static inline bool fci_size_is_power_of_two(size_t size);

/*@ assigns \nothing;
    ensures \result <==> offset + length <= whole;
*/
static inline bool fci_range_fits(size_t whole, size_t offset, size_t length);

#include "base/checked.h"

/*@ assigns \nothing;
    ensures \result <= length;
    ensures position >= 0 ==> \result == \min(position, length);
    ensures position < 0 ==> \result == \max(0, length + position);
*/
size_t fc_position_clamp(ptrdiff_t position, size_t length);

#include <fc_buffer/base.h>

/*@ assigns \nothing;
    ensures \result.bytes == bytes && \result.length == length;
*/
extern inline fc_view fc_view_of(const void *bytes, size_t length);

/*@ requires view.length <= PTRDIFF_MAX;
    assigns \nothing;
    ensures \let first = begin < 0 ? \max(0, view.length + begin) : \min(begin, view.length);
            \let last = end < 0 ? \max(0, view.length + end) : \min(end, view.length);
            \result.length == \max(0, last - first) &&
            (\result.length > 0 ==> \result.bytes == view.bytes + first);
*/
extern inline fc_view fc_view_slice(fc_view view, ptrdiff_t begin, ptrdiff_t end);
