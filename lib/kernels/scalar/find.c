/* SPDX-License-Identifier: MIT */

/* Comparing and searching by words of eight bytes.
 *
 * A needle is looked for by its first and its last byte, eight places at a time; where both fit,
 * the bytes between are compared. What those comparisons have cost is held against the distance
 * covered: needles that nearly match everywhere are handed on to the search that is linear in every
 * case.
 *
 * Bounds: a group at place i touches [i, i + 8) and [i + last, i + last + 8), last = needle_length
 * - 1, and is made only where i + 8 <= places, so i + last + 8 <= length. The fewer than eight
 * places that are left are tried one by one. */

#include "base/common.h"

#include "kernels/scalar/find.h"

#include "kernels/scalar/search.h"
#include "kernels/scalar/words.h"

size_t fci_mismatch_scalar(const uint8_t *a, const uint8_t *b, size_t length)
{
    size_t i = 0;
    for (; length - i >= FCI_WORD; i += FCI_WORD) {
        uint64_t difference = fci_word_load_le(a + i) ^ fci_word_load_le(b + i);
        if (difference != 0) {
            return i + (size_t)__builtin_ctzll(difference) / 8;
        }
    }
    while (i < length && a[i] == b[i]) {
        i++;
    }
    return i;
}

size_t fci_find_byte_scalar(const uint8_t *hay, size_t length, uint8_t value)
{
    uint64_t all = FCI_BYTES(value);
    size_t i = 0;
    for (; length - i >= FCI_WORD; i += FCI_WORD) {
        uint64_t marks = fci_word_zeroes(fci_word_load_le(hay + i) ^ all);
        if (marks != 0) {
            return i + fci_word_first(marks);
        }
    }
    while (i < length && hay[i] != value) {
        i++;
    }
    return i;
}

size_t fci_find_byte_back_scalar(const uint8_t *hay, size_t length, uint8_t value)
{
    uint64_t all = FCI_BYTES(value);
    size_t i = length;
    for (; i >= FCI_WORD; i -= FCI_WORD) {
        uint64_t marks = fci_word_zeroes(fci_word_load_le(hay + i - FCI_WORD) ^ all);
        if (marks != 0) {
            return i - FCI_WORD + fci_word_last(marks);
        }
    }
    while (i > 0) {
        if (hay[--i] == value) {
            return i;
        }
    }
    return length;
}

/* The needle's first and last byte, eight times each. */
struct ends {
    uint64_t first, last;
};

static inline struct ends ends_of(const struct fci_search *search)
{
    return (struct ends){ FCI_BYTES(search->needle[0]),
                          FCI_BYTES(search->needle[search->needle_length - 1]) };
}

/* The marks of the places at [at, at + 8) where both fit. */
static inline uint64_t group(const struct fci_search *search, struct ends ends, size_t at)
{
    const uint8_t *hay = search->hay + at;
    uint64_t marks = fci_word_zeroes(fci_word_load_le(hay) ^ ends.first) &
                     fci_word_zeroes(fci_word_load_le(hay + search->needle_length - 1) ^ ends.last);
    return search->unit == 2 ? marks & UINT64_C(0x0080008000800080) << at % 2 * 8 : marks;
}

static inline bool fits_whole(struct fci_search *search, size_t place)
{
    size_t last = search->needle_length - 1;
    return search->hay[place] == search->needle[0] &&
           search->hay[place + last] == search->needle[last] && fci_search_fits(search, place);
}

size_t fci_search_guess(struct fci_search *search, size_t begin)
{
    struct ends ends = ends_of(search);
    size_t at = begin;
    for (; search->places - at >= FCI_WORD; at += FCI_WORD) {
        for (uint64_t marks = group(search, ends, at); marks != 0; marks &= marks - 1) {
            size_t place = at + fci_word_first(marks);
            if (fci_search_fits(search, place)) {
                return place;
            }
            if (fci_search_is_tired(search, at)) {
                return fci_search_linear(search, at);
            }
        }
    }
    for (; at < search->places; at += search->unit) {
        if (fits_whole(search, at)) {
            return at;
        }
    }
    return search->length;
}

size_t fci_search_guess_back(struct fci_search *search, size_t end)
{
    struct ends ends = ends_of(search);
    for (; end >= FCI_WORD; end -= FCI_WORD) {
        uint64_t marks = group(search, ends, end - FCI_WORD);
        while (marks != 0) {
            size_t mark = fci_word_last(marks);
            if (fci_search_fits(search, end - FCI_WORD + mark)) {
                return end - FCI_WORD + mark;
            }
            if (fci_search_is_tired(search, search->places - end)) {
                return fci_search_linear_back(search, end);
            }
            marks ^= UINT64_C(0x80) << 8 * mark;
        }
    }
    while (end > 0) {
        end--;
        if (end % search->unit == 0 && fits_whole(search, end)) {
            return end;
        }
    }
    return search->length;
}

size_t fci_find_bytes_scalar(const uint8_t *hay, size_t length, const uint8_t *needle,
                             size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    return fci_search_guess(&search, 0);
}

size_t fci_find_bytes_back_scalar(const uint8_t *hay, size_t length, const uint8_t *needle,
                                  size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    return fci_search_guess_back(&search, search.places);
}
