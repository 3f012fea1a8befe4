/* SPDX-License-Identifier: MIT */

/* Comparing and searching by words of eight bytes.
 *
 * A needle is looked for by two of its bytes, the anchors, eight places at a time; where both fit,
 * the whole is compared. What those tries have cost is held against the distance covered: needles
 * that nearly match everywhere get other anchors, and in the end are handed on to the search that
 * is linear in every case.
 *
 * Bounds: a group at place i touches [i + anchor, i + anchor + 8), and is made only where i + 8 <=
 * places, so with anchor < needle_length it ends at `length` at most. The fewer than eight places
 * that are left are tried one by one. */

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

size_t fci_mismatch_back_scalar(const uint8_t *a_end, const uint8_t *b_end, size_t length)
{
    size_t i = 0;
    for (; length - i >= FCI_WORD; i += FCI_WORD) {
        uint64_t difference =
            fci_word_load_le(a_end - i - FCI_WORD) ^ fci_word_load_le(b_end - i - FCI_WORD);
        if (difference != 0) {
            return i + (size_t)__builtin_clzll(difference) / 8;
        }
    }
    while (i < length && a_end[-1 - (ptrdiff_t)i] == b_end[-1 - (ptrdiff_t)i]) {
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

/* The marks of the places at [at, at + 8) where both anchors fit. */
static inline uint64_t group(const struct fci_search *search, size_t at)
{
    uint64_t miss = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t anchor = search->anchors[i];
        miss |= fci_word_load_le(search->hay + at + anchor) ^ FCI_BYTES(search->needle[anchor]);
    }
    uint64_t marks = fci_word_zeroes(miss);
    return search->unit == 2 ? marks & UINT64_C(0x0080008000800080) << at % 2 * 8 : marks;
}

size_t fci_search_guess(struct fci_search *search, size_t begin)
{
    size_t at = begin;
    for (; search->places - at >= FCI_WORD; at += FCI_WORD) {
        for (uint64_t marks = group(search, at); marks != 0; marks &= marks - 1) {
            size_t place = at + fci_word_first(marks);
            if (fci_search_fits(search, place)) {
                return place;
            }
            if (fci_search_learn(search, at) == FCI_SEARCH_GIVE_UP) {
                return fci_search_linear(search, at);
            }
        }
    }
    for (; at < search->places; at++) {
        if (at % search->unit == 0 && fci_search_fits(search, at)) {
            return at;
        }
    }
    return search->length;
}

size_t fci_search_guess_back(struct fci_search *search, size_t end)
{
    for (; end >= FCI_WORD; end -= FCI_WORD) {
        uint64_t marks = group(search, end - FCI_WORD);
        while (marks != 0) {
            size_t mark = fci_word_last(marks);
            if (fci_search_fits(search, end - FCI_WORD + mark)) {
                return end - FCI_WORD + mark;
            }
            if (fci_search_learn(search, search->places - end) == FCI_SEARCH_GIVE_UP) {
                return fci_search_linear_back(search, end);
            }
            marks ^= UINT64_C(0x80) << 8 * mark;
        }
    }
    while (end > 0) {
        end--;
        if (end % search->unit == 0 && fci_search_fits(search, end)) {
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
