/* SPDX-License-Identifier: MIT */

/* indexOf, lastIndexOf and includes, of bytes, of units and of text, in every tier, against a
 * search that tries each place. */

#include "base/common.h"

#include "../tests/buffer/find_model.h"
#include "../tests/codec/models.h"
#include "fuzz.h"

#define HAY_MAX ((size_t)1024)
#define NEEDLE_MAX ((size_t)128)

/* The slots themselves, which no position guards: `length` where there is nothing. */
static void kernels(const struct fci_kernels *tier, fc_view hay, fc_view needle)
{
    fc_view both[2] = { hay, needle };
    for (size_t unit = 1; unit <= 2; unit++) {
        for (size_t i = 0; i < 2; i++) {
            both[i].length -= both[i].length % unit;
        }
        if (both[1].length < 2) {
            return;
        }
        ptrdiff_t first = model_index(both[0], both[1], 0, unit, false);
        ptrdiff_t last = model_index(both[0], both[1], FC_END, unit, true);
        size_t length = both[0].length;
        FUZZ_CHECK(tier->find_bytes(hay.bytes, length, needle.bytes, both[1].length, unit) ==
                   (first < 0 ? length : (size_t)first));
        FUZZ_CHECK(tier->find_bytes_back(hay.bytes, length, needle.bytes, both[1].length, unit) ==
                   (last < 0 ? length : (size_t)last));
    }
}

static void byte(const struct fci_kernels *tier, fc_view hay, uint8_t value, ptrdiff_t from)
{
    fc_view needle = { &value, 1 };
    ptrdiff_t first = model_index(hay, needle, from, 1, false);
    ptrdiff_t any = model_index(hay, needle, 0, 1, false);
    ptrdiff_t last = model_index(hay, needle, FC_END, 1, true);
    FUZZ_CHECK(fc_view_index_of_byte(hay, value, from) == first);
    FUZZ_CHECK(fc_view_includes_byte(hay, value, from) == (first >= 0));
    FUZZ_CHECK(fc_view_last_index_of_byte(hay, value, from) ==
               model_index(hay, needle, from, 1, true));
    FUZZ_CHECK(tier->find_byte(hay.bytes, hay.length, value) ==
               (any < 0 ? hay.length : (size_t)any));
    FUZZ_CHECK(tier->find_byte_back(hay.bytes, hay.length, value) ==
               (last < 0 ? hay.length : (size_t)last));
}

static void views(fc_view hay, fc_view needle, ptrdiff_t from)
{
    ptrdiff_t first = model_index(hay, needle, from, 1, false);
    ptrdiff_t unit = model_index(hay, needle, from, 2, false);
    FUZZ_CHECK(fc_view_index_of(hay, needle, from) == first);
    FUZZ_CHECK(fc_view_includes(hay, needle, from) == (first >= 0));
    FUZZ_CHECK(fc_view_last_index_of(hay, needle, from) == model_index(hay, needle, from, 1, true));
    FUZZ_CHECK(fc_view_index_of_units(hay, needle, from) == unit);
    FUZZ_CHECK(fc_view_includes_units(hay, needle, from) == (unit >= 0));
    FUZZ_CHECK(fc_view_last_index_of_units(hay, needle, from) ==
               model_index(hay, needle, from, 2, true));
}

/* The needle as text: latin1 has the bytes of any; UTF-8 those of its repaired form. */
static void text(fc_view hay, fc_view needle, ptrdiff_t from)
{
    static uint16_t units[NEEDLE_MAX];
    static uint8_t bytes[3 * NEEDLE_MAX];
    ptrdiff_t first = 99, last = 99;
    bool found = false;
    fc_text given = fc_text_utf8((const char *)needle.bytes, needle.length);
    size_t count = fct_units_of_utf8(units, needle.bytes, needle.length);
    size_t size = fct_utf8_of_units(bytes, units, count);
    fc_view as_utf8 = { bytes, size };
    FUZZ_CHECK(fc_view_index_of_text(&first, hay, given, from, FC_ENCODING_UTF8) == FC_OK);
    FUZZ_CHECK(fc_view_last_index_of_text(&last, hay, given, from, FC_ENCODING_UTF8) == FC_OK);
    FUZZ_CHECK(first == model_index(hay, as_utf8, from, 1, false));
    FUZZ_CHECK(last == model_index(hay, as_utf8, from, 1, true));
    size = fct_decode_utf16le(bytes, SIZE_MAX, units, count);
    fc_view as_utf16 = { bytes, size };
    FUZZ_CHECK(fc_view_index_of_text(&first, hay, given, from, FC_ENCODING_UTF16LE) == FC_OK);
    hay.length -= hay.length % 2; /* for text an odd last byte is not there at all */
    FUZZ_CHECK(first == model_index(hay, as_utf16, from, 2, false));
    FUZZ_CHECK(fc_view_includes_text(&found, hay, given, from, FC_ENCODING_UTF16LE) == FC_OK);
    FUZZ_CHECK(found == (first >= 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t few = fuzz_number(&input, 1), size = fuzz_below(&input, NEEDLE_MAX);
        fc_view needle = fuzz_take(&input, size);
        ptrdiff_t from = fuzz_position(&input, input.length);
        fc_view hay = fuzz_take(&input, HAY_MAX);
        bool far = few % 2 != 0;
        uint8_t *n = fuzz_place_copy(1, needle, far), *h = fuzz_place_copy(0, hay, far);
        /* Few letters, or bits: what is nearly there is what leads a search astray. */
        for (size_t i = 0; few % 8 > 1 && i < needle.length; i++) {
            n[i] &= few % 8 < 5 ? 1 : 3;
        }
        for (size_t i = 0; few % 8 > 1 && i < hay.length; i++) {
            h[i] &= few % 8 < 5 ? 1 : 3;
        }
        needle.bytes = n, hay.bytes = h;
        kernels(tier, hay, needle);
        byte(tier, hay, (uint8_t)(few % 8 > 1 ? few / 8 % 4 : few), from);
        views(hay, needle, from);
        text(hay, needle, from);
    }
    return 0;
}
