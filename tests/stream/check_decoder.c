/* SPDX-License-Identifier: MIT */

/* The decoder: what Node gives chunk by chunk, and that chunks joined are the whole, however the
 * bytes are cut. */

#include "base/common.h"

#include <fc_buffer/decoder.h>

#include "support.h"

#include <stdio.h>
#include <string.h>

#define ROOM 256

static fc_decoder make(fc_encoding encoding)
{
    fc_decoder d;
    memset(&d, 0x5a, sizeof d);
    if (fc_decoder_init(&d, encoding) != FC_OK) {
        ck_abort_msg("encoding %d", encoding);
    }
    return d;
}

/* ---- chunk by chunk -------------------------------------------------------------------------- */

/* A chunk, what it gives, and what is needed and held then. The last has no bytes: the end. */
struct step {
    const char *bytes;
    size_t length;
    const uint16_t *text;
    size_t need, total;
};

#define CHUNK(bytes, text, need, total)                                                            \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, text, need, total                                                \
    }
#define END(text)                                                                                  \
    {                                                                                              \
        NULL, 0, text, 0, 0                                                                        \
    }

static const struct {
    fc_encoding encoding;
    struct step steps[6];
} stories[] = {
    { FC_ENCODING_UTF8,
      { CHUNK("\xe2\x82", u"", 1, 3),
        CHUNK("A",
              u"\xfffd"
              u"A",
              0, 0),
        END(u"") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xe2", u"", 2, 3), CHUNK("\x82", u"", 1, 3), CHUNK("\xac!", u"\x20ac!", 0, 0),
        END(u"") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xe0", u"", 2, 3), CHUNK("\x80", u"", 1, 3),
        CHUNK("\x80", u"\xfffd\xfffd\xfffd", 0, 0), END(u"") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xc0", u"", 1, 2), CHUNK("\x80", u"\xfffd\xfffd", 0, 0), END(u"") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xf8", u"\xfffd", 0, 0), CHUNK("\x88", u"\xfffd", 0, 0), END(u"") } },
    { FC_ENCODING_UTF8, { CHUNK("a\xf0\x9f\x98", u"a", 1, 4), END(u"\xfffd") } },
    { FC_ENCODING_UTF8, { CHUNK("\xed\xa0", u"", 1, 3), END(u"\xfffd\xfffd") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xef\xbb", u"", 1, 3),
        CHUNK("\xbf"
              "A",
              u"\xfeff"
              u"A",
              0, 0),
        END(u"") } },
    { FC_ENCODING_UTF8,
      { CHUNK("\xf0\x9f", u"", 2, 4), CHUNK("", u"", 2, 4),
        CHUNK("\x98\x80", u"\xd83d\xde00", 0, 0), END(u"") } },
    { FC_ENCODING_UTF8, { CHUNK("\x80\x80\x80", u"\xfffd\xfffd\xfffd", 0, 0), END(u"") } },
    { FC_ENCODING_UTF16LE,
      { CHUNK("\x3d\xd8", u"", 2, 4), { "\0\xde", 2, u"\xd83d\xde00", 0, 0 }, END(u"") } },
    { FC_ENCODING_UTF16LE,
      { { "\x3d\xd8\0", 3, u"\xd83d", 1, 2 }, CHUNK("\xde", u"\xde00", 0, 0), END(u"") } },
    { FC_ENCODING_UTF16LE,
      { CHUNK("\x3d", u"", 1, 2),
        CHUNK("\xd8", u"\xd83d", 0, 0),
        { "\0", 1, u"", 1, 2 },
        CHUNK("\xde", u"\xde00", 0, 0),
        END(u"") } },
    { FC_ENCODING_UTF16LE, { CHUNK("\x3d\xd8", u"", 2, 4), END(u"\xd83d") } },
    { FC_ENCODING_UTF16LE,
      { CHUNK("\x3d\xd8", u"", 2, 4), CHUNK("a", u"", 1, 4), END(u"\xd83d") } },
    { FC_ENCODING_UTF16LE, { CHUNK("a", u"", 1, 2), END(u"") } },
    { FC_ENCODING_BASE64, { CHUNK("ab", u"", 1, 3), CHUNK("cd", u"YWJj", 2, 3), END(u"ZA==") } },
    { FC_ENCODING_BASE64URL,
      { CHUNK("\xff", u"", 2, 3), CHUNK("\xff\xff\xff\xff", u"____", 1, 3), END(u"__8") } },
    { FC_ENCODING_HEX, { CHUNK("\x0f", u"0f", 0, 0), CHUNK("", u"", 0, 0), END(u"") } },
    { FC_ENCODING_LATIN1, { CHUNK("\xe9", u"\xe9", 0, 0), END(u"") } },
    { FC_ENCODING_ASCII, { CHUNK("\xe1", u"a", 0, 0), END(u"") } },
};

