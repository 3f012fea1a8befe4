/* SPDX-License-Identifier: MIT */

/* The calls that make bytes of text and text of bytes, write text, and search for it. The text is
 * always hexadecimal digits, which every encoding can decode; it is longer than what a call keeps
 * on the stack, and what is written goes into the second quarter of a buffer with a snapshot. */

#include "base/common.h"

#include "oom.h"

/* ---- texts ----------------------------------------------------------------------------------- */

#define DIGITS_MAX ((size_t)1 << 16)
static const char hex_digits[] = "0123456789abcdef";

/* `count` digits, in UTF-8. */
static fc_text digits(size_t count)
{
    static char chars[DIGITS_MAX];
    ck_assert_uint_le(count, DIGITS_MAX);
    for (size_t i = 0; i < count; i++) {
        chars[i] = hex_digits[i * 7 % 16];
    }
    return fc_text_utf8(chars, count);
}

static uint8_t digit(size_t i)
{
    return (uint8_t)hex_digits[i * 7 % 16];
}

/* The byte that two of them are. */
static uint8_t pair(size_t i)
{
    return (uint8_t)((2 * i * 7 % 16) << 4 | (2 * i + 1) * 7 % 16);
}

/* The byte that they are in base64. */
static uint8_t triple(size_t i)
{
    uint32_t group = 0;
    for (size_t at = i / 3 * 4; at < i / 3 * 4 + 4; at++) {
        uint8_t c = digit(at);
        group = group << 6 | (c <= '9' ? c - '0' + 52u : c - 'a' + 26u);
    }
    return (uint8_t)(group >> (16 - i % 3 * 8));
}

/* The same digits in UTF-16. */
static fc_text wide_digits(size_t count)
{
    static uint16_t units[DIGITS_MAX];
    ck_assert_uint_le(count, DIGITS_MAX);
    for (size_t i = 0; i < count; i++) {
        units[i] = digit(i);
    }
    return fc_text_utf16(units, count);
}

/* ---- made of text, and the other way --------------------------------------------------------- */

/* held[0] has the pattern. */
static void set_up_one(struct scene *scene)
{
    ck_assert_int_eq(fc_buffer_from_bytes(&scene->held[0], scene->memory, scene->length), FC_OK);
}

/* held[0] has the digits. */
static void set_up_digits(struct scene *scene)
{
    fc_text text = digits(scene->length);
    ck_assert_int_eq(fc_buffer_from_bytes(&scene->held[0], text.units, text.count), FC_OK);
}

#define MAKE(name, function, ...)                                                                  \
    static fc_status call_##name(struct scene *scene)                                              \
    {                                                                                              \
        return oom_made(scene, function(&scene->out, __VA_ARGS__));                                \
    }
#define TEXT digits(scene->length)
#define WIDE wide_digits(scene->length)
#define HELD (&scene->held[0])
#define VIEW fc_buffer_view(&scene->held[0])

MAKE(from_utf8, fc_buffer_from_utf8, TEXT.units, scene->length)
MAKE(from_text, fc_buffer_from_text, WIDE, FC_ENCODING_UTF8)
MAKE(from_text_utf16, fc_buffer_from_text, TEXT, FC_ENCODING_UTF16LE)
MAKE(from_text_hex, fc_buffer_from_text, TEXT, FC_ENCODING_HEX)
MAKE(from_text_base64, fc_buffer_from_text, WIDE, FC_ENCODING_BASE64)
MAKE(strict, fc_buffer_from_text_strict, NULL, WIDE, FC_ENCODING_ASCII)
MAKE(strict_hex, fc_buffer_from_text_strict, NULL, TEXT, FC_ENCODING_HEX)
MAKE(strict_base64, fc_buffer_from_text_strict, NULL, TEXT, FC_ENCODING_BASE64)
MAKE(from_hex, fc_buffer_from_hex, WIDE)
MAKE(from_base64, fc_buffer_from_base64, TEXT, NULL)
MAKE(atob, fc_atob, WIDE)
MAKE(btoa, fc_btoa, TEXT)
MAKE(fill_text, fc_buffer_alloc_fill_text, scene->length, digits(1024), FC_ENCODING_HEX)
MAKE(to_utf8, fc_buffer_to_utf8, HELD, FC_ENCODING_UTF8, 0, FC_END)
MAKE(view_to_utf8, fc_view_to_utf8, VIEW, FC_ENCODING_LATIN1)
MAKE(to_utf16, fc_buffer_to_utf16, HELD, FC_ENCODING_ASCII, 0, FC_END)
MAKE(view_to_utf16, fc_view_to_utf16, VIEW, FC_ENCODING_UTF8)
MAKE(transcode, fc_buffer_transcode, HELD, FC_ENCODING_UTF8, FC_ENCODING_LATIN1)
MAKE(view_transcode, fc_view_transcode, VIEW, FC_ENCODING_LATIN1, FC_ENCODING_UTF16LE)
MAKE(to_hex, fc_buffer_to_hex, HELD)
MAKE(view_to_hex, fc_view_to_hex, VIEW)
MAKE(to_base64, fc_buffer_to_base64, HELD, NULL)
MAKE(view_to_base64, fc_view_to_base64, VIEW, NULL)
MAKE(inspect, fc_buffer_inspect, HELD, SIZE_MAX)
MAKE(to_json, fc_buffer_to_json, HELD)
MAKE(hex_dump, fc_buffer_hex_dump, HELD, 0)

