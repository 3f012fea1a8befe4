/* SPDX-License-Identifier: MIT */

/* Transcoding between Node's four character encodings, against the model of ICU's rules. */

#include "base/common.h"

#include "codecs.h"

/* Between UTF-8 and UTF-16 what is ill-formed is a failure; so is half a unit and nothing else. */
static bool is_refused(fc_view bytes, fc_encoding from, fc_encoding to)
{
    static uint16_t units[FUZZ_TEXT_MAX];
    static uint8_t again[3 * FUZZ_TEXT_MAX];
    size_t whole = bytes.length;
    if (from == FC_ENCODING_UTF8 && to == FC_ENCODING_UTF16LE) {
        size_t count = fct_units_of_utf8(units, bytes.bytes, bytes.length);
        size_t back = fct_utf8_of_units(again, units, count);
        return back != whole || memcmp(again, bytes.bytes, back) != 0;
    }
    if (from == FC_ENCODING_UTF16LE && to == FC_ENCODING_UTF8) {
        size_t count = fct_encode_utf16le(units, bytes.bytes, bytes.length);
        size_t size = fct_utf8_of_units(again, units, count);
        uint16_t *back = units + FUZZ_TEXT_MAX / 2;
        size_t backed = fct_units_of_utf8(back, again, size);
        return whole == 1 || backed != count || memcmp(back, units, 2 * count) != 0;
    }
    return false;
}

static void transcode(fc_view bytes, fc_encoding from, fc_encoding to, bool far)
{
    static uint8_t expected[4 * FUZZ_TEXT_MAX];
    fc_buffer made = FC_BUFFER_INIT;
    fc_view placed = fc_view_of(fuzz_place_copy(0, bytes, far), bytes.length);
    bool refused = bytes.length != 0 && is_refused(bytes, from, to);
    fc_status status = fc_view_transcode(&made, placed, from, to);
    FUZZ_CHECK(status == (refused ? FC_ERR_INVALID_DATA : FC_OK));
    if (!refused) {
        size_t length =
            fct_transcode(expected, bytes.bytes, bytes.length, (unsigned)from, (unsigned)to);
        FUZZ_CHECK(fc_buffer_length(&made) == length);
        FUZZ_CHECK(memcmp(fc_buffer_data(&made), expected, length) == 0);
    }
    fc_buffer_release(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (size_t t = 0; fuzz_next_tier(&t) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t pair = fuzz_below(&input, 16);
        fc_view rest = fuzz_take(&input, FUZZ_TEXT_MAX);
        transcode(rest, (fc_encoding)(pair / 4 + 1), (fc_encoding)(pair % 4 + 1), true);
        transcode(rest, (fc_encoding)(pair / 4 + 1), (fc_encoding)(pair % 4 + 1), false);
    }
    return 0;
}
