/* SPDX-License-Identifier: MIT */

/* Floating-point numbers in bytes: bit by bit what Node writes, every read against a model that
 * takes the bits apart with arithmetic, every rounding against strtof. */

#include "base/common.h"

#include <fc_buffer/numbers.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bytes.h"

/* ---- the model: the value of an IEEE 754 number, by arithmetic --------------------------------
 */

static double model_value(uint64_t bits, int exponent_bits, int fraction_bits)
{
    int all_ones = (1 << exponent_bits) - 1, bias = all_ones / 2;
    int exponent = (int)(bits >> fraction_bits) & all_ones;
    uint64_t one = (uint64_t)1 << fraction_bits, fraction = bits % one;
    double sign = bits >> (exponent_bits + fraction_bits) != 0 ? -1.0 : 1.0;
    if (exponent == all_ones) {
        return fraction != 0 ? NAN : sign * INFINITY;
    }
    if (exponent == 0) {
        return sign * ldexp((double)fraction, 1 - bias - fraction_bits);
    }
    return sign * ldexp((double)(fraction + one), exponent - bias - fraction_bits);
}

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

static struct fct_random seeded(uint64_t seed)
{
    (void)printf("seed %llu\n", (unsigned long long)seed);
    return (struct fct_random){ .state = seed };
}

/* Any bits, with the exponents at both ends more often than chance has it. */
static uint64_t some_bits(struct fct_random *random)
{
    uint64_t bits = fct_random_next(random), exponents = (uint64_t)0xff << 55;
    switch (fct_random_below(random, 4)) {
    case 0:
        return bits | exponents;
    case 1:
        return bits & ~exponents;
    default:
        return bits;
    }
}

static void put_big_endian(uint8_t *at, uint64_t bits, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        at[i] = (uint8_t)(bits >> 8 * (width - 1 - i));
    }
}

static void reversed(uint8_t *to, const uint8_t *from, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        to[i] = from[width - 1 - i];
    }
}

/* ---- reads ----------------------------------------------------------------------------------- */

static void assert_reads_f32(uint64_t bits)
{
    uint8_t big[4], little[4], stored[4];
    float a = 0, b = 0;
    put_big_endian(big, bits, 4), reversed(little, big, 4);
    ck_assert_int_eq(fc_view_read_f32be(&a, fc_view_of(big, 4), 0), FC_OK);
    ck_assert_int_eq(fc_view_read_f32le(&b, fc_view_of(little, 4), 0), FC_OK);
    ck_assert(same(a, model_value(bits, 8, 23)) && same(b, a));
    /* What has been loaded is stored bit for bit, NaN or not. */
    fc_store_f32be(stored, fc_load_f32be(big));
    ck_assert(memcmp(stored, big, 4) == 0);
    fc_store_f32le(stored, fc_load_f32le(little));
    ck_assert(memcmp(stored, little, 4) == 0);
}

static void assert_reads_f64(uint64_t bits)
{
    uint8_t big[8], little[8], stored[8];
    double a = 0, b = 0;
    put_big_endian(big, bits, 8), reversed(little, big, 8);
    ck_assert_int_eq(fc_view_read_f64be(&a, fc_view_of(big, 8), 0), FC_OK);
    ck_assert_int_eq(fc_view_read_f64le(&b, fc_view_of(little, 8), 0), FC_OK);
    ck_assert(same(a, model_value(bits, 11, 52)) && same(b, a));
    fc_store_f64be(stored, fc_load_f64be(big));
    ck_assert(memcmp(stored, big, 8) == 0);
    fc_store_f64le(stored, fc_load_f64le(little));
    ck_assert(memcmp(stored, little, 8) == 0);
}

START_TEST(read_of_any_bits)
{
    struct fct_random random = seeded(11);
    for (size_t i = 0; i < 4000; i++) {
        uint64_t bits = some_bits(&random);
        assert_reads_f32(bits >> 32);
        assert_reads_f64(bits);
    }
}
END_TEST

