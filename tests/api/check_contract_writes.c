/* SPDX-License-Identifier: MIT */

/* Promises W1 to W10: the order of a write, and raw addresses. Black box: the public header only.
 */

#include <stdlib.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

/* The source of a write: where it lies relative to the written arena. */
enum source { IN_PLACE, IN_OLD_BLOCK, IN_SNAPSHOT, SOURCES };

/* Writes 20000 bytes from position 100 to position 5000, overlapping, and looks. */
static void write_from(enum source from)
{
    fc_buffer b = fct_make(SIZE);
    fc_buffer snapshot = from == IN_PLACE ? (fc_buffer)FC_BUFFER_INIT : fct_snapshot(&b);
    const fc_buffer *holder = from == IN_SNAPSHOT ? &snapshot : &b;
    ck_assert_int_eq(fc_buffer_write(&b, 5000, fc_buffer_data(holder) + 100, 20000), FC_OK);
    const uint8_t *bytes = fc_buffer_data(&b);
    for (size_t i = 0; i < SIZE; i++) {
        size_t was = i >= 5000 && i < 25000 ? i - 4900 : i;
        ck_assert_uint_eq(bytes[i], fct_pattern(was));
    }
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}

START_TEST(source_counts_as_read_before_the_first_store)
{
    PROMISE("W1",
            "A source may lie in the arena, in its old block, or in any arena that shares it, and "
            "counts as read before the first byte is stored.");
    write_from((enum source)_i);
}
END_TEST

START_TEST(copy_into_overlaps_both_ways)
{
    PROMISE("W1",
            "A source may lie in the arena, in its old block, or in any arena that shares it, and "
            "counts as read before the first byte is stored.");
    for (size_t at = 0; at < 80; at++) {
        uint8_t model[64];
        size_t copied = 0;
        fc_buffer b = fct_make(64);
        memcpy(model, fc_buffer_data(&b), 64);
        memmove(model + (at < 64 ? at : 64), model + 20, at < 34 ? 30 : at < 64 ? 64 - at : 0);
        fc_view source = fc_view_slice(fc_buffer_view(&b), 20, 50);
        ck_assert_int_eq(fc_buffer_copy_into(&copied, &b, at, source), FC_OK);
        ck_assert_uint_eq(copied, at < 34 ? 30 : at < 64 ? 64 - at : 0);
        ck_assert_int_eq(memcmp(model, fc_buffer_data(&b), 64), 0);
        fc_buffer_release(&b);
    }
}
END_TEST

/* A source in the very block that the write frees: the wrapped memory's callback frees it. */
static void free_bytes(void *context, void *bytes, size_t length)
{
    struct fct_released *released = context;
    released->calls++;
    memset(bytes, 0xdd, length);
    free(bytes);
}

START_TEST(source_lies_in_the_block_that_the_write_frees)
{
    PROMISE("W1",
            "A source may lie in the arena, in its old block, or in any arena that shares it, and "
            "counts as read before the first byte is stored.");
    struct fct_released released = { 0 };
    uint8_t *bytes = malloc(SIZE);
    fc_buffer b = FC_BUFFER_INIT;
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = fct_pattern(i);
    }
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, bytes, SIZE, free_bytes, &released), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&b, 5000, bytes + 100, 20000), FC_OK);
    ck_assert_int_eq(released.calls, 1);
    for (size_t i = 5000; i < 25000; i++) {
        ck_assert_uint_eq(fct_get(&b, i), fct_pattern(i - 4900));
    }
    fc_buffer_release(&b);
}
END_TEST

