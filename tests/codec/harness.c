/* SPDX-License-Identifier: MIT */

/* An encoding against its model: see harness.h. */

#include "base/common.h"

#include "harness.h"

#include <stdio.h>
#include <string.h>

#define CANARY 0xc5
#define LENGTHS ((size_t)601)

static struct fct_guarded source, target;
static uint8_t canaries[3 * FCT_CODEC_MAX];

void fct_codec_setup(void)
{
    source = fct_guarded_make(4 * FCT_CODEC_MAX);
    target = fct_guarded_make(6 * FCT_CODEC_MAX);
    memset(canaries, CANARY, sizeof canaries);
}

void fct_codec_teardown(void)
{
    fct_guarded_free(&source);
    fct_guarded_free(&target);
}

/* A place of `size` bytes at the near or the far end of the pages, with canaries in it. */
static void *place(const struct fct_guarded *pages, size_t size, bool far)
{
    uint8_t *to = far ? fct_guarded_end(pages, size) : pages->bytes;
    memset(to, CANARY, far ? size : size + 64);
    return to;
}

static void *place_copy(const void *bytes, size_t size, bool far)
{
    void *to = place(&source, size, far);
    memcpy(to, bytes, size);
    return to;
}

/* At the near end nothing behind the result may have changed; at the far end it would fault. */
static bool is_exactly(const void *got, const void *expected, size_t size, bool far)
{
    return memcmp(got, expected, size) == 0 &&
           (far || memcmp((const uint8_t *)got + size, canaries, 64) == 0);
}

void fct_codec_assert_encodes(const struct fct_encoding *encoding, const uint8_t *bytes,
                              size_t length)
{
    static uint16_t units[2 * FCT_CODEC_MAX];
    static uint8_t text[3 * 2 * FCT_CODEC_MAX];
    const struct fci_codec *codec = encoding->codec;
    size_t count = encoding->encode(units, bytes, length);
    size_t size = fct_utf8_of_units(text, units, count);
    if (count > codec->most_utf16 * length || size > codec->most_utf8 * length) {
        ck_abort_msg("%s: %zu bytes give more than most", codec->name, length);
    }
    for (int far = 0; far < 2; far++) {
        const uint8_t *from = place_copy(bytes, length, far);
        uint16_t *to = place(&target, 2 * count, far);
        if (codec->utf16_length(from, length) != count ||
            codec->to_utf16(to, from, length) != count || !is_exactly(to, units, 2 * count, far)) {
            ck_abort_msg("%s: %zu bytes to UTF-16", codec->name, length);
        }
        uint8_t *to8 = place(&target, size, far);
        if (codec->utf8_length(from, length) != size || codec->to_utf8(to8, from, length) != size ||
            !is_exactly(to8, text, size, far)) {
            ck_abort_msg("%s: %zu bytes to UTF-8", codec->name, length);
        }
    }
}

/* The text in one form: `units` or `utf8` is NULL. `whole` is the model's answer. */
struct text {
    const uint16_t *units;
    const uint8_t *utf8;
    size_t count;
    const uint8_t *whole;
    size_t whole_length;
};

static size_t decode(const struct fci_codec *codec, uint8_t *to, size_t room, struct text text)
{
    return text.utf8 != NULL ? codec->from_utf8(to, room, text.utf8, text.count)
                             : codec->from_utf16(to, room, text.units, text.count);
}

static void assert_endless(const struct fci_codec *codec, struct text text, bool far)
{
    size_t needed = text.utf8 != NULL ? codec->bytes_of_utf8(text.utf8, text.count)
                                      : codec->bytes_of_utf16(text.units, text.count);
    uint8_t *to = place(&target, text.whole_length, far);
    if (needed != text.whole_length || decode(codec, to, SIZE_MAX, text) != needed ||
        !is_exactly(to, text.whole, needed, far)) {
        ck_abort_msg("%s: %zu units of text, %zu bytes", codec->name, text.count, needed);
    }
}

