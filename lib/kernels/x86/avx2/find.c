/* SPDX-License-Identifier: MIT */

/* Comparing and searching by vectors of 32 bytes; less than one goes to the scalar tier.
 *
 * All of it is one loop: from either end it looks for places where a *probe* gives a zero byte. The
 * probe of a search for a byte is the hay with that byte taken off by exclusive or; that of a
 * search for several is the same for two of them, the anchors, in one; that of a comparison is
 * whether bytes are equal. The loops take four vectors at a time, whose least byte tells whether
 * any of them has a zero.
 *
 * Bounds: vectors of probes lie in [0, end) as a whole. Those that close the range overlap places
 * that have been seen. A probe of anchors at place i touches [i + anchor, i + anchor + 32), and
 * ends at the hay's end at most where i + 32 <= places. */

#include "base/common.h"

#include "kernels/x86/avx2/find.h"

#include "kernels/inline.h"
#include "kernels/scalar/find.h"
#include "kernels/scalar/search.h"
#include "kernels/x86/avx2/vector.h"

#define ROUND (4 * FCI_VECTOR)
#define HALF (2 * FCI_VECTOR)

struct probe {
    const uint8_t *a, *b;
    __m256i of_a, of_b; /* what is looked for */
};

typedef __m256i probe_fn(const struct probe *probe, size_t at);

static FCI_ALWAYS_INLINE __m256i byte_avx2(const struct probe *probe, size_t at)
{
    return _mm256_xor_si256(fci_load_avx2(probe->a + at), probe->of_a);
}

static FCI_ALWAYS_INLINE __m256i anchors_avx2(const struct probe *probe, size_t at)
{
    __m256i a = _mm256_xor_si256(fci_load_avx2(probe->a + at), probe->of_a);
    __m256i b = _mm256_xor_si256(fci_load_avx2(probe->b + at), probe->of_b);
    return _mm256_or_si256(a, b);
}

static FCI_ALWAYS_INLINE __m256i same_avx2(const struct probe *probe, size_t at)
{
    return _mm256_cmpeq_epi8(fci_load_avx2(probe->a + at), fci_load_avx2(probe->b + at));
}

static FCI_ALWAYS_INLINE uint32_t zeroes_avx2(__m256i vector)
{
    return fci_equal_avx2(vector, _mm256_setzero_si256());
}

static FCI_ALWAYS_INLINE uint64_t zeroes_of_half_avx2(probe_fn *probed, const struct probe *probe,
                                                      size_t at)
{
    return zeroes_avx2(probed(probe, at)) | (uint64_t)zeroes_avx2(probed(probe, at + FCI_VECTOR))
                                                << 32;
}

static FCI_ALWAYS_INLINE bool round_has_zero_avx2(probe_fn *probed, const struct probe *probe,
                                                  size_t at)
{
    __m256i a = _mm256_min_epu8(probed(probe, at), probed(probe, at + 32));
    __m256i b = _mm256_min_epu8(probed(probe, at + 64), probed(probe, at + 96));
    return zeroes_avx2(_mm256_min_epu8(a, b)) != 0;
}

/* Which of the places from `at` on, or below it, have been found to be zero but not given out, and
 * the range of those not yet looked at. */
struct scan {
    uint64_t found;
    size_t at, begin, end;
};

/* The first vector where it lies; from then on vectors are aligned. At least a vector. */
static FCI_ALWAYS_INLINE struct scan scan_avx2(probe_fn *probed, const struct probe *probe,
                                               size_t end)
{
    return (struct scan){ zeroes_avx2(probed(probe, 0)), 0,
                          FCI_VECTOR - (uintptr_t)probe->a % FCI_VECTOR, end };
}

static FCI_ALWAYS_INLINE struct scan scan_back_avx2(probe_fn *probed, const struct probe *probe,
                                                    size_t end)
{
    size_t at = end - FCI_VECTOR;
    return (struct scan){ zeroes_avx2(probed(probe, at)), at, 0,
                          end - ((uintptr_t)probe->a + end) % FCI_VECTOR };
}

/* The next place from the first on; SIZE_MAX if there is none. */
static FCI_ALWAYS_INLINE size_t next_avx2(struct scan *scan, probe_fn *probed,
                                          const struct probe *probe)
{
    while (scan->found == 0) {
        size_t left = scan->end - scan->begin;
        scan->at = scan->begin;
        if (left >= ROUND && !round_has_zero_avx2(probed, probe, scan->at)) {
            scan->begin += ROUND;
        } else if (left >= HALF) {
            scan->found = zeroes_of_half_avx2(probed, probe, scan->at);
            scan->begin += HALF;
        } else if (left > 0) {
            scan->at = left > FCI_VECTOR ? scan->begin : scan->end - FCI_VECTOR;
            scan->found = zeroes_avx2(probed(probe, scan->at));
            scan->found &= ~UINT64_C(0) << (scan->begin - scan->at);
            scan->begin += left > FCI_VECTOR ? FCI_VECTOR : left;
        } else {
            return SIZE_MAX;
        }
    }
    size_t place = scan->at + (size_t)__builtin_ctzll(scan->found);
    scan->found &= scan->found - 1;
    return place;
}

