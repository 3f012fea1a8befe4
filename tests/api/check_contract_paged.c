/* SPDX-License-Identifier: MIT */

/* doc/contract.md, "Paged buffers", through the public header alone. Where the library has no paged
 * buffers the same must hold, but for what is measured. */

#include "bytes.h"
#include "promise.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE ((size_t)4096)
#define SIZE ((size_t)2 << 20)

static fc_buffer make_paged(void)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_PAGED };
    fc_buffer b = FC_BUFFER_INIT, source = fct_make(SIZE);
    ck_assert_int_eq(fc_buffer_alloc_with(&b, SIZE, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&b, 0, fc_buffer_data(&source), SIZE), FC_OK);
    fc_buffer_release(&source);
    return b;
}

static bool has_paged(const fc_stats *before)
{
    return fct_stats().paged_mappings > before->paged_mappings;
}

START_TEST(write_copies_the_pages_that_it_touches)
{
    PROMISE("P1",
            "A write to a paged buffer with a live snapshot copies the pages that it touches, "
            "on whichever side.");
    PROMISE("P2", "The memory file of a paged buffer is never written while a view of it lives, so "
                  "would_copy may stay true for one side after the other has detached.");
    PROMISE("P6", "fc_stats tells the mappings, descriptors, private pages and bytes of paged "
                  "buffers.");
    for (int side = 0; side < 2; side++) {
        fc_stats before = fct_stats();
        fc_buffer both[2] = { make_paged() };
        both[1] = fct_snapshot(&both[0]);
        fct_set(&both[side], 3 * PAGE, 0);
        fct_set(&both[side], 3 * PAGE + 1, fct_pattern(3 * PAGE + 1));
        fct_assert_pattern(&both[side], 0, 3 * PAGE);
        fct_assert_pattern(&both[1 - side], 0, FCT_NONE);
        if (has_paged(&before)) {
            fc_stats now = fct_stats();
            ck_assert_uint_eq(now.paged_mappings - before.paged_mappings, 2);
            ck_assert_uint_eq(now.paged_descriptors - before.paged_descriptors, 1);
            ck_assert_uint_eq(now.paged_private_pages - before.paged_private_pages, 1);
            ck_assert_uint_eq(now.paged_bytes - before.paged_bytes, SIZE + PAGE);
            ck_assert(fc_buffer_would_copy(&both[1 - side]));
        }
        ck_assert(!fc_buffer_would_copy(&both[side]));
        fct_set(&both[1 - side], 0, 0);
        fct_assert_pattern(&both[side], 0, 3 * PAGE);
        fc_buffer_release(&both[0]), fc_buffer_release(&both[1]);
        ck_assert_uint_eq(fct_stats().paged_bytes, before.paged_bytes);
    }
}
END_TEST

