/* SPDX-License-Identifier: MIT */

/* Promises M1 to M7: how many allocations, where they begin, whose they are, what untouched zeroes
 * cost, and what is kept when buffers are gone. Black box: the public header only. */

#include "config.h"

#include <pthread.h>

#include "bytes.h"
#include "promise.h"
#include "resident.h"

#define SIZE FCT_SHARED_SIZE
#define MIB ((size_t)1 << 20)

/* What is small at least; where small ends is found by looking. A hostile build keeps no promise
 * about it. */
#ifdef FC_HOSTILE
#define SMALL ((size_t)72)
#else
#define SMALL ((size_t)464)
#endif
#define HEADERS 48

static fc_buffer make_with(struct fct_allocator *allocator, size_t length, size_t alignment,
                           uint32_t flags)
{
    fc_alloc_options options = { .size = sizeof options,
                                 .alignment = alignment,
                                 .allocator = allocator == NULL ? NULL : &allocator->base,
                                 .flags = flags };
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, length, &options), FC_OK);
    return b;
}

START_TEST(small_buffer_is_one_allocation)
{
    static const uint32_t flags[] = { 0, FC_ALLOC_UNSAFE, FC_ALLOC_SECRET };
    PROMISE("M1", "A small buffer is one allocation in all, with headers of at most 48 bytes.");
    size_t n = 1;
    for (bool small = true; small; n++) {
        for (size_t alignment = 0; alignment <= 16; alignment = alignment * 2 + (alignment == 0)) {
            struct fct_allocator allocator;
            fct_allocator_init(&allocator);
            fc_buffer b = make_with(&allocator, n, alignment, flags[n % 3]);
            small = small && allocator.total == 1;
            ck_assert(small || n > SMALL);
            ck_assert_uint_le(allocator.total, 3);
            ck_assert(!small || allocator.live_bytes <= n + HEADERS);
            ck_assert_uint_eq((uintptr_t)fc_buffer_data(&b) % (alignment == 0 ? 1 : alignment), 0);
            ck_assert_uint_ge(fc_buffer_retained_bytes(&b), n);
            ck_assert(!small || fc_buffer_retained_bytes(&b) == allocator.live_bytes);
            fc_buffer_release(&b);
            ck_assert_uint_eq(allocator.live, 0);
        }
    }
}
END_TEST

START_TEST(clones_of_small_buffers_are_one_allocation)
{
    PROMISE("M1", "A small buffer is one allocation in all, with headers of at most 48 bytes.");
    for (size_t n = 1; n <= SMALL; n++) {
        struct fct_allocator allocator;
        fc_buffer copy = FC_BUFFER_INIT;
        fct_allocator_init(&allocator);
        fc_buffer b = make_with(&allocator, n, 0, 0);
        fc_buffer snapshot = fct_snapshot(&b);
        ck_assert_int_eq(fc_buffer_copy(&copy, &b), FC_OK);
        ck_assert_uint_eq(allocator.total, 3);
        ck_assert_uint_le(allocator.live_bytes, 3 * (n + HEADERS));
        fct_set(&b, 0, 1), fct_set(&snapshot, 0, 2), fct_set(&copy, 0, 3);
        ck_assert_uint_eq(allocator.total, 3);
        fc_buffer_release(&b), fc_buffer_release(&copy), fc_buffer_release(&snapshot);
    }
}
END_TEST

/* A buffer and what is cloned from it, all aligned. */
static void assert_aligned(fc_buffer *b, size_t alignment)
{
    fc_buffer copy = FC_BUFFER_INIT, snapshot = fct_snapshot(b);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(b) % alignment, 0);
    fct_set(b, 0, 1);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(b) % alignment, 0);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(&snapshot) % alignment, 0);
    ck_assert_int_eq(fc_buffer_copy(&copy, b), FC_OK);
    ck_assert_uint_eq((uintptr_t)fc_buffer_data(&copy) % alignment, 0);
    fc_buffer_release(&copy), fc_buffer_release(&snapshot);
    fc_buffer_release(b);
}

START_TEST(middle_blocks_begin_at_a_cache_line)
{
    static const size_t sizes[] = { 1025,     1500, 4095,   4096,     4097,     10001,
                                    SIZE - 1, SIZE, 100003, MIB - 65, MIB - 64, MIB - 1 };
    PROMISE("M2", "The bytes of a middle block are aligned to 64, of a large one to a page.");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct fct_allocator allocator;
        fc_buffer b = FC_BUFFER_INIT;
        fct_allocator_init(&allocator);
        ck_assert_int_eq(fc_buffer_alloc(&b, sizes[i]), FC_OK);
        assert_aligned(&b, 64);
        ck_assert_int_eq(fc_buffer_alloc_unsafe(&b, sizes[i]), FC_OK);
        assert_aligned(&b, 64);
        ck_assert_int_eq(fc_buffer_alloc_fill(&b, sizes[i], FC_VIEW_LITERAL("abc")), FC_OK);
        assert_aligned(&b, 64);
        b = make_with(&allocator, sizes[i], 1, 0);
        assert_aligned(&b, 64);
        b = make_with(NULL, sizes[i], 0, FC_ALLOC_SECRET);
        assert_aligned(&b, 64);
    }
}
END_TEST

