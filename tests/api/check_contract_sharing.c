/* SPDX-License-Identifier: MIT */

/* Promises S1 to S15 and S19: slices alias, snapshots do not, whoever writes, whoever is still
 * alive. Black box: the public header only. */

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

/* A family: a parent, a slice, a slice of the slice, a snapshot, and a slice of the snapshot. */
enum member { PARENT, SLICE, SLICE2, SNAPSHOT, SNAPSHOT_SLICE, MEMBERS };
static const size_t starts[MEMBERS] = { 0, 1000, 1500, 0, 2000 };
static const size_t lengths[MEMBERS] = { SIZE, 60000, 50000, SIZE, 40000 };

static bool is_snapshot_side(size_t member)
{
    return member >= SNAPSHOT;
}

static void make_family(fc_buffer family[MEMBERS])
{
    family[PARENT] = fct_make(SIZE);
    family[SLICE] = fc_buffer_slice(&family[PARENT], 1000, 61000);
    family[SLICE2] = fc_buffer_subarray(&family[SLICE], 500, 50500);
    family[SNAPSHOT] = fct_snapshot(&family[PARENT]);
    family[SNAPSHOT_SLICE] = fc_buffer_slice(&family[SNAPSHOT], 2000, 42000);
}

static void release_family(fc_buffer family[MEMBERS])
{
    for (size_t i = 0; i < MEMBERS; i++) {
        fc_buffer_release(&family[i]);
    }
}

/* Every live member shows the old byte at `where`, but the writer's side the new one. */
static void look_at_family(fc_buffer family[MEMBERS], bool snapshot_side, size_t where)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (fc_buffer_length(&family[i]) == 0) {
            continue;
        }
        bool sees = is_snapshot_side(i) == snapshot_side;
        size_t at = where - starts[i];
        ck_assert_uint_eq(fc_buffer_length(&family[i]), lengths[i]);
        fct_assert_pattern(&family[i], starts[i], sees ? at : FCT_NONE);
        if (sees) {
            ck_assert_uint_eq(fct_get(&family[i], at), (uint8_t)~fct_pattern(where));
        }
    }
}

/* One write through `writer`, with only the members of `alive` alive. */
static void write_through(size_t writer, unsigned alive)
{
    fc_buffer family[MEMBERS];
    size_t where = 12345;
    make_family(family);
    for (size_t i = 0; i < MEMBERS; i++) {
        if ((alive & (1u << i)) == 0) {
            fc_buffer_release(&family[i]);
        }
    }
    fct_set(&family[writer], where - starts[writer], (uint8_t)~fct_pattern(where));
    look_at_family(family, is_snapshot_side(writer), where);
    release_family(family);
}

START_TEST(write_is_seen_by_its_side_only_whoever_lives)
{
    PROMISE("S1",
            "A write through a buffer or any slice of it is seen by all buffers on that arena, "
            "before and after any snapshot.");
    PROMISE("S2",
            "After a snapshot no write to the source, through any of its slices, shows in the "
            "snapshot.");
    PROMISE("S3", "After a snapshot no write to the snapshot shows in the source.");
    for (unsigned alive = 0; alive < 1u << MEMBERS; alive++) {
        if ((alive & (1u << _i)) != 0) {
            write_through((size_t)_i, alive);
        }
    }
}
END_TEST

START_TEST(slices_follow_the_parent_to_its_new_block)
{
    fc_buffer family[MEMBERS];
    PROMISE("S4",
            "A write to a source with a live snapshot moves the whole arena, buffer and slices "
            "together, to a new block.");
    PROMISE("S5",
            "The snapshot keeps the old block: nobody's address is touched but the writer's.");
    make_family(family);
    const uint8_t *before = fc_buffer_data(&family[PARENT]);
    ck_assert_ptr_eq(fc_buffer_data(&family[SNAPSHOT]), before);
    fct_set(&family[SLICE2], 0, 0);
    const uint8_t *after = fc_buffer_data(&family[PARENT]);
    ck_assert_ptr_ne(after, before);
    ck_assert_ptr_eq(fc_buffer_data(&family[SLICE]), after + 1000);
    ck_assert_ptr_eq(fc_buffer_data(&family[SLICE2]), after + 1500);
    ck_assert_ptr_eq(fc_buffer_data(&family[SNAPSHOT]), before);
    ck_assert_ptr_eq(fc_buffer_data(&family[SNAPSHOT_SLICE]), before + 2000);
    ck_assert(fc_buffer_same_arena(&family[PARENT], &family[SLICE2]));
    ck_assert(!fc_buffer_same_arena(&family[PARENT], &family[SNAPSHOT]));
    release_family(family);
}
END_TEST

