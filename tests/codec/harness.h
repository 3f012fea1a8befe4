/* SPDX-License-Identifier: MIT */

/* One encoding against its model: both ways, both forms of text, in memory between inaccessible
 * pages, with every room. */
#ifndef FCT_CODEC_HARNESS_H
#define FCT_CODEC_HARNESS_H

#include "codec/codec.h"

#include "models.h"

struct fct_encoding {
    const struct fci_codec *codec;
    /* The text of bytes; and of text the bytes, up to `room` of them. */
    size_t (*encode)(uint16_t *to, const uint8_t *bytes, size_t length);
    size_t (*decode)(uint8_t *to, size_t room, const uint16_t *units, size_t count);
    /* What random text is made of. */
    struct fct_pools pools;
};

/* A fixture: maps and unmaps the pages. */
void fct_codec_setup(void);
void fct_codec_teardown(void);

/* The codec's text for these bytes is the model's, in both forms. */
void fct_codec_assert_encodes(const struct fct_encoding *encoding, const uint8_t *bytes,
                              size_t length);

/* Its bytes for this text are the model's, for the units and for the UTF-8 that they make: with
 * endless room, and with each `step`-th room from 0 to one more than is needed. */
void fct_codec_assert_decodes(const struct fct_encoding *encoding, const uint16_t *units,
                              size_t count, size_t step);

/* The same for UTF-8 that may be ill-formed. */
void fct_codec_assert_decodes_utf8(const struct fct_encoding *encoding, const uint8_t *text,
                                   size_t count, size_t step);

/* Random bytes, and random text, of all lengths from 0 to 600 and of some longer than a chunk. */
void fct_codec_try_bytes(const struct fct_encoding *encoding);
void fct_codec_try_texts(const struct fct_encoding *encoding);

/* Random text of usual characters and of others with the same low byte, of one unit and of two,
 * which runs of low bytes end in all places of. */
void fct_codec_try_low_bytes(const struct fct_encoding *encoding);

/* Every truncation, and every bit of every unit and byte flipped. */
void fct_codec_try_truncations(const struct fct_encoding *encoding);
void fct_codec_try_flips(const struct fct_encoding *encoding);

/* What Node answers: text (a u"" literal) gives bytes (a "" literal), of which `room` is endless or
 * how long the target is; and bytes give text. Text without lone surrogates is tried as UTF-8 too.
 */
#define FCT_GIVES(codec, text, room, bytes)                                                        \
    fct_codec_assert_gives(&(codec), text, sizeof(text) / 2 - 1, room, bytes, sizeof(bytes) - 1)
#define FCT_READS(codec, bytes, text)                                                              \
    fct_codec_assert_reads(&(codec), bytes, sizeof(bytes) - 1, text, sizeof(text) / 2 - 1)
void fct_codec_assert_gives(const struct fci_codec *codec, const uint16_t *text, size_t count,
                            size_t room, const char *bytes, size_t length);
void fct_codec_assert_reads(const struct fci_codec *codec, const char *bytes, size_t length,
                            const uint16_t *text, size_t count);

#endif