START_TEST(nothing_written_nothing_detached)
{
    uint8_t byte = 1;
    size_t copied = 9;
    PROMISE("W2", "Zero bytes, or any status other than FC_OK, never detach.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer snapshot = fct_snapshot(&b);
    const uint8_t *address = fc_buffer_data(&b);
    ck_assert_int_eq(fc_buffer_write(&b, 10, &byte, 0), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&b, SIZE, NULL, 0), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&b, SIZE, &byte, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write(&b, SIZE + 1, &byte, 0), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_set(&b, SIZE, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_copy_into(&copied, &b, SIZE, fc_view_of(&byte, 1)), FC_OK);
    ck_assert_uint_eq(copied, 0);
    ck_assert_int_eq(fc_buffer_copy_into(&copied, &b, 0, fc_view_of(NULL, 0)), FC_OK);
    ck_assert(fc_buffer_would_copy(&b));
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    ck_assert_ptr_eq(fc_buffer_data(&snapshot), address);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(whole_write_copies_nothing_old)
{
    PROMISE("W3", "A write that covers the whole arena takes a new block without copying the old.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer other = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc_fill(&other, SIZE, FC_VIEW_LITERAL("xy")), FC_OK);
    fc_buffer snapshot = fct_snapshot(&b);
    fc_stats before = fct_stats();
    ck_assert_int_eq(fc_buffer_write(&b, 0, fc_buffer_data(&other), SIZE), FC_OK);
    ck_assert_uint_eq(fct_stats().write_copied_bytes, before.write_copied_bytes);
    ck_assert_ptr_ne(fc_buffer_data(&b), fc_buffer_data(&snapshot));
    ck_assert_int_eq(memcmp(fc_buffer_data(&b), fc_buffer_data(&other), SIZE), 0);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&other), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(addresses_stay_as_long_as_promised)
{
    PROMISE("W4", "The const address is good until the next write on the same arena, or the last "
                  "release.");
    PROMISE("W5", "A snapshot's address is stable for as long as nobody writes to that snapshot, "
                  "whatever its source does.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer second = fc_buffer_retain(&b);
    const uint8_t *address = fc_buffer_data(&b);
    fc_buffer snapshots[10];
    for (size_t i = 0; i < 10; i++) {
        snapshots[i] = fct_snapshot(&b);
        ck_assert_ptr_eq(fc_buffer_data(&b), address);
    }
    fc_buffer_release(&b);
    ck_assert_ptr_eq(fc_buffer_data(&second), address);
    for (size_t i = 0; i < 10; i++) {
        fct_set(&second, i, 0);
        ck_assert_ptr_eq(fc_buffer_data(&snapshots[i]), address);
        fct_assert_pattern(&snapshots[i], 0, FCT_NONE);
    }
    fc_buffer_release(&second);
    for (size_t i = 0; i < 10; i++) {
        ck_assert_ptr_eq(fc_buffer_data(&snapshots[i]), address);
        fct_assert_pattern(&snapshots[i], 0, FCT_NONE);
        fc_buffer_release(&snapshots[i]);
    }
}
END_TEST

START_TEST(begin_write_detaches_and_pins)
{
    uint8_t *address = NULL;
    PROMISE("W6", "begin_write detaches if needed and pins the arena.");
    PROMISE("W8",
            "While pinned an arena has its own writable memory and a fixed address, and does not "
            "detach.");
    PROMISE("W9",
            "A snapshot of a pinned arena copies at once or, paged, is taken in place at the same "
            "address: a stray store can never reach it.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    ck_assert_ptr_ne(address, fc_buffer_data(&snapshot));
    ck_assert_ptr_eq(address, fc_buffer_data(&b));
    address[1] = 0;
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_stats before = fct_stats();
    fc_buffer pinned = fct_snapshot(&b);
    if (!fct_paged_always()) {
        ck_assert_uint_eq(fct_stats().snapshot_copies - before.snapshot_copies, 1);
    }
    address[2] = 0;
    fct_set(&b, 3, 0);
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    fct_assert_pattern(&pinned, 0, 1);
    ck_assert_uint_eq(fct_get(&pinned, 1), 0);
    ck_assert(!fc_buffer_would_copy(&b));
    fc_buffer_end_write(&b);
    /* Unpinned, snapshots are counts again. */
    fc_buffer shared = fct_snapshot(&b);
    ck_assert_ptr_eq(fc_buffer_data(&shared), address);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    fc_buffer_release(&pinned), fc_buffer_release(&shared);
}
END_TEST

START_TEST(pins_nest_through_any_handle)
{
    uint8_t *first = NULL, *second = NULL;
    PROMISE("W7", "Pins count per arena and nest; any handle on it may end one.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer left = fc_buffer_slice(&b, 0, 40000);
    fc_buffer right = fc_buffer_slice(&b, 20000, FC_END);
    ck_assert_int_eq(fc_buffer_begin_write(&first, &left), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&second, &right), FC_OK);
    ck_assert_ptr_eq(second, first + 20000);
    fc_buffer_release(&left);
    for (int pins = 2; pins > 0; pins--) {
        fc_buffer copied = fct_snapshot(&b);
        ck_assert_ptr_ne(fc_buffer_data(&copied), first);
        fc_buffer_release(&copied);
        fc_buffer_end_write(pins == 2 ? &right : &b);
    }
    fc_buffer shared = fct_snapshot(&b);
    ck_assert_ptr_eq(fc_buffer_data(&shared), first);
    fc_buffer_release(&b), fc_buffer_release(&right), fc_buffer_release(&shared);
}
END_TEST

START_TEST(empty_buffer_cannot_be_pinned)
{
    uint8_t *address = NULL;
    PROMISE("W10", "On the empty buffer begin_write and end_write pin nothing.");
    fc_buffer empty = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_begin_write(&address, &empty), FC_OK);
    ck_assert_ptr_nonnull(address);
    fc_buffer_end_write(&empty);
    fc_buffer_end_write(&empty);
    ck_assert_uint_eq(fc_buffer_length(&empty), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: writes");
    TCase *writes = tcase_create("writes");
    tcase_add_checked_fixture(writes, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(writes, 300);
    tcase_add_loop_test(writes, source_counts_as_read_before_the_first_store, 0, SOURCES);
    tcase_add_test(writes, copy_into_overlaps_both_ways);
    tcase_add_test(writes, source_lies_in_the_block_that_the_write_frees);
    tcase_add_test(writes, nothing_written_nothing_detached);
    tcase_add_test(writes, whole_write_copies_nothing_old);
    tcase_add_test(writes, addresses_stay_as_long_as_promised);
    tcase_add_test(writes, begin_write_detaches_and_pins);
    tcase_add_test(writes, pins_nest_through_any_handle);
    tcase_add_test(writes, empty_buffer_cannot_be_pinned);
    suite_add_tcase(suite, writes);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
