/* SPDX-License-Identifier: MIT */

/* Searching for text: its bytes are made first, and then searched for as bytes, or in UTF-16 as
 * units. */

#include "base/common.h"

#include <fc_buffer/search_text.h>

#include "base/contract.h"
#include "buffer/find.h"
#include "buffer/text.h"

typedef ptrdiff_t find_fn(fc_view hay, fc_view needle, ptrdiff_t from);

/* For text, unlike for bytes, an odd last byte of the hay is not there at all: positions from the
 * end do not count it. */
static fc_status find_text(ptrdiff_t *index, fc_view hay, const fc_text *needle, ptrdiff_t from,
                           fc_encoding encoding, find_fn *bytes, find_fn *units)
{
    const struct fci_codec *codec = fci_codec(encoding);
    struct fci_scratch scratch;
    FCI_REQUIRE(index != NULL);
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    fc_status status = fci_scratch_open(&scratch, SIZE_MAX, needle, codec);
    if (status != FC_OK) {
        return status;
    }
    if (codec == &fci_codec_utf16le) {
        fc_view whole = fc_view_of(hay.bytes, hay.length & ~(size_t)1);
        *index = units(whole, scratch.bytes, from);
    } else {
        *index = bytes(hay, scratch.bytes, from);
    }
    fci_scratch_close(&scratch);
    return FC_OK;
}

fc_status fc_view_index_of_text(ptrdiff_t *index, fc_view hay, fc_text needle, ptrdiff_t from,
                                fc_encoding encoding)
{
    return find_text(index, hay, &needle, from, encoding, fci_index_of, fci_index_of_units);
}

fc_status fc_view_last_index_of_text(ptrdiff_t *index, fc_view hay, fc_text needle, ptrdiff_t from,
                                     fc_encoding encoding)
{
    return find_text(index, hay, &needle, from, encoding, fci_last_index_of,
                     fci_last_index_of_units);
}