/* The digits before a mistake: the rest of the memory is given back, in an allocation of its own.
 */
static fc_status call_from_dirty(struct scene *scene)
{
    static char dirty[DIGITS_MAX];
    memcpy(dirty, digits(scene->length).units, scene->length);
    dirty[scene->length / 4] = '*';
    fc_text text = fc_text_utf8(dirty, scene->length);
    return oom_made(scene, fc_buffer_from_text(&scene->out, text, FC_ENCODING_HEX));
}

static void assert_made(const struct scene *scene, size_t length, uint8_t (*byte)(size_t i))
{
    const uint8_t *bytes = fc_buffer_data(&scene->out);
    ck_assert_uint_eq(fc_buffer_length(&scene->out), length);
    ck_assert(fc_buffer_is_unique(&scene->out));
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != byte(i)) {
            ck_abort_msg("byte %zu is %u", i, bytes[i]);
        }
    }
}

static void check_digits(struct scene *scene)
{
    assert_made(scene, scene->length, digit);
}

static uint8_t wide(size_t i)
{
    return i % 2 == 0 ? digit(i / 2) : 0;
}

static void check_wide(struct scene *scene)
{
    assert_made(scene, 2 * scene->length, wide);
}

/* Which of a unit's bytes is the low one on this machine. */
#define LOW ((size_t)(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__))

static uint8_t unit(size_t i)
{
    return i % 2 == LOW ? digit(i / 2) : 0;
}

static void check_units(struct scene *scene)
{
    assert_made(scene, 2 * scene->length, unit);
}

static void check_pairs(struct scene *scene)
{
    assert_made(scene, scene->length / 2, pair);
}

static void check_dirty(struct scene *scene)
{
    assert_made(scene, scene->length / 8, pair);
}

static uint8_t repeated_pair(size_t i)
{
    return pair(i % 512);
}

static void check_filled(struct scene *scene)
{
    assert_made(scene, scene->length, repeated_pair);
}

static uint8_t digit_of_pattern(size_t i)
{
    return (uint8_t)hex_digits[i % 2 == 0 ? fct_pattern(i / 2) >> 4 : fct_pattern(i / 2) & 15];
}

static void check_hex(struct scene *scene)
{
    assert_made(scene, 2 * scene->length, digit_of_pattern);
}

static void check_triples(struct scene *scene)
{
    assert_made(scene, scene->length / 4 * 3, triple);
}

/* Base64 that is made is looked at by going back. */
static void assert_base64_of(const struct scene *scene, fc_view bytes)
{
    fc_buffer again = FC_BUFFER_INIT;
    const void *chars = fc_buffer_data(&scene->out);
    fc_text text = fc_text_utf8(chars, fc_buffer_length(&scene->out));
    ck_assert_int_eq(fc_buffer_from_base64(&again, text, NULL), FC_OK);
    ck_assert(fc_view_equal(fc_buffer_view(&again), bytes));
    fc_buffer_release(&again);
}

static void check_base64(struct scene *scene)
{
    assert_base64_of(scene, VIEW);
}

static void check_base64_of_digits(struct scene *scene)
{
    assert_base64_of(scene, fc_view_of(TEXT.units, scene->length));
}

static void check_shown(struct scene *scene)
{
    ck_assert_uint_gt(fc_buffer_length(&scene->out), 2 * scene->length);
    ck_assert(fc_buffer_is_unique(&scene->out));
}

