/* SPDX-License-Identifier: MIT */

/* The two halves of a write from inside: nothing is published before the second, nothing has
 * changed if the first fails, and what is about to be overwritten is not copied. */

#include "base/common.h"

#include "memory/write.h"

#include "base/state.h"

#include "bytes.h"

#define SIZE FCT_SHARED_SIZE

static fc_status open_write(struct fci_write *write, const fc_buffer *b, size_t offset,
                            size_t length)
{
    return fci_write_open(write, fci_arena_of(b), offset, length);
}

START_TEST(sole_holder_is_written_in_place)
{
    static const size_t sizes[] = { 40, SIZE, 3 << 20 };
    for (size_t i = 0; i < 3; i++) {
        fc_buffer b = fct_make(sizes[i]);
        const uint8_t *address = fc_buffer_data(&b);
        struct fci_write write;
        ck_assert_int_eq(open_write(&write, &b, 5, 30), FC_OK);
        ck_assert_ptr_null(write.fresh);
        ck_assert_ptr_eq(write.at, address + 5);
        ck_assert_ptr_eq(write.arena, fci_arena_of(&b));
        write.at[0] = (uint8_t)~write.at[0];
        fci_write_close(&write);
        ck_assert_ptr_eq(fc_buffer_data(&b), address);
        fct_assert_pattern(&b, 0, 5);
        fc_buffer_release(&b);
    }
}
END_TEST

START_TEST(fresh_block_is_published_by_the_close)
{
    fct_whole_blocks();
    fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
    struct fci_arena *arena = fci_arena_of(&b);
    struct fci_block *old = arena->home.block;
    struct fci_write write;
    ck_assert_int_eq(open_write(&write, &b, 100, 10), FC_OK);
    ck_assert_ptr_nonnull(write.fresh);
    ck_assert_ptr_eq(write.at, write.fresh->bytes + 100);
    /* The arena is still where it was: a reader sees the old bytes, a source may lie among them. */
    ck_assert_ptr_eq(arena->home.block, old);
    ck_assert_ptr_eq(arena->head.bytes, old->bytes);
    ck_assert_ptr_eq(arena->head.holders, &old->count);
    ck_assert_int_eq(old->count, 1);
    memset(write.at, 0xee, 10);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fci_write_close(&write);
    ck_assert_ptr_eq(arena->home.block, write.fresh);
    ck_assert_ptr_eq(arena->head.bytes, write.fresh->bytes);
    ck_assert_ptr_eq(arena->head.holders, &write.fresh->count);
    ck_assert_int_eq(old->count, 0);
    ck_assert_int_eq(write.fresh->count, 0);
    for (size_t i = 0; i < SIZE; i++) {
        ck_assert_uint_eq(fct_get(&b, i), i >= 100 && i < 110 ? 0xee : fct_pattern(i));
    }
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* Opens [offset, offset + length) of a shared arena that is filled with the pattern, and counts
 * what was moved. */
static void open_shared(size_t offset, size_t length)
{
    fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
    fc_stats before = fct_stats();
    struct fci_write write;
    ck_assert_int_eq(open_write(&write, &b, offset, length), FC_OK);
    fc_stats after = fct_stats();
    ck_assert_uint_eq(after.write_copies - before.write_copies, length < SIZE);
    ck_assert_uint_eq(after.write_copied_bytes - before.write_copied_bytes, SIZE - length);
    memset(write.at, 0xee, length);
    fci_write_close(&write);
    const uint8_t *bytes = fc_buffer_data(&b);
    for (size_t i = 0; i < SIZE; i++) {
        bool written = i >= offset && i < offset + length;
        ck_assert_uint_eq(bytes[i], written ? 0xee : fct_pattern(i));
    }
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}

START_TEST(only_what_is_kept_is_copied)
{
    fct_whole_blocks();
    open_shared(0, 0);
    open_shared(0, 1);
    open_shared(SIZE - 1, 1);
    open_shared(SIZE, 0);
    open_shared(0, SIZE);
    open_shared(0, SIZE - 1);
    open_shared(1, SIZE - 1);
    open_shared(17, 4096);
}
END_TEST

START_TEST(readonly_memory_is_left_by_its_sole_holder)
{
    fct_whole_blocks();
    static uint8_t bytes[SIZE];
    struct fct_released released = { 0 };
    struct fci_write write;
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, bytes, SIZE, fct_note_release, &released), FC_OK);
    ck_assert_int_eq(open_write(&write, &b, 0, 1), FC_OK);
    ck_assert_ptr_nonnull(write.fresh);
    /* The old block goes last: the new byte may come from it. */
    ck_assert_int_eq(released.calls, 0);
    fci_write_close(&write);
    ck_assert_int_eq(released.calls, 1);
    ck_assert_ptr_eq(released.bytes, bytes);
    ck_assert_int_eq(write.fresh->kind, FCI_KIND_OWNED);
    fc_buffer_release(&b);
    ck_assert_int_eq(released.calls, 1);
}
END_TEST

