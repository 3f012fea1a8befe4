/* SPDX-License-Identifier: MIT */

/* The sizes, offsets and positions of what searches, compares, joins and makes text, at the edges
 * of their types and around the lengths that matter. Black box: the public header only. */

#include <stdio.h>

#include "edges.h"

/* Where a needle of `width` bytes that stands at `place` alone is found, from `from` on. */
static ptrdiff_t model_first(size_t place, ptrdiff_t from)
{
    return place >= clamp(from, LENGTH) ? (ptrdiff_t)place : -1;
}

/* The same backwards: a position before the beginning is none at all. */
static ptrdiff_t model_last(size_t place, ptrdiff_t from)
{
    ptrdiff_t at = from < 0 ? from + (ptrdiff_t)LENGTH : from;
    return at >= 0 && place <= (size_t)at ? (ptrdiff_t)place : -1;
}

#define FOUND(name, want, ...)                                                                     \
    ck_assert_int_eq(fc_buffer_##name(&b, __VA_ARGS__), want);                                     \
    ck_assert_int_eq(fc_view_##name(view, __VA_ARGS__), want);

/* In these encodings the text is the byte. */
#define FOUND_TEXT(name, type, want)                                                               \
    for (size_t k = 0; k < 3; k++) {                                                               \
        static const fc_encoding as[] = { FC_ENCODING_UTF8, FC_ENCODING_LATIN1,                    \
                                          FC_ENCODING_ASCII };                                     \
        type got;                                                                                  \
        memset(&got, 1, sizeof got);                                                               \
        ck_assert_int_eq(fc_buffer_##name(&got, &b, text, from, as[k]), FC_OK);                    \
        ck_assert_int_eq(got, want);                                                               \
        memset(&got, 1, sizeof got);                                                               \
        ck_assert_int_eq(fc_view_##name(&got, view, text, from, as[k]), FC_OK);                    \
        ck_assert_int_eq(got, want);                                                               \
    }

START_TEST(searches_begin_where_they_are_told)
{
    for (size_t i = 0; i < POSITIONS * LENGTH; i++) {
        ptrdiff_t from = positions[i / LENGTH], first, last;
        size_t place = i % LENGTH / 2 * 2; /* UTF-16's units stand at even places */
        ck_assert_int_eq(fc_buffer_fill(&b, 0, FC_END, 0), FC_OK);
        ck_assert_int_eq(fc_buffer_write(&b, place, "x", 1), FC_OK);
        first = model_first(place, from), last = model_last(place, from);
        fc_view view = fc_buffer_view(&b), x = FC_VIEW_LITERAL("x"), unit = fc_view_of("x", 2);
        fc_text text = fc_text_utf8("x", 1);
        FOUND(index_of, first, x, from)
        FOUND(index_of_byte, first, 'x', from)
        FOUND_TEXT(index_of_text, ptrdiff_t, first)
        FOUND(last_index_of, last, x, from)
        FOUND(last_index_of_byte, last, 'x', from)
        FOUND_TEXT(last_index_of_text, ptrdiff_t, last)
        FOUND(includes, first >= 0, x, from)
        FOUND(includes_byte, first >= 0, 'x', from)
        FOUND_TEXT(includes_text, bool, first >= 0)
        /* A needle of units must fit behind the position, which is then rounded down. */
        bool may_fit = clamp(from, LENGTH) <= LENGTH - unit.length;
        first = may_fit ? model_first(place, (ptrdiff_t)(clamp(from, LENGTH) / 2 * 2)) : -1;
        FOUND(index_of_units, first, unit, from)
        FOUND(includes_units, first >= 0, unit, from)
        FOUND(last_index_of_units, last, unit, from)
    }
    memcpy(expected, fc_buffer_data(&b), LENGTH);
    assert_bytes();
}
END_TEST

START_TEST(ranges_are_compared_within_or_refused)
{
    for (size_t i = 0; i < SIZES * SIZES * SIZES; i++) {
        size_t first = sizes[i % SIZES], last = sizes[i / SIZES % SIZES];
        size_t other = sizes[i / SIZES / SIZES];
        int order = 77, turned = 77;
        bool right =
            last <= LENGTH && first <= FC_BUFFER_MAX_LENGTH && other <= FC_BUFFER_MAX_LENGTH;
        size_t length = first < last ? last - first : 0;
        size_t against = other < LENGTH ? LENGTH - other : 0;
        const uint8_t *bytes = expected;
        int want = !right ? 0
                          : memcmp(bytes + least(first, LENGTH), bytes + least(other, LENGTH),
                                   least(length, against));
        want = want != 0 ? want : (length > against) - (length < against);
        want = (want > 0) - (want < 0);
        ck_assert_int_eq(fc_buffer_compare_ranges(&order, &b, &b, other, LENGTH, first, last),
                         in_range(right));
        ck_assert_int_eq(fc_view_compare_ranges(&turned, fc_buffer_view(&b), fc_buffer_view(&b),
                                                first, last, other, LENGTH),
                         in_range(right));
        ck_assert_int_eq(order, right ? want : 77);
        ck_assert_int_eq(turned, right ? -want : 77);
    }
    assert_bytes();
}
END_TEST

/* What the call makes has `total` bytes, or is what it was. */
#define MAKES(function, ...)                                                                       \
    {                                                                                              \
        fc_buffer out = { .length = 77 };                                                          \
        ck_assert_int_eq(function(&out, __VA_ARGS__), status);                                     \
        ck_assert_uint_eq(out.length, status == FC_OK ? total : 77);                               \
        if (status == FC_OK) {                                                                     \
            ck_assert_mem_eq(fc_buffer_data(&out), want, least(total, LENGTH));                    \
            fc_buffer_release(&out);                                                               \
        }                                                                                          \
    }

/* What no machine has is refused for want of memory. */
START_TEST(totals_give_a_length_or_a_status)
{
    static const uint8_t zeroes[LENGTH];
    const fc_alloc_options options = { .size = sizeof options };
    for (size_t i = 0; i < SIZES; i++) {
        uint64_t total = sizes[i];
        fc_status status = total > FC_BUFFER_MAX_LENGTH ? FC_ERR_OUT_OF_RANGE
                           : total > (uint64_t)1 << 40  ? FC_ERR_NO_MEMORY
                                                        : FC_OK;
        if (status == FC_OK && total > UINT32_MAX / 4) {
            continue; /* a machine may have that much, and then it is only slow */
        }
        const uint8_t *want = expected;
        fc_view view = fc_buffer_view(&b);
        MAKES(fc_buffer_concat_total, &b, 1, total)
        MAKES(fc_view_concat_total, &view, 1, total)
        MAKES(fc_buffer_alloc_fill, total, view)
        want = zeroes;
        MAKES(fc_buffer_alloc, total)
        MAKES(fc_buffer_alloc_with, total, &options)
        want = (const uint8_t *)"abababababababab";
        MAKES(fc_buffer_alloc_fill_text, total, fc_text_utf8("ab", 2), FC_ENCODING_UTF8)
    }
    assert_bytes();
}
END_TEST

/* As in toString a negative position is 0. */
static size_t clamp_text(ptrdiff_t position)
{
    return position < 0 ? 0 : clamp(position, LENGTH);
}

static unsigned character(const fc_buffer *text, size_t index, size_t unit)
{
    uint16_t value;
    if (unit == 1) {
        return fct_get(text, index);
    }
    memcpy(&value, fc_buffer_data(text) + unit * index, sizeof value);
    return value;
}

/* The digits of so many bytes, each a character or a unit of so many bytes. */
static void assert_digits(fc_buffer *text, size_t first, size_t length, size_t unit)
{
    ck_assert_uint_eq(fc_buffer_length(text), 2 * unit * length);
    for (size_t k = 0; k < length; k++) {
        char digits[3];
        (void)snprintf(digits, sizeof digits, "%02x", expected[first + k]);
        ck_assert_uint_eq(character(text, 2 * k, unit), digits[0]);
        ck_assert_uint_eq(character(text, 2 * k + 1, unit), digits[1]);
    }
    fc_buffer_release(text);
}

#define WINDOW(function, unit)                                                                     \
    ck_assert_int_eq(function(&text, &b, FC_ENCODING_HEX, from, to), FC_OK);                       \
    assert_digits(&text, first, length, unit);

START_TEST(windows_of_text_are_clamped)
{
    for (size_t i = 0; i < POSITIONS * POSITIONS; i++) {
        ptrdiff_t from = positions[i / POSITIONS], to = positions[i % POSITIONS];
        size_t first = clamp_text(from), last = clamp_text(to);
        size_t length = first < last ? last - first : 0;
        fc_buffer text = FC_BUFFER_INIT;
        WINDOW(fc_buffer_to_utf8, 1)
        WINDOW(fc_buffer_to_utf16, 2)
    }
    assert_bytes();
}
END_TEST

/* Room for text: enough, or nothing is written. */
#define ROOM(function, type)                                                                       \
    {                                                                                              \
        type units[4096] = { 0 };                                                                  \
        size_t written = 77;                                                                       \
        ck_assert_int_eq(function(&written, units, room, view, FC_ENCODING_HEX), status);          \
        ck_assert_uint_eq(written, status == FC_OK ? 2 * LENGTH : 77);                             \
        ck_assert_int_eq(units[0] != 0, status == FC_OK);                                          \
        ck_assert_uint_eq(units[2 * LENGTH], 0);                                                   \
    }

START_TEST(rooms_are_enough_or_nothing_is_written)
{
    for (size_t i = 0; i < SIZES; i++) {
        /* A sanitizer is told what can be read and written: no more is said than is there. */
        size_t room = least(sizes[i], 4096);
        fc_status status = in_range(room >= 2 * LENGTH);
        fc_view view = fc_buffer_view(&b);
        ROOM(fc_view_write_utf8, char)
        ROOM(fc_view_write_utf16, uint16_t)
    }
    assert_bytes();
}
END_TEST

/* A decoder's bound does not wrap, whatever is to come. */
START_TEST(bounds_of_decoders_do_not_wrap)
{
    for (fc_encoding encoding = FC_ENCODING_UTF8; encoding <= FC_ENCODING_BASE64URL; encoding++) {
        fc_decoder decoder;
        ck_assert_int_eq(fc_decoder_init(&decoder, encoding), FC_OK);
        size_t before = 0;
        for (size_t i = 0; i < SIZES; i++) {
            size_t bound = fc_decoder_bound(&decoder, sizes[i]);
            ck_assert_uint_ge(bound, before);
            before = bound;
        }
        ck_assert_uint_eq(before, SIZE_MAX);
    }
}
END_TEST

#define DUMP(function, source)                                                                     \
    {                                                                                              \
        fc_buffer dump = { .length = 77 };                                                         \
        ck_assert_int_eq(function(&dump, source, sizes[i]), status);                               \
        ck_assert(status == FC_OK ? dump.length > LENGTH : dump.length == 77);                     \
        if (status == FC_OK) {                                                                     \
            fc_buffer_release(&dump);                                                              \
        }                                                                                          \
    }

START_TEST(dumps_show_so_many_and_count_from_any_address)
{
    for (size_t i = 0; i < SIZES; i++) {
        fc_status status = in_range(fits(sizes[i], LENGTH, SIZE_MAX));
        DUMP(fc_buffer_hex_dump, &b)
        DUMP(fc_view_hex_dump, fc_buffer_view(&b))
        fc_buffer out = FC_BUFFER_INIT;
        size_t shown = least(sizes[i], LENGTH), spaces = 0;
        ck_assert_int_eq(fc_buffer_inspect(&out, &b, sizes[i]), FC_OK);
        for (size_t k = 0; k < fc_buffer_length(&out); k++) {
            spaces += fct_get(&out, k) == ' ';
        }
        /* "<Buffer 01 02 ... 14 more bytes>", and two spaces where none is shown. */
        ck_assert_uint_eq(spaces, shown < LENGTH ? (shown != 0 ? shown : 1) + 4 : LENGTH);
        fc_buffer_release(&out);
    }
    assert_bytes();
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("edges: text");
    TCase *tc = tcase_create("text");
    tcase_add_checked_fixture(tc, begin, end);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, searches_begin_where_they_are_told);
    tcase_add_test(tc, ranges_are_compared_within_or_refused);
    tcase_add_test(tc, totals_give_a_length_or_a_status);
    tcase_add_test(tc, windows_of_text_are_clamped);
    tcase_add_test(tc, rooms_are_enough_or_nothing_is_written);
    tcase_add_test(tc, bounds_of_decoders_do_not_wrap);
    tcase_add_test(tc, dumps_show_so_many_and_count_from_any_address);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
