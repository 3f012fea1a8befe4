/* SPDX-License-Identifier: MIT */

/* Positions of searches: every `from` in and out of range, the empty needle, units of 16 bits at
 * every address, against a model that tries each place by the words of Node's documentation. */

#include "base/common.h"

#include <fc_buffer/search.h>

#include "bytes.h"
#include "find_model.h"

#include <stdio.h>

static const fc_view none = { NULL, 0 };

/* ---- views ----------------------------------------------------------------------------------- */

static void try_all(fc_view hay, fc_view needle, ptrdiff_t from)
{
    ptrdiff_t first = model_index(hay, needle, from, 1, false);
    ptrdiff_t first_unit = model_index(hay, needle, from, 2, false);
    bool right =
        fc_view_index_of(hay, needle, from) == first &&
        fc_view_includes(hay, needle, from) == (first >= 0) &&
        fc_view_last_index_of(hay, needle, from) == model_index(hay, needle, from, 1, true) &&
        fc_view_index_of_units(hay, needle, from) == first_unit &&
        fc_view_includes_units(hay, needle, from) == (first_unit >= 0) &&
        fc_view_last_index_of_units(hay, needle, from) == model_index(hay, needle, from, 2, true);
    if (right && needle.length == 1) {
        uint8_t value = needle.bytes[0];
        right =
            fc_view_index_of_byte(hay, value, from) == first &&
            fc_view_includes_byte(hay, value, from) == (first >= 0) &&
            fc_view_last_index_of_byte(hay, value, from) == model_index(hay, needle, from, 1, true);
    }
    if (!right) {
        ck_abort_msg("hay %zu, needle %zu, from %td", hay.length, needle.length, from);
    }
}

static void try_positions(fc_view hay, fc_view needle)
{
    ptrdiff_t beyond = (ptrdiff_t)hay.length + 3;
    for (ptrdiff_t from = -beyond; from <= beyond; from++) {
        try_all(hay, needle, from);
    }
    try_all(hay, needle, PTRDIFF_MIN);
    try_all(hay, needle, PTRDIFF_MIN + 1);
    try_all(hay, needle, FC_END - 1);
    try_all(hay, needle, FC_END);
}

/* Every address modulo 2: units are counted from the view, wherever it lies. */
START_TEST(every_position_finds_what_trying_each_place_finds)
{
    struct fct_guarded area = fct_guarded_make(64);
    struct fct_random random = { .state = 6 };
    uint8_t needle[8];
    for (size_t i = 0; i < 20000 / fct_effort_step(); i++) {
        size_t length = fct_random_below(&random, 24), letters = 1 + fct_random_below(&random, 3);
        size_t needle_length = fct_random_below(&random, sizeof needle + 1);
        uint8_t *hay = i % 2 == 0 ? area.bytes + i / 2 % 2 : fct_guarded_end(&area, length);
        for (size_t j = 0; j < length; j++) {
            hay[j] = (uint8_t)fct_random_below(&random, letters);
        }
        for (size_t j = 0; j < needle_length; j++) {
            needle[j] = (uint8_t)fct_random_below(&random, letters);
        }
        try_positions(fc_view_of(hay, length), fc_view_of(needle, needle_length));
    }
    fct_guarded_free(&area);
}
END_TEST

START_TEST(empty_hay_holds_only_the_empty_needle)
{
    try_positions(none, none);
    try_positions(none, FC_VIEW_LITERAL("a"));
    try_positions(none, FC_VIEW_LITERAL("ab"));
    ck_assert_int_eq(fc_view_index_of(none, none, 5), 0);
    ck_assert_int_eq(fc_view_last_index_of_byte(none, 0, FC_END), -1);
    ck_assert_int_eq(fc_view_index_of_byte(none, 0, 0), -1);
}
END_TEST

START_TEST(results_are_those_of_node)
{
    fc_view abcdef = FC_VIEW_LITERAL("abcdef"), abcabc = FC_VIEW_LITERAL("abcabc");
    fc_view abc = FC_VIEW_LITERAL("abc");
    ck_assert_int_eq(fc_view_index_of(abcdef, none, 99), 6);
    ck_assert_int_eq(fc_view_last_index_of(abcdef, none, FC_END), 6);
    ck_assert_int_eq(fc_view_index_of_byte(abcdef, 'c', -4), 2);
    ck_assert_int_eq(fc_view_index_of_byte(abcdef, 'a', -99), 0);
    ck_assert_int_eq(fc_view_last_index_of(abcabc, abc, -7), -1);
    ck_assert_int_eq(fc_view_last_index_of(abcabc, abc, 0), 0);
    ck_assert_int_eq(fc_view_last_index_of(abcabc, abc, 4), 3);
    ck_assert_int_eq(fc_view_last_index_of(FC_VIEW_LITERAL("aaaa"), FC_VIEW_LITERAL("aa"), 1), 1);
    ck_assert_int_eq(
        fc_view_index_of_units(FC_VIEW_LITERAL("\0a\0b\0c"), FC_VIEW_LITERAL("a\0"), 0), -1);
    ck_assert_int_eq(
        fc_view_index_of_units(FC_VIEW_LITERAL("a\0b\0a\0b\0"), FC_VIEW_LITERAL("a\0"), 1), 0);
    ck_assert_int_eq(
        fc_view_index_of_units(FC_VIEW_LITERAL("a\0b\0"), FC_VIEW_LITERAL("b\0\x99"), 0), 2);
    ck_assert_int_eq(fc_view_index_of_units(FC_VIEW_LITERAL("a\0b\0"), FC_VIEW_LITERAL("b"), 0),
                     -1);
    ck_assert_int_eq(fc_view_index_of_units(FC_VIEW_LITERAL("\0a\0"), FC_VIEW_LITERAL("cc"), 0),
                     -1);
}
END_TEST

