/* SPDX-License-Identifier: MIT */

/* Promises S16 to S29: what a handle keeps alive, memory of the caller's, frozen and secret arenas.
 * Black box: the public header only. */

#include <stdlib.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

/* The caller's memory, with the pattern in it. */
static uint8_t *make_bytes(void)
{
    uint8_t *bytes = malloc(SIZE);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = fct_pattern(i);
    }
    return bytes;
}

START_TEST(retained_bytes_price_a_slice)
{
    PROMISE("S16",
            "retained_bytes prices a slice: the bytes of the block under it, headers included; 0 "
            "for empty; the length given for wrapped memory.");
    struct fct_released released = { 0 };
    fc_buffer empty = FC_BUFFER_INIT, b = fct_make(SIZE);
    uint8_t *bytes = make_bytes();
    ck_assert_uint_eq(fc_buffer_retained_bytes(&empty), 0);
    fc_buffer slice = fc_buffer_slice(&b, 5, 6);
    size_t price = fc_buffer_retained_bytes(&slice);
    ck_assert_uint_ge(price, SIZE);
    ck_assert_uint_le(price, SIZE + 256);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_uint_eq(fc_buffer_retained_bytes(&snapshot), price);
    fc_buffer_release(&b), fc_buffer_release(&slice), fc_buffer_release(&snapshot);
    ck_assert_int_eq(fc_buffer_wrap(&b, bytes, SIZE, fct_note_release, &released), FC_OK);
    slice = fc_buffer_slice(&b, 100, 200);
    ck_assert_uint_eq(fc_buffer_retained_bytes(&slice), SIZE);
    fc_buffer_release(&b), fc_buffer_release(&slice);
    free(bytes);
}
END_TEST

START_TEST(compact_moves_this_handle_only)
{
    PROMISE("S17",
            "compact moves this handle to an arena of its own; former siblings no longer alias "
            "it.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer slice = fc_buffer_slice(&b, 1000, 1100);
    ck_assert_int_eq(fc_buffer_compact(&slice), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&slice), 100);
    ck_assert(fc_buffer_is_unique(&slice) && fc_buffer_is_unique(&b));
    ck_assert(!fc_buffer_same_arena(&b, &slice));
    ck_assert_uint_lt(fc_buffer_retained_bytes(&slice), 300);
    fct_set(&b, 1000, 0);
    fct_assert_pattern(&slice, 1000, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&slice);
}
END_TEST

START_TEST(compact_does_nothing_where_there_is_nothing_to_gain)
{
    PROMISE("S18",
            "compact does nothing if this is the only handle and its window is the whole block.");
    size_t sizes[] = { 1, 100, 10000, 3 << 20 };
    for (size_t i = 0; i < 4; i++) {
        fc_buffer b = fct_make(sizes[i]);
        fc_arena *arena = b.arena;
        const uint8_t *address = fc_buffer_data(&b);
        ck_assert_int_eq(fc_buffer_compact(&b), FC_OK);
        ck_assert_ptr_eq(b.arena, arena);
        ck_assert_ptr_eq(fc_buffer_data(&b), address);
        /* A second handle on the whole: then there is something to leave. */
        fc_buffer second = fc_buffer_retain(&b);
        ck_assert_int_eq(fc_buffer_compact(&b), FC_OK);
        ck_assert(!fc_buffer_same_arena(&b, &second));
        fc_buffer_release(&b), fc_buffer_release(&second);
    }
}
END_TEST

START_TEST(adopted_memory_is_shared_and_left_behind)
{
    struct fct_released released = { 0 };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes = make_bytes();
    PROMISE("S20", "wrap adopts: snapshots share the memory, and a detach may leave it behind.");
    ck_assert_int_eq(fc_buffer_wrap(&b, bytes, SIZE, fct_note_release, &released), FC_OK);
    fct_set(&b, 0, 9);
    ck_assert_uint_eq(bytes[0], 9);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_ptr_eq(fc_buffer_data(&snapshot), bytes);
    fct_set(&b, 1, 9);
    ck_assert_ptr_ne(fc_buffer_data(&b), bytes);
    ck_assert_uint_eq(bytes[1], fct_pattern(1));
    fc_buffer_release(&b);
    ck_assert_int_eq(released.calls, 0);
    fct_set(&snapshot, 2, 9);
    ck_assert_uint_eq(bytes[2], 9);
    fc_buffer_release(&snapshot);
    ck_assert_int_eq(released.calls, 1);
    free(bytes);
}
END_TEST

