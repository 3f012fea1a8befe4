/* SPDX-License-Identifier: MIT */

/* The Two-Way search (M. Crochemore, D. Perrin: Two-way string-matching, Journal of the ACM 38,
 * 1991): at most about two comparisons for each letter of the hay, no table, no memory. The needle
 * is cut at its critical position; right of the cut it is compared forwards and left of it
 * backwards, and each mismatch tells a shift that skips no match. Where the needle is periodic the
 * search remembers how much of its front the last shift has left in place.
 *
 * A letter is a byte or a unit of two, and a text is read from either end: one code, four searches.
 * Letters are ordered as they are loaded: any total order serves. */

#include "base/common.h"

#include "kernels/scalar/search.h"

#include "kernels/scalar/find.h"

/* Letter `i` stands at first + i * step; a step of 2 or -2 means units of two bytes. */
struct text {
    const uint8_t *first;
    size_t count;
    ptrdiff_t step;
};

static inline unsigned letter(const struct text *text, size_t i)
{
    const uint8_t *at = text->first + (ptrdiff_t)i * text->step;
    uint16_t unit;
    if (text->step == 1 || text->step == -1) {
        return *at;
    }
    __builtin_memcpy(&unit, at, sizeof unit);
    return unit;
}

/* Where the greatest suffix begins, by the order of letters or by its reverse, and its period. */
static inline size_t greatest_suffix(const struct text *needle, bool reversed, size_t *period)
{
    size_t start = 0, other = 1, i = 0;
    *period = 1;
    while (other + i < needle->count) {
        unsigned ours = letter(needle, start + i), its = letter(needle, other + i);
        if (ours == its) {
            i++;
            if (i == *period) {
                other += i;
                i = 0;
            }
        } else if ((its < ours) != reversed) {
            other += i + 1;
            i = 0;
            *period = other - start;
        } else {
            start = other;
            other = start + 1;
            i = 0;
            *period = 1;
        }
    }
    return start;
}

/* How a needle is cut and shifted. */
struct cut {
    size_t at;     /* right of it the comparison begins */
    size_t shift;  /* after a mismatch left of the cut, or none */
    size_t memory; /* letters at the front that match after that shift */
};

static inline size_t width(const struct text *text)
{
    return (size_t)(text->step < 0 ? -text->step : text->step);
}

/* Where letter `i` stands, and where it ends: its first byte as it is read, and behind its last. */
static inline const uint8_t *begin_of(const struct text *text, size_t i)
{
    return text->first + (ptrdiff_t)i * text->step;
}

static inline const uint8_t *end_of(const struct text *text, size_t i)
{
    return begin_of(text, i) + width(text);
}

/* How many letters are equal from a[i] and b[j] on, and how many up to them, of `count`: by words,
 * since what decides how fast the search is are long runs that are equal. */
static inline size_t equal_from(const struct text *a, size_t i, const struct text *b, size_t j,
                                size_t count)
{
    size_t length = count * width(a);
    size_t equal = a->step > 0 ? fci_mismatch_scalar(begin_of(a, i), begin_of(b, j), length)
                               : fci_mismatch_back_scalar(end_of(a, i), end_of(b, j), length);
    return equal / width(a);
}

static inline size_t equal_up_to(const struct text *a, size_t i, const struct text *b, size_t j,
                                 size_t count)
{
    size_t length = count * width(a);
    size_t equal = a->step < 0 ? fci_mismatch_scalar(begin_of(a, i), begin_of(b, j), length)
                               : fci_mismatch_back_scalar(end_of(a, i), end_of(b, j), length);
    return equal / width(a);
}

static inline bool has_period(const struct text *needle, size_t period, size_t prefix)
{
    return equal_from(needle, 0, needle, period, prefix) == prefix;
}

static inline struct cut cut_of(const struct text *needle)
{
    size_t period, period_reversed;
    size_t at = greatest_suffix(needle, false, &period);
    size_t at_reversed = greatest_suffix(needle, true, &period_reversed);
    if (at_reversed > at) {
        at = at_reversed;
        period = period_reversed;
    }
    if (has_period(needle, period, at)) {
        return (struct cut){ at, period, needle->count - period };
    }
    size_t right = needle->count - at;
    return (struct cut){ at, (at > right ? at : right) + 1, 0 };
}

/* The first letter of the hay that the needle begins at; hay.count if there is none. Neither is
 * empty. */
static inline size_t two_way(const struct text *hay, const struct text *needle)
{
    struct cut cut = cut_of(needle);
    size_t place = 0, known = 0;
    while (needle->count <= hay->count - place) {
        size_t i = cut.at > known ? cut.at : known;
        i += equal_from(hay, place + i, needle, i, needle->count - i);
        if (i < needle->count) {
            place += i - cut.at + 1;
            known = 0;
            continue;
        }
        size_t left = cut.at > known ? cut.at - known : 0;
        if (left == 0 || equal_up_to(hay, place + cut.at - 1, needle, cut.at - 1, left) == left) {
            return place;
        }
        place += cut.shift;
        known = cut.memory;
    }
    return hay->count;
}

static struct text forwards(const uint8_t *bytes, size_t length, size_t unit)
{
    return (struct text){ bytes, length / unit, (ptrdiff_t)unit };
}

static struct text backwards(const uint8_t *bytes, size_t length, size_t unit)
{
    return (struct text){ bytes + length - unit, length / unit, -(ptrdiff_t)unit };
}

size_t fci_search_linear(const struct fci_search *search, size_t begin)
{
    struct text hay = forwards(search->hay + begin, search->length - begin, search->unit);
    struct text needle = forwards(search->needle, search->needle_length, search->unit);
    return begin + two_way(&hay, &needle) * search->unit;
}

size_t fci_search_linear_back(const struct fci_search *search, size_t end)
{
    size_t length = end - 1 - (end - 1) % search->unit + search->needle_length;
    struct text hay = backwards(search->hay, length, search->unit);
    struct text needle = backwards(search->needle, search->needle_length, search->unit);
    size_t found = two_way(&hay, &needle);
    if (found == hay.count) {
        return search->length;
    }
    return length - found * search->unit - search->needle_length;
}
