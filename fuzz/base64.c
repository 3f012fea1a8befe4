/* SPDX-License-Identifier: MIT */

/* Base64 in its three strictnesses and both alphabets: lenient, ECMAScript's and atob against their
 * models, strict against what encoding again gives, the kernels against scalar's. */

#include "base/common.h"

#include "kernels/base64.h"

#include "codecs.h"

static const struct fct_encoding encodings[] = {
    { .codec = &fci_codec_base64, .encode = fct_encode_base64, .decode = fct_decode_base64 },
    { .codec = &fci_codec_base64url, .encode = fct_encode_base64url, .decode = fct_decode_base64 },
};

/* Whether encoding what the text decodes to gives the text; with padding if it has some. */
static bool is_canonical(const fc_text *text, bool url)
{
    static uint16_t units[FUZZ_TEXT_MAX], again[FUZZ_TEXT_MAX + 8];
    static uint8_t bytes[FUZZ_TEXT_MAX];
    size_t count = fuzz_units(units, text);
    size_t length = fct_decode_base64(bytes, SIZE_MAX, units, count);
    size_t back = encodings[url].encode(again, bytes, length);
    while (url && back % 4 != 0 && count != 0 && units[count - 1] == '=') {
        again[back++] = '=';
    }
    return back == count && memcmp(again, units, 2 * count) == 0;
}

static void strict(const fc_text *text, bool url)
{
    fc_decode_error error = { .offset = 99 };
    fc_buffer made = FC_BUFFER_INIT;
    bool good = is_canonical(text, url);
    fc_encoding encoding = url ? FC_ENCODING_BASE64URL : FC_ENCODING_BASE64;
    fc_status status = fc_buffer_from_text_strict(&made, &error, *text, encoding);
    FUZZ_CHECK(status == (good ? FC_OK : FC_ERR_INVALID_DATA));
    FUZZ_CHECK(good ? error.offset == 99 && error.kind == 0
                    : error.offset <= text->count && error.kind != 0);
    if (good) {
        fuzz_decoded(&made, text, fct_decode_base64);
    }
}

/* The text for a model that takes ASCII only: what is none is wrong, as `*` is. */
static const char *as_chars(const fc_text *text)
{
    static char chars[FUZZ_TEXT_MAX + 1];
    for (size_t i = 0; i < text->count; i++) {
        unsigned unit = fuzz_unit(text, i);
        chars[i] = (char)(unit == 0 || unit > 127 ? '*' : unit);
    }
    chars[text->count] = '\0';
    return chars;
}

static void web(const fc_text *text, const fc_base64_options *options, size_t room)
{
    struct fci_web_base64 all, some;
    fc_buffer made = FC_BUFFER_INIT, target = FC_BUFFER_INIT;
    size_t read = 99, written = 99;
    fc_text taken = *text;
    bool good = fct_web_base64(&all, as_chars(text), options, SIZE_MAX);
    bool fits = fct_web_base64(&some, as_chars(text), options, room);
    fc_status status = fc_buffer_from_base64(&made, *text, options);
    FUZZ_CHECK(status == (good ? FC_OK : FC_ERR_INVALID_DATA));
    if (good) {
        taken.count = all.read;
        fuzz_decoded(&made, &taken, fct_decode_base64);
    }
    FUZZ_CHECK(fc_buffer_alloc(&target, room) == FC_OK);
    status = fc_buffer_set_from_base64(&read, &written, &target, *text, options);
    FUZZ_CHECK(status == (fits ? FC_OK : FC_ERR_INVALID_DATA));
    FUZZ_CHECK(read == (fits ? some.read : 99) && written == (fits ? some.bytes : 99));
    for (size_t i = fits ? written : 0; i < room; i++) {
        FUZZ_CHECK(fc_buffer_data(&target)[i] == 0);
    }
    if (fits) {
        taken.count = some.read;
        fc_buffer_narrow(&target, 0, (ptrdiff_t)written);
        fuzz_decoded(&target, &taken, fct_decode_base64);
    }
    fc_buffer_release(&target);
}