START_TEST(readonly_memory_is_never_written)
{
    static const char literal[] = "a literal in read-only memory, long enough to be interesting";
    fc_buffer b = FC_BUFFER_INIT;
    PROMISE("S21",
            "wrap_readonly memory is never written: the first write moves the arena to memory of "
            "its own.");
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, literal, sizeof literal, NULL, NULL), FC_OK);
    fc_buffer slice = fc_buffer_slice(&b, 2, 9);
    ck_assert_ptr_eq(fc_buffer_data(&b), literal);
    ck_assert(fc_buffer_would_copy(&b));
    fct_set(&slice, 0, 'L');
    ck_assert_ptr_ne(fc_buffer_data(&b), literal);
    ck_assert_ptr_eq(fc_buffer_data(&slice), fc_buffer_data(&b) + 2);
    ck_assert_uint_eq(fct_get(&b, 2), 'L');
    ck_assert_int_eq(literal[2], 'l');
    ck_assert(!fc_buffer_would_copy(&b));
    fc_buffer_release(&b), fc_buffer_release(&slice);
    uint8_t *address = NULL;
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, literal, sizeof literal, NULL, NULL), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    address[0] = 'A';
    fc_buffer_end_write(&b);
    ck_assert_uint_eq(fct_get(&b, 0), 'A');
    fc_buffer_release(&b);
}
END_TEST

START_TEST(shared_memory_never_moves)
{
    struct fct_released released = { 0 };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *bytes = make_bytes();
    PROMISE("S22", "wrap_shared memory never moves, and every snapshot of it copies at once.");
    ck_assert_int_eq(fc_buffer_wrap_shared(&b, bytes, SIZE, fct_note_release, &released), FC_OK);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert_ptr_ne(fc_buffer_data(&snapshot), bytes);
    ck_assert(!fc_buffer_would_copy(&b));
    fct_set(&b, 0, 1);
    ck_assert_int_eq(fc_buffer_unshare(&b), FC_OK);
    bytes[1] = 2;
    ck_assert_ptr_eq(fc_buffer_data(&b), bytes);
    ck_assert_uint_eq(bytes[0], 1);
    ck_assert_uint_eq(fct_get(&b, 1), 2);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    /* A snapshot of the snapshot is an ordinary one. */
    fc_buffer second = fct_snapshot(&snapshot);
    ck_assert_ptr_eq(fc_buffer_data(&second), fc_buffer_data(&snapshot));
    /* Frozen by us it can still change under us: its snapshot is a copy all the same. */
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    fc_buffer third = fct_snapshot(&b);
    ck_assert_ptr_ne(fc_buffer_data(&third), bytes);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    fc_buffer_release(&second), fc_buffer_release(&third);
    ck_assert_int_eq(released.calls, 1);
    free(bytes);
}
END_TEST

START_TEST(callback_runs_once_on_the_last_drop)
{
    PROMISE("S23",
            "The callback gets context, address and length, and runs exactly once, on the thread "
            "that drops the last count, whichever of arena or snapshot goes last.");
    for (int order = 0; order < 2; order++) {
        struct fct_released released = { 0 };
        fc_buffer b = FC_BUFFER_INIT;
        uint8_t *bytes = make_bytes();
        ck_assert_int_eq(fc_buffer_wrap(&b, bytes, SIZE, fct_note_release, &released), FC_OK);
        fc_buffer slice = fc_buffer_slice(&b, 1, 2);
        fc_buffer snapshot = fct_snapshot(&b);
        fc_buffer_release(&b);
        fc_buffer_release(order == 0 ? &slice : &snapshot);
        ck_assert_int_eq(released.calls, 0);
        fc_buffer_release(order == 0 ? &snapshot : &slice);
        ck_assert_int_eq(released.calls, 1);
        ck_assert_ptr_eq(released.bytes, bytes);
        ck_assert_uint_eq(released.length, SIZE);
        free(bytes);
    }
}
END_TEST

/* A callback that makes, writes, snapshots and releases buffers of its own. */
static void use_buffers(void *context, void *bytes, size_t length)
{
    fc_buffer *kept = context;
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_from_bytes(&b, bytes, length), FC_OK);
    fc_buffer snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 1);
    fc_buffer_release(&b);
    *kept = snapshot;
    free(bytes);
}

