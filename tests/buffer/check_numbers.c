/* SPDX-License-Identifier: MIT */

/* Numbers in bytes against a model that adds up weighted digits: loads and stores, checked reads
 * and writes, the numbers of one to six bytes. Values and positions around every limit, at the end
 * of readable memory, through slices, with snapshots and without. */

#include "base/common.h"

#include <stdio.h>

#include "bytes.h"
#include "number_kinds.h"

#define FAIL(kind, what, ...)                                                                      \
    ck_abort_msg("%s of %zu bytes: " what, (kind)->name, (kind)->width, __VA_ARGS__)

static struct fct_random seeded(uint64_t seed)
{
    (void)printf("seed %llu\n", (unsigned long long)seed);
    return (struct fct_random){ .state = seed };
}

static void fill_random(struct fct_random *random, uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)fct_random_next(random);
    }
}

/* A value around one of the limits of some width, or any. */
static uint64_t some_value(struct fct_random *random)
{
    uint64_t limit = (uint64_t)1 << fct_random_below(random, 64);
    switch (fct_random_below(random, 4)) {
    case 0:
        return limit - 2 + fct_random_below(random, 5);
    case 1:
        return 0 - limit - 2 + fct_random_below(random, 5);
    case 2:
        return fct_random_below(random, 300) - 150;
    default:
        return fct_random_next(random) >> fct_random_below(random, 64);
    }
}

/* ---- loads and stores ------------------------------------------------------------------------ */

/* Flush against the end of memory that can be read, and at each alignment before. */
START_TEST(load_and_store_at_any_alignment)
{
    struct fct_random random = seeded(1);
    struct fct_guarded memory = fct_guarded_make(64);
    for (size_t i = 0; i < FIXED_KINDS * 64; i++) {
        const struct kind *kind = &kinds[i % FIXED_KINDS];
        uint8_t *at = fct_guarded_end(&memory, kind->width + i / FIXED_KINDS % 16);
        uint8_t model[64], *begin = fct_guarded_end(&memory, 64);
        fill_random(&random, begin, 64);
        uint64_t expected = model_read(at, kind->width, kind->order, kind->is_signed);
        if (kind->load(at) != expected) {
            FAIL(kind, "loads %llx", (unsigned long long)kind->load(at));
        }
        uint64_t value = fct_random_next(&random);
        memcpy(model, begin, 64);
        model_write(model + (at - begin), kind->width, kind->order, value);
        kind->store(at, value);
        if (memcmp(model, begin, 64) != 0) {
            FAIL(kind, "stores %llx", (unsigned long long)value);
        }
    }
    fct_guarded_free(&memory);
}
END_TEST

/* ---- reads ----------------------------------------------------------------------------------- */

static const size_t far_offsets[] = { 100,          PTRDIFF_MAX,  (size_t)PTRDIFF_MAX + 1,
                                      SIZE_MAX - 7, SIZE_MAX - 1, SIZE_MAX };
#define FAR (sizeof far_offsets / sizeof far_offsets[0])

/* All offsets around the end, then the far ones. */
static size_t nth_offset(size_t n, size_t length)
{
    return n < length + 4 ? n : far_offsets[n - length - 4];
}

static void assert_read(const struct kind *kind, fc_view v, size_t offset, fc_status status,
                        uint64_t got)
{
    fc_status expected = model_check(v.length, offset, kind->width);
    uint64_t value = UNTOUCHED;
    if (expected == FC_OK) {
        value = model_read(v.bytes + offset, kind->width, kind->order, kind->is_signed);
    } else if (kind->load != NULL) {
        value >>= 64 - 8 * kind->width;
    }
    if (status != expected || got != value) {
        FAIL(kind, "length %zu, offset %zu: status %d, value %llx", v.length, offset, status,
             (unsigned long long)got);
    }
}

START_TEST(view_read_at_every_offset)
{
    struct fct_random random = seeded(2);
    struct fct_guarded memory = fct_guarded_make(1);
    for (size_t i = 0; i < KINDS * 20; i++) {
        const struct kind *kind = &kinds[i % KINDS];
        size_t length = i / KINDS;
        uint8_t *bytes = fct_guarded_end(&memory, length);
        fc_view v = fc_view_of(length == 0 ? NULL : bytes, length);
        fill_random(&random, bytes, length);
        for (size_t n = 0; n < length + 4 + FAR; n++) {
            size_t offset = nth_offset(n, length);
            uint64_t got = 0;
            fc_status status = kind->view_read(&got, v, offset, kind->width);
            assert_read(kind, v, offset, status, got);
        }
    }
    fct_guarded_free(&memory);
}
END_TEST

