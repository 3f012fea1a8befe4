/* SPDX-License-Identifier: MIT */

/* The sizes, offsets and positions of what makes windows, writes bytes and has numbers, at the
 * edges of their types and around the lengths that matter: each gives the status or the clamped
 * range of its comment, and changes no byte but those that it says. Black box: the public header
 * only. */

#include "edges.h"

START_TEST(windows_are_clamped)
{
    for (size_t i = 0; i < POSITIONS; i++) {
        for (size_t j = 0; j < POSITIONS; j++) {
            size_t first = clamp(positions[i], LENGTH), last = clamp(positions[j], LENGTH);
            size_t length = last > first ? last - first : 0;
            fc_view view = fc_view_slice(fc_buffer_view(&b), positions[i], positions[j]);
            fc_buffer slice = fc_buffer_slice(&b, positions[i], positions[j]);
            fc_buffer part = fc_buffer_subarray(&b, positions[i], positions[j]);
            fc_buffer narrow = fc_buffer_retain(&b);
            fc_buffer_narrow(&narrow, positions[i], positions[j]);
            ck_assert_uint_eq(view.length, length);
            ck_assert_uint_eq(fc_buffer_length(&slice), length);
            ck_assert_uint_eq(fc_buffer_length(&part), length);
            ck_assert_uint_eq(fc_buffer_length(&narrow), length);
            if (length != 0) {
                const uint8_t *bytes = fc_buffer_data(&b) + first;
                ck_assert_ptr_eq(view.bytes, bytes);
                ck_assert_ptr_eq(fc_buffer_data(&slice), bytes);
                ck_assert_ptr_eq(fc_buffer_data(&part), bytes);
                ck_assert_ptr_eq(fc_buffer_data(&narrow), bytes);
            }
            fc_buffer_release(&slice), fc_buffer_release(&part), fc_buffer_release(&narrow);
        }
        ck_assert_uint_eq(fc_position_clamp(positions[i], LENGTH), clamp(positions[i], LENGTH));
        for (size_t j = 0; j < SIZES; j++) {
            size_t whole = least(sizes[j], PTRDIFF_MAX);
            ck_assert_uint_eq(fc_position_clamp(positions[i], whole), clamp(positions[i], whole));
        }
    }
}
END_TEST

START_TEST(single_bytes_are_within_or_refused)
{
    for (size_t i = 0; i < SIZES; i++) {
        uint8_t value = 77, put = fresh();
        bool within = sizes[i] < LENGTH;
        ck_assert_int_eq(fc_buffer_get(&value, &b, sizes[i]), in_range(within));
        ck_assert_uint_eq(value, within ? expected[sizes[i]] : 77);
        ck_assert_int_eq(fc_buffer_set(&b, sizes[i], put), in_range(within));
        if (within) {
            expected[sizes[i]] = put;
        }
        assert_bytes();
    }
    for (size_t i = 0; i < POSITIONS; i++) {
        uint8_t value = 77;
        ptrdiff_t at = positions[i] < 0 ? positions[i] + (ptrdiff_t)LENGTH : positions[i];
        bool within = at >= 0 && at < (ptrdiff_t)LENGTH;
        ck_assert_int_eq(fc_buffer_at(&value, &b, positions[i]), in_range(within));
        ck_assert_uint_eq(value, within ? expected[at] : 77);
    }
}
END_TEST

START_TEST(writes_are_within_or_refused)
{
    for (size_t i = 0; i < SIZES; i++) {
        for (size_t j = 0; j < SIZES; j++) {
            uint8_t bytes[64];
            bool within = fits(sizes[i], sizes[j], LENGTH);
            memset(bytes, fresh(), sizeof bytes);
            ck_assert_int_eq(fc_buffer_write(&b, sizes[i], bytes, sizes[j]), in_range(within));
            if (within) {
                memcpy(expected + sizes[i], bytes, sizes[j]);
            }
            assert_bytes();
        }
    }
}
END_TEST