START_TEST(callback_may_use_other_buffers)
{
    fc_buffer b = FC_BUFFER_INIT, kept = FC_BUFFER_INIT;
    PROMISE("S24",
            "The callback runs with no lock held, may use other buffers, and never runs if wrap "
            "failed.");
    ck_assert_int_eq(fc_buffer_wrap(&b, make_bytes(), SIZE, use_buffers, &kept), FC_OK);
    fc_buffer_release(&b);
    fct_assert_pattern(&kept, 0, FCT_NONE);
    fc_buffer_release(&kept);
    struct fct_released released = { 0 };
    uint8_t byte = 0;
    ck_assert_int_eq(fc_buffer_wrap(&b, NULL, 1, fct_note_release, &released),
                     FC_ERR_INVALID_ARG_VALUE);
    ck_assert_int_eq(fc_buffer_wrap(&b, &byte, SIZE_MAX, fct_note_release, &released),
                     FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(released.calls, 0);
}
END_TEST

START_TEST(wrapping_nothing_gives_it_back_at_once)
{
    PROMISE("S25",
            "Wrapping 0 bytes runs the callback before wrap returns; a NULL callback means that "
            "the memory outlives everything.");
    struct fct_released released = { 0 };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t byte = 5;
    ck_assert_int_eq(fc_buffer_wrap(&b, &byte, 0, fct_note_release, &released), FC_OK);
    ck_assert_int_eq(released.calls, 1);
    ck_assert_ptr_eq(released.bytes, &byte);
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, NULL, 0, fct_note_release, &released), FC_OK);
    ck_assert_int_eq(fc_buffer_wrap_shared(&b, NULL, 0, fct_note_release, &released), FC_OK);
    ck_assert_int_eq(released.calls, 3);
    ck_assert_int_eq(fc_buffer_wrap_shared(&b, NULL, 0, NULL, NULL), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
    ck_assert_int_eq(fc_buffer_wrap(&b, &byte, 1, NULL, NULL), FC_OK);
    fc_buffer_release(&b);
    ck_assert_uint_eq(byte, 5);
}
END_TEST

START_TEST(freeze_is_for_ever_and_for_all_slices)
{
    uint8_t *address = NULL;
    PROMISE("S26",
            "freeze is irreversible for the arena and all its slices: writes and begin_write "
            "give FC_ERR_FROZEN.");
    PROMISE("S27", "A snapshot of a frozen buffer is writable.");
    size_t sizes[] = { 64, SIZE };
    for (size_t i = 0; i < 2; i++) {
        fc_buffer b = fct_make(sizes[i]);
        fc_buffer slice = fc_buffer_slice(&b, 1, 50);
        fc_buffer before = fct_snapshot(&b);
        ck_assert_int_eq(fc_buffer_freeze(&slice), FC_OK);
        fc_buffer *handles[] = { &b, &slice };
        for (size_t j = 0; j < 2; j++) {
            size_t copied = 77;
            ck_assert_int_eq(fc_buffer_set(handles[j], 0, 1), FC_ERR_FROZEN);
            ck_assert_int_eq(fc_buffer_write(handles[j], 0, "abcd", 4), FC_ERR_FROZEN);
            ck_assert_int_eq(fc_buffer_write(handles[j], 0, "abcd", 0), FC_OK);
            ck_assert_int_eq(fc_buffer_copy_into(&copied, handles[j], 0, FC_VIEW_LITERAL("a")),
                             FC_ERR_FROZEN);
            ck_assert_uint_eq(copied, 77);
            ck_assert_int_eq(fc_buffer_begin_write(&address, handles[j]), FC_ERR_FROZEN);
            ck_assert_int_eq(fc_buffer_unshare(handles[j]), FC_ERR_FROZEN);
            ck_assert(!fc_buffer_would_copy(handles[j]));
        }
        fct_assert_pattern(&b, 0, FCT_NONE);
        fc_buffer after = fct_snapshot(&b);
        fct_set(&after, 0, 0), fct_set(&before, 0, 0);
        fct_assert_pattern(&b, 0, FCT_NONE);
        ck_assert_int_eq(fc_buffer_compact(&slice), FC_OK);
        ck_assert_int_eq(fc_buffer_set(&slice, 0, 1), FC_ERR_FROZEN);
        fc_buffer_release(&b), fc_buffer_release(&slice);
        fc_buffer_release(&before), fc_buffer_release(&after);
    }
}
END_TEST