static size_t units_in(const uint16_t *text)
{
    size_t count = 0;
    while (text[count] != 0) {
        count++;
    }
    return count;
}

/* One step into just the room that it needs; in less, nothing happens. */
static void take_step(fc_decoder *d, const struct step *step)
{
    uint16_t to[ROOM];
    size_t count = units_in(step->text), written = 99;
    for (size_t room = count == 0 ? 0 : count - 1; room <= count; room++) {
        fc_decoder before = *d;
        memset(to, 0xee, sizeof to);
        fc_status status = step->bytes != NULL
                               ? fc_decoder_write_utf16(&written, to, room, d,
                                                        fc_view_of(step->bytes, step->length))
                               : fc_decoder_end_utf16(&written, to, room, d);
        if (room < count) {
            ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
            ck_assert_mem_eq(&before, d, sizeof before);
            ck_assert_uint_eq(written, 99);
            ck_assert_uint_eq(to[0], 0xeeee);
        } else {
            ck_assert_int_eq(status, FC_OK);
        }
    }
    ck_assert_uint_eq(written, count);
    ck_assert_mem_eq(to, step->text, 2 * count);
    ck_assert_uint_eq(to[count], 0xeeee);
    ck_assert_uint_eq(fc_decoder_need(d), step->need);
    ck_assert_uint_eq(fc_decoder_total(d), step->total);
}

START_TEST(write_gives_what_node_gives)
{
    fc_decoder d = make(stories[_i].encoding);
    for (int again = 0; again < 2; again++) {
        const struct step *step = stories[_i].steps;
        for (; step->bytes != NULL; step++) {
            take_step(&d, step);
        }
        take_step(&d, step);
    }
    ck_assert_int_eq(fc_decoder_encoding(&d), stories[_i].encoding);
}
END_TEST

/* ---- joined ---------------------------------------------------------------------------------- */

/* A chunk, and the room for what it gives, stand flush against inaccessible pages. */
static struct fct_guarded source, target;

static void setup(void)
{
    source = fct_guarded_make(1);
    target = fct_guarded_make(1);
}

static void teardown(void)
{
    fct_guarded_free(&source);
    fct_guarded_free(&target);
}

/* Appends what one call gives, which is no more than the bound told before it. */
struct joined {
    fc_decoder decoder;
    uint8_t text[4 * ROOM];
    size_t length; /* in units of the form */
    bool utf16;
};

static void join(struct joined *joined, const uint8_t *bytes, size_t length)
{
    size_t written = 0, unit = joined->utf16 ? 2 : 1;
    size_t room = fc_decoder_bound(&joined->decoder, length);
    void *to = fct_guarded_end(&target, room * unit);
    fc_decoder *d = &joined->decoder;
    fc_status status;
    if (bytes == NULL) {
        status = joined->utf16 ? fc_decoder_end_utf16(&written, to, room, d)
                               : fc_decoder_end_utf8(&written, to, room, d);
    } else {
        fc_view chunk = fc_view_of(memcpy(fct_guarded_end(&source, length), bytes, length), length);
        status = joined->utf16 ? fc_decoder_write_utf16(&written, to, room, d, chunk)
                               : fc_decoder_write_utf8(&written, to, room, d, chunk);
    }
    if (status != FC_OK || written > room ||
        (joined->length + written) * unit > sizeof joined->text) {
        ck_abort_msg("%zu bytes into room for %zu: %d, %zu", length, room, status, written);
    }
    memcpy(joined->text + joined->length * unit, to, written * unit);
    joined->length += written;
}

