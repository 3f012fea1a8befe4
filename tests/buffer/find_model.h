/* SPDX-License-Identifier: MIT */

/* Searching as Node's documentation has it: every place is tried. */
#ifndef FCT_BUFFER_FIND_MODEL_H
#define FCT_BUFFER_FIND_MODEL_H

#include <string.h>

#include <fc_buffer/search.h>

static inline ptrdiff_t model_position(ptrdiff_t from, ptrdiff_t length)
{
    if (from < -length) {
        return 0;
    }
    return from < 0 ? length + from : from > length ? length : from;
}

/* Units of one byte, or of two counted from the start; a needle is given with its whole length. */
static inline ptrdiff_t model_index(fc_view hay, fc_view needle, ptrdiff_t from, size_t unit,
                                    bool last)
{
    ptrdiff_t length = (ptrdiff_t)hay.length, found = -1;
    ptrdiff_t position = model_position(from, length);
    size_t letters = needle.length / unit;
    if (needle.length == 0) {
        return position;
    }
    if (letters == 0 || (last && from < -length)) {
        return -1;
    }
    if (needle.length > hay.length - (last ? 0 : (size_t)position)) {
        return -1;
    }
    for (size_t i = 0; (i + letters) * unit <= hay.length; i++) {
        bool allowed = last ? i <= (size_t)position / unit : i >= (size_t)position / unit;
        if (allowed && memcmp(hay.bytes + i * unit, needle.bytes, letters * unit) == 0 &&
            (last || found < 0)) {
            found = (ptrdiff_t)(i * unit);
        }
    }
    return found;
}

#endif