/* What Node's copy does with `at`, and a source of so many bytes. */
static fc_status model_copy(size_t *copied, size_t at, const uint8_t *bytes, size_t length)
{
    if (at > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    *copied = at < LENGTH ? least(length, LENGTH - at) : 0;
    memcpy(expected + (*copied != 0 ? at : 0), bytes, *copied);
    return FC_OK;
}

START_TEST(copies_take_what_fits)
{
    uint8_t bytes[LENGTH];
    for (size_t i = 0; i < SIZES; i++) {
        size_t got = 77, want = 77;
        memset(bytes, fresh(), LENGTH);
        fc_status status = model_copy(&want, sizes[i], bytes, 5);
        ck_assert_int_eq(fc_buffer_copy_into(&got, &b, sizes[i], fc_view_of(bytes, 5)), status);
        ck_assert_uint_eq(got, want);
        assert_bytes();
        for (size_t k = 0; k < SIZES * SIZES; k++) {
            size_t first = sizes[k / SIZES], last = sizes[k % SIZES], part;
            memset(bytes, fresh(), LENGTH);
            got = want = 77;
            part = first < least(last, LENGTH) ? least(last, LENGTH) - first : 0;
            status = first > LENGTH || last > FC_BUFFER_MAX_LENGTH
                         ? FC_ERR_OUT_OF_RANGE
                         : model_copy(&want, sizes[i], bytes, part);
            ck_assert_int_eq(fc_buffer_copy_range_into(&got, &b, sizes[i],
                                                       fc_view_of(bytes, LENGTH), first, last),
                             status);
            ck_assert_uint_eq(got, want);
            assert_bytes();
        }
    }
}
END_TEST

START_TEST(bytes_move_within_the_buffer)
{
    for (size_t i = 0; i < POSITIONS * POSITIONS * POSITIONS; i++) {
        ptrdiff_t target = positions[i % POSITIONS];
        ptrdiff_t from = positions[i / POSITIONS % POSITIONS];
        ptrdiff_t to = positions[i / POSITIONS / POSITIONS];
        size_t at = clamp(target, LENGTH), first = clamp(from, LENGTH), last = clamp(to, LENGTH);
        size_t length = first < last ? least(last - first, LENGTH - at) : 0;
        memmove(expected + at, expected + first, length);
        ck_assert_int_eq(fc_buffer_copy_within(&b, target, from, to), FC_OK);
        assert_bytes();
    }
}
END_TEST

/* Node's fill: the end must be within, and is FC_END or a place. */
static fc_status model_fill(size_t first, size_t last, uint8_t value)
{
    if (last != (size_t)FC_END && last > LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (first > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    last = least(last, LENGTH);
    if (first < last) {
        memset(expected + first, value, last - first);
    }
    return FC_OK;
}

START_TEST(fills_are_within_or_refused)
{
    for (size_t i = 0; i < SIZES * SIZES; i++) {
        size_t first = sizes[i / SIZES], last = sizes[i % SIZES];
        uint8_t value = (uint8_t)(fresh() & 127);
        const char text[2] = { (char)value, 0 };
        fc_status status = model_fill(first, last, value);
        ck_assert_int_eq(fc_buffer_fill(&b, first, last, value), status);
        assert_bytes();
        ck_assert_int_eq(fc_buffer_fill_bytes(&b, first, last, fc_view_of(text, 1)), status);
        assert_bytes();
        ck_assert_int_eq(
            fc_buffer_fill_text(&b, first, last, fc_text_utf8(text, 1), FC_ENCODING_LATIN1),
            status);
        assert_bytes();
    }
}
END_TEST

/* Text that is a few bytes, of which a write takes whole units. */
static const struct {
    fc_encoding encoding;
    const char *text, *bytes;
    size_t length, unit;
} texts[] = {
    { FC_ENCODING_UTF8, "abc", "abc", 3, 1 },       { FC_ENCODING_UTF16LE, "ab", "a\0b\0", 4, 2 },
    { FC_ENCODING_LATIN1, "abc", "abc", 3, 1 },     { FC_ENCODING_ASCII, "abc", "abc", 3, 1 },
    { FC_ENCODING_HEX, "616263", "abc", 3, 1 },     { FC_ENCODING_BASE64, "YWJj", "abc", 3, 1 },
    { FC_ENCODING_BASE64URL, "YWJj", "abc", 3, 1 },
};

START_TEST(texts_are_written_within_or_refused)
{
    for (size_t i = 0; i < SIZES * SIZES * sizeof texts / sizeof texts[0]; i++) {
        size_t offset = sizes[i % SIZES], most = sizes[i / SIZES % SIZES], k = i / SIZES / SIZES;
        bool right = offset <= LENGTH && most <= LENGTH;
        size_t put = right ? least(least(most, texts[k].length), LENGTH - offset) : 0, got = 77;
        fc_text text = fc_text_utf8(texts[k].text, strlen(texts[k].text));
        put -= put % texts[k].unit;
        ck_assert_int_eq(fc_buffer_write_text(&got, &b, offset, most, text, texts[k].encoding),
                         in_range(right));
        ck_assert_uint_eq(got, right ? put : 77);
        memcpy(expected + (put != 0 ? offset : 0), texts[k].bytes, put);
        assert_bytes();
    }
}
END_TEST

/* The number at `offset`, of so many bytes: the status, as fc_number_check tells. */
static fc_status model_number(size_t offset, size_t width)
{
    return LENGTH < width ? FC_ERR_BUFFER_OUT_OF_BOUNDS : in_range(fits(offset, width, LENGTH));
}

#define NUMBER(name, type, widest, bits, order)                                                    \
    {                                                                                              \
        type value = 77, put = (type)fresh();                                                      \
        fc_status status = model_number(offset, sizeof value);                                     \
        ck_assert_int_eq(fc_buffer_read_##name(&value, &b, offset), status);                       \
        ck_assert_int_eq(fc_view_read_##name(&value, fc_buffer_view(&b), offset), status);         \
        ck_assert(status == FC_OK || value == 77);                                                 \
        ck_assert_int_eq(fc_buffer_write_##name(&b, offset, put), status);                         \
        if (status == FC_OK) {                                                                     \
            fc_store_##name(expected + offset, put);                                               \
        }                                                                                          \
        assert_bytes();                                                                            \
    }

START_TEST(numbers_are_within_or_refused)
{
    for (size_t i = 0; i < SIZES; i++) {
        size_t offset = sizes[i];
        FC_NUMBER_LIST(NUMBER)
        for (size_t j = 0; j < SIZES * SIZES; j++) {
            size_t length = sizes[j / SIZES], width = sizes[j % SIZES];
            fc_status status = length < width ? FC_ERR_BUFFER_OUT_OF_BOUNDS
                                              : in_range(fits(offset, width, length));
            ck_assert_int_eq(fc_number_check(length, offset, width), status);
        }
    }
}
END_TEST

/* All its bytes are alike, so that their order does not matter. */
#define WIDTH(name, type)                                                                          \
    {                                                                                              \
        type value = 77;                                                                           \
        uint8_t byte = (uint8_t)(fresh() & 127);                                                   \
        type put =                                                                                 \
            (type)(byte * UINT64_C(0x010101010101) & ((UINT64_C(1) << 8 * (width & 7)) - 1));      \
        ck_assert_int_eq(fc_buffer_read_##name(&value, &b, offset, width), status);                \
        ck_assert_int_eq(fc_view_read_##name(&value, fc_buffer_view(&b), offset, width), status);  \
        ck_assert(status == FC_OK || value == 77);                                                 \
        ck_assert_int_eq(fc_buffer_write_##name(&b, offset, width, put), status);                  \
        if (status == FC_OK) {                                                                     \
            memset(expected + offset, byte, width);                                                \
        }                                                                                          \
        assert_bytes();                                                                            \
    }

/* Widths from 1 to 6; the others are out of range. */
START_TEST(numbers_of_any_width_are_within_or_refused)
{
    for (size_t i = 0; i < (SIZES + 8) * SIZES; i++) {
        size_t offset = sizes[i % SIZES], row = i / SIZES;
        size_t width = row < 8 ? row : sizes[row - 8];
        fc_status status =
            width >= 1 && width <= 6 ? model_number(offset, width) : FC_ERR_OUT_OF_RANGE;
        FC_WIDTH_LIST(WIDTH)
    }
}
END_TEST

#define READ_VARINT(name, type, want)                                                              \
    {                                                                                              \
        type value = 77;                                                                           \
        size_t length = 77;                                                                        \
        fc_view view = fc_buffer_view(&b);                                                         \
        ck_assert_int_eq(fc_buffer_read_##name(&value, &length, &b, offset), status);              \
        ck_assert(status == FC_OK ? value == want && length == 1 : value == 77 && length == 77);   \
        value = 77, length = 77;                                                                   \
        ck_assert_int_eq(fc_view_read_##name(&value, &length, view, offset), status);              \
        ck_assert(status == FC_OK ? value == want && length == 1 : value == 77 && length == 77);   \
    }

/* A number that takes two bytes. */
#define WRITE_VARINT(name, number)                                                                 \
    {                                                                                              \
        size_t written = 77;                                                                       \
        ck_assert_int_eq(fc_buffer_write_##name(&written, &b, offset, number), status);            \
        ck_assert_uint_eq(written, status == FC_OK ? 2 : 77);                                      \
        if (status == FC_OK) {                                                                     \
            ck_assert_uint_ne(fct_get(&b, offset), 1);                                             \
            ck_assert_int_eq(fc_buffer_fill(&b, offset, offset + 2, 1), FC_OK);                    \
        }                                                                                          \
        assert_bytes();                                                                            \
    }

START_TEST(varints_are_within_or_refused)
{
    memset(expected, 1, LENGTH);
    ck_assert_int_eq(fc_buffer_fill(&b, 0, FC_END, 1), FC_OK);
    for (size_t i = 0; i < SIZES; i++) {
        size_t offset = sizes[i];
        fc_status status = offset < LENGTH    ? FC_OK
                           : offset == LENGTH ? FC_ERR_BUFFER_OUT_OF_BOUNDS
                                              : FC_ERR_OUT_OF_RANGE;
        READ_VARINT(varint, uint64_t, 1)
        READ_VARINT(varint_signed, int64_t, -1)
        status = offset > LENGTH           ? FC_ERR_OUT_OF_RANGE
                 : fits(offset, 2, LENGTH) ? FC_OK
                                           : FC_ERR_BUFFER_OUT_OF_BOUNDS;
        WRITE_VARINT(varint, 300)
        WRITE_VARINT(varint_signed, -150)
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("edges");
    TCase *tc = tcase_create("bytes");
    tcase_add_checked_fixture(tc, begin, end);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, windows_are_clamped);
    tcase_add_test(tc, single_bytes_are_within_or_refused);
    tcase_add_test(tc, writes_are_within_or_refused);
    tcase_add_test(tc, copies_take_what_fits);
    tcase_add_test(tc, bytes_move_within_the_buffer);
    tcase_add_test(tc, fills_are_within_or_refused);
    tcase_add_test(tc, texts_are_written_within_or_refused);
    tcase_add_test(tc, numbers_are_within_or_refused);
    tcase_add_test(tc, numbers_of_any_width_are_within_or_refused);
    tcase_add_test(tc, varints_are_within_or_refused);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
