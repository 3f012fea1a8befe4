/* SPDX-License-Identifier: MIT */

/* An encoding both ways against its model, in every tier, from one input. */
#ifndef FCT_FUZZ_CODECS_H
#define FCT_FUZZ_CODECS_H

#include "../tests/codec/harness.h"
#include "fuzz.h"

/* No more of an input is used: text of bytes is twice as long, and three times that as UTF-8. */
#define FUZZ_TEXT_MAX ((size_t)600)

/* The bytes as bytes, as UTF-8 and as UTF-16 text, ill-formed as they are; the first byte of the
 * input says in which rooms, a dozen at most of a long one. */
static inline void fuzz_codec(const struct fct_encoding *encoding, struct fuzz_input input)
{
    static uint16_t units[FUZZ_TEXT_MAX / 2];
    static bool ready;
    size_t least = 1 + fuzz_number(&input, 1);
    fc_view bytes = fuzz_take(&input, FUZZ_TEXT_MAX);
    size_t step = least + bytes.length / 8;
    if (!ready) {
        fct_codec_setup();
        ready = true;
    }
    if (bytes.length != 0) {
        memcpy(units, bytes.bytes, bytes.length / 2 * 2);
    }
    fct_codec_assert_encodes(encoding, bytes.bytes, bytes.length);
    fct_codec_assert_decodes_utf8(encoding, bytes.bytes, bytes.length, step);
    fct_codec_assert_decodes(encoding, units, bytes.length / 2, step);
}

/* The bytes as text in one form or the other: a copy flush against an inaccessible page. */
static inline fc_text fuzz_text(fc_view bytes, bool wide)
{
    size_t size = wide ? bytes.length / 2 * 2 : bytes.length;
    const uint8_t *at = fuzz_place_copy(0, fc_view_of(bytes.bytes, size), true);
    return wide ? fc_text_utf16((const uint16_t *)(const void *)at, size / 2)
                : fc_text_utf8((const char *)at, size);
}

/* A text as UTF-16, for the models; `to` holds as many as its bytes are. */
static inline size_t fuzz_units(uint16_t *to, const fc_text *text)
{
    if (text->form == FC_TEXT_UTF8) {
        return fct_units_of_utf8(to, text->units, text->count);
    }
    if (text->count != 0) {
        memcpy(to, text->units, 2 * text->count);
    }
    return text->count;
}

/* A unit of either form, as a number. */
static inline unsigned fuzz_unit(const fc_text *text, size_t i)
{
    return text->form == FC_TEXT_UTF8 ? ((const uint8_t *)text->units)[i]
                                      : ((const uint16_t *)text->units)[i];
}

/* The buffer holds what the model's decoder makes of the text; it is released. */
static inline void fuzz_decoded(fc_buffer *b, const fc_text *text,
                                size_t (*decode)(uint8_t *to, size_t room, const uint16_t *units,
                                                 size_t count))
{
    static uint16_t units[2 * FCT_CODEC_MAX];
    static uint8_t bytes[4 * FCT_CODEC_MAX];
    size_t length = decode(bytes, SIZE_MAX, units, fuzz_units(units, text));
    FUZZ_CHECK(fc_buffer_length(b) == length);
    FUZZ_CHECK(memcmp(fc_buffer_data(b), bytes, length) == 0);
    fc_buffer_release(b);
}

#endif
