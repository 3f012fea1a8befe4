/* SPDX-License-Identifier: MIT */

/* Where memory comes from: every source of this build at every alignment and around every
 * threshold, the failure hook, and the recycling that large blocks are there for. */

#include "base/common.h"

#include "alloc/alloc.h"

#include "alloc/limits.h"
#include "alloc/small.h"
#include "base/state.h"

#include "bytes.h"

#include <sys/resource.h>

#define MIB ((size_t)1 << 20)
#define ALIGNMENTS 22 /* 1 to 2 MiB */

static const size_t sizes[] = { 1, 63, 4096, MIB - 1, MIB, 2 * MIB, 4 * MIB - 1, 4 * MIB, 8 * MIB };
#define SIZES (sizeof sizes / sizeof sizes[0])

static bool large_is_jemalloc(void)
{
    return strcmp(fci_large_allocator_name(), "jemalloc") == 0;
}

static enum fci_source expected_source(const fc_allocator *allocator, size_t size, bool zeroed)
{
    if (allocator != NULL) {
        return FCI_SOURCE_CALLER;
    }
#ifdef FC_HAVE_JEMALLOC
    if (zeroed && size >= FCI_LAZY_MIN) {
        return FCI_SOURCE_PAGES;
    }
    if (!zeroed && size >= FCI_LARGE_MIN && large_is_jemalloc()) {
        return FCI_SOURCE_JEMALLOC;
    }
#else
    (void)size, (void)zeroed;
#endif
    return FCI_SOURCE_LIBC;
}

/* Gets, looks, writes every byte (a checker sees one too many), and leaves them dirty. */
static void get_and_put(const fc_allocator *allocator, size_t size, size_t alignment, bool zeroed)
{
    struct fci_memory memory;
    uint8_t *bytes = fci_memory_get(&memory, allocator, size, alignment, zeroed);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq((uintptr_t)bytes % alignment, 0);
    ck_assert_uint_eq((uintptr_t)bytes % (allocator == NULL ? 1 : FCI_ALIGNMENT_MIN), 0);
    ck_assert_int_eq(memory.source, (int)expected_source(allocator, size, zeroed));
    ck_assert_uint_ge(memory.size, size);
    ck_assert((uintptr_t)memory.base <= (uintptr_t)bytes);
    ck_assert_uint_le((uintptr_t)bytes + size, (uintptr_t)memory.base + memory.size);
    if (memory.source == FCI_SOURCE_JEMALLOC || memory.source == FCI_SOURCE_PAGES) {
        ck_assert_uint_eq((uintptr_t)bytes % FCI_PAGE, 0);
    }
    if (zeroed) {
        ck_assert_uint_eq(bytes[0], 0);
        ck_assert_int_eq(memcmp(bytes, bytes + 1, size - 1), 0);
    }
    memset(bytes, 0xdd, size);
    fci_memory_put(&memory, allocator);
}

START_TEST(every_source_gives_what_was_asked_for)
{
    struct fct_allocator allocator;
    size_t alignment = (size_t)1 << _i;
    fct_allocator_init(&allocator);
    for (size_t i = (unsigned)_i % fct_effort_step(); i < SIZES; i += fct_effort_step()) {
        for (int zeroed = 0; zeroed < 2; zeroed++) {
            /* Dirty memory of the same size is there to be given again. */
            get_and_put(NULL, sizes[i], alignment, false);
            get_and_put(NULL, sizes[i], alignment, zeroed);
            get_and_put(&allocator.base, sizes[i], alignment, zeroed);
        }
    }
    ck_assert_uint_eq(allocator.live, 0);
}
END_TEST

