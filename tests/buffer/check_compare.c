/* SPDX-License-Identifier: MIT */

/* Equality and order of views and buffers, and of their ranges, against a loop over single bytes.
 */

#include "base/common.h"

#include <fc_buffer/compare.h>

#include "bytes.h"

#include <stdio.h>

static const fc_view none = { NULL, 0 };

/* Longer is more, once all else is equal. */
static int model_order(fc_view a, fc_view b)
{
    for (size_t i = 0; i < a.length || i < b.length; i++) {
        int left = i < a.length ? a.bytes[i] : -1, right = i < b.length ? b.bytes[i] : -1;
        if (left != right) {
            return left < right ? -1 : 1;
        }
    }
    return 0;
}

/* Everything that can be asked of two ranges, both ways round. */
static void try_pair(fc_view a, fc_view b)
{
    int order = model_order(a, b);
    if (fc_view_compare(a, b) != order || fc_view_compare(b, a) != -order ||
        fc_view_equal(a, b) != (order == 0) || fc_view_equal_secret(a, b) != (order == 0)) {
        ck_abort_msg("lengths %zu and %zu: not %d", a.length, b.length, order);
    }
}

START_TEST(order_and_equality_are_those_of_bytes)
{
    struct fct_guarded left = fct_guarded_make(300), right = fct_guarded_make(300);
    struct fct_random random = { .state = 5 };
    for (size_t i = 0; i < 200000 / fct_effort_step(); i++) {
        size_t longest = i % 16 == 0 ? 300 : 20, common = fct_random_below(&random, longest);
        size_t a = common + fct_random_below(&random, 3), b = common + fct_random_below(&random, 3);
        uint8_t *first = fct_guarded_end(&left, a), *second = fct_guarded_end(&right, b);
        for (size_t j = 0; j < a || j < b; j++) {
            uint8_t value = (uint8_t)fct_random_next(&random);
            if (j < a) {
                first[j] = value;
            }
            if (j < b) {
                second[j] = value;
            }
        }
        if (i % 2 == 0 && b != 0) {
            second[fct_random_below(&random, b)] = (uint8_t)fct_random_next(&random);
        }
        try_pair(fc_view_of(first, a), fc_view_of(second, b));
    }
    fct_guarded_free(&left), fct_guarded_free(&right);
}
END_TEST

START_TEST(bytes_are_unsigned_and_a_prefix_comes_first)
{
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("\x80"), FC_VIEW_LITERAL("\x7f")), 1);
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("\xff"), FC_VIEW_LITERAL("\x00")), 1);
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("ab"), FC_VIEW_LITERAL("abc")), -1);
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("b"), FC_VIEW_LITERAL("abc")), 1);
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("a\0b"), FC_VIEW_LITERAL("a\0c")), -1);
    ck_assert_int_eq(fc_view_compare(FC_VIEW_LITERAL("same"), FC_VIEW_LITERAL("same")), 0);
}
END_TEST

START_TEST(empty_ranges_are_equal_and_come_first)
{
    fc_buffer empty = FC_BUFFER_INIT;
    try_pair(none, none);
    try_pair(none, fc_view_of("", 0));
    try_pair(none, FC_VIEW_LITERAL("\0"));
    ck_assert_int_eq(fc_view_compare(none, FC_VIEW_LITERAL("\0")), -1);
    ck_assert(fc_buffer_equal(&empty, &empty) && fc_buffer_equal_secret(&empty, &empty));
    ck_assert_int_eq(fc_buffer_compare(&empty, &empty), 0);
}
END_TEST

/* Whichever single bit differs, and however many cancel out in a sum or an exclusive or. */
START_TEST(secrets_differ_by_any_bit)
{
    uint8_t a[64] = { 0 }, b[64] = { 0 };
    for (size_t bit = 0; bit < 8 * sizeof a; bit++) {
        b[bit / 8] = (uint8_t)(1u << bit % 8);
        ck_assert(!fc_view_equal_secret(fc_view_of(a, sizeof a), fc_view_of(b, sizeof b)));
        b[(bit / 8 + 8) % sizeof b] = b[bit / 8];
        ck_assert(!fc_view_equal_secret(fc_view_of(a, sizeof a), fc_view_of(b, sizeof b)));
        memset(b, 0, sizeof b);
        ck_assert(fc_view_equal_secret(fc_view_of(a, sizeof a), fc_view_of(b, sizeof b)));
    }
}
END_TEST

START_TEST(buffers_compare_by_what_they_show)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    fc_buffer head = fc_buffer_slice(&b, 0, -1);
    ck_assert(fc_buffer_equal(&b, &snapshot) && fc_buffer_equal_secret(&b, &snapshot));
    ck_assert_int_eq(fc_buffer_compare(&b, &snapshot), 0);
    ck_assert_int_eq(fc_buffer_compare(&head, &snapshot), -1);
    ck_assert_int_eq(fc_buffer_compare(&snapshot, &head), 1);
    fct_set(&b, FCT_SHARED_SIZE - 2, 0);
    ck_assert(!fc_buffer_equal(&b, &snapshot) && !fc_buffer_equal_secret(&b, &snapshot));
    ck_assert_int_eq(fc_buffer_compare(&b, &snapshot), -1);
    ck_assert_int_eq(fc_buffer_compare(&head, &snapshot), -1);
    ck_assert_int_eq(fc_buffer_compare(&snapshot, &head), 1);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&head);
}
END_TEST

