/* SPDX-License-Identifier: MIT */

/* swap16, swap32, swap64 and reverse: the bytes, in every state that a buffer can be in, and wrong
 * lengths. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "states.h"

static void turn(uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length - 1 - i; i++) {
        uint8_t byte = bytes[i];
        bytes[i] = bytes[length - 1 - i];
        bytes[length - 1 - i] = byte;
    }
}

static void turn_units(uint8_t *bytes, size_t length, size_t unit)
{
    for (size_t i = 0; i < length; i += unit) {
        turn(bytes + i, unit);
    }
}

static void turn16(uint8_t *bytes, size_t length)
{
    turn_units(bytes, length, 2);
}

static void turn32(uint8_t *bytes, size_t length)
{
    turn_units(bytes, length, 4);
}

static void turn64(uint8_t *bytes, size_t length)
{
    turn_units(bytes, length, 8);
}

static const struct {
    struct fct_writer writer;
    size_t unit;
} writers[] = {
    { { fc_buffer_swap16, turn16 }, 2 },
    { { fc_buffer_swap32, turn32 }, 4 },
    { { fc_buffer_swap64, turn64 }, 8 },
    { { fc_buffer_reverse, turn }, 1 },
};
#define WRITERS ((int)(sizeof writers / sizeof writers[0]))

START_TEST(bytes_are_turned_in_every_state)
{
    static const size_t lengths[] = { 8, 48, 5000, FCT_SHARED_SIZE };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        fct_write_in_every_state(&writers[_i].writer, lengths[i], true);
    }
    if (writers[_i].unit == 1) {
        fct_write_in_every_state(&writers[_i].writer, 1, true);
        fct_write_in_every_state(&writers[_i].writer, 4711, true);
    }
}
END_TEST

START_TEST(whole_arena_is_turned_without_a_copy)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b), again = FC_BUFFER_INIT;
    fc_stats before = fct_stats();
    ck_assert_int_eq(writers[_i].writer.call(&b), FC_OK);
    ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
    ck_assert(!fc_buffer_equal(&b, &snapshot));
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    again = fct_snapshot(&b);
    ck_assert_int_eq(writers[_i].writer.call(&again), FC_OK);
    ck_assert(fc_buffer_equal(&again, &snapshot));
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&again);
}
END_TEST

/* Also where the arena is frozen or would have to detach: nothing is looked at but the length. */
START_TEST(wrong_length_changes_nothing)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    for (size_t cut = 1; cut < writers[_i].unit; cut++) {
        fc_buffer part = fc_buffer_slice(&b, (ptrdiff_t)cut, FC_END);
        ck_assert_int_eq(writers[_i].writer.call(&part), FC_ERR_INVALID_BUFFER_SIZE);
        ck_assert(fc_buffer_would_copy(&part));
        fc_buffer_release(&part);
    }
    fct_assert_pattern(&b, 0, FCT_NONE);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    fc_buffer_narrow(&b, 0, -1);
    ck_assert_int_eq(writers[_i].writer.call(&b),
                     writers[_i].unit == 1 ? FC_ERR_FROZEN : FC_ERR_INVALID_BUFFER_SIZE);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(empty_buffer_is_turned)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(writers[_i].writer.call(&b), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/swap");
    TCase *swap = tcase_create("swap");
    tcase_add_checked_fixture(swap, NULL, fct_assert_nothing_alive);
    tcase_add_loop_test(swap, bytes_are_turned_in_every_state, 0, WRITERS);
    tcase_add_loop_test(swap, whole_arena_is_turned_without_a_copy, 0, WRITERS);
    tcase_add_loop_test(swap, wrong_length_changes_nothing, 0, WRITERS);
    tcase_add_loop_test(swap, empty_buffer_is_turned, 0, WRITERS);
    suite_add_tcase(suite, swap);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
