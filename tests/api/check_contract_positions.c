/* SPDX-License-Identifier: MIT */

/* Promises V15 and V16: relative positions are Node's, at every edge, and the four ways of moving
 * bytes. Black box: the public header only. */

#include "bytes.h"
#include "promise.h"

/* What Node 22 says of Buffer.from([0, 1, … 9]).subarray(begin, end): first byte and length. */
static const struct {
    ptrdiff_t begin, end;
    uint8_t first;
    size_t length;
} node_slices[] = {
    { 0, 10, 0, 10 },
    { 0, FC_END, 0, 10 },
    { 2, 5, 2, 3 },
    { -3, FC_END, 7, 3 },
    { -3, -1, 7, 2 },
    { 0, -1, 0, 9 },
    { 5, 5, 0, 0 },
    { 6, 5, 0, 0 },
    { -5, 3, 0, 0 },
    { -20, 3, 0, 3 },
    { -20, -20, 0, 0 },
    { 20, 30, 0, 0 },
    { 9, 10, 9, 1 },
    { 10, 10, 0, 0 },
    { -1, FC_END, 9, 1 },
    { 0, 0, 0, 0 },
    { 3, -3, 3, 4 },
    { 8, -3, 0, 0 },
    { -10, 10, 0, 10 },
    { -11, 11, 0, 10 },
    { PTRDIFF_MIN, PTRDIFF_MAX, 0, 10 },
    { PTRDIFF_MIN + 1, PTRDIFF_MAX - 1, 0, 10 },
    { PTRDIFF_MIN, 3, 0, 3 },
    { PTRDIFF_MAX, PTRDIFF_MIN, 0, 0 },
    { PTRDIFF_MIN, PTRDIFF_MIN, 0, 0 },
    { PTRDIFF_MAX, PTRDIFF_MAX, 0, 0 },
    { 4, PTRDIFF_MIN, 0, 0 },
};
#define NODE_SLICES ((int)(sizeof node_slices / sizeof node_slices[0]))

START_TEST(positions_are_those_of_node)
{
    PROMISE("V15", "Relative positions are negative from the end, clamped, and FC_END is the end.");
    static const uint8_t digits[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    ptrdiff_t begin = node_slices[_i].begin, end = node_slices[_i].end;
    fc_buffer b = FC_BUFFER_INIT, parts[4];
    ck_assert_int_eq(fc_buffer_from_bytes(&b, digits, 10), FC_OK);
    /* The same ten bytes in the middle of an arena. */
    fc_buffer arena = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc(&arena, 30), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&arena, 10, digits, 10), FC_OK);
    fc_buffer middle = fc_buffer_slice(&arena, 10, -10);
    parts[0] = fc_buffer_slice(&b, begin, end);
    parts[1] = fc_buffer_subarray(&b, begin, end);
    parts[2] = fc_buffer_slice(&middle, begin, end);
    parts[3] = fc_buffer_retain(&middle);
    fc_buffer_narrow(&parts[3], begin, end);
    fc_view view = fc_view_slice(fc_view_of(digits, 10), begin, end);
    ck_assert_uint_eq(view.length, node_slices[_i].length);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(fc_buffer_length(&parts[i]), node_slices[_i].length);
        ck_assert_int_eq(memcmp(fc_buffer_data(&parts[i]), view.bytes, view.length), 0);
        if (view.length != 0) {
            ck_assert_uint_eq(fct_get(&parts[i], 0), node_slices[_i].first);
        }
        fc_buffer_release(&parts[i]);
    }
    fc_buffer_release(&b), fc_buffer_release(&arena), fc_buffer_release(&middle);
}
END_TEST

/* ECMA-262's words in a type that holds every sum. */
#if SIZE_MAX > 0xffffffffu
__extension__ typedef __int128 wide;
#else
typedef int64_t wide;
#endif

static size_t model_clamp(ptrdiff_t position, size_t length)
{
    wide at = position < 0 ? (wide)length + position : (wide)position;
    return at < 0 ? 0 : at > (wide)length ? length : (size_t)at;
}