/* The next place from the last on; SIZE_MAX if there is none. */
static FCI_ALWAYS_INLINE size_t next_back_avx2(struct scan *scan, probe_fn *probed,
                                               const struct probe *probe)
{
    while (scan->found == 0) {
        size_t left = scan->end;
        if (left >= ROUND && !round_has_zero_avx2(probed, probe, left - ROUND)) {
            scan->end -= ROUND;
        } else if (left >= HALF) {
            scan->end = scan->at = left - HALF;
            scan->found = zeroes_of_half_avx2(probed, probe, scan->at);
        } else if (left > 0) {
            scan->end = scan->at = left > FCI_VECTOR ? left - FCI_VECTOR : 0;
            scan->found = zeroes_avx2(probed(probe, scan->at));
            scan->found &= ~UINT64_C(0) >> (64 - (left - scan->at));
        } else {
            return SIZE_MAX;
        }
    }
    size_t highest = 63 - (size_t)__builtin_clzll(scan->found);
    scan->found ^= UINT64_C(1) << highest;
    return scan->at + highest;
}

size_t fci_mismatch_avx2(const uint8_t *a, const uint8_t *b, size_t length)
{
    if (length < FCI_VECTOR) {
        return fci_mismatch_scalar(a, b, length);
    }
    struct probe probe = { .a = a, .b = b };
    struct scan scan = scan_avx2(same_avx2, &probe, length);
    size_t found = next_avx2(&scan, same_avx2, &probe);
    return found != SIZE_MAX ? found : length;
}

static inline struct probe byte_probe_avx2(const uint8_t *hay, uint8_t value)
{
    return (struct probe){ .a = hay, .of_a = _mm256_set1_epi8((char)value) };
}

size_t fci_find_byte_avx2(const uint8_t *hay, size_t length, uint8_t value)
{
    if (length < FCI_VECTOR) {
        return fci_find_byte_scalar(hay, length, value);
    }
    struct probe probe = byte_probe_avx2(hay, value);
    struct scan scan = scan_avx2(byte_avx2, &probe, length);
    size_t found = next_avx2(&scan, byte_avx2, &probe);
    return found != SIZE_MAX ? found : length;
}

size_t fci_find_byte_back_avx2(const uint8_t *hay, size_t length, uint8_t value)
{
    if (length < FCI_VECTOR) {
        return fci_find_byte_back_scalar(hay, length, value);
    }
    struct probe probe = byte_probe_avx2(hay, value);
    struct scan scan = scan_back_avx2(byte_avx2, &probe, length);
    size_t found = next_back_avx2(&scan, byte_avx2, &probe);
    return found != SIZE_MAX ? found : length;
}

static inline struct probe anchors_probe_avx2(const struct fci_search *search)
{
    size_t a = search->anchors[0], b = search->anchors[1];
    return (struct probe){ search->hay + a, search->hay + b,
                           _mm256_set1_epi8((char)search->needle[a]),
                           _mm256_set1_epi8((char)search->needle[b]) };
}

/* Either direction, as a constant. */
static FCI_ALWAYS_INLINE size_t search_avx2(struct fci_search *search, bool back)
{
    struct probe probe = anchors_probe_avx2(search);
    struct scan scan = back ? scan_back_avx2(anchors_avx2, &probe, search->places)
                            : scan_avx2(anchors_avx2, &probe, search->places);
    for (;;) {
        size_t place = back ? next_back_avx2(&scan, anchors_avx2, &probe)
                            : next_avx2(&scan, anchors_avx2, &probe);
        if (place == SIZE_MAX) {
            return search->length;
        }
        if (place % search->unit != 0) {
            continue;
        }
        if (fci_search_fits(search, place)) {
            return place;
        }
        enum fci_search_advice advice =
            fci_search_learn(search, back ? search->places - place : place);
        if (advice == FCI_SEARCH_GIVE_UP) {
            return back ? fci_search_linear_back(search, place) : fci_search_linear(search, place);
        }
        if (advice == FCI_SEARCH_NEW_ANCHORS) {
            probe = anchors_probe_avx2(search);
        }
    }
}

size_t fci_find_bytes_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                           size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    return search.places < FCI_VECTOR ? fci_search_guess(&search, 0) : search_avx2(&search, false);
}

size_t fci_find_bytes_back_avx2(const uint8_t *hay, size_t length, const uint8_t *needle,
                                size_t needle_length, size_t unit)
{
    struct fci_search search = fci_search_of(hay, length, needle, needle_length, unit);
    return search.places < FCI_VECTOR ? fci_search_guess_back(&search, search.places)
                                      : search_avx2(&search, true);
}