START_TEST(snapshot_of_a_slice_is_its_window)
{
    fct_whole_blocks();
    PROMISE("S6",
            "A snapshot of a slice captures only that window, and its first write clones only "
            "that window.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer slice = fc_buffer_slice(&b, 10000, 30000);
    fc_buffer snapshot = fct_snapshot(&slice);
    ck_assert_uint_eq(fc_buffer_length(&snapshot), 20000);
    ck_assert_uint_eq(fc_buffer_offset(&snapshot), 0);
    ck_assert_ptr_eq(fc_buffer_data(&snapshot), fc_buffer_data(&slice));
    fc_stats before = fct_stats();
    fct_set(&snapshot, 7, 0);
    fc_stats after = fct_stats();
    ck_assert_uint_eq(after.write_copies - before.write_copies, 1);
    ck_assert_uint_eq(after.write_copied_bytes - before.write_copied_bytes, 19999);
    ck_assert_uint_lt(fc_buffer_retained_bytes(&snapshot), 21000);
    fct_assert_pattern(&snapshot, 10000, 7);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&slice), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(snapshot_of_a_snapshot_is_flat)
{
    fc_buffer chain[100];
    PROMISE("S7", "A snapshot of a snapshot is flat: never a chain to walk.");
    chain[0] = fct_make(SIZE);
    const uint8_t *address = fc_buffer_data(&chain[0]);
    for (size_t i = 1; i < 100; i++) {
        chain[i] = fct_snapshot(&chain[i - 1]);
    }
    for (size_t i = 0; i < 99; i++) {
        fc_buffer_release(&chain[i]);
    }
    /* All between are gone; the last alone holds the first block and writes it in place. */
    ck_assert_ptr_eq(fc_buffer_data(&chain[99]), address);
    ck_assert(fc_buffer_is_unique(&chain[99]));
    fct_set(&chain[99], 5, 0);
    ck_assert_ptr_eq(fc_buffer_data(&chain[99]), address);
    fct_assert_pattern(&chain[99], 0, 5);
    fc_buffer_release(&chain[99]);
}
END_TEST

START_TEST(small_snapshot_never_costs_the_writer_a_clone)
{
    PROMISE("S8",
            "A snapshot of few bytes, or of at most a sixteenth of its block, copies at once: a "
            "64-byte snapshot never makes the writer clone a gigabyte.");
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc(&b, (size_t)1 << 30), FC_OK);
    size_t windows[] = { 64, (size_t)1 << 20, (size_t)1 << 26 };
    for (size_t i = 0; i < 3; i++) {
        fc_buffer window = fc_buffer_slice(&b, 4096, 4096 + (ptrdiff_t)windows[i]);
        fc_buffer snapshot = fct_snapshot(&window);
        const uint8_t *address = fc_buffer_data(&b);
        fc_stats before = fct_stats();
        ck_assert(!fc_buffer_would_copy(&b));
        fct_set(&b, 4096, 77);
        ck_assert_ptr_eq(fc_buffer_data(&b), address);
        ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
        ck_assert_uint_eq(fct_get(&snapshot, 0), i == 0 ? 0 : 77);
        fc_buffer_release(&snapshot), fc_buffer_release(&window);
    }
    fc_buffer_release(&b);
}
END_TEST

