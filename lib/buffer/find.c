/* SPDX-License-Identifier: MIT */

/* Searching: positions as Node takes them in front of the kernels that search. */

#include "base/common.h"

#include "buffer/find.h"

#include <fc_buffer/search.h>

#include "kernels/kernels.h"

/* The units of two bytes in a range; an odd last byte belongs to none. */
static fc_view whole_units(fc_view view, size_t unit)
{
    return fc_view_of(view.bytes, view.length - view.length % unit);
}

/* Whether `from` counts from the end and lies before the start: then nothing ends a search there.
 */
static bool is_before(ptrdiff_t from, size_t length)
{
    return from < 0 && (size_t)0 - (size_t)from > length;
}

/* The place of a single byte, without the detour over a needle. */
static ptrdiff_t index_of_byte(fc_view hay, uint8_t value, ptrdiff_t from)
{
    size_t begin = fc_position_clamp(from, hay.length);
    size_t length = hay.length - begin;
    size_t found = fci_kernels()->find_byte(hay.bytes + begin, length, value);
    return found < length ? (ptrdiff_t)(begin + found) : -1;
}

static ptrdiff_t last_index_of_byte(fc_view hay, uint8_t value, ptrdiff_t from)
{
    size_t start = fc_position_clamp(from, hay.length);
    size_t length = start < hay.length ? start + 1 : hay.length;
    if (is_before(from, hay.length)) {
        return -1;
    }
    size_t found = fci_kernels()->find_byte_back(hay.bytes, length, value);
    return found < length ? (ptrdiff_t)found : -1;
}

static size_t find(fc_view hay, fc_view needle, size_t unit)
{
    const struct fci_kernels *kernels = fci_kernels();
    if (needle.length == 1) {
        return kernels->find_byte(hay.bytes, hay.length, needle.bytes[0]);
    }
    return kernels->find_bytes(hay.bytes, hay.length, needle.bytes, needle.length, unit);
}

static size_t find_back(fc_view hay, fc_view needle, size_t unit)
{
    const struct fci_kernels *kernels = fci_kernels();
    if (needle.length == 1) {
        return kernels->find_byte_back(hay.bytes, hay.length, needle.bytes[0]);
    }
    return kernels->find_bytes_back(hay.bytes, hay.length, needle.bytes, needle.length, unit);
}

/* Whether the needle fits is asked in bytes, an odd last one included, even where the search then
 * goes by units and ignores it: so does Node. */
static ptrdiff_t index_of(fc_view hay, fc_view needle, ptrdiff_t from, size_t unit)
{
    size_t begin = fc_position_clamp(from, hay.length);
    if (needle.length == 0) {
        return (ptrdiff_t)begin;
    }
    if (needle.length < unit || needle.length > hay.length - begin) {
        return -1;
    }
    begin -= begin % unit;
    hay = whole_units(fc_view_of(hay.bytes + begin, hay.length - begin), unit);
    size_t found = find(hay, whole_units(needle, unit), unit);
    return found < hay.length ? (ptrdiff_t)(begin + found) : -1;
}

static ptrdiff_t last_index_of(fc_view hay, fc_view needle, ptrdiff_t from, size_t unit)
{
    size_t start = fc_position_clamp(from, hay.length);
    if (needle.length == 0) {
        return (ptrdiff_t)start;
    }
    if (needle.length < unit || needle.length > hay.length || is_before(from, hay.length)) {
        return -1;
    }
    start -= start % unit;
    hay = whole_units(hay, unit);
    needle = whole_units(needle, unit);
    if (start < hay.length - needle.length) {
        hay.length = start + needle.length;
    }
    size_t found = find_back(hay, needle, unit);
    return found < hay.length ? (ptrdiff_t)found : -1;
}

ptrdiff_t fci_index_of(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return index_of(hay, needle, from, 1);
}

ptrdiff_t fci_last_index_of(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return last_index_of(hay, needle, from, 1);
}

ptrdiff_t fci_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return index_of(hay, needle, from, 2);
}

ptrdiff_t fci_last_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return last_index_of(hay, needle, from, 2);
}

ptrdiff_t fc_view_index_of(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fci_index_of(hay, needle, from);
}

ptrdiff_t fc_view_last_index_of(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fci_last_index_of(hay, needle, from);
}

ptrdiff_t fc_view_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fci_index_of_units(hay, needle, from);
}

ptrdiff_t fc_view_last_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from)
{
    return fci_last_index_of_units(hay, needle, from);
}

ptrdiff_t fc_view_index_of_byte(fc_view hay, uint8_t value, ptrdiff_t from)
{
    return index_of_byte(hay, value, from);
}

ptrdiff_t fc_view_last_index_of_byte(fc_view hay, uint8_t value, ptrdiff_t from)
{
    return last_index_of_byte(hay, value, from);
}