static void atob(const fc_text *text)
{
    fc_buffer made = FC_BUFFER_INIT;
    bool good = fct_web_atob(as_chars(text));
    FUZZ_CHECK(fc_atob(&made, *text) == (good ? FC_OK : FC_ERR_INVALID_DATA));
    if (good) {
        fuzz_decoded(&made, text, fct_decode_base64);
    }
}

/* ECMAScript's text of bytes: both alphabets pad unless told not to. */
static void to_text(fc_view bytes, const fc_base64_options *options)
{
    static uint16_t units[2 * FUZZ_TEXT_MAX];
    fc_buffer made = FC_BUFFER_INIT;
    size_t count = encodings[options->alphabet].encode(units, bytes.bytes, bytes.length);
    while (options->omit_padding != 0 && count != 0 && units[count - 1] == '=') {
        count--;
    }
    while (options->omit_padding == 0 && count % 4 != 0) {
        units[count++] = '=';
    }
    FUZZ_CHECK(fc_view_to_base64(&made, bytes, options) == FC_OK);
    FUZZ_CHECK(fc_buffer_length(&made) == count);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(fc_buffer_data(&made)[i] == units[i]);
    }
    fc_buffer_release(&made);
}

static void kernels(const struct fci_kernels *tier, fc_view bytes)
{
    uint8_t scalar[4 * FUZZ_TEXT_MAX / 3];
    size_t in = bytes.length / 3, out = bytes.length / 4;
    for (unsigned way = 0; way < 4; way++) {
        bool far = way % 2 != 0, url = way / 2 != 0;
        const uint8_t *from = fuzz_place_copy(0, fc_view_of(bytes.bytes, 3 * in), far);
        uint8_t *to = fuzz_place(1, 4 * in, far);
        (void)fci_kernels_scalar.base64_encode(scalar, from, 3 * in, url);
        FUZZ_CHECK(tier->base64_encode(to, from, 3 * in, url) == 4 * in);
        FUZZ_CHECK(memcmp(to, scalar, 4 * in) == 0);
        from = fuzz_place_copy(0, fc_view_of(bytes.bytes, 4 * out), far);
        to = fuzz_place(1, 3 * out, far);
        size_t done = fci_kernels_scalar.base64_decode(scalar, from, out, FCI_BASE64_EITHER);
        FUZZ_CHECK(tier->base64_decode(to, from, out, FCI_BASE64_EITHER) == done);
        FUZZ_CHECK(memcmp(to, scalar, 3 * done) == 0);
    }
}

static const struct fuzz_letters letters = {
    .common = { "A", "B", "C", "D", "E", "F", "I", "J", "M", "P", "Q", "R",    "T",    "U",   "Y",
                "Z", "a", "b", "c", "e", "f", "g", "h", "i", "k", "o", "p",    "q",    "v",   "w",
                "x", "z", "0", "1", "2", "4", "7", "8", "9", "/", "+", "ABCD", "Zm9v", "7_8-" },
    .rare = { "=", "==", "===", "-", "_", " ", "\n", "\r\n", "\t", "*", "\x7f", "\xc3\xa9" },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t room = fuzz_number(&input, 1), way = fuzz_number(&input, 1);
        bool url = way % 2 != 0;
        fc_base64_options options = { .size = sizeof options,
                                      .alphabet = (uint32_t)(way % 2),
                                      .last_chunk = (uint32_t)(way / 2 % 3),
                                      .omit_padding = (uint32_t)(way / 6 % 2) };
        fuzz_codec(&encodings[url], input);
        fc_view rest = fuzz_take(&input, FUZZ_TEXT_MAX);
        kernels(tier, rest);
        if (way >= 128) {
            rest = fuzz_spell(&letters, rest, FUZZ_TEXT_MAX);
        }
        to_text(rest, &options);
        for (int wide = 0; wide < 2; wide++) {
            fc_text text = fuzz_text(rest, wide != 0);
            strict(&text, url);
            web(&text, &options, room);
            atob(&text);
        }
    }
    return 0;
}
