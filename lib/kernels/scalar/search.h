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
    size_t spent;         /* bytes compared at places that did not fit, and what a try costs */
};

static inline struct fci_search fci_search_of(const uint8_t *hay, size_t length,
                                              const uint8_t *needle, size_t needle_length,
                                              size_t unit)
{
    return (struct fci_search){
        .hay = hay,
        .length = length,
        .needle = needle,
        .needle_length = needle_length,
        .unit = unit,
        .places = needle_length <= length ? length - needle_length + 1 : 0,
    };
}

/* Whether guessing has cost more than four bytes for each of the `covered` places behind it. */
static inline bool fci_search_is_tired(const struct fci_search *search, size_t covered)
{
    return search->spent / 4 > covered + 256;
}

/* Whether all but the needle's first and last byte, which the guess has compared, are at `place`.
 */
bool fci_search_fits(struct fci_search *search, size_t place);

/* The first place at or above `begin`, or the last one below `end`, with the whole needle, else
 * `length`: by guesses, eight places at a time. */
size_t fci_search_guess(struct fci_search *search, size_t begin);
size_t fci_search_guess_back(struct fci_search *search, size_t end);

/* The same in time linear in hay and needle together, whatever they hold, and in constant space. */
size_t fci_search_linear(const struct fci_search *search, size_t begin);
size_t fci_search_linear_back(const struct fci_search *search, size_t end);

#endif