START_TEST(read_past_the_end_is_refused)
{
    fc_buffer b = fct_make(8);
    float f = 7;
    double d = 7;
    for (ptrdiff_t length = 0; length <= 8; length++) {
        fc_buffer part = fc_buffer_slice(&b, 0, length);
        fc_status f_expected = length < 4 ? FC_ERR_BUFFER_OUT_OF_BOUNDS : FC_ERR_OUT_OF_RANGE;
        fc_status d_expected = length < 8 ? FC_ERR_BUFFER_OUT_OF_BOUNDS : FC_ERR_OUT_OF_RANGE;
        size_t offset = (size_t)length - 3;
        ck_assert_int_eq(fc_buffer_read_f32le(&f, &part, offset), f_expected);
        ck_assert_int_eq(fc_buffer_read_f32be(&f, &part, SIZE_MAX), f_expected);
        ck_assert_int_eq(fc_buffer_write_f32le(&part, offset, 1), f_expected);
        ck_assert_int_eq(fc_buffer_write_f32be(&part, SIZE_MAX, 1), f_expected);
        ck_assert_int_eq(fc_buffer_read_f64le(&d, &part, offset), d_expected);
        ck_assert_int_eq(fc_buffer_read_f64be(&d, &part, SIZE_MAX), d_expected);
        ck_assert_int_eq(fc_buffer_write_f64le(&part, offset, 1), d_expected);
        ck_assert_int_eq(fc_buffer_write_f64be(&part, SIZE_MAX, 1), d_expected);
        fc_buffer_release(&part);
    }
    ck_assert(f == 7 && d == 7);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* ---- writes ---------------------------------------------------------------------------------- */

/* Writes in both orders into the middle of a buffer of the pattern. */
static void assert_writes_f32(double value, const uint8_t *big)
{
    uint8_t little[4];
    fc_buffer b = fct_make(24);
    reversed(little, big, 4);
    ck_assert_int_eq(fc_buffer_write_f32be(&b, 5, value), FC_OK);
    ck_assert_int_eq(fc_buffer_write_f32le(&b, 9, value), FC_OK);
    ck_assert(memcmp(fc_buffer_data(&b) + 5, big, 4) == 0);
    ck_assert(memcmp(fc_buffer_data(&b) + 9, little, 4) == 0);
    ck_assert_uint_eq(fct_get(&b, 4), fct_pattern(4));
    ck_assert_uint_eq(fct_get(&b, 13), fct_pattern(13));
    fc_buffer_release(&b);
}

static void assert_writes_f64(double value, const uint8_t *big)
{
    uint8_t little[8];
    fc_buffer b = fct_make(24);
    reversed(little, big, 8);
    ck_assert_int_eq(fc_buffer_write_f64be(&b, 3, value), FC_OK);
    ck_assert_int_eq(fc_buffer_write_f64le(&b, 11, value), FC_OK);
    ck_assert(memcmp(fc_buffer_data(&b) + 3, big, 8) == 0);
    ck_assert(memcmp(fc_buffer_data(&b) + 11, little, 8) == 0);
    ck_assert_uint_eq(fct_get(&b, 2), fct_pattern(2));
    ck_assert_uint_eq(fct_get(&b, 19), fct_pattern(19));
    fc_buffer_release(&b);
}

/* What Node's writeFloatBE leaves. */
START_TEST(write_f32_as_node_rounds)
{
    static const struct {
        double value;
        uint8_t big[4];
    } rows[] = {
        { 0.0, { 0, 0, 0, 0 } },
        { -0.0, { 0x80, 0, 0, 0 } },
        { 1.0, { 0x3f, 0x80, 0, 0 } },
        { 0.1, { 0x3d, 0xcc, 0xcc, 0xcd } },
        { 0x1.000001p0, { 0x3f, 0x80, 0, 0 } },                /* a tie, to even: down */
        { 0x1.000003p0, { 0x3f, 0x80, 0, 2 } },                /* a tie, to even: up */
        { 0x1.000001000001p0, { 0x3f, 0x80, 0, 1 } },          /* just over a tie */
        { 0x1.fffffefffffffp127, { 0x7f, 0x7f, 0xff, 0xff } }, /* just under the tie at the top */
        { 3.4028235677973366e38, { 0x7f, 0x80, 0, 0 } },       /* that tie: infinity */
        { -1e300, { 0xff, 0x80, 0, 0 } },
        { INFINITY, { 0x7f, 0x80, 0, 0 } },
        { -INFINITY, { 0xff, 0x80, 0, 0 } },
        { 0x1p-149, { 0, 0, 0, 1 } }, /* the smallest there is */
        { 0x1p-150, { 0, 0, 0, 0 } }, /* a tie with 0 */
        { 0x1.8p-149, { 0, 0, 0, 2 } },
        { -1e-300, { 0x80, 0, 0, 0 } },
        { NAN, { 0x7f, 0xc0, 0, 0 } },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_writes_f32(rows[i].value, rows[i].big);
    }
}
END_TEST

START_TEST(write_f32_of_any_value)
{
    struct fct_random random = seeded(12);
    for (size_t i = 0; i < 2000; i++) {
        char text[64];
        uint8_t big[4];
        uint32_t bits;
        double value = model_value(some_bits(&random), 11, 52);
        if (i % 2 == 0) { /* within reach of 32 bits */
            value = ldexp(frexp(value, &(int){ 0 }), (int)fct_random_below(&random, 300) - 155);
        }
        if (isnan(value)) {
            continue;
        }
        (void)snprintf(text, sizeof text, "%a", value);
        float nearest = strtof(text, NULL);
        memcpy(&bits, &nearest, 4);
        put_big_endian(big, bits, 4);
        assert_writes_f32(value, big);
    }
}
END_TEST

/* A NaN's payload too. */
START_TEST(write_f64_of_any_bits)
{
    struct fct_random random = seeded(13);
    static const uint64_t rows[] = {
        0, 0x8000000000000000u, 0x7ff8000000000000u, 0x7ff8000000001234u, 0xfff0000000000000u, 1
    };
    for (size_t i = 0; i < 2000; i++) {
        uint64_t bits = i < sizeof rows / sizeof rows[0] ? rows[i] : some_bits(&random);
        double value;
        uint8_t big[8];
        memcpy(&value, &bits, 8);
        put_big_endian(big, bits, 8);
        assert_writes_f64(value, big);
    }
}
END_TEST

START_TEST(write_leaves_the_snapshot_alone)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    float f = 0;
    double d = 0;
    ck_assert_int_eq(fc_buffer_write_f32be(&b, 100, 0.5), FC_OK);
    fc_buffer second = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_write_f64le(&b, 200, -2.25), FC_OK);
    ck_assert_int_eq(fc_buffer_read_f32be(&f, &second, 100), FC_OK);
    ck_assert_int_eq(fc_buffer_read_f64le(&d, &b, 200), FC_OK);
    ck_assert(f == 0.5f && d == -2.25);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_narrow(&second, 200, FC_END);
    fct_assert_pattern(&second, 200, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&second);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/numbers: floats");
    TCase *tc = tcase_create("floats");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_test(tc, read_of_any_bits);
    tcase_add_test(tc, read_past_the_end_is_refused);
    tcase_add_test(tc, write_f32_as_node_rounds);
    tcase_add_test(tc, write_f32_of_any_value);
    tcase_add_test(tc, write_f64_of_any_bits);
    tcase_add_test(tc, write_leaves_the_snapshot_alone);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