START_TEST(blocks_do_not_overlap)
{
    enum { BLOCKS = 24 };
    struct fci_memory memory[BLOCKS];
    uint8_t *bytes[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        bytes[i] = fci_memory_get(&memory[i], NULL, sizes[i % SIZES], (size_t)16 << i % 12, i % 2);
        ck_assert_ptr_nonnull(bytes[i]);
        memset(bytes[i], (int)i, sizes[i % SIZES]);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        ck_assert_uint_eq(bytes[i][0], i);
        ck_assert_int_eq(memcmp(bytes[i], bytes[i] + 1, sizes[i % SIZES] - 1), 0);
        fci_memory_put(&memory[i], NULL);
    }
}
END_TEST

START_TEST(lengths_over_the_limit_leave_the_record_alone)
{
    static const size_t lengths[] = { (size_t)PTRDIFF_MAX + 1, SIZE_MAX - 4096, SIZE_MAX };
    struct fct_allocator allocator;
    struct fci_memory memory, before;
    memset(&memory, 0x77, sizeof memory);
    memcpy(&before, &memory, sizeof memory);
    fct_allocator_init(&allocator);
    for (size_t i = 0; i < 3; i++) {
        for (size_t alignment = FCI_ALIGNMENT_MAX; alignment > 0; alignment /= 8) {
            for (int zeroed = 0; zeroed < 2; zeroed++) {
                ck_assert_ptr_null(fci_memory_get(&memory, NULL, lengths[i], alignment, zeroed));
                ck_assert_ptr_null(
                    fci_memory_get(&memory, &allocator.base, lengths[i], alignment, zeroed));
            }
        }
    }
    ck_assert_int_eq(memcmp(&memory, &before, sizeof memory), 0);
    ck_assert_uint_eq(allocator.total, 0);
}
END_TEST

START_TEST(caller_without_memory_leaves_the_record_alone)
{
    struct fct_allocator allocator;
    struct fci_memory memory, before;
    memset(&memory, 0x77, sizeof memory);
    memcpy(&before, &memory, sizeof memory);
    fct_allocator_init(&allocator);
    allocator.fail_after = 0;
    ck_assert_ptr_null(fci_memory_get(&memory, &allocator.base, 100, 64, true));
    ck_assert_int_eq(memcmp(&memory, &before, sizeof memory), 0);
}
END_TEST

/* An alignment that would take half of all addresses. */
START_TEST(libc_without_memory_leaves_the_record_alone)
{
    struct fci_memory memory, before;
    memset(&memory, 0x77, sizeof memory);
    memcpy(&before, &memory, sizeof memory);
    ck_assert_ptr_null(fci_memory_get(&memory, NULL, 100, SIZE_MAX / 2 + 1, _i == 1));
    ck_assert_int_eq(memcmp(&memory, &before, sizeof memory), 0);
}
END_TEST

/* One allocation of one of the two kinds; true if there was memory. */
static bool try_once(int small)
{
    struct fci_memory memory;
    void *address =
        small ? fci_small_get(100) : fci_memory_get(&memory, NULL, 100, FCI_ALIGNMENT_MIN, false);
    if (address != NULL && small) {
        fci_small_put(address, 100);
    } else if (address != NULL) {
        fci_memory_put(&memory, NULL);
    }
    return address != NULL;
}

START_TEST(failure_hook_fails_the_one_that_was_asked_for)
{
    for (intptr_t n = 0; n < 5; n++) {
        fci_state_failure = (struct fci_failure){ .countdown = n, .forever = 0 };
        for (intptr_t i = 0; i < 10; i++) {
            ck_assert_int_eq(try_once((int)(i + _i) % 2), i != n);
        }
        ck_assert_int_eq(fci_state_failure.countdown, -1);
    }
}
END_TEST

START_TEST(failure_hook_fails_all_from_then_on)
{
    fci_state_failure = (struct fci_failure){ .countdown = 3, .forever = 1 };
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(try_once((i + _i) % 2), i < 3);
    }
    fci_state_failure = (struct fci_failure){ .countdown = -1, .forever = 0 };
    ck_assert(try_once(_i));
}
END_TEST