START_TEST(clamp_never_wraps)
{
    PROMISE("V15", "Relative positions are negative from the end, clamped, and FC_END is the end.");
    static const ptrdiff_t positions[] = {
        0,
        1,
        2,
        15,
        16,
        17,
        -1,
        -2,
        -15,
        -16,
        -17,
        INT32_MAX,
        INT32_MIN,
        FC_END,
        FC_END - 1,
        PTRDIFF_MIN,
        PTRDIFF_MIN + 1,
        PTRDIFF_MIN + 2,
        PTRDIFF_MAX / 2,
        PTRDIFF_MIN / 2,
    };
    static const size_t lengths[] = {
        0,
        1,
        2,
        16,
        (size_t)INT32_MAX,
        (size_t)PTRDIFF_MAX - 1,
        (size_t)PTRDIFF_MAX,
        (size_t)PTRDIFF_MAX + 1,
        SIZE_MAX - 1,
        SIZE_MAX,
    };
    for (size_t i = 0; i < sizeof positions / sizeof positions[0]; i++) {
        for (size_t j = 0; j < sizeof lengths / sizeof lengths[0]; j++) {
            ck_assert_uint_eq(fc_position_clamp(positions[i], lengths[j]),
                              model_clamp(positions[i], lengths[j]));
        }
    }
    /* Of a buffer and its length FC_END is the end, whatever the length. */
    ck_assert_uint_eq(fc_position_clamp(FC_END, FC_BUFFER_MAX_LENGTH), FC_BUFFER_MAX_LENGTH);
}
END_TEST

START_TEST(slices_of_slices_add_up)
{
    PROMISE("V15", "Relative positions are negative from the end, clamped, and FC_END is the end.");
    fc_buffer b = fct_make(200);
    struct fct_random random = { .state = 15 };
    for (int round = 0; round < 2000; round++) {
        fc_buffer slice = fc_buffer_retain(&b);
        size_t first = 0, length = 200;
        while (length != 0) {
            ptrdiff_t begin = (ptrdiff_t)fct_random_below(&random, 2 * length + 9);
            ptrdiff_t end = (ptrdiff_t)fct_random_below(&random, 2 * length + 9);
            begin -= (ptrdiff_t)length + 4, end -= (ptrdiff_t)length + 4;
            size_t from = model_clamp(begin, length), to = model_clamp(end, length);
            first = from < to ? first + from : 0;
            length = from < to ? to - from : 0;
            fc_buffer next = fc_buffer_slice(&slice, begin, end);
            fc_buffer_release(&slice);
            slice = next;
            ck_assert_uint_eq(fc_buffer_length(&slice), length);
            ck_assert_uint_eq(fc_buffer_offset(&slice), first);
            fct_assert_pattern(&slice, first, FCT_NONE);
        }
    }
    ck_assert(fc_buffer_is_unique(&b));
    fc_buffer_release(&b);
}
END_TEST

START_TEST(at_counts_from_the_end_and_is_not_clamped)
{
    PROMISE("V15", "Relative positions are negative from the end, clamped, and FC_END is the end.");
    fc_buffer whole = fct_make(30), b = fc_buffer_slice(&whole, 10, 20);
    for (ptrdiff_t i = -10; i < 10; i++) {
        uint8_t value = 0;
        ck_assert_int_eq(fc_buffer_at(&value, &b, i), FC_OK);
        ck_assert_uint_eq(value, fct_pattern((size_t)(i < 0 ? 20 + i : 10 + i)));
    }
    static const ptrdiff_t outside[] = { -11, 10, -100, 100, FC_END, PTRDIFF_MIN, PTRDIFF_MIN + 1 };
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        uint8_t value = 77;
        ck_assert_int_eq(fc_buffer_at(&value, &b, outside[i]), FC_ERR_OUT_OF_RANGE);
        ck_assert_uint_eq(value, 77);
    }
    fc_buffer_release(&whole), fc_buffer_release(&b);
}
END_TEST