/* ---- written --------------------------------------------------------------------------------- */

static fc_status call_write(struct scene *scene)
{
    return fc_buffer_write_text(&scene->copied, &scene->held[1], 0, scene->length / 4,
                                digits(scene->length / 2), FC_ENCODING_HEX);
}

/* Text that begins where it is written: every other byte of the buffer, from the window on. */
static fc_status call_write_self(struct scene *scene)
{
    fc_view window = fc_buffer_view(&scene->held[1]);
    fc_text text = fc_text_utf16((const uint16_t *)(const void *)window.bytes, window.length);
    return fc_buffer_write_text(&scene->copied, &scene->held[1], 0, window.length, text,
                                FC_ENCODING_LATIN1);
}

static fc_status call_set_from_hex(struct scene *scene)
{
    size_t read = SIZE_MAX;
    fc_status status =
        fc_buffer_set_from_hex(&read, &scene->copied, &scene->held[1], wide_digits(scene->length));
    ck_assert_uint_eq(read, status == FC_OK ? scene->length / 2 : SIZE_MAX);
    return status;
}

/* A quarter of digits: three sixteenths of bytes. */
static fc_status call_set_from_base64(struct scene *scene)
{
    size_t read = SIZE_MAX;
    fc_status status = fc_buffer_set_from_base64(&read, &scene->copied, &scene->held[1],
                                                 digits(scene->length / 4), NULL);
    ck_assert_uint_eq(read, status == FC_OK ? scene->length / 4 : SIZE_MAX);
    return status;
}

static fc_status call_fill(struct scene *scene)
{
    return fc_buffer_fill_text(&scene->held[1], 0, FC_END, digits(1024), FC_ENCODING_HEX);
}

static uint8_t written_pair(const struct scene *scene, size_t i)
{
    (void)scene;
    return pair(i);
}

static uint8_t written_self(const struct scene *scene, size_t i)
{
    return fct_pattern(scene->length / 4 + 2 * i + LOW);
}

static uint8_t written_triple(const struct scene *scene, size_t i)
{
    return i < scene->length / 16 * 3 ? triple(i) : fct_pattern(scene->length / 4 + i);
}

static void check_written(struct scene *scene)
{
    ck_assert_uint_eq(scene->copied, scene->length / 4);
    oom_assert_written(scene, written_pair);
}

static void check_written_self(struct scene *scene)
{
    ck_assert_uint_eq(scene->copied, scene->length / 4);
    oom_assert_written(scene, written_self);
}

static void check_written_triples(struct scene *scene)
{
    ck_assert_uint_eq(scene->copied, scene->length / 16 * 3);
    oom_assert_written(scene, written_triple);
}

static void check_window_filled(struct scene *scene)
{
    oom_assert_written(scene, written_pair);
}

/* ---- searched for ---------------------------------------------------------------------------- */

/* The digits come again every sixteen. */
#define NEEDLE ((size_t)1024)

static fc_status found(fc_status status, ptrdiff_t index, size_t expected)
{
    ck_assert_int_eq(index, status == FC_OK ? (ptrdiff_t)expected : -7);
    return status;
}

#define FIND(name, function, hay, needle, from, encoding, place)                                   \
    static fc_status call_##name(struct scene *scene)                                              \
    {                                                                                              \
        ptrdiff_t index = -7;                                                                      \
        fc_status status = function(&index, hay, needle, from, encoding);                          \
        return found(status, index, place);                                                        \
    }
#define LAST (scene->length - NEEDLE)
FIND(index_of, fc_buffer_index_of_text, HELD, digits(NEEDLE), 1, FC_ENCODING_UTF8, 16)
FIND(view_index_of, fc_view_index_of_text, VIEW, wide_digits(NEEDLE), 17, FC_ENCODING_UTF8, 32)
FIND(last, fc_buffer_last_index_of_text, HELD, digits(NEEDLE), FC_END, FC_ENCODING_LATIN1, LAST)
FIND(view_last, fc_view_last_index_of_text, VIEW, digits(NEEDLE), FC_END, FC_ENCODING_ASCII, LAST)

#define INCLUDES(name, function, hay)                                                              \
    static fc_status call_##name(struct scene *scene)                                              \
    {                                                                                              \
        bool includes = false;                                                                     \
        fc_status status = function(&includes, hay, wide_digits(NEEDLE), 0, FC_ENCODING_ASCII);    \
        ck_assert_int_eq(includes, status == FC_OK);                                               \
        return status;                                                                             \
    }