/* Of slices whose surroundings could be read, but may not be. */
START_TEST(buffer_read_at_every_offset)
{
    fc_buffer whole = fct_make(64);
    for (size_t i = 0; i < KINDS * 20; i++) {
        const struct kind *kind = &kinds[i % KINDS];
        ptrdiff_t length = (ptrdiff_t)(i / KINDS);
        fc_buffer slice = fc_buffer_slice(&whole, 13, 13 + length);
        for (size_t n = 0; n < (size_t)length + 4 + FAR; n++) {
            size_t offset = nth_offset(n, (size_t)length);
            uint64_t got = 0;
            fc_status status = kind->buffer_read(&got, &slice, offset, kind->width);
            assert_read(kind, fc_buffer_view(&slice), offset, status, got);
        }
        fc_buffer_release(&slice);
    }
    fc_buffer_release(&whole);
}
END_TEST

/* ---- writes ---------------------------------------------------------------------------------- */

/* One write through a slice of `whole`, against the model. */
static void try_write(const struct kind *kind, fc_buffer *whole, fc_buffer *slice, size_t offset,
                      uint64_t value)
{
    uint8_t model[64];
    fc_status expected = model_check(fc_buffer_length(slice), offset, kind->width);
    memcpy(model, fc_buffer_data(whole), sizeof model);
    if (!model_fits(value, kind->width, kind->is_signed)) {
        expected = FC_ERR_OUT_OF_RANGE;
    }
    if (expected == FC_OK) {
        model_write(model + fc_buffer_offset(slice) + offset, kind->width, kind->order, value);
    }
    fc_status status = kind->write(slice, offset, kind->width, value);
    if (status != expected || memcmp(model, fc_buffer_data(whole), sizeof model) != 0) {
        FAIL(kind, "length %zu, offset %zu, value %llx: status %d", fc_buffer_length(slice), offset,
             (unsigned long long)value, status);
    }
}

START_TEST(write_at_every_offset)
{
    struct fct_random random = seeded(3);
    fc_buffer whole = fct_make(64);
    for (size_t i = 0; i < KINDS * 20; i++) {
        const struct kind *kind = &kinds[i % KINDS];
        ptrdiff_t length = (ptrdiff_t)(i / KINDS);
        fc_buffer slice = fc_buffer_slice(&whole, 13, 13 + length);
        for (size_t n = 0; n < (size_t)length + 4 + FAR; n++) {
            try_write(kind, &whole, &slice, nth_offset(n, (size_t)length), some_value(&random));
        }
        fc_buffer_release(&slice);
    }
    fc_buffer_release(&whole);
}
END_TEST

/* The limits of each width and one beyond, both signs. */
START_TEST(write_of_every_limit)
{
    fc_buffer whole = fct_make(64), slice = fc_buffer_slice(&whole, 13, 13 + 20);
    for (size_t i = 0; i < KINDS; i++) {
        for (unsigned bit = 0; bit < 64; bit++) {
            uint64_t limit = (uint64_t)1 << bit;
            for (uint64_t near = 0; near < 5; near++) {
                try_write(&kinds[i], &whole, &slice, 5, limit - 2 + near);
                try_write(&kinds[i], &whole, &slice, 5, 0 - limit - 2 + near);
            }
        }
    }
    fc_buffer_release(&slice), fc_buffer_release(&whole);
}
END_TEST

START_TEST(value_is_looked_at_before_position)
{
    fc_buffer none = FC_BUFFER_INIT;
    for (size_t i = 0; i < KINDS; i++) {
        const struct kind *kind = &kinds[i];
        uint64_t beyond = kind->width == 8 ? 0 : (uint64_t)1 << 8 * kind->width;
        fc_status expected = kind->width == 8 ? FC_ERR_BUFFER_OUT_OF_BOUNDS : FC_ERR_OUT_OF_RANGE;
        ck_assert_int_eq(kind->write(&none, 0, kind->width, 0), FC_ERR_BUFFER_OUT_OF_BOUNDS);
        ck_assert_int_eq(kind->write(&none, 0, kind->width, beyond), expected);
    }
}
END_TEST

START_TEST(width_is_one_to_six)
{
    static const size_t widths[] = { 0, 7, 8, 64, PTRDIFF_MAX, SIZE_MAX - 1, SIZE_MAX };
    fc_buffer b = fct_make(64), none = FC_BUFFER_INIT;
    for (size_t i = FIXED_KINDS; i < KINDS; i++) {
        for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
            uint64_t got = 0;
            fc_view v = fc_buffer_view(&b);
            ck_assert_int_eq(kinds[i].view_read(&got, v, 0, widths[w]), FC_ERR_OUT_OF_RANGE);
            ck_assert_uint_eq(got, UNTOUCHED);
            ck_assert_int_eq(kinds[i].buffer_read(&got, &none, 0, widths[w]), FC_ERR_OUT_OF_RANGE);
            ck_assert_int_eq(kinds[i].write(&b, 0, widths[w], 0), FC_ERR_OUT_OF_RANGE);
            ck_assert_int_eq(kinds[i].write(&none, 0, widths[w], 0), FC_ERR_OUT_OF_RANGE);
        }
    }
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* ---- writes and sharing ---------------------------------------------------------------------- */