/* The whole in one piece: without an odd last byte of UTF-16. */
static size_t whole(void *to, bool utf16, fc_encoding encoding, const uint8_t *bytes, size_t length)
{
    size_t written = 0;
    fc_view view = fc_view_of(bytes, length);
    fc_status status = utf16 ? fc_view_write_utf16(&written, to, 2 * ROOM, view, encoding)
                             : fc_view_write_utf8(&written, to, 4 * ROOM, view, encoding);
    if (status != FC_OK) {
        ck_abort_msg("encoding %d: %d", encoding, status);
    }
    return written;
}

/* The bytes cut where `cuts` has a bit. */
static void compare(fc_encoding encoding, const uint8_t *bytes, size_t length, uint32_t cuts)
{
    for (int utf16 = 0; utf16 < 2; utf16++) {
        struct joined joined = { .decoder = make(encoding), .length = 0, .utf16 = utf16 != 0 };
        uint16_t expected[2 * ROOM];
        size_t bound = fc_decoder_bound(&joined.decoder, length);
        size_t count = whole(expected, joined.utf16, encoding, bytes, length);
        for (size_t begin = 0, end = 1; end <= length; end++) {
            if (end == length || (cuts >> end & 1) != 0) {
                join(&joined, bytes + begin, end - begin);
                begin = end;
            }
        }
        join(&joined, NULL, 0);
        if (joined.length != count || count > bound ||
            memcmp(joined.text, expected, count * (joined.utf16 ? 2 : 1)) != 0) {
            ck_abort_msg("encoding %d, form %d, %zu bytes %02x %02x %02x %02x, cuts %x", encoding,
                         utf16, length, bytes[0], bytes[1], bytes[2], bytes[3], cuts);
        }
    }
}

/* All short sequences of a pool, with all cuts. */
START_TEST(chunks_joined_are_the_whole)
{
    static const uint8_t utf8[] = { 0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xff, 0xa0 };
    static const uint8_t utf16[] = { 0x41, 0xd8, 0xdb, 0xdc, 0xdf };
    fc_encoding encoding = (fc_encoding)(_i + 1);
    bool units = encoding == FC_ENCODING_UTF16LE;
    const uint8_t *pool = units ? utf16 : utf8;
    size_t kinds = units ? sizeof utf16 : sizeof utf8;
    size_t longest = units ? 6 : encoding == FC_ENCODING_UTF8 ? 5 : 3;
    for (size_t length = 1, all = kinds; length <= longest; length++, all *= kinds) {
        for (size_t number = 0; number < all; number += length < 4 ? 1 : fct_effort_step()) {
            uint8_t bytes[8] = { 0 };
            size_t rest = number;
            for (size_t i = 0; i < length; i++, rest /= kinds) {
                bytes[i] = pool[rest % kinds];
            }
            for (uint32_t cuts = 0; cuts < 1u << length; cuts += 2) {
                compare(encoding, bytes, length, cuts);
            }
        }
    }
}
END_TEST

START_TEST(random_chunks_joined_are_the_whole)
{
    struct fct_random random = { .state = 20240611 };
    fc_encoding encoding = (fc_encoding)(_i + 1);
    (void)printf("seed %llu\n", (unsigned long long)random.state);
    for (size_t round = 0; round < 20000; round += fct_effort_step()) {
        uint8_t bytes[32];
        size_t length = fct_random_below(&random, sizeof bytes) + 1;
        size_t mask = fct_random_below(&random, 2) == 0 ? 0xff : 0x1f;
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (uint8_t)(0xd0 ^ (fct_random_next(&random) & mask));
        }
        compare(encoding, bytes, length, (uint32_t)fct_random_next(&random));
    }
}
END_TEST

/* ---- surrogates in UTF-8 --------------------------------------------------------------------- */