START_TEST(large_blocks_begin_at_a_page)
{
    static const size_t sizes[] = { MIB, MIB + 1, 2 * MIB, 2 * MIB + 1, 5 * MIB + 3, 9 * MIB };
    PROMISE("M2", "The bytes of a middle block are aligned to 64, of a large one to a page.");
    bool jemalloc = strcmp(fct_stats().large_allocator, "jemalloc") == 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        /* Where libc serves large blocks it is asked for no more than a cache line. */
        ck_assert_int_eq(fc_buffer_alloc_unsafe(&b, sizes[i]), FC_OK);
        assert_aligned(&b, jemalloc ? 4096 : 64);
        b = make_with(NULL, sizes[i], 0, FC_ALLOC_UNSAFE | FC_ALLOC_SECRET);
        assert_aligned(&b, jemalloc ? 4096 : 64);
        ck_assert_int_eq(fc_buffer_alloc(&b, sizes[i]), FC_OK);
        assert_aligned(&b, jemalloc && sizes[i] >= 4 * MIB ? 4096 : 64);
    }
}
END_TEST

/* All that can be made from one buffer, each step asking whose memory it took. The allocator itself
 * compares size and alignment at every release with what was asked for. */
static void clone_in_every_way(struct fct_allocator *allocator, size_t length, size_t alignment,
                               uint32_t flags)
{
    fc_buffer copy = FC_BUFFER_INIT, b = make_with(allocator, length, alignment, flags);
    fc_buffer slice = fc_buffer_slice(&b, (ptrdiff_t)(length / 3), FC_END), pinned;
    uint8_t *address = NULL;
    ck_assert_uint_ge(allocator->live_bytes, length);
    fc_buffer snapshot = fct_snapshot(&b), second = fct_snapshot(&snapshot);
    fct_set(&slice, 0, 1);
    fct_set(&second, 0, 2);
    ck_assert_uint_ge(allocator->live_bytes, 3 * length);
    ck_assert_int_eq(fc_buffer_copy(&copy, &slice), FC_OK);
    ck_assert_int_eq(fc_buffer_compact(&slice), FC_OK);
    ck_assert_uint_ge(allocator->live_bytes, 4 * length);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &snapshot), FC_OK);
    pinned = fct_snapshot(&snapshot);
    fc_buffer_end_write(&snapshot);
    ck_assert_uint_ge(allocator->live_bytes, 5 * length);
    ck_assert_int_eq(fc_buffer_unshare(&pinned), FC_OK);
    fc_buffer *all[] = { &b, &slice, &copy, &snapshot, &second, &pinned };
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq((uintptr_t)fc_buffer_data(all[i]) % alignment, 0);
        fct_set(all[i], 0, 9);
        fc_buffer_release(all[i]);
    }
    ck_assert_uint_eq(allocator->live, 0);
    ck_assert_uint_eq(allocator->live_bytes, 0);
}

/* Large blocks cost page faults: each alignment has one set of flags, and quick effort has only the
 * first alignment for each. */
static bool is_tried(size_t length, unsigned alignment, unsigned flags, unsigned count)
{
    return length < MIB ||
           (alignment % count == flags && alignment / count % fct_effort_step() == 0);
}

START_TEST(allocator_serves_every_clone)
{
    static const size_t sizes[] = { 1, 40, 976, 977, 5000, SIZE, 3 * MIB, 5 * MIB };
    static const uint32_t flags[] = { 0, FC_ALLOC_UNSAFE, FC_ALLOC_SECRET };
    PROMISE("M3",
            "An allocator given at creation serves every byte of the buffer and of its clones, "
            "and gets each back with the size and alignment that were asked for.");
    size_t alignment = (size_t)1 << _i;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (uint32_t j = 0; j < 3; j++) {
            struct fct_allocator allocator;
            fct_allocator_init(&allocator);
            if (is_tried(sizes[i], (unsigned)_i, j, 3)) {
                clone_in_every_way(&allocator, sizes[i], alignment, flags[j]);
            }
        }
    }
}
END_TEST

START_TEST(alignment_is_kept_without_an_allocator_too)
{
    static const size_t sizes[] = { 1, 40, 5000, SIZE, 3 * MIB, 5 * MIB };
    PROMISE("M3",
            "An allocator given at creation serves every byte of the buffer and of its clones, "
            "and gets each back with the size and alignment that were asked for.");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (uint32_t flags = 0; flags < 4; flags++) {
            if (is_tried(sizes[i], (unsigned)_i, flags, 4)) {
                fc_buffer b = make_with(NULL, sizes[i], (size_t)1 << _i, flags);
                assert_aligned(&b, (size_t)1 << _i);
            }
        }
    }
}
END_TEST