START_TEST(clones_inherit)
{
    struct fct_allocator allocator;
    fc_buffer b = FC_BUFFER_INIT, copy = FC_BUFFER_INIT;
    PROMISE("S28", "Detach and snapshot inherit allocator, alignment and secrecy; adopted memory "
                   "detaches to the default.");
    fct_allocator_init(&allocator);
    fc_alloc_options options = { .size = sizeof options,
                                 .alignment = 4096,
                                 .allocator = &allocator.base };
    ck_assert_int_eq(fc_buffer_alloc_with(&b, SIZE, &options), FC_OK);
    fc_buffer snapshot = fct_snapshot(&b);
    size_t before = allocator.total;
    fct_set(&snapshot, 0, 1);
    ck_assert_uint_gt(allocator.total, before);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(&snapshot) % 4096, 0);
    fc_buffer small = fc_buffer_slice(&b, 1, 11);
    fc_buffer small_snapshot = fct_snapshot(&small);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(&small_snapshot) % 4096, 0);
    before = allocator.total;
    ck_assert_int_eq(fc_buffer_copy(&copy, &small_snapshot), FC_OK);
    ck_assert_uint_gt(allocator.total, before);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&small);
    fc_buffer_release(&small_snapshot), fc_buffer_release(&copy);
    ck_assert_uint_eq(allocator.live, 0);
    /* Adopted memory: the clone is the library's own. */
    uint8_t *bytes = make_bytes();
    ck_assert_int_eq(fc_buffer_wrap_readonly(&b, bytes, SIZE, NULL, NULL), FC_OK);
    fct_set(&b, 0, 0);
    ck_assert_uint_gt(fc_buffer_retained_bytes(&b), SIZE);
    fc_buffer_release(&b);
    free(bytes);
}
END_TEST

START_TEST(secrets_are_wiped_everywhere)
{
    PROMISE("S28", "Detach and snapshot inherit allocator, alignment and secrecy; adopted memory "
                   "detaches to the default.");
    PROMISE("S29",
            "Secret bytes are wiped before their memory is given back, and a secret buffer's "
            "snapshots copy at once.");
    size_t sizes[] = { 4096, SIZE, 3 << 20 };
    for (size_t i = 0; i < 3; i++) {
        struct fct_allocator allocator;
        fc_buffer b = FC_BUFFER_INIT;
        fct_allocator_init(&allocator);
        /* The wide alignment puts header and bytes apart: the last release is the bytes'. */
        fc_alloc_options options = { .size = sizeof options,
                                     .alignment = 4096,
                                     .allocator = &allocator.base,
                                     .flags = FC_ALLOC_SECRET };
        ck_assert_int_eq(fc_buffer_alloc_with(&b, sizes[i], &options), FC_OK);
        fct_set(&b, sizes[i] - 1, 0x5e);
        fc_buffer snapshot = fct_snapshot(&b);
        ck_assert_ptr_ne(fc_buffer_data(&snapshot), fc_buffer_data(&b));
        ck_assert(!fc_buffer_would_copy(&b));
        fc_buffer_release(&b);
        ck_assert_int_eq(allocator.wiped, 1);
        allocator.wiped = 0;
        ck_assert_uint_eq(fct_get(&snapshot, sizes[i] - 1), 0x5e);
        fc_buffer_release(&snapshot);
        ck_assert_int_eq(allocator.wiped, 1);
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: external memory");
    TCase *external = tcase_create("external");
    tcase_add_checked_fixture(external, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(external, 300);
    tcase_add_test(external, retained_bytes_price_a_slice);
    tcase_add_test(external, compact_moves_this_handle_only);
    tcase_add_test(external, compact_does_nothing_where_there_is_nothing_to_gain);
    tcase_add_test(external, adopted_memory_is_shared_and_left_behind);
    tcase_add_test(external, readonly_memory_is_never_written);
    tcase_add_test(external, shared_memory_never_moves);
    tcase_add_test(external, callback_runs_once_on_the_last_drop);
    tcase_add_test(external, callback_may_use_other_buffers);
    tcase_add_test(external, wrapping_nothing_gives_it_back_at_once);
    tcase_add_test(external, freeze_is_for_ever_and_for_all_slices);
    tcase_add_test(external, clones_inherit);
    tcase_add_test(external, secrets_are_wiped_everywhere);
    suite_add_tcase(suite, external);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