/* With this room: what the model gives, a prefix of the whole, and the rest of room untouched. */
static void assert_room(const struct fct_encoding *encoding, struct text text, size_t room,
                        size_t expected)
{
    uint8_t *to = place(&target, room, true);
    size_t got = decode(encoding->codec, to, room, text);
    if (got != expected || memcmp(to, text.whole, got) != 0 ||
        memcmp(to + got, canaries, room - got) != 0) {
        ck_abort_msg("%s: %zu units of text, room %zu: %zu", encoding->codec->name, text.count,
                     room, got);
    }
}

/* `units` are what the text is to the model. */
static void assert_text(const struct fct_encoding *encoding, struct text text,
                        const uint16_t *units, size_t count, size_t step)
{
    static uint8_t whole[3 * FCT_CODEC_MAX], part[3 * FCT_CODEC_MAX];
    const void *given = text.utf8 != NULL ? (const void *)text.utf8 : text.units;
    size_t size = text.utf8 != NULL ? text.count : 2 * text.count;
    text.whole = whole;
    text.whole_length = encoding->decode(whole, SIZE_MAX, units, count);
    for (int far = 0; far < 2; far++) {
        void *from = place_copy(given, size, far);
        struct text placed = text;
        placed.utf8 = text.utf8 != NULL ? from : NULL;
        placed.units = text.units != NULL ? from : NULL;
        assert_endless(encoding->codec, placed, far);
        for (size_t room = (size_t)far; room <= text.whole_length + 1; room += 2 * step) {
            assert_room(encoding, placed, room, encoding->decode(part, room, units, count));
        }
    }
}

void fct_codec_assert_decodes_utf8(const struct fct_encoding *encoding, const uint8_t *utf8,
                                   size_t count, size_t step)
{
    static uint16_t units[3 * FCT_CODEC_MAX];
    size_t unit_count = fct_units_of_utf8(units, utf8, count);
    struct text text = { .utf8 = utf8, .count = count };
    assert_text(encoding, text, units, unit_count, step);
}

void fct_codec_assert_decodes(const struct fct_encoding *encoding, const uint16_t *units,
                              size_t count, size_t step)
{
    static uint8_t utf8[3 * FCT_CODEC_MAX];
    struct text text = { .units = units, .count = count };
    assert_text(encoding, text, units, count, step);
    fct_codec_assert_decodes_utf8(encoding, utf8, fct_utf8_of_units(utf8, units, count), step);
}

static struct fct_random seed(uint64_t state)
{
    (void)printf("seed %u\n", (unsigned)state);
    return (struct fct_random){ .state = state };
}

/* Some lengths on both sides of every chunk's end. */
static size_t next_length(size_t length)
{
    return length < LENGTHS ? length + 1 : length + 61;
}

void fct_codec_try_bytes(const struct fct_encoding *encoding)
{
    static uint8_t bytes[FCT_CODEC_MAX];
    struct fct_random random = seed(11);
    for (size_t length = 0; length < FCT_CODEC_MAX / 2; length = next_length(length)) {
        /* All bytes, and only ASCII. */
        uint8_t mask = length % 2 != 0 ? 0xff : 0x7f;
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (uint8_t)fct_random_next(&random) & mask;
        }
        fct_codec_assert_encodes(encoding, bytes, length);
        if (length > 0) {
            bytes[fct_random_below(&random, length)] ^= 0x80;
            fct_codec_assert_encodes(encoding, bytes, length);
        }
    }
}

void fct_codec_try_texts(const struct fct_encoding *encoding)
{
    static uint16_t units[FCT_CODEC_MAX];
    static const size_t rare[] = { 1, 3, 20, 400, SIZE_MAX };
    struct fct_random random = seed(12);
    for (size_t length = 0; length < FCT_CODEC_MAX; length = next_length(length)) {
        for (size_t i = 0; i < 5; i++) {
            fct_random_units(units, length, &encoding->pools, rare[i], &random);
            size_t step = length < 100 ? 1 : 1 + length / 16 + fct_random_below(&random, 5);
            fct_codec_assert_decodes(encoding, units, length, step * fct_effort_step());
        }
    }
}

