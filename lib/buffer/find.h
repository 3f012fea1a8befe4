/* SPDX-License-Identifier: MIT */

/* Searching, from inside: the functions of <fc_buffer/search.h> under internal names, for whoever
 * looks for something that it first has to make, as text does. */
#ifndef FCI_BUFFER_FIND_H
#define FCI_BUFFER_FIND_H

#include <fc_buffer/base.h>

/* Where the needle first begins at or behind `from`, or last begins at or before it; -1 if nowhere.
 * An empty needle is found at `from`, clamped. */
ptrdiff_t fci_index_of(fc_view hay, fc_view needle, ptrdiff_t from);
ptrdiff_t fci_last_index_of(fc_view hay, fc_view needle, ptrdiff_t from);

/* The same by units of two bytes, counted from the hay's start. */
ptrdiff_t fci_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from);
ptrdiff_t fci_last_index_of_units(fc_view hay, fc_view needle, ptrdiff_t from);

#endif