#define SIZE FCT_SHARED_SIZE

/* 0x01 in every byte: whatever the kind, it fits. */
static uint64_t ones(size_t width)
{
    return 0x0101010101010101u >> (64 - 8 * width);
}

START_TEST(write_leaves_the_snapshot_alone)
{
    for (size_t i = 0; i < KINDS; i++) {
        const struct kind *kind = &kinds[i];
        fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
        fc_buffer slice = fc_buffer_slice(&b, 100, 200);
        uint64_t got = 0;
        ck_assert_int_eq(kind->write(&slice, 9, kind->width, ones(kind->width)), FC_OK);
        ck_assert(!fc_buffer_would_copy(&b));
        ck_assert_int_eq(kind->buffer_read(&got, &b, 109, kind->width), FC_OK);
        ck_assert_uint_eq(got, ones(kind->width));
        for (size_t j = 0; j < kind->width; j++) {
            fct_set(&b, 109 + j, fct_pattern(109 + j));
        }
        fct_assert_pattern(&b, 0, FCT_NONE);
        fct_assert_pattern(&snapshot, 0, FCT_NONE);
        fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&slice);
    }
}
END_TEST

START_TEST(write_that_fails_does_not_detach)
{
    fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
    for (size_t i = 0; i < KINDS; i++) {
        const struct kind *kind = &kinds[i];
        ck_assert_int_eq(kind->write(&b, SIZE, kind->width, 0), FC_ERR_OUT_OF_RANGE);
        if (kind->width < 8) {
            ck_assert_int_eq(kind->write(&b, 0, kind->width, UINT64_MAX / 2), FC_ERR_OUT_OF_RANGE);
        }
    }
    ck_assert(fc_buffer_would_copy(&b));
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(write_to_frozen_is_refused)
{
    fc_buffer b = fct_make(64);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    for (size_t i = 0; i < KINDS; i++) {
        const struct kind *kind = &kinds[i];
        ck_assert_int_eq(kind->write(&b, 8, kind->width, ones(kind->width)), FC_ERR_FROZEN);
        ck_assert_int_eq(kind->write(&b, 64, kind->width, 0), FC_ERR_OUT_OF_RANGE);
    }
    ck_assert_int_eq(fc_buffer_write_f32le(&b, 0, 1.0), FC_ERR_FROZEN);
    ck_assert_int_eq(fc_buffer_write_f64be(&b, 0, 1.0), FC_ERR_FROZEN);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(write_to_readonly_moves_to_own_memory)
{
    static const uint8_t memory[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, memory, sizeof memory, NULL, NULL), FC_OK);
    ck_assert_int_eq(fc_buffer_write_u32be(&b, 4, 0xdeadbeef), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&b), "\1\2\3\4\xde\xad\xbe\xef\x9\xa\xb\xc\xd\xe\xf\x10", 16);
    ck_assert_uint_eq(memory[4], 5);
    fc_buffer_release(&b);
}
END_TEST

/* Its first bytes, whatever the machine's order; none of them detaches nothing. */
START_TEST(write_image_of_every_width)
{
    const uint8_t bytes[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    uint64_t image;
    memcpy(&image, bytes, sizeof image);
    for (size_t width = 0; width <= 8; width++) {
        fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
        ck_assert_int_eq(fc_buffer_write_image(&b, SIZE - width, image, width), FC_OK);
        ck_assert(memcmp(fc_buffer_data(&b) + SIZE - width, bytes, width) == 0);
        ck_assert_int_eq(fc_buffer_would_copy(&b), width == 0);
        ck_assert_int_eq(fc_buffer_write_image(&b, SIZE - width + 1, image, width),
                         FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_write_image(&b, 0, image, 9 + width), FC_ERR_OUT_OF_RANGE);
        fc_buffer_narrow(&b, 0, (ptrdiff_t)SIZE - (ptrdiff_t)width);
        fct_assert_pattern(&b, 0, FCT_NONE);
        fc_buffer_release(&b), fc_buffer_release(&snapshot);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/numbers");
    TCase *tc = tcase_create("integers");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_test(tc, load_and_store_at_any_alignment);
    tcase_add_test(tc, view_read_at_every_offset);
    tcase_add_test(tc, buffer_read_at_every_offset);
    tcase_add_test(tc, write_at_every_offset);
    tcase_add_test(tc, write_of_every_limit);
    tcase_add_test(tc, value_is_looked_at_before_position);
    tcase_add_test(tc, width_is_one_to_six);
    tcase_add_test(tc, write_leaves_the_snapshot_alone);
    tcase_add_test(tc, write_that_fails_does_not_detach);
    tcase_add_test(tc, write_to_frozen_is_refused);
    tcase_add_test(tc, write_to_readonly_moves_to_own_memory);
    tcase_add_test(tc, write_image_of_every_width);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
