/* SPDX-License-Identifier: MIT */

/* What a search for several bytes keeps while it goes by guesses, and the search that is linear in
 * every case, which takes over where guessing does not pay. Shared by all tiers: a tier brings its
 * own way of guessing places. */
#ifndef FCI_KERNELS_SCALAR_SEARCH_H
#define FCI_KERNELS_SCALAR_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fci_search {
    const uint8_t *hay;
    size_t length;
    const uint8_t *needle;
    size_t needle_length; /* at least 2 */
    size_t unit;          /* places are multiples of it: 1 or 2 */
    size_t places;        /* how many there are to begin at: 0 if the needle is too long */
    size_t anchors[2];    /* where in the needle the two bytes stand that a guess looks for */
    size_t odd;           /* where in the needle the last try has failed */
    size_t spent;     /* bytes compared since the last choice of anchors, and what a try costs */
    size_t since;     /* how many places had been covered then */
    unsigned lessons; /* how often the anchors were changed */
};

/* The anchors are two bytes of the needle that are rare at the start of the hay. */
struct fci_search fci_search_of(const uint8_t *hay, size_t length, const uint8_t *needle,
                                size_t needle_length, size_t unit);

/* Whether the needle is at `place`. */
bool fci_search_fits(struct fci_search *search, size_t place);

/* What to do after a try that failed, with `covered` places behind it. Where guessing has cost too
 * much for that distance the byte that gave the last try away becomes an anchor. When that has not
 * helped a few times, FCI_SEARCH_GIVE_UP: the linear search is to go on. */
enum fci_search_advice {
    FCI_SEARCH_GO_ON = 0,
    FCI_SEARCH_NEW_ANCHORS = 1,
    FCI_SEARCH_GIVE_UP = 2,
};
enum fci_search_advice fci_search_learn(struct fci_search *search, size_t covered);

/* The first place at or above `begin`, or the last one below `end`, with the whole needle, else
 * `length`: by guesses, eight places at a time. */
size_t fci_search_guess(struct fci_search *search, size_t begin);
size_t fci_search_guess_back(struct fci_search *search, size_t end);

/* The same in time linear in hay and needle together, whatever they hold, and in constant space. */
size_t fci_search_linear(const struct fci_search *search, size_t begin);
size_t fci_search_linear_back(const struct fci_search *search, size_t end);

#endif