START_TEST(two_allocators_never_meet)
{
    struct fct_allocator left, right;
    PROMISE("M3",
            "An allocator given at creation serves every byte of the buffer and of its clones, "
            "and gets each back with the size and alignment that were asked for.");
    fct_allocator_init(&left), fct_allocator_init(&right);
    fc_buffer a = make_with(&left, SIZE, 1, 0), b = make_with(&right, SIZE, 1, 0);
    fc_buffer snapshot = fct_snapshot(&a);
    size_t total = right.total;
    ck_assert_int_eq(fc_buffer_write(&a, 0, fc_buffer_data(&b), SIZE), FC_OK);
    ck_assert_uint_eq(right.total, total);
    fc_buffer_release(&b);
    ck_assert_uint_eq(right.live, 0);
    ck_assert_uint_ge(left.live_bytes, 2 * SIZE);
    fc_buffer_release(&a), fc_buffer_release(&snapshot);
    ck_assert_uint_eq(left.live, 0);
}
END_TEST

/* A gigabyte of zeroes that is looked at in a few places; less where an instrumented calloc touches
 * it all. */
static void take_a_gigabyte(void)
{
    fc_buffer b = FC_BUFFER_INIT;
    size_t before = fct_resident_bytes(),
           n = fct_resident_means_something() ? 1024 * MIB : 64 * MIB;
    ck_assert_int_eq(fc_buffer_alloc(&b, n), FC_OK);
    if (fct_resident_means_something()) {
        ck_assert_uint_lt(fct_resident_bytes(), before + 16 * MIB);
    }
    struct fct_random random = { .state = 4 };
    ck_assert_uint_eq(fct_get(&b, 0), 0);
    ck_assert_uint_eq(fct_get(&b, n - 1), 0);
    for (int i = 0; i < 300; i++) {
        ck_assert_uint_eq(fct_get(&b, fct_random_below(&random, n)), 0);
    }
    fct_set(&b, n / 2, 1);
    fc_buffer_release(&b);
    if (fct_resident_means_something()) {
        ck_assert_uint_lt(fct_resident_bytes(), before + 16 * MIB);
    }
}

START_TEST(untouched_zeroes_cost_nothing)
{
    PROMISE("M4", "Large zeroed buffers cost no memory until they are touched.");
    take_a_gigabyte();
}
END_TEST

START_TEST(untouched_zeroes_cost_nothing_after_dirty_memory)
{
    PROMISE("M4", "Large zeroed buffers cost no memory until they are touched.");
    fc_buffer dirty = FC_BUFFER_INIT, b = FC_BUFFER_INIT;
    size_t n = fct_resident_means_something() ? 256 * MIB : 32 * MIB;
    ck_assert_int_eq(fc_buffer_alloc_fill(&dirty, n, FC_VIEW_LITERAL("\xa5")), FC_OK);
    fc_buffer_release(&dirty);
    take_a_gigabyte();
    /* As large as the dirty one: a recycled block would show itself. */
    ck_assert_int_eq(fc_buffer_alloc(&b, n), FC_OK);
    for (size_t i = 0; i < n; i += 4096 * 61 + 1) {
        ck_assert_uint_eq(fct_get(&b, i), 0);
    }
    fc_buffer_release(&b);
}
END_TEST

/* Each call after which no more than the budget may lie unused, whatever was released before. */
START_TEST(released_blocks_are_kept_within_a_budget)
{
    PROMISE("M5", "Released large blocks are kept for the next ones: at most 64 MiB of them once "
                  "another large block was taken, other than a zeroed one, or released.");
    fc_buffer buffers[5] = { 0 }, next = FC_BUFFER_INIT;
    size_t before = fct_resident_bytes(), n = fct_resident_means_something() ? 48 * MIB : MIB;
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(fc_buffer_alloc_fill(&buffers[i], n, FC_VIEW_LITERAL("\xa5")), FC_OK);
    }
    for (size_t i = 0; i < 5; i++) {
        fc_buffer_release(&buffers[i]);
    }
    ck_assert_int_eq(fc_buffer_alloc_unsafe(&next, MIB), FC_OK);
    if (fct_resident_means_something()) {
        ck_assert_uint_lt(fct_resident_bytes(), before + (64 + 8) * MIB);
    }
    fc_buffer_release(&next);
}
END_TEST

