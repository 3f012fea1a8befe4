/* SPDX-License-Identifier: MIT */

/* What the arena of our own keeps, by the resident size of the process: released blocks up to the
 * budget, no more of them after the next large call, nothing after a trim. Skipped where libc
 * serves large blocks, and where resident size is that of a checker. */

#include "base/common.h"

#include "alloc/jemalloc.h"

#include "alloc/alloc.h"
#include "alloc/limits.h"
#include "base/state.h"

#include "bytes.h"
#include "resident.h"

#include <pthread.h>
#include <sys/wait.h>

#define MIB ((size_t)1 << 20)
#define SLACK (8 * MIB)

struct piece {
    struct fci_memory memory;
    uint8_t *bytes;
    size_t size;
};

static size_t before; /* resident */

static bool can_look(void)
{
    return strcmp(fci_large_allocator_name(), "jemalloc") == 0 && fct_resident_means_something();
}

static size_t grown(void)
{
    size_t now = fct_resident_bytes();
    return now > before ? now - before : 0;
}

static struct piece get(size_t size, bool zeroed)
{
    struct piece piece = { .size = size };
    piece.bytes = fci_memory_get(&piece.memory, NULL, size, 1, zeroed);
    ck_assert_ptr_nonnull(piece.bytes);
    return piece;
}

static struct piece get_dirty(size_t size)
{
    struct piece piece = get(size, false);
    memset(piece.bytes, 0x5a, size);
    return piece;
}

static void put(const struct piece *piece)
{
    fci_memory_put(&piece->memory, NULL);
}

/* Any number of calls may come before the one that is looked at; the pool is empty. */
static void begin(void)
{
    (void)fci_memory_trim();
    before = fct_resident_bytes();
}

/* Takes all of these, writes every byte, and releases them. */
static void leave_dirty(size_t count, size_t size)
{
    struct piece pieces[16];
    ck_assert_uint_le(count, 16);
    for (size_t i = 0; i < count; i++) {
        pieces[i] = get_dirty(size);
    }
    for (size_t i = 0; i < count; i++) {
        put(&pieces[i]);
    }
}

START_TEST(blocks_within_the_budget_are_kept)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(4, FCI_KEPT_BUDGET / 4);
    for (int i = 0; i < 10; i++) {
        struct piece piece = get(MIB, false);
        put(&piece);
    }
    ck_assert_uint_gt(grown(), FCI_KEPT_BUDGET - SLACK);
    ck_assert_uint_lt(grown(), FCI_KEPT_BUDGET + SLACK);
}
END_TEST

START_TEST(releases_keep_the_budget_and_the_last_block)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(10, 24 * MIB);
    ck_assert_uint_lt(grown(), FCI_KEPT_BUDGET + 24 * MIB + SLACK);
}
END_TEST

/* Four calls that purge: a block is taken, released; one too large to be kept is taken, released.
 */
START_TEST(next_large_call_gives_back_what_is_over_the_budget)
{
    if (!can_look()) {
        return;
    }
    begin();
    struct piece large = get(FCI_KEPT_MAX + 1, false), zeroed = get(FCI_LAZY_MIN, true);
    struct piece small = get(MIB, false), other = { 0 };
    leave_dirty(1, 2 * FCI_KEPT_BUDGET);
    ck_assert_uint_gt(grown(), 2 * FCI_KEPT_BUDGET - SLACK);
    switch (_i) {
    case 0:
        other = get(MIB, false);
        break;
    case 1:
        put(&small);
        break;
    case 2:
        other = get(FCI_KEPT_MAX + 1, false);
        break;
    case 3:
        put(&zeroed);
        break;
    default:
        put(&large);
        break;
    }
    ck_assert_uint_lt(grown(), SLACK);
    (void)other; /* the process is over */
}
END_TEST

START_TEST(zeroes_leave_alone_what_is_kept)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(1, 2 * FCI_KEPT_BUDGET);
    struct piece zeroed = get(FCI_KEPT_BUDGET, true);
    ck_assert_uint_gt(grown(), 2 * FCI_KEPT_BUDGET - SLACK);
    put(&zeroed);
}
END_TEST

START_TEST(largest_block_is_kept_for_the_next_call)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(1, FCI_KEPT_MAX);
    ck_assert_uint_gt(grown(), FCI_KEPT_MAX - SLACK);
    struct piece again = get(FCI_KEPT_MAX, false);
    ck_assert_uint_gt(grown(), FCI_KEPT_MAX - SLACK);
    put(&again);
}
END_TEST

START_TEST(block_too_large_to_keep_goes_at_its_release)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(1, FCI_KEPT_MAX + MIB);
    ck_assert_uint_lt(grown(), SLACK);
}
END_TEST

/* Holes of 1 MiB are no use for a block of 64 MiB, so the estimate says that nothing is kept. What
 * sets it right is that a GiB has been released. */