START_TEST(failure_hook_stands_before_the_callers_allocator)
{
    struct fct_allocator allocator;
    struct fci_memory memory;
    fct_allocator_init(&allocator);
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 0 };
    ck_assert_ptr_null(fci_memory_get(&memory, &allocator.base, 100, 16, false));
    ck_assert_uint_eq(allocator.total, 0);
}
END_TEST

static long minor_faults(void)
{
    struct rusage usage;
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_minflt;
}

/* Gets a block, touches each page, and gives it back. */
static long faults_of(size_t size)
{
    struct fci_memory memory;
    long before = minor_faults();
    uint8_t *address = fci_memory_get(&memory, NULL, size, 1, false);
    volatile uint8_t *bytes = address;
    ck_assert_ptr_nonnull(address);
    for (size_t i = 0; i < size; i += FCI_PAGE) {
        bytes[i] = 1;
    }
    fci_memory_put(&memory, NULL);
    return minor_faults() - before;
}

START_TEST(large_blocks_are_recycled)
{
    static const size_t large[] = { 8 * MIB, 16 * MIB, 64 * MIB, FCI_KEPT_MAX };
    if (!large_is_jemalloc()) {
        return;
    }
    /* The first block pays for its pages; 8 MiB of small pages would be 2048 faults each time. */
    (void)faults_of(large[_i]);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_lt(faults_of(large[_i]), 64);
    }
}
END_TEST

/* One after the other: the second cannot lie where luck has put the first. */
START_TEST(pages_begin_at_huge_ones)
{
    static const size_t lengths[] = { 4 * MIB, 5 * MIB + 3, 8 * MIB, FCI_KEPT_MAX + 1 };
    struct fci_memory memory[8];
    for (size_t i = 0; i < 8; i++) {
        size_t size = lengths[i / 2];
        uint8_t *bytes = fci_memory_get(&memory[i], NULL, size, 1, size <= FCI_KEPT_MAX);
        ck_assert_ptr_nonnull(bytes);
        if (memory[i].source == FCI_SOURCE_PAGES) {
            ck_assert_uint_eq((uintptr_t)bytes % FCI_HUGE_PAGE, 0);
        }
        bytes[0] = bytes[size - 1] = 1;
    }
    for (size_t i = 0; i < 8; i++) {
        fci_memory_put(&memory[i], NULL);
    }
}
END_TEST

START_TEST(name_says_who_serves_large_blocks)
{
#ifdef FC_HAVE_JEMALLOC
    ck_assert(large_is_jemalloc() || strcmp(fci_large_allocator_name(), "libc") == 0);
#else
    ck_assert_str_eq(fci_large_allocator_name(), "libc");
#endif
    ck_assert_str_eq(fct_stats().large_allocator, fci_large_allocator_name());
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/alloc");
    TCase *alloc = tcase_create("alloc");
    tcase_add_checked_fixture(alloc, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(alloc, 300);
    tcase_add_loop_test(alloc, every_source_gives_what_was_asked_for, 0, ALIGNMENTS);
    tcase_add_test(alloc, blocks_do_not_overlap);
    tcase_add_test(alloc, lengths_over_the_limit_leave_the_record_alone);
    tcase_add_test(alloc, caller_without_memory_leaves_the_record_alone);
    tcase_add_loop_test(alloc, libc_without_memory_leaves_the_record_alone, 0, 2);
    tcase_add_loop_test(alloc, failure_hook_fails_the_one_that_was_asked_for, 0, 2);
    tcase_add_loop_test(alloc, failure_hook_fails_all_from_then_on, 0, 2);
    tcase_add_test(alloc, failure_hook_stands_before_the_callers_allocator);
    tcase_add_loop_test(alloc, large_blocks_are_recycled, 0, 4);
    tcase_add_test(alloc, pages_begin_at_huge_ones);
    tcase_add_test(alloc, name_says_who_serves_large_blocks);
    suite_add_tcase(suite, alloc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