START_TEST(trim_gives_back_what_is_kept)
{
    fct_whole_blocks();
    PROMISE("M6", "fc_memory_trim gives back all large blocks that the library keeps unused.");
    size_t before = fct_resident_bytes(), n = fct_resident_means_something() ? 64 * MIB : MIB;
    bool jemalloc = strcmp(fct_stats().large_allocator, "jemalloc") == 0;
    for (int i = 0; i < 3; i++) {
        fc_buffer b = FC_BUFFER_INIT, used = fct_make(2 * MIB);
        ck_assert_int_eq(fc_buffer_alloc_fill(&b, n, FC_VIEW_LITERAL("\xa5")), FC_OK);
        fc_buffer_release(&b);
        size_t given = fc_memory_trim();
        ck_assert_uint_ge(given, jemalloc ? n : 0);
        ck_assert_uint_eq(fc_memory_trim(), 0);
        if (fct_resident_means_something()) {
            ck_assert_uint_lt(fct_resident_bytes(), before + 8 * MIB);
        }
        fct_assert_pattern(&used, 0, FCT_NONE);
        fc_buffer_release(&used);
    }
}
END_TEST

/* Of every small length some, more than anybody should keep. */
static void *make_and_release_small_buffers(void *unused)
{
    enum { MANY = 100 };
    fc_buffer buffers[MANY];
    for (size_t length = 1; length <= SMALL; length += 16) {
        for (size_t i = 0; i < MANY; i++) {
            buffers[i] = fct_make(length);
        }
        for (size_t i = 0; i < MANY; i++) {
            fct_assert_pattern(&buffers[i], 0, FCT_NONE);
            fc_buffer_release(&buffers[i]);
        }
    }
    return unused;
}

static void run_thread(void *(*function)(void *), void *argument)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, function, argument), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

START_TEST(threads_leave_no_small_memory)
{
    PROMISE("M7", "Small memory that a thread keeps for its next buffers is at most 32 KiB, and "
                  "goes back when the thread ends.");
    run_thread(make_and_release_small_buffers, NULL);
    size_t before = fct_resident_bytes();
    for (size_t i = 0; i < fct_rounds(500); i++) {
        run_thread(make_and_release_small_buffers, NULL);
    }
    if (fct_resident_means_something()) {
        ck_assert_uint_lt(fct_resident_bytes(), before + 4 * MIB); /* all would be 15 MiB */
    }
}
END_TEST

static pthread_key_t last_buffer;

static void release_last(void *buffer)
{
    fc_buffer_release(buffer);
    fc_buffer_release((fc_buffer *)buffer + 1);
}

/* These are released by a destructor, before or after the library's own. */
static void *leave_buffers_to_destructors(void *buffers)
{
    fc_buffer *mine = buffers, other = fct_make(20);
    mine[0] = fct_make(20);
    mine[1] = fct_make(200);
    fc_buffer_release(&other);
    ck_assert_int_eq(pthread_setspecific(last_buffer, buffers), 0);
    return NULL;
}

/* Destructors run in the order of their keys: the library's first if _i is 1, else this one. */
START_TEST(buffers_may_be_released_while_their_thread_ends)
{
    PROMISE("M7", "Small memory that a thread keeps for its next buffers is at most 32 KiB, and "
                  "goes back when the thread ends.");
    if (_i == 1) {
        run_thread(make_and_release_small_buffers, NULL);
    }
    ck_assert_int_eq(pthread_key_create(&last_buffer, release_last), 0);
    for (int i = 0; i < 20; i++) {
        fc_buffer buffers[2];
        run_thread(leave_buffers_to_destructors, buffers);
        ck_assert_uint_eq(buffers[0].length + buffers[1].length, 0);
    }
    ck_assert_int_eq(pthread_key_delete(last_buffer), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: memory");
    TCase *memory = tcase_create("memory");
    tcase_add_checked_fixture(memory, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(memory, 300);
    tcase_add_test(memory, small_buffer_is_one_allocation);
    tcase_add_test(memory, clones_of_small_buffers_are_one_allocation);
    tcase_add_test(memory, middle_blocks_begin_at_a_cache_line);
    tcase_add_test(memory, large_blocks_begin_at_a_page);
    tcase_add_loop_test(memory, allocator_serves_every_clone, 0, 22);
    tcase_add_loop_test(memory, alignment_is_kept_without_an_allocator_too, 0, 22);
    tcase_add_test(memory, two_allocators_never_meet);
    tcase_add_test(memory, untouched_zeroes_cost_nothing);
    tcase_add_test(memory, untouched_zeroes_cost_nothing_after_dirty_memory);
    tcase_add_test(memory, released_blocks_are_kept_within_a_budget);
    tcase_add_test(memory, trim_gives_back_what_is_kept);
    tcase_add_test(memory, threads_leave_no_small_memory);
    tcase_add_loop_test(memory, buffers_may_be_released_while_their_thread_ends, 0, 2);
    suite_add_tcase(suite, memory);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