START_TEST(estimate_is_set_right_in_time)
{
    enum { HOLES = 128 };
    static struct piece pieces[HOLES];
    if (!can_look()) {
        return;
    }
    begin();
    for (size_t i = 0; i < HOLES; i++) {
        pieces[i] = get_dirty(MIB);
    }
    for (size_t i = 0; i < HOLES; i += 2) {
        put(&pieces[i]);
    }
    struct piece block = get_dirty(FCI_KEPT_BUDGET);
    put(&block);
    for (size_t i = 0; i <= FCI_KEPT_RECOUNT / MIB; i++) {
        struct piece piece = get(MIB, false);
        put(&piece);
    }
    ck_assert_uint_lt(grown(), HOLES / 2 * MIB + FCI_KEPT_BUDGET + SLACK);
    for (size_t i = 1; i < HOLES; i += 2) {
        ck_assert_uint_eq(pieces[i].bytes[MIB - 1], 0x5a);
        put(&pieces[i]);
    }
}
END_TEST

START_TEST(trim_gives_back_everything_unused)
{
    if (!can_look()) {
        return;
    }
    begin();
    struct piece used = get_dirty(8 * MIB);
    leave_dirty(3, 16 * MIB);
    ck_assert_uint_gt(grown(), (8 + 48) * MIB - SLACK);
    ck_assert_uint_ge(fc_memory_trim(), 48 * MIB);
    ck_assert_uint_lt(grown(), 8 * MIB + SLACK);
    ck_assert_uint_eq(fc_memory_trim(), 0);
    ck_assert_uint_eq(used.bytes[0] + used.bytes[8 * MIB - 1], 2 * 0x5a);
    put(&used);
}
END_TEST

START_TEST(trim_needs_no_memory)
{
    if (!can_look()) {
        return;
    }
    begin();
    leave_dirty(1, 16 * MIB);
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 1 };
    ck_assert_uint_ge(fc_memory_trim(), 16 * MIB);
    fci_state_failure = (struct fci_failure){ .countdown = -1, .forever = 0 };
    ck_assert_uint_lt(grown(), SLACK);
}
END_TEST

START_TEST(trim_before_any_large_block_gives_back_nothing)
{
    ck_assert_uint_eq(fc_memory_trim(), 0);
}
END_TEST

/* Blocks of changing sizes; what stands in them is still there at the end. */
static void *churn(void *seed)
{
    enum { HELD = 4 };
    struct piece held[HELD];
    struct fct_random random = { .state = (uintptr_t)seed };
    for (size_t i = 0; i < 400 / fct_effort_step(); i++) {
        struct piece *piece = &held[i % HELD];
        if (i >= HELD) {
            ck_assert_uint_eq(piece->bytes[0], (uint8_t)(i - HELD));
            ck_assert_uint_eq(piece->bytes[piece->size - 1], (uint8_t)(i - HELD));
            put(piece);
        }
        *piece = get(FCI_LARGE_MIN + fct_random_below(&random, 24 * MIB), false);
        piece->bytes[0] = piece->bytes[piece->size - 1] = (uint8_t)i;
        if (i % 64 == 0) {
            (void)fc_memory_trim();
        }
    }
    for (size_t i = 0; i < HELD; i++) {
        put(&held[i]);
    }
    return NULL;
}

START_TEST(threads_share_what_is_kept)
{
    pthread_t threads[3];
    (void)fci_memory_trim();
    for (uintptr_t i = 0; i < 3; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, churn, (void *)(i + 1)), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    (void)fci_memory_trim();
    ck_assert_uint_eq(fci_memory_trim(), 0);
}
END_TEST

START_TEST(child_of_a_fork_has_a_pool_of_its_own)
{
    pthread_t thread;
    int status = -1;
    if (fct_effort_step() != 1) {
        return; /* a checker's child of a threaded program is not to be trusted */
    }
    leave_dirty(1, 16 * MIB);
    ck_assert_int_eq(pthread_create(&thread, NULL, churn, (void *)(uintptr_t)7), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        leave_dirty(2, 16 * MIB);
        (void)fci_memory_trim();
        _exit(fci_memory_trim() == 0 ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/jemalloc");
    TCase *kept = tcase_create("kept");
    tcase_set_timeout(kept, 120);
    tcase_add_test(kept, blocks_within_the_budget_are_kept);
    tcase_add_test(kept, releases_keep_the_budget_and_the_last_block);
    tcase_add_loop_test(kept, next_large_call_gives_back_what_is_over_the_budget, 0, 5);
    tcase_add_test(kept, zeroes_leave_alone_what_is_kept);
    tcase_add_test(kept, largest_block_is_kept_for_the_next_call);
    tcase_add_test(kept, block_too_large_to_keep_goes_at_its_release);
    tcase_add_test(kept, estimate_is_set_right_in_time);
    tcase_add_test(kept, trim_gives_back_everything_unused);
    tcase_add_test(kept, trim_needs_no_memory);
    tcase_add_test(kept, trim_before_any_large_block_gives_back_nothing);
    tcase_add_test(kept, threads_share_what_is_kept);
    tcase_add_test(kept, child_of_a_fork_has_a_pool_of_its_own);
    suite_add_tcase(suite, kept);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
