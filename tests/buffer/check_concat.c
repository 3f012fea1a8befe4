/* SPDX-License-Identifier: MIT */

/* concat of buffers and of views: the bytes, cut off or followed by zeroes, and lengths that no
 * buffer can have. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "bytes.h"

static fc_buffer junk(void)
{
    fc_buffer b;
    memset(&b, 0x5a, sizeof b);
    return b;
}

static bool is_junk(const fc_buffer *b)
{
    fc_buffer other = junk();
    return memcmp(b, &other, sizeof other) == 0;
}

/* Bytes of the pattern up to `length`, zeroes from there to `total`; an own buffer. */
static void assert_joined(fc_buffer *out, size_t length, size_t total)
{
    ck_assert_uint_eq(fc_buffer_length(out), total);
    const uint8_t *bytes = fc_buffer_data(out);
    for (size_t i = 0; i < total; i++) {
        if (bytes[i] != (i < length ? fct_pattern(i) : 0)) {
            ck_abort_msg("byte %zu of %zu", i, total);
        }
    }
    ck_assert(total == 0 || fc_buffer_is_unique(out));
    fc_buffer_release(out);
}

#define PARTS ((size_t)7)

/* One buffer cut into parts, some of them empty, and joined again in all four ways. */
static void try_parts(const fc_buffer *whole, const size_t *cuts)
{
    size_t length = fc_buffer_length(whole);
    size_t totals[] = { 0, 1, length / 2, length, length + 1, length + 5000 };
    fc_buffer parts[PARTS], out;
    fc_view views[PARTS];
    for (size_t i = 0; i < PARTS; i++) {
        ptrdiff_t begin = i == 0 ? 0 : (ptrdiff_t)cuts[i - 1];
        parts[i] = fc_buffer_slice(whole, begin, i < PARTS - 1 ? (ptrdiff_t)cuts[i] : FC_END);
        views[i] = fc_buffer_view(&parts[i]);
    }
    views[0].bytes = views[0].length == 0 ? NULL : views[0].bytes;
    ck_assert_int_eq((out = junk(), fc_buffer_concat(&out, parts, PARTS)), FC_OK);
    assert_joined(&out, length, length);
    ck_assert_int_eq((out = junk(), fc_view_concat(&out, views, PARTS)), FC_OK);
    assert_joined(&out, length, length);
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        out = junk();
        ck_assert_int_eq(fc_buffer_concat_total(&out, parts, PARTS, totals[i]), FC_OK);
        assert_joined(&out, length, totals[i]);
        out = junk();
        ck_assert_int_eq(fc_view_concat_total(&out, views, PARTS, totals[i]), FC_OK);
        assert_joined(&out, length, totals[i]);
    }
    for (size_t i = 0; i < PARTS; i++) {
        fc_buffer_release(&parts[i]);
    }
}

START_TEST(parts_are_joined_in_order)
{
    static const size_t lengths[] = { 0, 1, 2, 40, 976, 977, 5000, 70000, 2 << 20 };
    struct fct_random random = { .state = 8 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        fc_buffer whole = lengths[i] != 0 ? fct_make(lengths[i]) : (fc_buffer)FC_BUFFER_INIT;
        for (int tries = 0; tries < 5; tries++) {
            size_t cuts[PARTS - 1], least = 0;
            for (size_t j = 0; j < PARTS - 1; j++) {
                least += fct_random_below(&random, 3) * fct_random_below(&random, lengths[i] / 4);
                cuts[j] = least = least < lengths[i] ? least : lengths[i];
            }
            try_parts(&whole, cuts);
        }
        fct_assert_pattern(&whole, 0, FCT_NONE);
        fc_buffer_release(&whole);
    }
}
END_TEST

START_TEST(one_element_is_copied_too)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), out = junk();
    ck_assert_int_eq(fc_buffer_concat(&out, &b, 1), FC_OK);
    ck_assert(!fc_buffer_same_arena(&out, &b));
    ck_assert(!fc_buffer_would_copy(&b));
    assert_joined(&out, FCT_SHARED_SIZE, FCT_SHARED_SIZE);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(same_buffer_may_come_again)
{
    fc_buffer b = fct_make(3), list[] = { b, b, b }, out = junk();
    uint8_t expected[9];
    for (size_t i = 0; i < sizeof expected; i++) {
        expected[i] = fct_pattern(i % 3);
    }
    ck_assert_int_eq(fc_buffer_concat(&out, list, 3), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&out), expected, sizeof expected);
    fc_buffer_release(&out), fc_buffer_release(&b);
}
END_TEST

