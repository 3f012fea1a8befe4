/* SPDX-License-Identifier: MIT */

/* Which two bytes of a needle a search looks for. First those that are rarest in a sample of the
 * hay: what is rare differs between English, machine code and UTF-16, so no table knows. Then,
 * where tries fail often all the same, those that have given failing tries away: in periodic bytes,
 * where rareness says nothing, such a pair is a contradiction to the period, and nothing is tried
 * again. */

#include "base/common.h"

#include "kernels/scalar/search.h"

#include "kernels/scalar/find.h"

/* A fourth of the hay is counted, but no more than this, and nothing where it would be less than
 * that. */
#define SAMPLE_MAX ((size_t)128)
#define SAMPLE_MIN ((size_t)32)

/* So many bytes of the needle are candidates, evenly spread. */
#define CANDIDATES ((size_t)64)

/* What a try costs beside its comparisons, in compared bytes; what may be spent for each place; and
 * what for none. A try for every sixteen places costs as much as half a nanosecond for each. */
#define TRY_COST ((size_t)64)
#define SPEND_PLACE ((size_t)4)
#define SPEND_FREE ((size_t)512)

#define LESSONS 6u

static void choose(struct fci_search *search, size_t sample)
{
    uint16_t counts[256] = { 0 };
    for (size_t i = 0; i < sample; i++) {
        counts[search->hay[i]]++;
    }
    size_t step = (search->needle_length + CANDIDATES - 1) / CANDIDATES;
    unsigned rarest = UINT16_MAX, second = UINT16_MAX;
    for (size_t i = 0; i < search->needle_length; i += step) {
        unsigned count = counts[search->needle[i]];
        if (count < rarest) {
            second = rarest;
            search->anchors[1] = search->anchors[0];
            rarest = count;
            search->anchors[0] = i;
        } else if (count < second) {
            second = count;
            search->anchors[1] = i;
        }
    }
}

struct fci_search fci_search_of(const uint8_t *hay, size_t length, const uint8_t *needle,
                                size_t needle_length, size_t unit)
{
    struct fci_search search = {
        .hay = hay,
        .length = length,
        .needle = needle,
        .needle_length = needle_length,
        .unit = unit,
        .places = needle_length <= length ? length - needle_length + 1 : 0,
        .anchors = { 0, needle_length - 1 },
    };
    size_t sample = search.places / 4 < SAMPLE_MAX ? search.places / 4 : SAMPLE_MAX;
    if (needle_length > 2 && sample >= SAMPLE_MIN) {
        choose(&search, sample);
    }
    return search;
}

bool fci_search_fits(struct fci_search *search, size_t place)
{
    size_t length = search->needle_length;
    search->odd = fci_mismatch_scalar(search->hay + place, search->needle, length);
    search->spent += search->odd + TRY_COST;
    return search->odd == length;
}

enum fci_search_advice fci_search_learn(struct fci_search *search, size_t covered)
{
    if (search->spent <= SPEND_PLACE * (covered - search->since) + SPEND_FREE) {
        return FCI_SEARCH_GO_ON;
    }
    if (search->lessons == LESSONS) {
        return FCI_SEARCH_GIVE_UP;
    }
    search->anchors[1] = search->anchors[search->lessons % 2];
    search->anchors[0] = search->odd;
    search->spent = 0;
    search->since = covered;
    search->lessons++;
    return FCI_SEARCH_NEW_ANCHORS;
}