START_TEST(copy_is_independent)
{
    PROMISE("V16", "Copy makes an independent buffer; copy_into is Node's copy; write is "
                   "TypedArray.set; set is one byte.");
    static const size_t sizes[] = { 1, 40, 976, 977, 5000, FCT_SHARED_SIZE, 3 << 20 };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        fc_buffer b = fct_make(sizes[i] + 2), copy = FC_BUFFER_INIT;
        fc_buffer slice = fc_buffer_slice(&b, 1, -1);
        ck_assert_int_eq(fc_buffer_copy(&copy, &slice), FC_OK);
        ck_assert_uint_eq(fc_buffer_length(&copy), sizes[i]);
        ck_assert_uint_eq(fc_buffer_offset(&copy), 0);
        ck_assert(!fc_buffer_same_arena(&copy, &b));
        ck_assert(!fc_buffer_would_copy(&b) && !fc_buffer_would_copy(&copy));
        ck_assert(fc_buffer_is_unique(&copy));
        fct_set(&slice, 0, (uint8_t)~fct_pattern(1));
        fct_assert_pattern(&copy, 1, FCT_NONE);
        fct_set(&copy, sizes[i] - 1, (uint8_t)~fct_pattern(sizes[i]));
        ck_assert_uint_eq(fct_get(&b, sizes[i]),
                          sizes[i] == 1 ? (uint8_t)~fct_pattern(1) : fct_pattern(sizes[i]));
        fc_buffer_release(&b), fc_buffer_release(&slice), fc_buffer_release(&copy);
    }
}
END_TEST

/* Node 22: Buffer.from([0, 1, … 9]).copy(Buffer.alloc(5), at, begin, end). */
static const struct {
    size_t at;
    ptrdiff_t begin, end;
    size_t copied;
    const char *target;
} node_copies[] = {
    { 0, 0, FC_END, 5, "\0\1\2\3\4" },   { 2, 0, FC_END, 3, "\0\0\0\1\2" },
    { 5, 0, FC_END, 0, "\0\0\0\0\0" },   { 100, 0, FC_END, 0, "\0\0\0\0\0" },
    { 0, 2, 4, 2, "\2\3\0\0\0" },        { 4, 9, 10, 1, "\0\0\0\0\11" },
    { 1, 7, FC_END, 3, "\0\7\10\11\0" }, { PTRDIFF_MAX, 0, FC_END, 0, "\0\0\0\0\0" },
};

START_TEST(copy_into_is_the_copy_of_node)
{
    PROMISE("V16", "Copy makes an independent buffer; copy_into is Node's copy; write is "
                   "TypedArray.set; set is one byte.");
    static const uint8_t digits[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    for (size_t i = 0; i < sizeof node_copies / sizeof node_copies[0]; i++) {
        fc_buffer target = FC_BUFFER_INIT;
        size_t copied = 77;
        ck_assert_int_eq(fc_buffer_alloc(&target, 5), FC_OK);
        fc_view source =
            fc_view_slice(fc_view_of(digits, 10), node_copies[i].begin, node_copies[i].end);
        ck_assert_int_eq(fc_buffer_copy_into(&copied, &target, node_copies[i].at, source), FC_OK);
        ck_assert_uint_eq(copied, node_copies[i].copied);
        ck_assert_int_eq(memcmp(fc_buffer_data(&target), node_copies[i].target, 5), 0);
        /* The same by Node's own positions. */
        size_t begin = (size_t)node_copies[i].begin, end = (size_t)node_copies[i].end;
        ck_assert_int_eq(fc_buffer_fill(&target, 0, 5, 0), FC_OK);
        copied = 77;
        ck_assert_int_eq(fc_buffer_copy_range_into(&copied, &target, node_copies[i].at,
                                                   fc_view_of(digits, 10), begin, end),
                         FC_OK);
        ck_assert_uint_eq(copied, node_copies[i].copied);
        ck_assert_int_eq(memcmp(fc_buffer_data(&target), node_copies[i].target, 5), 0);
        fc_buffer_release(&target);
    }
}
END_TEST

START_TEST(copy_of_negative_positions_is_refused)
{
    PROMISE("V16", "Copy makes an independent buffer; copy_into is Node's copy; write is "
                   "TypedArray.set; set is one byte.");
    static const size_t wrong[][3] = { { SIZE_MAX, 0, 2 },
                                       { FC_BUFFER_MAX_LENGTH + 1, 0, 2 },
                                       { 0, 3, 3 },
                                       { 0, SIZE_MAX, 2 },
                                       { 0, 0, SIZE_MAX } };
    fc_view source = FC_VIEW_LITERAL("ab");
    fc_buffer target = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc(&target, 5), FC_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t copied = 77;
        ck_assert_int_eq(fc_buffer_copy_range_into(&copied, &target, wrong[i][0], source,
                                                   wrong[i][1], wrong[i][2]),
                         FC_ERR_OUT_OF_RANGE);
        ck_assert_uint_eq(copied, 77);
        if (wrong[i][0] != 0) {
            ck_assert_int_eq(fc_buffer_copy_into(&copied, &target, wrong[i][0], source),
                             FC_ERR_OUT_OF_RANGE);
            ck_assert_uint_eq(copied, 77);
        }
        ck_assert_int_eq(memcmp(fc_buffer_data(&target), "\0\0\0\0\0", 5), 0);
    }
    fc_buffer_release(&target);
}
END_TEST