/* ---- buffers --------------------------------------------------------------------------------- */

START_TEST(buffers_are_searched_by_what_they_show)
{
    static const char marks[3][10] = { "<before>", "<inside>", "<behind>" };
    fc_buffer whole = fct_make(5000), b = fc_buffer_slice(&whole, 100, 4100);
    fc_view before = fc_view_of(marks[0], 8), inside = fc_view_of(marks[1], 8);
    fc_view behind = fc_view_of(marks[2], 8), view = fc_buffer_view(&b);
    ck_assert_int_eq(fc_buffer_write(&whole, 99, marks[0], 8), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&whole, 3100, marks[1], 8), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&whole, 4093, marks[2], 8), FC_OK);
    ck_assert_int_eq(fc_buffer_index_of(&b, inside, 0), 3000);
    ck_assert_int_eq(fc_buffer_index_of(&b, inside, 3001), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, inside, FC_END), 3000);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, inside, 2999), -1);
    ck_assert_int_eq(fc_buffer_index_of_units(&b, inside, -1000), 3000);
    ck_assert_int_eq(fc_buffer_last_index_of_units(&b, inside, 3001), 3000);
    ck_assert(fc_buffer_includes(&b, inside, 0) && !fc_buffer_includes(&b, inside, 3001));
    /* Not what lies partly beside the slice. */
    ck_assert_int_eq(fc_buffer_index_of(&whole, before, 0), 99);
    ck_assert_int_eq(fc_buffer_index_of(&b, before, 0), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, before, FC_END), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&whole, behind, FC_END), 4093);
    ck_assert_int_eq(fc_buffer_index_of(&b, behind, 0), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, behind, FC_END), -1);
    for (int value = 0; value < 256; value++) {
        fc_view byte = fc_view_of(&(uint8_t){ (uint8_t)value }, 1);
        ptrdiff_t first = model_index(view, byte, 17, 1, false);
        ck_assert_int_eq(fc_buffer_index_of_byte(&b, (uint8_t)value, 17), first);
        ck_assert_int_eq(fc_buffer_last_index_of_byte(&b, (uint8_t)value, -17),
                         model_index(view, byte, -17, 1, true));
        ck_assert_int_eq(fc_buffer_includes_byte(&b, (uint8_t)value, 17), first >= 0);
    }
    fc_buffer_release(&whole), fc_buffer_release(&b);
}
END_TEST

START_TEST(whole_buffer_is_its_own_needle)
{
    fc_buffer b = fct_make(777), empty = FC_BUFFER_INIT;
    fc_view view = fc_buffer_view(&b);
    ck_assert_int_eq(fc_buffer_index_of(&b, view, 0), 0);
    ck_assert_int_eq(fc_buffer_index_of(&b, view, 1), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, view, FC_END), 0);
    ck_assert_int_eq(fc_buffer_index_of(&empty, view, 0), -1);
    ck_assert_int_eq(fc_buffer_index_of(&empty, none, 9), 0);
    fc_buffer_release(&b);
}
END_TEST

/* ---- going through --------------------------------------------------------------------------- */

START_TEST(for_each_visits_every_byte_once_in_order)
{
    fc_view view = FC_VIEW_LITERAL("abcdef");
    size_t count = 0, skipped = 0, seen = 0, evaluated = 0;
    FC_VIEW_FOR_EACH (at, view) {
        ck_assert_ptr_eq(at, view.bytes + count);
        count++;
    }
    ck_assert_uint_eq(count, 6);
    FC_VIEW_FOR_EACH (at, none) {
        ck_abort_msg("nothing is there, at %p", (const void *)at);
    }
    FC_VIEW_FOR_EACH (at, (evaluated++, view)) {
        if (*at == 'b') {
            skipped++;
            continue;
        }
        if (*at == 'e') {
            break;
        }
        seen++;
    }
    ck_assert_uint_eq(skipped, 1);
    ck_assert_uint_eq(seen, 3);
    ck_assert_uint_eq(evaluated, 1);
}
END_TEST

START_TEST(for_each_nests)
{
    fc_view view = FC_VIEW_LITERAL("abc");
    size_t pairs = 0;
    FC_VIEW_FOR_EACH (left, view) {
        FC_VIEW_FOR_EACH (right, view) {
            if (right - view.bytes > 1) {
                break;
            }
            pairs += *left != *right;
        }
    }
    ck_assert_uint_eq(pairs, 4);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/find");
    TCase *find = tcase_create("find");
    tcase_add_checked_fixture(find, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(find, 120);
    tcase_add_test(find, every_position_finds_what_trying_each_place_finds);
    tcase_add_test(find, empty_hay_holds_only_the_empty_needle);
    tcase_add_test(find, results_are_those_of_node);
    tcase_add_test(find, buffers_are_searched_by_what_they_show);
    tcase_add_test(find, whole_buffer_is_its_own_needle);
    tcase_add_test(find, for_each_visits_every_byte_once_in_order);
    tcase_add_test(find, for_each_nests);
    suite_add_tcase(suite, find);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