void fct_codec_try_low_bytes(const struct fct_encoding *encoding)
{
    static uint16_t units[FCT_CODEC_MAX];
    const struct fct_pools *pools = &encoding->pools;
    struct fct_random random = seed(15);
    for (size_t round = 0; round < 128; round += fct_effort_step()) {
        size_t plain = fct_random_below(&random, 5), count = 0;
        while (count < 2100) {
            uint16_t low = pools->usual[fct_random_below(&random, pools->usual_count)];
            size_t kind = count < plain ? 0 : fct_random_below(&random, 3);
            if (kind == 2) {
                units[count++] = 0xd800 | low;
            }
            units[count++] = kind == 0 ? low : kind == 1 ? 0x100 | low : 0xdc00 | low;
        }
        fct_codec_assert_decodes(encoding, units, count, count);
    }
}

#define SHORT ((size_t)48)

void fct_codec_try_truncations(const struct fct_encoding *encoding)
{
    uint16_t units[SHORT];
    uint8_t utf8[3 * SHORT];
    struct fct_random random = seed(13);
    for (size_t round = 0; round < 40; round += fct_effort_step()) {
        fct_random_units(units, SHORT, &encoding->pools, 1 + round % 8, &random);
        for (size_t count = 0; count <= SHORT; count++) {
            fct_codec_assert_decodes(encoding, units, count, SHORT);
        }
        size_t size = fct_utf8_of_units(utf8, units, SHORT);
        for (size_t count = 0; count <= size; count++) {
            fct_codec_assert_decodes_utf8(encoding, utf8, count, 1);
        }
    }
}

void fct_codec_try_flips(const struct fct_encoding *encoding)
{
    uint16_t units[SHORT];
    uint8_t utf8[3 * SHORT];
    struct fct_random random = seed(14);
    for (size_t round = 0; round < 8; round += fct_effort_step()) {
        fct_random_units(units, SHORT, &encoding->pools, 1 + round, &random);
        size_t size = fct_utf8_of_units(utf8, units, SHORT);
        for (size_t bit = 0; bit < 16 * SHORT; bit++) {
            units[bit / 16] ^= (uint16_t)(1u << bit % 16);
            fct_codec_assert_decodes(encoding, units, SHORT, SHORT);
            units[bit / 16] ^= (uint16_t)(1u << bit % 16);
        }
        for (size_t bit = 0; bit < 8 * size; bit++) {
            utf8[bit / 8] ^= (uint8_t)(1u << bit % 8);
            fct_codec_assert_decodes_utf8(encoding, utf8, size, SHORT);
            utf8[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
}

void fct_codec_assert_gives(const struct fci_codec *codec, const uint16_t *text, size_t count,
                            size_t room, const char *bytes, size_t length)
{
    uint8_t got[256], utf8[3 * 64];
    uint16_t back[3 * 64];
    ck_assert_uint_le(count, 64);
    ck_assert_uint_eq(codec->from_utf16(got, room, text, count), length);
    ck_assert_mem_eq(got, bytes, length);
    size_t size = fct_utf8_of_units(utf8, text, count);
    if (fct_units_of_utf8(back, utf8, size) == count && memcmp(back, text, 2 * count) == 0) {
        ck_assert_uint_eq(codec->from_utf8(got, room, utf8, size), length);
        ck_assert_mem_eq(got, bytes, length);
    }
}

void fct_codec_assert_reads(const struct fci_codec *codec, const char *bytes, size_t length,
                            const uint16_t *text, size_t count)
{
    uint16_t got[256];
    ck_assert_uint_le(length, 64);
    ck_assert_uint_eq(codec->to_utf16(got, (const uint8_t *)bytes, length), count);
    ck_assert_mem_eq(got, text, 2 * count);
}
