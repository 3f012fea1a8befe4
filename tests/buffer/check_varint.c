/* SPDX-License-Identifier: MIT */

/* Varints against a model that divides by 128, around every change of length; truncated at every
 * byte, too long, too large, lengthened by zeroes; and zigzag. */

#include "base/common.h"

#include <fc_buffer/varint.h>

#include <stdio.h>

#include "bytes.h"

static size_t model_encode(uint8_t *to, uint64_t value)
{
    size_t length = 0;
    while (value / 128 != 0) {
        to[length++] = (uint8_t)(128 + value % 128);
        value /= 128;
    }
    to[length++] = (uint8_t)value;
    return length;
}

/* What value n of the test is: around each power of two, then any. */
static uint64_t nth_value(size_t n)
{
    struct fct_random random = { .state = n };
    return n < 320 ? ((uint64_t)1 << n / 5) - 2 + n % 5
                   : fct_random_next(&random) >> fct_random_below(&random, 64);
}
#define VALUES ((size_t)4000)

#define UNTOUCHED 0x5a5a

/* ---- lengths and zigzag ---------------------------------------------------------------------- */

START_TEST(length_of_any_value)
{
    uint8_t bytes[FC_VARINT_MAX_LENGTH];
    for (size_t n = 0; n < VALUES; n++) {
        if (fc_varint_length(nth_value(n)) != model_encode(bytes, nth_value(n))) {
            ck_abort_msg("%llu", (unsigned long long)nth_value(n));
        }
    }
    ck_assert_uint_eq(fc_varint_length(0), 1);
    ck_assert_uint_eq(fc_varint_length(UINT64_MAX), FC_VARINT_MAX_LENGTH);
}
END_TEST

START_TEST(zigzag_counts_outwards)
{
    for (int64_t i = 0; i < 1000; i++) {
        ck_assert_uint_eq(fc_zigzag_encode(i), 2 * (uint64_t)i);
        ck_assert_uint_eq(fc_zigzag_encode(-i - 1), 2 * (uint64_t)i + 1);
    }
    ck_assert_uint_eq(fc_zigzag_encode(INT64_MAX), UINT64_MAX - 1);
    ck_assert_uint_eq(fc_zigzag_encode(INT64_MIN), UINT64_MAX);
    for (size_t n = 0; n < VALUES; n++) {
        ck_assert(fc_zigzag_encode(fc_zigzag_decode(nth_value(n))) == nth_value(n));
    }
}
END_TEST

/* ---- reading --------------------------------------------------------------------------------- */

/* At the end of memory that can be read, and cut off everywhere before. */
START_TEST(read_of_any_value)
{
    struct fct_guarded memory = fct_guarded_make(1);
    for (size_t n = 0; n < VALUES; n++) {
        uint8_t bytes[FC_VARINT_MAX_LENGTH], *at;
        uint64_t value = 0;
        size_t length = 0, encoded = model_encode(bytes, nth_value(n));
        at = fct_guarded_end(&memory, encoded);
        memcpy(at, bytes, encoded);
        ck_assert(fc_view_read_varint(&value, &length, fc_view_of(at - 3, encoded + 3), 3) ==
                  FC_OK);
        ck_assert(value == nth_value(n) && length == encoded);
        for (size_t cut = 0; cut < encoded; cut++) {
            at = fct_guarded_end(&memory, cut);
            memcpy(at, bytes, cut);
            value = UNTOUCHED, length = UNTOUCHED;
            fc_view v = fc_view_of(at - 3, cut + 3);
            ck_assert(fc_view_read_varint(&value, &length, v, 3) == FC_ERR_BUFFER_OUT_OF_BOUNDS);
            ck_assert(value == UNTOUCHED && length == UNTOUCHED);
        }
    }
    fct_guarded_free(&memory);
}
END_TEST

