/* SPDX-License-Identifier: MIT */

/* What a handle may be: what the checks of a checked build ask of each that they are given. */

#include "base/common.h"

#include "buffer/handle.h"

#include "bytes.h"

#define LENGTH ((size_t)40)

START_TEST(handles_on_parts_of_an_arena_are_valid)
{
    const fc_buffer empty = FC_BUFFER_INIT;
    fc_buffer b = fct_make(LENGTH);
    ck_assert(fci_buffer_is_valid(&empty));
    for (size_t offset = 0; offset < LENGTH; offset++) {
        for (size_t length = 0; length <= LENGTH + 1; length++) {
            fc_buffer part = { .arena = b.arena, .offset = offset, .length = length };
            ck_assert_int_eq(fci_buffer_is_valid(&part), length != 0 && offset + length <= LENGTH);
        }
    }
    fc_buffer_release(&b);
}
END_TEST

START_TEST(others_are_not)
{
    fc_buffer b = fct_make(LENGTH), dead = b;
    const fc_buffer wrong[] = {
        { .offset = 1 },
        { .length = 1 },
        { .arena = b.arena, .offset = SIZE_MAX, .length = 2 },
        { .arena = b.arena, .offset = LENGTH, .length = 1 },
        { .arena = b.arena, .offset = 2, .length = SIZE_MAX },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!fci_buffer_is_valid(&wrong[i]), "%zu", i);
    }
    fc_buffer_release(&b);
    ck_assert(!fci_buffer_is_valid(&dead));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/handle");
    TCase *handle = tcase_create("handle");
    tcase_add_checked_fixture(handle, NULL, fct_assert_nothing_alive);
    tcase_add_test(handle, handles_on_parts_of_an_arena_are_valid);
    tcase_add_test(handle, others_are_not);
    suite_add_tcase(suite, handle);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
