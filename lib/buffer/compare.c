/* SPDX-License-Identifier: MIT */

/* Comparing: equal or not, in what order, and without telling anything through time. */

#include "base/common.h"

#include <fc_buffer/compare.h>

#include "base/contract.h"
#include "kernels/kernels.h"

static bool equal(fc_view a, fc_view b)
{
    return a.length == b.length && fci_kernels()->mismatch(a.bytes, b.bytes, a.length) == a.length;
}

static int compare(fc_view a, fc_view b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    size_t common = fci_kernels()->mismatch(a.bytes, b.bytes, shorter);
    if (common < shorter) {
        return a.bytes[common] < b.bytes[common] ? -1 : 1;
    }
    return (a.length > b.length) - (a.length < b.length);
}

bool fc_view_equal(fc_view a, fc_view b)
{
    return equal(a, b);
}

int fc_view_compare(fc_view a, fc_view b)
{
    return compare(a, b);
}

/* The compiler must not learn that a difference, once seen, settles the matter: at each step it is
 * told that the collected differences may have become anything. */
bool fc_view_equal_secret(fc_view a, fc_view b)
{
    unsigned differences = 0;
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        differences |= (unsigned)(a.bytes[i] ^ b.bytes[i]);
        __asm__("" : "+r"(differences));
    }
    return differences == 0;
}

/* A range that begins at or behind its end is empty, wherever it begins. */
static fc_view range_of(fc_view view, size_t begin, size_t end)
{
    return begin < end ? fc_view_of(view.bytes + begin, end - begin) : fc_view_of(NULL, 0);
}

fc_status fc_view_compare_ranges(int *order, fc_view source, fc_view target, size_t target_begin,
                                 size_t target_end, size_t source_begin, size_t source_end)
{
    FCI_REQUIRE(order != NULL);
    if (target_begin > FC_BUFFER_MAX_LENGTH || target_end > target.length ||
        source_begin > FC_BUFFER_MAX_LENGTH || source_end > source.length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *order = compare(range_of(source, source_begin, source_end),
                     range_of(target, target_begin, target_end));
    return FC_OK;
}
