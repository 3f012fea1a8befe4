/* SPDX-License-Identifier: MIT */

/* What a hostile build notices: one byte too far on either side, and memory that was given back. */

#include "base/common.h"

#include "alloc/guard.h"

#include "alloc/limits.h"

#include "bytes.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

static const size_t sizes[] = { 1, 15, 16, 17, 64, 4080, 4095, 4096, 4097, 100000 };
#define SIZES (sizeof sizes / sizeof sizes[0])

START_TEST(bytes_are_aligned_and_end_at_the_inaccessible_page)
{
    for (size_t alignment = 1; alignment <= 4 * FCI_PAGE; alignment *= 2) {
        for (size_t i = 0; i < SIZES; i++) {
            uint8_t *bytes = fci_guard_get(sizes[i], alignment, i % 2 == 0);
            ck_assert_ptr_nonnull(bytes);
            ck_assert_uint_eq((uintptr_t)bytes % alignment, 0);
            size_t gap = (0 - ((uintptr_t)bytes + sizes[i])) % FCI_PAGE;
            ck_assert_uint_lt(gap, alignment);
            ck_assert_uint_eq(bytes[0], i % 2 == 0 ? 0 : 0xdb);
            ck_assert_int_eq(memcmp(bytes, bytes + 1, sizes[i] - 1), 0);
            memset(bytes, 1, sizes[i]);
            fci_guard_put(bytes);
        }
    }
    ck_assert_ptr_null(fci_guard_get(SIZE_MAX, 1, true));
    ck_assert_ptr_null(fci_guard_get(SIZE_MAX - 5000, 1, true));
    ck_assert_ptr_null(fci_guard_get(SIZE_MAX - 4 * FCI_PAGE, 1 << 30, true));
    ck_assert_ptr_null(fci_guard_get(PTRDIFF_MAX, 1 << 30, false));
    fci_guard_put(NULL);
}
END_TEST

/* Mistakes that fault at once. */
static void touch(int which)
{
    size_t size = sizes[(size_t)which / 2];
    volatile uint8_t *bytes = fci_guard_get(size, 1, false);
    if (which % 2 == 0) {
        bytes[size] = 1;
    } else {
        fci_guard_put((void *)(uintptr_t)bytes);
        (void)bytes[0];
    }
}

START_TEST(bytes_behind_and_dead_ones_cannot_be_touched)
{
    char words[1000];
    int end = fct_end_of(touch, _i, words, sizeof words);
    ck_assert_msg(WIFSIGNALED(end) && WTERMSIG(end) == SIGSEGV, "%d: %x %s", _i, (unsigned)end,
                  words);
}
END_TEST

/* Mistakes that are found when the memory is given back. */
static void scribble(int which)
{
    static const ptrdiff_t offsets[] = { -1, -16, 24, 31 };
    uint8_t *bytes = fci_guard_get(24, 16, false);
    bytes[offsets[which]] = 0;
    fci_guard_put(bytes);
}

START_TEST(canaries_are_looked_at)
{
    char words[1000];
    int end = fct_end_of(scribble, _i, words, sizeof words);
    ck_assert_msg(WIFSIGNALED(end) && WTERMSIG(end) == SIGABRT, "%d: %x", _i, (unsigned)end);
    ck_assert_ptr_nonnull(strstr(words, "broken: is_canary"));
}
END_TEST

static void put_twice(int which)
{
    uint8_t *bytes = fci_guard_get(sizes[which], 16, false);
    fci_guard_put(bytes);
    fci_guard_put(bytes);
}

START_TEST(memory_is_given_back_once)
{
    char words[1000];
    int end = fct_end_of(put_twice, _i, words, sizeof words);
    ck_assert_msg(WIFSIGNALED(end) && WTERMSIG(end) == SIGSEGV, "%d: %x", _i, (unsigned)end);
}
END_TEST

/* Whether the address belongs to a mapping, which may be inaccessible. */
static bool is_mapped(uint8_t *page)
{
    unsigned char resident;
    return mincore(page, FCI_PAGE, &resident) == 0;
}

/* 4,096 places for the dead. */
START_TEST(oldest_of_the_dead_makes_room)
{
    uint8_t *first = fci_guard_get(FCI_PAGE, FCI_PAGE, false);
    fci_guard_put(first);
    for (size_t i = 0; i < 4096; i++) {
        ck_assert(is_mapped(first));
        fci_guard_put(fci_guard_get(FCI_PAGE, FCI_PAGE, false));
    }
    ck_assert(!is_mapped(first));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/guard");
    TCase *guard = tcase_create("guard");
    tcase_add_test(guard, bytes_are_aligned_and_end_at_the_inaccessible_page);
    tcase_add_loop_test(guard, bytes_behind_and_dead_ones_cannot_be_touched, 0, 2 * SIZES);
    tcase_add_loop_test(guard, canaries_are_looked_at, 0, 4);
    tcase_add_loop_test(guard, memory_is_given_back_once, 0, SIZES);
    tcase_add_test(guard, oldest_of_the_dead_makes_room);
    suite_add_tcase(suite, guard);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
