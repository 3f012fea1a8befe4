/* SPDX-License-Identifier: MIT */

/* Comparing and searching by vectors of 32 bytes; less than one goes to the scalar tier.
 *
 * Bounds: the loops over a range run while more than a vector is left; the vector at its far end
 * closes, and overlaps what has been found to hold nothing.
 * A group of places at i touches [i, i + 32) and [i + last, i + last + 32), last = needle_length -
 * 1, and is made only where i + 32 <= places, so i + last + 32 <= length. */

#include "base/common.h"

#include "kernels/x86/avx2/find.h"

#include "kernels/scalar/find.h"
#include "kernels/scalar/search.h"
#include "kernels/x86/avx2/vector.h"

size_t fci_mismatch_avx2(const uint8_t *a, const uint8_t *b, size_t length)
{
    if (length < FCI_VECTOR) {
        return fci_mismatch_scalar(a, b, length);
    }
    size_t last = length - FCI_VECTOR;
    for (size_t i = 0; i < last; i += FCI_VECTOR) {
        uint32_t differ = ~fci_equal_avx2(fci_load_avx2(a + i), fci_load_avx2(b + i));
        if (differ != 0) {
            return i + fci_lowest_avx2(differ);
        }
    }
    uint32_t differ = ~fci_equal_avx2(fci_load_avx2(a + last), fci_load_avx2(b + last));
    return differ != 0 ? last + fci_lowest_avx2(differ) : length;
}

size_t fci_find_byte_avx2(const uint8_t *hay, size_t length, uint8_t value)
{
    if (length < FCI_VECTOR) {
        return fci_find_byte_scalar(hay, length, value);
    }
    __m256i all = _mm256_set1_epi8((char)value);
    size_t last = length - FCI_VECTOR;
    for (size_t i = 0; i < last; i += FCI_VECTOR) {
        uint32_t found = fci_equal_avx2(fci_load_avx2(hay + i), all);
        if (found != 0) {
            return i + fci_lowest_avx2(found);
        }
    }
    uint32_t found = fci_equal_avx2(fci_load_avx2(hay + last), all);
    return found != 0 ? last + fci_lowest_avx2(found) : length;
}

size_t fci_find_byte_back_avx2(const uint8_t *hay, size_t length, uint8_t value)
{
    if (length < FCI_VECTOR) {
        return fci_find_byte_back_scalar(hay, length, value);
    }
    __m256i all = _mm256_set1_epi8((char)value);
    for (size_t end = length; end > FCI_VECTOR; end -= FCI_VECTOR) {
        uint32_t found = fci_equal_avx2(fci_load_avx2(hay + end - FCI_VECTOR), all);
        if (found != 0) {
            return end - FCI_VECTOR + fci_highest_avx2(found);
        }
    }
    uint32_t found = fci_equal_avx2(fci_load_avx2(hay), all);
    return found != 0 ? fci_highest_avx2(found) : length;
}

/* The needle's first and last byte, 32 times each. */
struct ends {
    __m256i first, last;
};

static inline struct ends ends_avx2(const uint8_t *needle, size_t needle_length)
{
    return (struct ends){ _mm256_set1_epi8((char)needle[0]),
                          _mm256_set1_epi8((char)needle[needle_length - 1]) };
}

/* The places at [at, at + 32) where both fit. */
static inline uint32_t group_avx2(const struct fci_search *search, struct ends ends, size_t at)
{
    const uint8_t *hay = search->hay + at;
    uint32_t places = fci_equal_avx2(fci_load_avx2(hay), ends.first) &
                      fci_equal_avx2(fci_load_avx2(hay + search->needle_length - 1), ends.last);
    return search->unit == 2 ? places & UINT32_C(0x55555555) << at % 2 : places;
}

size_t fci_find_bytes_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                           size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    struct ends ends = ends_avx2(needle, needle_length);
    size_t at = 0;
    for (; search.places - at >= FCI_VECTOR; at += FCI_VECTOR) {
        for (uint32_t places = group_avx2(&search, ends, at); places != 0; places &= places - 1) {
            size_t place = at + fci_lowest_avx2(places);
            if (fci_search_fits(&search, place)) {
                return place;
            }
            if (fci_search_is_tired(&search, at)) {
                return fci_search_linear(&search, at);
            }
        }
    }
    return fci_search_guess(&search, at);
}

size_t fci_find_bytes_back_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                                size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    struct ends ends = ends_avx2(needle, needle_length);
    size_t end = search.places;
    for (; end >= FCI_VECTOR; end -= FCI_VECTOR) {
        uint32_t places = group_avx2(&search, ends, end - FCI_VECTOR);
        while (places != 0) {
            size_t highest = fci_highest_avx2(places);
            if (fci_search_fits(&search, end - FCI_VECTOR + highest)) {
                return end - FCI_VECTOR + highest;
            }
            if (fci_search_is_tired(&search, search.places - end)) {
                return fci_search_linear_back(&search, end);
            }
            places ^= UINT32_C(1) << highest;
        }
    }
    return fci_search_guess_back(&search, end);
}