/* Node's two strings "\ud83d" and "\ude00" are one character once they are joined. */
START_TEST(split_pair_is_whole_in_utf8)
{
    fc_decoder d = make(FC_ENCODING_UTF16LE);
    char to[8];
    size_t written = 99;
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 0, &d, fc_view_of("\x3d\xd8\0", 3)),
                     FC_OK);
    ck_assert_uint_eq(written, 0);
    ck_assert_uint_eq(fc_decoder_need(&d), 1);
    ck_assert_uint_eq(fc_decoder_total(&d), 2);
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 3, &d, FC_VIEW_LITERAL("\xde")),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 4, &d, FC_VIEW_LITERAL("\xde")), FC_OK);
    ck_assert_uint_eq(written, 4);
    ck_assert_mem_eq(to, "\xf0\x9f\x98\x80", 4);
}
END_TEST

START_TEST(owed_surrogate_stays_alone)
{
    fc_decoder d = make(FC_ENCODING_UTF16LE);
    char to[8];
    uint16_t units[4];
    size_t written = 99;
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 0, &d,
                                           fc_view_of("\x3d\xd8"
                                                      "a",
                                                      3)),
                     FC_OK);
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 8, &d, fc_view_of("\0", 1)), FC_OK);
    ck_assert_uint_eq(written, 4);
    ck_assert_mem_eq(to,
                     "\xef\xbf\xbd"
                     "a",
                     4);
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 0, &d,
                                           fc_view_of("\x3d\xd8"
                                                      "a",
                                                      3)),
                     FC_OK);
    ck_assert_int_eq(fc_decoder_end_utf8(&written, to, 2, &d), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_decoder_end_utf8(&written, to, 3, &d), FC_OK);
    ck_assert_mem_eq(to, "\xef\xbf\xbd", 3);
    /* In the other form it comes out as it is, before what follows it. */
    ck_assert_int_eq(fc_decoder_write_utf8(&written, to, 0, &d,
                                           fc_view_of("\x3d\xd8"
                                                      "a",
                                                      3)),
                     FC_OK);
    ck_assert_int_eq(fc_decoder_write_utf16(&written, units, 4, &d, fc_view_of("\0", 1)), FC_OK);
    ck_assert_uint_eq(written, 2);
    ck_assert_uint_eq(units[0], 0xd83d);
    ck_assert_uint_eq(units[1], 'a');
}
END_TEST

/* ---- the edges ------------------------------------------------------------------------------- */

START_TEST(init_knows_the_seven)
{
    for (int encoding = -1; encoding <= 9; encoding++) {
        fc_decoder d;
        memset(&d, 0x5a, sizeof d);
        fc_decoder before = d;
        bool known = encoding >= 1 && encoding <= 7;
        ck_assert_int_eq(fc_decoder_init(&d, (fc_encoding)encoding),
                         known ? FC_OK : FC_ERR_UNKNOWN_ENCODING);
        ck_assert(known || memcmp(&d, &before, sizeof d) == 0);
        ck_assert(!known || fc_decoder_total(&d) == 0);
    }
}
END_TEST

START_TEST(bound_does_not_wrap)
{
    for (int encoding = 1; encoding <= 7; encoding++) {
        fc_decoder d = make((fc_encoding)encoding);
        ck_assert_uint_eq(fc_decoder_bound(&d, SIZE_MAX), SIZE_MAX);
        ck_assert_uint_ge(fc_decoder_bound(&d, SIZE_MAX / 4), SIZE_MAX / 4);
        ck_assert_uint_eq(fc_decoder_bound(&d, 0), 0);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("stream/decoder");
    TCase *tc = tcase_create("decoder");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, write_gives_what_node_gives, 0,
                        (int)(sizeof stories / sizeof stories[0]));
    tcase_add_loop_test(tc, chunks_joined_are_the_whole, 0, 7);
    tcase_add_loop_test(tc, random_chunks_joined_are_the_whole, 0, 7);
    tcase_add_test(tc, split_pair_is_whole_in_utf8);
    tcase_add_test(tc, owed_surrogate_stays_alone);
    tcase_add_test(tc, init_knows_the_seven);
    tcase_add_test(tc, bound_does_not_wrap);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