START_TEST(write_is_whole_or_not_at_all)
{
    PROMISE("V16", "Copy makes an independent buffer; copy_into is Node's copy; write is "
                   "TypedArray.set; set is one byte.");
    uint8_t ones[41];
    memset(ones, 0xff, sizeof ones);
    for (size_t offset = 0; offset <= 41; offset++) {
        for (size_t length = 0; length <= 41; length++) {
            fc_buffer whole = fct_make(60), b = fc_buffer_slice(&whole, 10, 50);
            bool fits = offset + length <= 40;
            ck_assert_int_eq(fc_buffer_write(&b, offset, ones, length),
                             fits ? FC_OK : FC_ERR_OUT_OF_RANGE);
            for (size_t i = 0; i < 60; i++) {
                bool written = fits && i >= 10 + offset && i < 10 + offset + length;
                ck_assert_uint_eq(fct_get(&whole, i), written ? 0xff : fct_pattern(i));
            }
            fc_buffer_release(&whole), fc_buffer_release(&b);
        }
    }
}
END_TEST

START_TEST(set_is_one_byte)
{
    PROMISE("V16", "Copy makes an independent buffer; copy_into is Node's copy; write is "
                   "TypedArray.set; set is one byte.");
    fc_buffer whole = fct_make(60), b = fc_buffer_slice(&whole, 10, 50);
    for (size_t i = 0; i < 40; i++) {
        fct_set(&b, i, (uint8_t)~fct_pattern(10 + i));
        fct_assert_pattern(&whole, 0, 10 + i);
        ck_assert_uint_eq(fct_get(&whole, 10 + i), (uint8_t)~fct_pattern(10 + i));
        fct_set(&b, i, fct_pattern(10 + i));
    }
    ck_assert_int_eq(fc_buffer_set(&b, 40, 1), FC_ERR_OUT_OF_RANGE);
    fct_assert_pattern(&whole, 0, FCT_NONE);
    fc_buffer_release(&whole), fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: positions and copies");
    TCase *positions = tcase_create("positions");
    tcase_add_checked_fixture(positions, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(positions, 300);
    tcase_add_loop_test(positions, positions_are_those_of_node, 0, NODE_SLICES);
    tcase_add_test(positions, clamp_never_wraps);
    tcase_add_test(positions, slices_of_slices_add_up);
    tcase_add_test(positions, at_counts_from_the_end_and_is_not_clamped);
    tcase_add_test(positions, copy_is_independent);
    tcase_add_test(positions, copy_into_is_the_copy_of_node);
    tcase_add_test(positions, copy_of_negative_positions_is_refused);
    tcase_add_test(positions, write_is_whole_or_not_at_all);
    tcase_add_test(positions, set_is_one_byte);
    suite_add_tcase(suite, positions);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