INCLUDES(includes, fc_buffer_includes_text, HELD)
INCLUDES(view_includes, fc_view_includes_text, VIEW)

const struct oom_case oom_cases_text[] = {
    { "from_utf8, small", SMALL, true, NULL, call_from_utf8, check_digits },
    { "from_utf8, middle", MIDDLE, true, NULL, call_from_utf8, check_digits },
    { "from_text", MIDDLE, true, NULL, call_from_text, check_digits },
    { "from_text, utf16le", MIDDLE, true, NULL, call_from_text_utf16, check_wide },
    { "from_text, hex", MIDDLE, true, NULL, call_from_text_hex, check_pairs },
    { "from_text, base64", MIDDLE, true, NULL, call_from_text_base64, check_triples },
    { "from_text, with a mistake, small", SMALL, true, NULL, call_from_dirty, check_dirty },
    { "from_text, with a mistake", SHARED, true, NULL, call_from_dirty, check_dirty },
    { "from_text_strict, ascii", MIDDLE, true, NULL, call_strict, check_digits },
    { "from_text_strict, hex", MIDDLE, true, NULL, call_strict_hex, check_pairs },
    { "from_text_strict, base64", MIDDLE, true, NULL, call_strict_base64, check_triples },
    { "from_hex", MIDDLE, true, NULL, call_from_hex, check_pairs },
    { "from_base64", MIDDLE, true, NULL, call_from_base64, check_triples },
    { "atob", MIDDLE, true, NULL, call_atob, check_triples },
    { "btoa", MIDDLE, true, NULL, call_btoa, check_base64_of_digits },
    { "alloc_fill_text", MIDDLE, true, NULL, call_fill_text, check_filled },
    { "to_utf8", MIDDLE, true, set_up_digits, call_to_utf8, check_digits },
    { "to_utf8, view", MIDDLE, true, set_up_digits, call_view_to_utf8, check_digits },
    { "to_utf16", MIDDLE, true, set_up_digits, call_to_utf16, check_units },
    { "to_utf16, view", MIDDLE, true, set_up_digits, call_view_to_utf16, check_units },
    { "transcode", MIDDLE, true, set_up_digits, call_transcode, check_digits },
    { "transcode, view", MIDDLE, true, set_up_digits, call_view_transcode, check_wide },
    { "to_hex", MIDDLE, true, set_up_one, call_to_hex, check_hex },
    { "to_hex, view", MIDDLE, true, set_up_one, call_view_to_hex, check_hex },
    { "to_base64", MIDDLE, true, set_up_one, call_to_base64, check_base64 },
    { "to_base64, view", MIDDLE, true, set_up_one, call_view_to_base64, check_base64 },
    { "inspect, buffer", MIDDLE, true, set_up_one, call_inspect, check_shown },
    { "to_json, buffer", MIDDLE, true, set_up_one, call_to_json, check_shown },
    { "hex_dump, buffer", MIDDLE, true, set_up_one, call_hex_dump, check_shown },
    { "write_text that detaches", SHARED, true, oom_set_up_shared, call_write, check_written },
    { "write_text in place", SHARED, false, oom_set_up_alone, call_write, check_written },
    { "write_text of itself", SHARED, true, oom_set_up_shared, call_write_self,
      check_written_self },
    { "write_text of itself in place", SHARED, true, oom_set_up_alone, call_write_self,
      check_written_self },
    { "set_from_hex that detaches", SHARED, true, oom_set_up_shared, call_set_from_hex,
      check_written },
    { "set_from_base64 that detaches", SHARED, true, oom_set_up_shared, call_set_from_base64,
      check_written_triples },
    { "fill_text that detaches", SHARED, true, oom_set_up_shared, call_fill, check_window_filled },
    { "fill_text in place", SHARED, true, oom_set_up_alone, call_fill, check_window_filled },
    { "index_of_text", SHARED, true, set_up_digits, call_index_of, NULL },
    { "index_of_text, view", SHARED, true, set_up_digits, call_view_index_of, NULL },
    { "last_index_of_text", SHARED, true, set_up_digits, call_last, NULL },
    { "last_index_of_text, view", SHARED, true, set_up_digits, call_view_last, NULL },
    { "includes_text", SHARED, true, set_up_digits, call_includes, NULL },
    { "includes_text, view", SHARED, true, set_up_digits, call_view_includes, NULL },
    { NULL, 0, false, NULL, NULL, NULL },
};