#define UNSET 77

static int compare_ranges(fc_view source, fc_view target, size_t target_begin, size_t target_end,
                          size_t source_begin, size_t source_end)
{
    int order = UNSET;
    fc_status status = fc_view_compare_ranges(&order, source, target, target_begin, target_end,
                                              source_begin, source_end);
    ck_assert_int_eq(order == UNSET, status != FC_OK);
    ck_assert(status == FC_OK || status == FC_ERR_OUT_OF_RANGE);
    return order;
}

/* Every begin and end from 0 to past the end. */
START_TEST(ranges_compare_as_their_bytes_do)
{
    fc_view source = FC_VIEW_LITERAL("abcab"), target = FC_VIEW_LITERAL("cabc");
    for (size_t i = 0; i < 7 * 7 * 8 * 8; i++) {
        size_t tb = i % 7, te = i / 7 % 7, sb = i / 49 % 8, se = i / 49 / 8;
        int order = UNSET;
        if (te <= target.length && se <= source.length) {
            order = model_order(sb < se ? fc_view_of(source.bytes + sb, se - sb) : none,
                                tb < te ? fc_view_of(target.bytes + tb, te - tb) : none);
        }
        int found = compare_ranges(source, target, tb, te, sb, se);
        if (found != order) {
            ck_abort_msg("[%zu, %zu) of target, [%zu, %zu) of source: %d", tb, te, sb, se, found);
        }
    }
}
END_TEST

START_TEST(begin_may_be_anywhere_and_an_end_not)
{
    fc_view abc = FC_VIEW_LITERAL("abc");
    ck_assert_int_eq(compare_ranges(abc, abc, FC_BUFFER_MAX_LENGTH, 3, 0, 3), 1);
    ck_assert_int_eq(compare_ranges(abc, abc, 0, 3, FC_BUFFER_MAX_LENGTH, 3), -1);
    ck_assert_int_eq(compare_ranges(abc, abc, 4, 0, FC_BUFFER_MAX_LENGTH, 3), 0);
    ck_assert_int_eq(compare_ranges(abc, abc, FC_BUFFER_MAX_LENGTH + 1, 3, 0, 3), UNSET);
    ck_assert_int_eq(compare_ranges(abc, abc, 0, 3, SIZE_MAX, 3), UNSET);
    ck_assert_int_eq(compare_ranges(abc, abc, 0, 4, 0, 3), UNSET);
    ck_assert_int_eq(compare_ranges(abc, abc, 0, 3, 0, 4), UNSET);
    ck_assert_int_eq(compare_ranges(abc, abc, 5, 4, 0, 3), UNSET);
    ck_assert_int_eq(compare_ranges(abc, abc, 0, SIZE_MAX, 0, 3), UNSET);
    ck_assert_int_eq(compare_ranges(none, none, 0, 0, 0, 0), 0);
    ck_assert_int_eq(compare_ranges(none, none, 0, 1, 0, 0), UNSET);
}
END_TEST

START_TEST(ranges_of_buffers_compare_as_those_of_views)
{
    fc_buffer source = fct_make(20), target = fc_buffer_slice(&source, 5, 15);
    int order = UNSET;
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &source, &target, 0, 10, 5, 15), FC_OK);
    ck_assert_int_eq(order, 0);
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &source, &target, 1, 10, 5, 15), FC_OK);
    ck_assert_int_eq(order, -1);
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &source, &target, 0, 9, 5, 15), FC_OK);
    ck_assert_int_eq(order, 1);
    order = UNSET;
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &source, &target, 0, 11, 5, 15),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(order, UNSET);
    fc_buffer_release(&source), fc_buffer_release(&target);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/compare");
    TCase *compare = tcase_create("compare");
    tcase_add_checked_fixture(compare, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(compare, 120);
    tcase_add_test(compare, order_and_equality_are_those_of_bytes);
    tcase_add_test(compare, bytes_are_unsigned_and_a_prefix_comes_first);
    tcase_add_test(compare, empty_ranges_are_equal_and_come_first);
    tcase_add_test(compare, secrets_differ_by_any_bit);
    tcase_add_test(compare, buffers_compare_by_what_they_show);
    tcase_add_test(compare, ranges_compare_as_their_bytes_do);
    tcase_add_test(compare, begin_may_be_anywhere_and_an_end_not);
    tcase_add_test(compare, ranges_of_buffers_compare_as_those_of_views);
    suite_add_tcase(suite, compare);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
