/* SPDX-License-Identifier: MIT */

/* A decoder that gets its bytes in pieces: what it gives, joined, is the text of the whole by the
 * encoding's model; it is never more than was told, and in less room nothing happens. */

#include "base/common.h"

#include <fc_buffer/decoder.h>

#include "../tests/codec/models.h"
#include "fuzz.h"

#include <string.h>

#define LENGTH_MAX ((size_t)400)

static size_t (*const encoders[])(uint16_t *to, const uint8_t *bytes, size_t length) = {
    fct_units_of_utf8, fct_encode_utf16le, fct_encode_latin1,    fct_encode_ascii,
    fct_encode_hex,    fct_encode_base64,  fct_encode_base64url,
};

/* What has come so far, in units of the form. */
struct joined {
    fc_decoder decoder;
    bool wide;
    size_t count;
    uint8_t text[8 * LENGTH_MAX];
};

static fc_status give(size_t *written, void *to, size_t room, struct joined *j,
                      const fc_view *chunk)
{
    fc_decoder *d = &j->decoder;
    if (chunk == NULL) {
        return j->wide ? fc_decoder_end_utf16(written, to, room, d)
                       : fc_decoder_end_utf8(written, to, room, d);
    }
    return j->wide ? fc_decoder_write_utf16(written, to, room, d, *chunk)
                   : fc_decoder_write_utf8(written, to, room, d, *chunk);
}

/* A chunk, or the end: with all the room, then with just enough, and one less. */
static void take(struct joined *j, const fc_view *chunk)
{
    size_t unit = j->wide ? 2 : 1, written = 99, again = 99;
    fc_decoder before = j->decoder;
    size_t bound = fc_decoder_bound(&j->decoder, chunk != NULL ? chunk->length : 0);
    FUZZ_CHECK(bound <= 8 * LENGTH_MAX);
    FUZZ_CHECK(give(&written, fuzz_place(1, bound * unit, true), bound, j, chunk) == FC_OK);
    FUZZ_CHECK(written <= bound);
    fc_decoder after = j->decoder;
    if (written != 0) {
        j->decoder = before;
        FUZZ_CHECK(give(&again, fuzz_place(2, 0, true), written - 1, j, chunk) ==
                   FC_ERR_OUT_OF_RANGE);
        FUZZ_CHECK(again == 99 && memcmp(&j->decoder, &before, sizeof before) == 0);
    }
    j->decoder = before;
    uint8_t *to = fuzz_place(1, written * unit, true);
    FUZZ_CHECK(give(&again, to, written, j, chunk) == FC_OK && again == written);
    FUZZ_CHECK(memcmp(&j->decoder, &after, sizeof after) == 0);
    FUZZ_CHECK(fc_decoder_need(&after) <= 3 && fc_decoder_total(&after) <= 4);
    FUZZ_CHECK((j->count + written) * unit <= sizeof j->text);
    memcpy(j->text + j->count * unit, to, written * unit);
    j->count += written;
}

static void compare(const struct joined *j, size_t encoding, fc_view bytes)
{
    static uint16_t units[2 * LENGTH_MAX];
    static uint8_t utf8[6 * LENGTH_MAX];
    size_t count = encoders[encoding](units, bytes.bytes, bytes.length);
    if (j->wide) {
        FUZZ_CHECK(j->count == count && memcmp(j->text, units, 2 * count) == 0);
    } else {
        size_t size = fct_utf8_of_units(utf8, units, count);
        FUZZ_CHECK(j->count == size && memcmp(j->text, utf8, size) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (size_t t = 0; fuzz_next_tier(&t) != NULL;) {
        static struct joined j;
        struct fuzz_input input = { bytes, length };
        size_t encoding = fuzz_below(&input, 7);
        uint64_t cuts = fuzz_number(&input, 1);
        memset(&j, 0, sizeof j);
        j.wide = cuts % 2 != 0;
        FUZZ_CHECK(fc_decoder_init(&j.decoder, (fc_encoding)(encoding + 1)) == FC_OK);
        struct fuzz_input sizes = input;
        fc_view whole = fuzz_take(&input, LENGTH_MAX);
        if (cuts >= 128) {
            whole = fuzz_spell(&fuzz_utf8_letters, whole, LENGTH_MAX);
        }
        struct fuzz_input rest = { whole.bytes, whole.length };
        while (rest.length != 0) {
            /* Short pieces, or any: lengths come from the same bytes. */
            size_t size = fuzz_number(&sizes, 1) % (cuts % 4 < 2 ? 4 : 100);
            fc_view chunk = fuzz_take(&rest, sizes.length == 0 ? rest.length : size);
            chunk.bytes = fuzz_place_copy(0, chunk, true);
            take(&j, &chunk);
        }
        take(&j, NULL);
        compare(&j, encoding, whole);
    }
    return 0;
}