START_TEST(snapshot_is_a_count)
{
    PROMISE("S9", "Any other snapshot is a count, and stores nothing in the source.");
    fc_buffer b = fct_make(SIZE);
    fc_stats before = fct_stats();
    fc_arena source = *b.arena;
    fc_buffer snapshot = fct_snapshot(&b);
    fc_stats after = fct_stats();
    ck_assert_int_eq(memcmp(&source, b.arena, sizeof source), 0);
    ck_assert_ptr_eq(fc_buffer_data(&snapshot), fc_buffer_data(&b));
    ck_assert_uint_eq(after.snapshot_copies, before.snapshot_copies);
    ck_assert_uint_eq(after.write_copies, before.write_copies);
    ck_assert(fc_buffer_would_copy(&b) && fc_buffer_would_copy(&snapshot));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(passing_retaining_and_slicing_never_make_a_write_copy)
{
    PROMISE("S10",
            "Only a snapshot, or read-only memory, ever makes a write copy; passing, retaining "
            "and slicing never do.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer handles[50];
    for (size_t i = 0; i < 50; i++) {
        handles[i] = i % 2 == 0 ? fc_buffer_retain(&b) : fc_buffer_slice(&b, 1, 50);
    }
    fc_buffer copy = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
    const uint8_t *address = fc_buffer_data(&b);
    fc_stats before = fct_stats();
    for (size_t i = 0; i < 50; i++) {
        ck_assert(!fc_buffer_would_copy(&handles[i]));
        fct_set(&handles[i], i % 49, 9);
    }
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
    for (size_t i = 0; i < 50; i++) {
        fc_buffer_release(&handles[i]);
    }
    fc_buffer_release(&b), fc_buffer_release(&copy);
}
END_TEST

START_TEST(would_copy_tells_and_unshare_pays)
{
    fct_whole_blocks();
    PROMISE("S11", "would_copy tells whether a write now would copy.");
    PROMISE("S12", "unshare pays ahead: would_copy is false until the next snapshot.");
    fc_buffer b = fct_make(SIZE);
    ck_assert(!fc_buffer_would_copy(&b));
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert(fc_buffer_would_copy(&b) && fc_buffer_would_copy(&snapshot));
    ck_assert_int_eq(fc_buffer_unshare(&b), FC_OK);
    ck_assert(!fc_buffer_would_copy(&b) && !fc_buffer_would_copy(&snapshot));
    const uint8_t *address = fc_buffer_data(&b);
    fc_stats before = fct_stats();
    fct_set(&b, 0, 1);
    fct_set(&snapshot, 0, 2);
    ck_assert_ptr_eq(fc_buffer_data(&b), address);
    ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
    fct_assert_pattern(&b, 0, 0);
    fct_assert_pattern(&snapshot, 0, 0);
    fc_buffer again = fct_snapshot(&b);
    ck_assert(fc_buffer_would_copy(&b));
    fc_buffer_release(&again);
    ck_assert(!fc_buffer_would_copy(&b));
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

START_TEST(is_unique_needs_both_counts)
{
    PROMISE("S13", "is_unique: the only handle on its arena, which alone holds its block.");
    fc_buffer b = fct_make(SIZE);
    ck_assert(fc_buffer_is_unique(&b));
    fc_buffer slice = fc_buffer_slice(&b, 0, 1);
    ck_assert(!fc_buffer_is_unique(&b) && !fc_buffer_is_unique(&slice));
    fc_buffer_release(&slice);
    fc_buffer snapshot = fct_snapshot(&b);
    ck_assert(!fc_buffer_is_unique(&b) && !fc_buffer_is_unique(&snapshot));
    fc_buffer_release(&b);
    ck_assert(fc_buffer_is_unique(&snapshot));
    fc_buffer_release(&snapshot);
    ck_assert(!fc_buffer_is_unique(&snapshot));
}
END_TEST

START_TEST(counters_tell_what_snapshots_cost)
{
    fct_whole_blocks();
    PROMISE("S14", "Counters tell how many copies and bytes snapshots have cost.");
    fc_buffer b = fct_make(SIZE);
    fc_stats before = fct_stats();
    fc_buffer snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 1), fct_set(&b, 1, 1);
    fc_buffer small = fc_buffer_slice(&b, 0, 64);
    fc_buffer small_snapshot = fct_snapshot(&small);
    fc_stats after = fct_stats();
    ck_assert_uint_eq(after.write_copies - before.write_copies, 1);
    ck_assert_uint_eq(after.write_copied_bytes - before.write_copied_bytes, SIZE - 1);
    ck_assert_uint_eq(after.snapshot_copies - before.snapshot_copies, 1);
    ck_assert_uint_eq(after.snapshot_copied_bytes - before.snapshot_copied_bytes, 64);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    fc_buffer_release(&small), fc_buffer_release(&small_snapshot);
}
END_TEST

START_TEST(slice_never_copies)
{
    PROMISE("S15", "Slice never copies, not even tiny ranges.");
    fc_buffer b = fct_make(SIZE);
    fc_buffer one = fc_buffer_slice(&b, 100, 101);
    ck_assert_ptr_eq(fc_buffer_data(&one), fc_buffer_data(&b) + 100);
    fct_set(&b, 100, 200);
    ck_assert_uint_eq(fct_get(&one, 0), 200);
    fc_buffer_release(&b), fc_buffer_release(&one);
}
END_TEST

START_TEST(write_is_in_place_when_the_other_side_is_gone)
{
    PROMISE("S19", "When the other side is gone a write happens in place: no copy.");
    for (int source_writes = 0; source_writes < 2; source_writes++) {
        fc_buffer b = fct_make(SIZE);
        fc_buffer snapshot = fct_snapshot(&b);
        fc_buffer *gone = source_writes ? &snapshot : &b;
        fc_buffer *stays = source_writes ? &b : &snapshot;
        const uint8_t *address = fc_buffer_data(stays);
        fc_stats before = fct_stats();
        fc_buffer_release(gone);
        fct_set(stays, 3, 3);
        ck_assert_ptr_eq(fc_buffer_data(stays), address);
        ck_assert_uint_eq(fct_stats().write_copies, before.write_copies);
        fct_assert_pattern(stays, 0, 3);
        fc_buffer_release(stays);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: sharing");
    TCase *sharing = tcase_create("sharing");
    tcase_add_checked_fixture(sharing, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(sharing, 300);
    tcase_add_loop_test(sharing, write_is_seen_by_its_side_only_whoever_lives, 0, MEMBERS);
    tcase_add_test(sharing, slices_follow_the_parent_to_its_new_block);
    tcase_add_test(sharing, snapshot_of_a_slice_is_its_window);
    tcase_add_test(sharing, snapshot_of_a_snapshot_is_flat);
    tcase_add_test(sharing, small_snapshot_never_costs_the_writer_a_clone);
    tcase_add_test(sharing, snapshot_is_a_count);
    tcase_add_test(sharing, passing_retaining_and_slicing_never_make_a_write_copy);
    tcase_add_test(sharing, would_copy_tells_and_unshare_pays);
    tcase_add_test(sharing, is_unique_needs_both_counts);
    tcase_add_test(sharing, counters_tell_what_snapshots_cost);
    tcase_add_test(sharing, slice_never_copies);
    tcase_add_test(sharing, write_is_in_place_when_the_other_side_is_gone);
    suite_add_tcase(suite, sharing);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
