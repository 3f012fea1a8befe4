/* SPDX-License-Identifier: MIT */

/* Codecs: this library against every other that has them, on random bytes and on text of five
 * kinds. What is expected is made here, character by character, in both forms at once. */
#include "peers/peers.h"

#include <stdlib.h>
#include <string.h>

enum form {
    FORM_BYTES = 0,
    FORM_BASE64 = 1,
    FORM_BASE64URL = 2,
    FORM_HEX = 3,
    FORM_UTF8 = 4,
    FORM_UTF16 = 5,
    FORM_LATIN1 = 6,
    FORM_YES = 7,  /* the answer, which is 1, and no bytes */
    FORM_MIME = 8, /* base64 in lines of 76 */
};

struct text {
    uint8_t *bytes;
    size_t length;
};

/* ---- binary data ----------------------------------------------------------------------------- */

static void put(struct text *text, uint32_t byte)
{
    text->bytes[text->length++] = (uint8_t)byte;
}

/* Three bytes in a form. */
static void put_three(struct text *text, enum form form, const uint8_t *bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    uint32_t all = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    if (form == FORM_BYTES) {
        memcpy(text->bytes + text->length, bytes, 3);
        text->length += 3;
    } else if (form == FORM_HEX) {
        for (int shift = 20; shift >= 0; shift -= 4) {
            put(text, (uint8_t) "0123456789abcdef"[all >> shift & 15]);
        }
    } else {
        const char *rest = form == FORM_BASE64URL ? "-_" : "+/";
        for (int shift = 18; shift >= 0; shift -= 6) {
            uint32_t digit = all >> shift & 63;
            put(text, (uint8_t)(digit < 62 ? letters[digit] : rest[digit - 62]));
        }
        if (form == FORM_MIME && text->length % 78 == 76) {
            put(text, '\r');
            put(text, '\n');
        }
    }
}

/* At most. */
static size_t length_of_three(enum form form)
{
    return form == FORM_BYTES ? 3 : form == FORM_HEX || form == FORM_MIME ? 6 : 4;
}

/* ---- characters ------------------------------------------------------------------------------ */

static uint32_t character(const char *script, uint64_t *random)
{
    static const char *const scripts[] = { "ascii", "latin", "cjk", "emoji" };
    uint32_t number = fcb_random(random);
    if (strcmp(script, "mixed") == 0) {
        script = scripts[number >> 20 & 3];
    }
    if (strcmp(script, "cjk") == 0) {
        return 0x4e00 + number % 0x5000;
    }
    if (strcmp(script, "emoji") == 0) {
        return 0x1f600 + number % 0x50;
    }
    return strcmp(script, "latin") == 0 && number >> 16 & 1 ? 0xe0 + number % 0x20
                                                            : 0x20 + number % 0x5f;
}

static void put_utf8(struct text *text, uint32_t c)
{
    if (c < 0x80) {
        put(text, c);
        return;
    }
    put(text, c < 0x800 ? 0xc0 | c >> 6 : c < 0x10000 ? 0xe0 | c >> 12 : 0xf0 | c >> 18);
    if (c >= 0x10000) {
        put(text, 0x80 | (c >> 12 & 63));
    }
    if (c >= 0x800) {
        put(text, 0x80 | (c >> 6 & 63));
    }
    put(text, 0x80 | (c & 63));
}

static void put_unit(struct text *text, uint32_t unit)
{
    uint16_t native = (uint16_t)unit;
    memcpy(text->bytes + text->length, &native, sizeof native);
    text->length += sizeof native;
}

static void put_character(struct text *text, enum form form, uint32_t c)
{
    if (form == FORM_UTF8) {
        put_utf8(text, c);
    } else if (form == FORM_LATIN1) {
        put(text, c);
    } else if (form == FORM_UTF16 && c < 0x10000) {
        put_unit(text, c);
    } else if (form == FORM_UTF16) {
        put_unit(text, 0xd7c0 + (c >> 10));
        put_unit(text, 0xdc00 | (c & 0x3ff));
    }
}