START_TEST(pinned_arena_keeps_its_address)
{
    PROMISE("P3", "A pinned paged arena keeps its address through any number of snapshots, each "
                  "consistent and isolated.");
    fc_buffer b = make_paged(), kept[20];
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    for (size_t i = 0; i < 20; i++) {
        bytes[PAGE] = (uint8_t)i;
        kept[i] = fct_snapshot(&b);
        ck_assert_ptr_eq(fc_buffer_data(&b), bytes);
    }
    for (size_t i = 0; i < 20; i++) {
        ck_assert_uint_eq(fct_get(&kept[i], PAGE), i);
        fct_assert_pattern(&kept[i], 0, PAGE);
        fc_buffer_release(&kept[i]);
    }
    fc_buffer_end_write(&b);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(child_writes_what_the_parent_does_not_see)
{
    PROMISE("P4",
            "After fork parent and child are isolated from each other, whenever the buffers were "
            "made.");
    fc_buffer b = make_paged();
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        _exit(fc_buffer_set(&b, 0, (uint8_t)~fct_pattern(0)) == FC_OK ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* The token, if all is right. */
static void *make_and_write(void *token)
{
    fc_buffer b = make_paged(), snapshot = fct_snapshot(&b);
    fct_set(&b, 0, 1);
    fc_buffer_release(&snapshot);
    snapshot = fct_snapshot(&b);
    fct_set(&b, PAGE, 1);
    bool right = fct_get(&snapshot, 0) == 1 && fct_get(&snapshot, PAGE) == fct_pattern(PAGE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
    return right ? token : NULL;
}

/* They do what the parent has done before the fork. */
START_TEST(threads_of_a_child_work_as_any)
{
    PROMISE("P4",
            "After fork parent and child are isolated from each other, whenever the buffers were "
            "made.");
    int status = -1;
    ck_assert_ptr_eq(make_and_write(&status), &status);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        void *result = NULL;
        bool ended = pthread_create(&thread, NULL, make_and_write, &status) == 0 &&
                     pthread_join(thread, &result) == 0;
        _exit(ended && result == &status ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_ptr_eq(make_and_write(&status), &status);
}
END_TEST

START_TEST(mapped_file_is_never_written)
{
    PROMISE("P5", "Writes to a mapped file's buffer never reach the file.");
    char path[] = "mapped-XXXXXX";
    int file = mkstemp(path);
    fc_buffer source = fct_make(SIZE + 5), b = FC_BUFFER_INIT, after = FC_BUFFER_INIT;
    ck_assert_int_eq(write(file, fc_buffer_data(&source), SIZE + 5), SIZE + 5);
    ck_assert_int_eq(fc_buffer_map_file(&b, path), FC_OK);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fct_set(&b, SIZE + 4, 0);
    fc_buffer snapshot = fct_snapshot(&b);
    fct_set(&b, SIZE + 4, 1);
    fct_set(&snapshot, 0, (uint8_t)~fct_pattern(0));
    fct_assert_pattern(&b, 0, SIZE + 4);
    ck_assert_uint_eq(fct_get(&snapshot, SIZE + 4), 0);
    ck_assert_int_eq(fc_buffer_read_file(&after, path), FC_OK);
    fct_assert_pattern(&after, 0, FCT_NONE);
    ck_assert_uint_eq(fc_buffer_length(&after), SIZE + 5);
    fc_buffer_release(&b), fc_buffer_release(&snapshot), fc_buffer_release(&after);
    /* Nothing in it is the empty buffer; none of it is a status. */
    ck_assert_int_eq(ftruncate(file, 0), 0);
    ck_assert_int_eq(fc_buffer_map_file(&b, path), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(fc_buffer_map_file(&b, path), FC_ERR_SYSTEM);
    (void)close(file);
    fc_buffer_release(&source);
}
END_TEST

/* A thread that reads what nobody changes: the odd places. It may not call Check's assertions. */
struct reader {
    pthread_t thread;
    const uint8_t *bytes;
    size_t wrong;
};

static void *read_odd_places(void *argument)
{
    struct reader *reader = argument;
    for (size_t pass = 0; pass < fct_rounds(2000); pass++) {
        for (size_t i = 1; i < SIZE; i += PAGE) {
            reader->wrong += ((const volatile uint8_t *)reader->bytes)[i] != fct_pattern(i);
        }
    }
    return NULL;
}

static void start(struct reader *readers, size_t count, const fc_buffer *b)
{
    for (size_t i = 0; i < count; i++) {
        readers[i] = (struct reader){ .bytes = fc_buffer_data(b) };
        ck_assert_int_eq(pthread_create(&readers[i].thread, NULL, read_odd_places, &readers[i]), 0);
    }
}

static void join(struct reader *readers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(pthread_join(readers[i].thread, NULL), 0);
        ck_assert_uint_eq(readers[i].wrong, 0);
    }
}

/* The writer detaches and freezes, folds and carries, while others read a snapshot of its. */
START_TEST(readers_of_a_snapshot_see_no_wrong_byte)
{
    struct reader readers[2];
    fc_buffer b = make_paged(), kept = fct_snapshot(&b);
    start(readers, 2, &kept);
    for (size_t i = 0; i < 400; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        fct_set(&b, i * 5 % (SIZE / PAGE) * PAGE, (uint8_t)i);
        ck_assert_int_eq(fc_buffer_freeze(&snapshot), FC_OK);
        if (i % 50 == 49) { /* from now on the last version is the one that is read */
            join(readers, 2);
            fc_buffer_release(&kept);
            kept = fc_buffer_retain(&snapshot);
            start(readers, 2, &kept);
        }
        fc_buffer_release(&snapshot);
    }
    join(readers, 2);
    fc_buffer_release(&kept), fc_buffer_release(&b);
}
END_TEST

/* The same of memory that is snapshotted in place, and written at the even places. */
START_TEST(readers_of_a_pinned_arena_see_no_wrong_byte)
{
    struct reader readers[2];
    fc_buffer b = make_paged(), kept = FC_BUFFER_INIT;
    uint8_t *bytes = NULL;
    ck_assert_int_eq(fc_buffer_begin_write(&bytes, &b), FC_OK);
    start(readers, 2, &b);
    for (size_t i = 0; i < 400; i++) {
        fc_buffer snapshot = fct_snapshot(&b);
        bytes[i * 5 % (SIZE / PAGE) * PAGE] = (uint8_t)i;
        if (i % 20 == 0) {
            fc_buffer_release(&kept);
            kept = fc_buffer_retain(&snapshot);
        }
        fc_buffer_release(&snapshot);
    }
    join(readers, 2);
    fc_buffer_end_write(&b);
    fc_buffer_release(&kept), fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("api/contract: paged buffers");
    TCase *paged = tcase_create("paged");
    tcase_add_checked_fixture(paged, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(paged, 120);
    tcase_add_test(paged, write_copies_the_pages_that_it_touches);
    tcase_add_test(paged, pinned_arena_keeps_its_address);
    tcase_add_test(paged, child_writes_what_the_parent_does_not_see);
    tcase_add_test(paged, threads_of_a_child_work_as_any);
    tcase_add_test(paged, mapped_file_is_never_written);
    tcase_add_test(paged, readers_of_a_snapshot_see_no_wrong_byte);
    tcase_add_test(paged, readers_of_a_pinned_arena_see_no_wrong_byte);
    suite_add_tcase(suite, paged);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