START_TEST(result_may_stand_right_beside_the_list)
{
    fc_buffer all[4] = { junk(), fct_make(3), fct_make(5), junk() };
    for (size_t at = 0; at < 4; at += 3) {
        ck_assert_int_eq(fc_buffer_concat(&all[at], all + 1, 2), FC_OK);
        ck_assert_uint_eq(all[at].length, 8);
    }
    for (size_t i = 0; i < 4; i++) {
        fc_buffer_release(&all[i]);
    }
}
END_TEST

START_TEST(empty_list_is_empty_whatever_the_total)
{
    static const size_t totals[] = { 0, 5, FC_BUFFER_MAX_LENGTH, SIZE_MAX };
    fc_buffer out = junk();
    ck_assert_int_eq(fc_buffer_concat(&out, NULL, 0), FC_OK);
    assert_joined(&out, 0, 0);
    ck_assert_int_eq((out = junk(), fc_view_concat(&out, NULL, 0)), FC_OK);
    assert_joined(&out, 0, 0);
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        out = junk();
        ck_assert_int_eq(fc_buffer_concat_total(&out, NULL, 0, totals[i]), FC_OK);
        assert_joined(&out, 0, 0);
        out = junk();
        ck_assert_int_eq(fc_view_concat_total(&out, NULL, 0, totals[i]), FC_OK);
        assert_joined(&out, 0, 0);
    }
}
END_TEST

START_TEST(empty_elements_are_nothing_or_zeroes)
{
    fc_buffer list[] = { FC_BUFFER_INIT, FC_BUFFER_INIT }, out = junk();
    ck_assert_int_eq(fc_buffer_concat(&out, list, 2), FC_OK);
    assert_joined(&out, 0, 0);
    ck_assert_int_eq((out = junk(), fc_buffer_concat_total(&out, list, 2, 99)), FC_OK);
    assert_joined(&out, 0, 99);
}
END_TEST

/* Views of memory that nobody looks at: their sum is found too large first. */
START_TEST(too_much_together_is_refused)
{
    fc_view list[4] = { { NULL, 0 } };
    fc_buffer out = junk();
    list[1] = fc_view_of((const void *)(uintptr_t)64, FC_BUFFER_MAX_LENGTH);
    list[3] = fc_view_of((const void *)(uintptr_t)64, 1);
    ck_assert_int_eq(fc_view_concat(&out, list, 4), FC_ERR_BUFFER_TOO_LARGE);
    for (size_t i = 0; i < 4; i++) {
        list[i] = fc_view_of((const void *)(uintptr_t)64, FC_BUFFER_MAX_LENGTH);
    }
    /* Three of them and two more bytes would wrap round. */
    ck_assert_int_eq(fc_view_concat(&out, list, 2), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_concat(&out, list, 4), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_concat_total(&out, list, 4, FC_BUFFER_MAX_LENGTH + 1),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_view_concat_total(&out, list, 4, SIZE_MAX), FC_ERR_OUT_OF_RANGE);
    ck_assert(is_junk(&out));
    /* No more is looked at than is needed. */
    list[0] = FC_VIEW_LITERAL("abc");
    ck_assert_int_eq(fc_view_concat_total(&out, list, 4, 3), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&out), "abc", 3);
    fc_buffer_release(&out);
}
END_TEST

START_TEST(total_too_large_is_refused_for_buffers_too)
{
    fc_buffer b = fct_make(10), out = junk();
    ck_assert_int_eq(fc_buffer_concat_total(&out, &b, 1, FC_BUFFER_MAX_LENGTH + 1),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_concat_total(&out, &b, 1, FC_BUFFER_MAX_LENGTH), FC_ERR_NO_MEMORY);
    ck_assert(is_junk(&out));
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/concat");
    TCase *concat = tcase_create("concat");
    tcase_add_checked_fixture(concat, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(concat, 120);
    tcase_add_test(concat, parts_are_joined_in_order);
    tcase_add_test(concat, one_element_is_copied_too);
    tcase_add_test(concat, same_buffer_may_come_again);
    tcase_add_test(concat, result_may_stand_right_beside_the_list);
    tcase_add_test(concat, empty_list_is_empty_whatever_the_total);
    tcase_add_test(concat, empty_elements_are_nothing_or_zeroes);
    tcase_add_test(concat, too_much_together_is_refused);
    tcase_add_test(concat, total_too_large_is_refused_for_buffers_too);
    suite_add_tcase(suite, concat);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