/* ---- measuring ------------------------------------------------------------------------------- */

struct conversion {
    const char *op;
    enum form from, to;
    const char *scripts[5]; /* none: binary data */
};

/* Fills `from` up to `size` bytes, in whole characters or groups, and makes what is expected. */
static void make(const struct conversion *c, const char *script, size_t size, struct text *from,
                 struct text *expected)
{
    uint64_t random = 1;
    if (script == NULL) {
        while (from->length + length_of_three(c->from) <= size) {
            uint32_t number = fcb_random(&random);
            uint8_t three[3] = { (uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16) };
            put_three(from, c->from, three);
            put_three(expected, c->to, three);
        }
        return;
    }
    while (from->length + 4 <= size) { /* the longest character */
        uint32_t letter = character(script, &random);
        put_character(from, c->from, letter);
        put_character(expected, c->to, letter);
    }
}

static void convert(const char *group, const struct conversion *c, const char *script, size_t size)
{
    struct text from = { calloc(size + 1, 1), 0 }, expected = { malloc(3 * size), 0 };
    char op[64] = "";
    fcb_require(from.bytes != NULL && expected.bytes != NULL, "out of memory");
    make(c, script, size, &from, &expected);
    strncat(op, c->op, 30);
    if (script != NULL) {
        strcat(op, "_");
        strncat(op, script, 30);
    }
    bool yes = c->to == FORM_YES;
    struct fcb_job job = { .size = from.length, .from = from.bytes, .room = 3 * from.length + 64 };
    job.to = fcb_pages(job.room);
    job.expected = yes ? NULL : expected.bytes;
    job.expected_length = yes ? 1 : expected.length;
    fcb_measure_offers(group, c->op, op, size, &job, NULL);
    fcb_pages_free(job.to);
    free(from.bytes);
    free(expected.bytes);
}

#define EVERY_SCRIPT                                                                               \
    {                                                                                              \
        "ascii", "latin", "cjk", "emoji", "mixed"                                                  \
    }

static const struct conversion conversions[] = {
    { "base64_encode", FORM_BYTES, FORM_BASE64, { NULL } },
    { "base64url_encode", FORM_BYTES, FORM_BASE64URL, { NULL } },
    { "base64_decode", FORM_BASE64, FORM_BYTES, { NULL } },
    { "base64_decode_lines", FORM_MIME, FORM_BYTES, { NULL } },
    { "base64_strict", FORM_BASE64, FORM_BYTES, { NULL } },
    { "base64_web", FORM_MIME, FORM_BYTES, { NULL } },
    { "hex_encode", FORM_BYTES, FORM_HEX, { NULL } },
    { "hex_decode", FORM_HEX, FORM_BYTES, { NULL } },
    { "utf8_validate", FORM_UTF8, FORM_YES, EVERY_SCRIPT },
    { "utf8_to_utf16", FORM_UTF8, FORM_UTF16, EVERY_SCRIPT },
    { "utf16_to_utf8", FORM_UTF16, FORM_UTF8, EVERY_SCRIPT },
    { "latin1_to_utf8", FORM_LATIN1, FORM_UTF8, { "ascii", "latin" } },
};

void fcb_codecs(const char *group)
{
    static const size_t sizes[] = { 16, 64, 256, 1 << 10, 64 << 10, 1 << 20, 16 << 20 };
    static const size_t quick_sizes[] = { 64 << 10 };
    const size_t *of = fcb_quick() ? quick_sizes : sizes;
    size_t count = fcb_quick() ? FCB_COUNT(quick_sizes) : FCB_COUNT(sizes);
    for (size_t i = 0; i < FCB_COUNT(conversions); i++) {
        const struct conversion *c = &conversions[i];
        for (size_t script = 0; script < FCB_COUNT(c->scripts); script++) {
            if (script > 0 && c->scripts[script] == NULL) {
                break;
            }
            for (size_t j = 0; j < count; j++) {
                convert(group, c, c->scripts[script], of[j]);
            }
        }
    }
}