START_TEST(read_of_too_much_is_refused)
{
    static const struct {
        fc_status status;
        uint8_t tenth;
        uint64_t value;
    } rows[] = {
        { FC_OK, 0, 0 },
        { FC_OK, 1, (uint64_t)1 << 63 },
        { FC_ERR_INVALID_DATA, 2, UNTOUCHED },
        { FC_ERR_INVALID_DATA, 0x7f, UNTOUCHED },
        { FC_ERR_INVALID_DATA, 0x80, UNTOUCHED },
        { FC_ERR_INVALID_DATA, 0x81, UNTOUCHED },
        { FC_ERR_INVALID_DATA, 0xff, UNTOUCHED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t bytes[11] = { 128, 128, 128, 128, 128, 128, 128, 128, 128, rows[i].tenth, 0 };
        uint64_t value = UNTOUCHED;
        int64_t number = UNTOUCHED;
        size_t length = UNTOUCHED;
        for (size_t space = 10; space <= 11; space++) {
            fc_view v = fc_view_of(bytes, space);
            ck_assert_int_eq(fc_view_read_varint(&value, &length, v, 0), rows[i].status);
            ck_assert_uint_eq(value, rows[i].value);
            ck_assert_uint_eq(length, rows[i].status == FC_OK ? 10 : UNTOUCHED);
            ck_assert_int_eq(fc_view_read_varint_signed(&number, &length, v, 0), rows[i].status);
        }
        ck_assert(rows[i].status == FC_OK || number == UNTOUCHED);
    }
}
END_TEST

/* The number in bytes that may be anything, added up from its end. */
static fc_status model_decode(uint64_t *value, size_t *length, const uint8_t *bytes, size_t space)
{
    size_t count = 1;
    while (count < FC_VARINT_MAX_LENGTH && count <= space && bytes[count - 1] >= 128) {
        count++;
    }
    if (count > space) {
        return FC_ERR_BUFFER_OUT_OF_BOUNDS;
    }
    if (count == FC_VARINT_MAX_LENGTH && bytes[count - 1] > 1) {
        return FC_ERR_INVALID_DATA;
    }
    *value = 0;
    *length = count;
    while (count != 0) {
        *value = *value * 128 + bytes[--count] % 128;
    }
    return FC_OK;
}

/* Garbage of every length, mostly of bytes that promise more. */
START_TEST(read_of_any_bytes)
{
    struct fct_guarded memory = fct_guarded_make(1);
    struct fct_random random = { .state = 5 };
    (void)printf("seed %llu\n", (unsigned long long)random.state);
    for (size_t round = 0; round < 120000; round += fct_effort_step()) {
        size_t space = round / fct_effort_step() % 12, length = UNTOUCHED, model_length = UNTOUCHED;
        uint8_t *bytes = fct_guarded_end(&memory, space);
        uint64_t value = UNTOUCHED, expected = UNTOUCHED;
        for (size_t i = 0; i < space; i++) {
            uint64_t bits = fct_random_next(&random);
            bytes[i] = (uint8_t)(bits % 8 == 0 ? bits >> 32 & 3 : bits >> 32 | 0x80);
        }
        fc_status status = fc_view_read_varint(&value, &length, fc_view_of(bytes, space), 0);
        if (status != model_decode(&expected, &model_length, bytes, space) || value != expected ||
            length != model_length) {
            ck_abort_msg("round %zu, %zu bytes: %d, %zu", round, space, status, length);
        }
    }
    fct_guarded_free(&memory);
}
END_TEST

/* Longer than it need be is no error: 80 80 00 is 0, 85 80 00 is 5. */
START_TEST(read_of_lengthened_numbers)
{
    for (size_t zeroes = 1; zeroes < FC_VARINT_MAX_LENGTH; zeroes++) {
        uint8_t bytes[FC_VARINT_MAX_LENGTH];
        uint64_t value = 0;
        size_t length = 0;
        memset(bytes, 0x80, sizeof bytes);
        bytes[0] = 0x85, bytes[zeroes] = 0;
        fc_view v = fc_view_of(bytes, zeroes + 1);
        ck_assert_int_eq(fc_view_read_varint(&value, &length, v, 0), FC_OK);
        ck_assert_uint_eq(value, 5);
        ck_assert_uint_eq(length, zeroes + 1);
    }
}
END_TEST

START_TEST(read_at_the_end_and_past_it)
{
    fc_buffer b = fct_make(20), none = FC_BUFFER_INIT;
    uint64_t value = UNTOUCHED;
    int64_t number = UNTOUCHED;
    size_t length = UNTOUCHED;
    const size_t past[] = { 21, PTRDIFF_MAX, (size_t)PTRDIFF_MAX + 1, SIZE_MAX };
    fc_status at_end = fc_buffer_read_varint(&value, &length, &b, 20);
    ck_assert_int_eq(at_end, FC_ERR_BUFFER_OUT_OF_BOUNDS);
    at_end = fc_buffer_read_varint_signed(&number, &length, &none, 0);
    ck_assert_int_eq(at_end, FC_ERR_BUFFER_OUT_OF_BOUNDS);
    for (size_t i = 0; i < sizeof past / sizeof past[0]; i++) {
        fc_status status = fc_buffer_read_varint(&value, &length, &b, past[i]);
        ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
        status = fc_buffer_read_varint_signed(&number, &length, &none, past[i]);
        ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
    }
    ck_assert(value == UNTOUCHED && number == UNTOUCHED && length == UNTOUCHED);
    fc_buffer_release(&b);
}
END_TEST

/* ---- writing --------------------------------------------------------------------------------- */

/* Flush with the end of a slice, then one byte too far. */
START_TEST(write_of_any_value)
{
    fc_buffer whole = fct_make(40), slice = fc_buffer_slice(&whole, 10, 30);
    for (size_t n = 0; n < VALUES; n++) {
        uint8_t model[40];
        uint64_t value = 0;
        size_t written = UNTOUCHED, length = model_encode(model, nth_value(n)), at = 20 - length;
        memcpy(model, fc_buffer_data(&whole), sizeof model);
        fc_status status = fc_buffer_write_varint(&written, &slice, at + 1, nth_value(n));
        ck_assert(status == FC_ERR_BUFFER_OUT_OF_BOUNDS && written == UNTOUCHED);
        ck_assert(memcmp(model, fc_buffer_data(&whole), sizeof model) == 0);
        (void)model_encode(model + 10 + at, nth_value(n));
        ck_assert(fc_buffer_write_varint(&written, &slice, at, nth_value(n)) == FC_OK);
        ck_assert(memcmp(model, fc_buffer_data(&whole), sizeof model) == 0 && written == length);
        ck_assert(fc_buffer_read_varint(&value, NULL, &slice, at) == FC_OK);
        ck_assert(value == nth_value(n));
    }
    fc_buffer_release(&whole), fc_buffer_release(&slice);
}
END_TEST

START_TEST(write_of_signed_values)
{
    fc_buffer b = fct_make(20);
    for (size_t n = 0; n < VALUES; n++) {
        int64_t value = (int64_t)nth_value(n), got = 0;
        size_t written = 0, length = 0;
        ck_assert(fc_buffer_write_varint_signed(&written, &b, 5, value) == FC_OK);
        ck_assert(fc_buffer_read_varint_signed(&got, &length, &b, 5) == FC_OK);
        ck_assert(got == value && length == written);
        ck_assert(written == fc_varint_length(fc_zigzag_encode(value)));
    }
    ck_assert_int_eq(fc_buffer_write_varint_signed(NULL, &b, 0, -1), FC_OK);
    ck_assert_uint_eq(fct_get(&b, 0), 1);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(write_past_the_end_is_refused)
{
    fc_buffer b = fct_make(20), none = FC_BUFFER_INIT;
    size_t written = UNTOUCHED;
    fc_status status = fc_buffer_write_varint(&written, &b, 20, 0);
    ck_assert_int_eq(status, FC_ERR_BUFFER_OUT_OF_BOUNDS);
    status = fc_buffer_write_varint(&written, &b, 21, 0);
    ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
    status = fc_buffer_write_varint(&written, &b, SIZE_MAX, UINT64_MAX);
    ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
    status = fc_buffer_write_varint_signed(&written, &none, 0, 0);
    ck_assert_int_eq(status, FC_ERR_BUFFER_OUT_OF_BOUNDS);
    status = fc_buffer_write_varint_signed(&written, &none, 1, 0);
    ck_assert_int_eq(status, FC_ERR_OUT_OF_RANGE);
    ck_assert_uint_eq(written, UNTOUCHED);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(write_leaves_the_snapshot_alone)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    size_t written = UNTOUCHED;
    fc_status status = fc_buffer_write_varint(&written, &b, FCT_SHARED_SIZE - 1, 128);
    ck_assert_int_eq(status, FC_ERR_BUFFER_OUT_OF_BOUNDS);
    ck_assert(fc_buffer_would_copy(&b));
    ck_assert_int_eq(fc_buffer_write_varint(&written, &b, FCT_SHARED_SIZE - 2, 128), FC_OK);
    ck_assert(!fc_buffer_would_copy(&b));
    ck_assert_uint_eq(fct_get(&b, FCT_SHARED_SIZE - 2), 0x80);
    ck_assert_uint_eq(fct_get(&b, FCT_SHARED_SIZE - 1), 1);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    written = UNTOUCHED;
    ck_assert_int_eq(fc_buffer_write_varint(&written, &b, 0, 1), FC_ERR_FROZEN);
    ck_assert_uint_eq(written, UNTOUCHED);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/varint");
    TCase *tc = tcase_create("varints");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_test(tc, length_of_any_value);
    tcase_add_test(tc, zigzag_counts_outwards);
    tcase_add_test(tc, read_of_any_value);
    tcase_add_test(tc, read_of_too_much_is_refused);
    tcase_add_test(tc, read_of_any_bytes);
    tcase_add_test(tc, read_of_lengthened_numbers);
    tcase_add_test(tc, read_at_the_end_and_past_it);
    tcase_add_test(tc, write_of_any_value);
    tcase_add_test(tc, write_of_signed_values);
    tcase_add_test(tc, write_past_the_end_is_refused);
    tcase_add_test(tc, write_leaves_the_snapshot_alone);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