START_TEST(frozen_arena_is_not_opened)
{
    static const size_t sizes[] = { 40, SIZE };
    for (size_t i = 0; i < 4; i++) {
        fc_buffer b = fct_make(sizes[i % 2]), snapshot = FC_BUFFER_INIT;
        struct fci_write write;
        if (i >= 2) {
            snapshot = fct_snapshot(&b);
        }
        ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
        size_t alive = fct_alive();
        ck_assert_int_eq(open_write(&write, &b, 0, 1), FC_ERR_FROZEN);
        ck_assert_int_eq(open_write(&write, &b, 0, 0), FC_ERR_FROZEN);
        ck_assert_ptr_null(write.fresh);
        ck_assert_uint_eq(fct_alive(), alive);
        fct_assert_pattern(&b, 0, FCT_NONE);
        fc_buffer_release(&b), fc_buffer_release(&snapshot);
    }
}
END_TEST

START_TEST(failed_open_changes_nothing)
{
    fct_whole_blocks();
    static const size_t sizes[] = { SIZE, 3 << 20 };
    for (size_t i = 0; i < 2; i++) {
        fc_buffer b = fct_make(sizes[i]), snapshot = fct_snapshot(&b);
        struct fci_arena *arena = fci_arena_of(&b), before = *arena;
        fc_stats stats = fct_stats();
        struct fci_write write;
        for (intptr_t countdown = 0; countdown <= (intptr_t)i; countdown++) {
            fci_state_failure = (struct fci_failure){ .countdown = countdown, .forever = 0 };
            ck_assert_int_eq(open_write(&write, &b, 0, 1), FC_ERR_NO_MEMORY);
            ck_assert_ptr_null(write.fresh);
            ck_assert_int_eq(memcmp(&before, arena, sizeof before), 0);
            ck_assert_int_eq(arena->home.block->count, 1);
            ck_assert_uint_eq(fct_alive(), 3);
            ck_assert_uint_eq(fct_stats().write_copies, stats.write_copies);
        }
        /* For ever, and then again as ever. */
        fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 1 };
        for (int j = 0; j < 3; j++) {
            ck_assert_int_eq(fc_buffer_set(&b, 0, 1), FC_ERR_NO_MEMORY);
            ck_assert_int_eq(fc_buffer_unshare(&snapshot), FC_ERR_NO_MEMORY);
        }
        fct_assert_pattern(&b, 0, FCT_NONE);
        fci_state_failure = (struct fci_failure){ .countdown = -1, .forever = 0 };
        fct_set(&b, 0, (uint8_t)~fct_pattern(0));
        fct_assert_pattern(&b, 0, 0);
        fct_assert_pattern(&snapshot, 0, FCT_NONE);
        fc_buffer_release(&b), fc_buffer_release(&snapshot);
    }
}
END_TEST

START_TEST(whole_arena_is_made_ready_by_an_empty_range)
{
    fct_whole_blocks();
    fc_buffer b = fct_make(SIZE), snapshot = fct_snapshot(&b);
    struct fci_write write;
    ck_assert_int_eq(open_write(&write, &b, 0, 0), FC_OK);
    fci_write_close(&write);
    ck_assert(!fc_buffer_would_copy(&b) && !fc_buffer_would_copy(&snapshot));
    fct_assert_pattern(&b, 0, FCT_NONE);
    ck_assert_ptr_ne(fc_buffer_data(&b), fc_buffer_data(&snapshot));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/write");
    TCase *write = tcase_create("write");
    tcase_add_checked_fixture(write, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(write, 300);
    tcase_add_test(write, sole_holder_is_written_in_place);
    tcase_add_test(write, fresh_block_is_published_by_the_close);
    tcase_add_test(write, only_what_is_kept_is_copied);
    tcase_add_test(write, readonly_memory_is_left_by_its_sole_holder);
    tcase_add_test(write, frozen_arena_is_not_opened);
    tcase_add_test(write, failed_open_changes_nothing);
    tcase_add_test(write, whole_arena_is_made_ready_by_an_empty_range);
    suite_add_tcase(suite, write);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
