/* SPDX-License-Identifier: MIT */

/* Blocks from inside: kinds, where the header stands, what is kept alive, who frees and when, and
 * that secrets are zero before anybody else can see them. */

#include "base/common.h"

#include "memory/block.h"

#include "base/state.h"
#include "memory/arena.h"
#include "memory/limits.h"

#include "bytes.h"

#include <signal.h>
#include <stdlib.h>

static struct fci_traits traits_of(const fc_allocator *allocator, size_t alignment, bool secret)
{
    return (struct fci_traits){ .allocator = allocator, .alignment = alignment, .secret = secret };
}

START_TEST(owned_block_remembers_what_it_was_asked_for)
{
    struct fct_allocator allocator;
    fct_allocator_init(&allocator);
    for (size_t alignment = 1; alignment <= (size_t)2 << 20; alignment *= 2) {
        struct fci_traits traits = traits_of(&allocator.base, alignment, alignment % 3 == 1);
        struct fci_block *block = fci_block_alloc(5000, &traits, true);
        ck_assert_int_eq(block->kind, FCI_KIND_OWNED);
        ck_assert_int_eq(block->count, 0);
        ck_assert_uint_eq(block->length, 5000);
        ck_assert_uint_eq((uintptr_t)block->bytes % alignment, 0);
        ck_assert_uint_eq((uintptr_t)block->bytes % FCI_BLOCK_ALIGNMENT, 0);
        struct fci_traits kept = fci_block_traits(block);
        ck_assert_ptr_eq(kept.allocator, &allocator.base);
        ck_assert_uint_eq(kept.alignment, alignment);
        ck_assert_int_eq(kept.secret, traits.secret);
        for (size_t i = 0; i < 5000; i++) {
            ck_assert_uint_eq(block->bytes[i], 0);
        }
        fci_block_drop(block);
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

/* One shape: joined with its header, or apart from it. */
static void look_at_shape(size_t length, size_t alignment, bool apart)
{
    struct fct_allocator allocator;
    fct_allocator_init(&allocator);
    struct fci_traits traits = traits_of(&allocator.base, alignment, false);
    struct fci_block *block = fci_block_alloc(length, &traits, false);
    ck_assert_int_eq(block->apart, apart);
    ck_assert_uint_eq(allocator.live, apart ? 2 : 1);
    ck_assert_uint_eq(fci_block_retained(block), allocator.live_bytes);
    ck_assert_uint_eq(allocator.live_bytes,
                      length + (apart ? sizeof(struct fci_block) : FCI_BLOCK_ALIGNMENT));
    if (!apart) {
        ck_assert_ptr_eq(block->bytes, (uint8_t *)block + FCI_BLOCK_ALIGNMENT);
    }
    memset(block->bytes, 0x5a, length);
    fci_block_drop(block);
    ck_assert_uint_eq(allocator.live, 0);
}

START_TEST(header_stands_where_length_and_alignment_say)
{
    look_at_shape(1, 1, false);
    look_at_shape(5000, FCI_BLOCK_ALIGNMENT, false);
    look_at_shape(5000, 2 * FCI_BLOCK_ALIGNMENT, true);
    look_at_shape(1, 4096, true);
    look_at_shape(FCI_APART_MIN - 1, 1, false);
    look_at_shape(FCI_APART_MIN, 1, true);
    look_at_shape(FCI_APART_MIN + 1, 4096, true);
}
END_TEST

START_TEST(wrapped_block_is_what_was_given)
{
    static const enum fci_kind kinds[] = { FCI_KIND_ADOPTED, FCI_KIND_READONLY, FCI_KIND_SHARED };
    static uint8_t bytes[100];
    for (size_t i = 0; i < 3; i++) {
        struct fct_released released = { 0 };
        struct fci_block *block =
            fci_block_wrap(bytes, sizeof bytes, kinds[i], fct_note_release, &released);
        ck_assert_int_eq(block->kind, (int)kinds[i]);
        ck_assert_ptr_eq(block->bytes, bytes);
        ck_assert_uint_eq(fci_block_retained(block), sizeof bytes);
        struct fci_traits traits = fci_block_traits(block);
        ck_assert_ptr_null(traits.allocator);
        ck_assert_uint_eq(traits.alignment, 1);
        ck_assert(!traits.secret);
        ck_assert_int_eq(released.calls, 0);
        fci_block_drop(block);
        ck_assert_int_eq(released.calls, 1);
        ck_assert_ptr_eq(released.bytes, bytes);
        ck_assert_uint_eq(released.length, sizeof bytes);
        fci_block_drop(fci_block_wrap(bytes, sizeof bytes, kinds[i], NULL, NULL));
    }
}
END_TEST

START_TEST(last_drop_frees_and_no_other)
{
    static uint8_t bytes[100];
    struct fct_released released = { 0 };
    struct fci_block *block =
        fci_block_wrap(bytes, sizeof bytes, FCI_KIND_ADOPTED, fct_note_release, &released);
    for (int i = 1; i <= 10; i++) {
        fci_block_retain(block);
        ck_assert_int_eq(block->count, i);
    }
    for (int i = 10; i > 0; i--) {
        fci_block_drop(block);
        ck_assert_int_eq(released.calls, 0);
        ck_assert_int_eq(block->count, i - 1);
    }
    fci_block_drop(block);
    ck_assert_int_eq(released.calls, 1);
}
END_TEST

START_TEST(callback_runs_once_whoever_goes_last)
{
    static uint8_t bytes[FCT_SHARED_SIZE];
    for (int order = 0; order < 2; order++) {
        struct fct_released released = { 0 };
        struct fci_block *block =
            fci_block_wrap(bytes, sizeof bytes, FCI_KIND_ADOPTED, fct_note_release, &released);
        struct fci_arena *first = fci_arena_on_block(block, bytes, sizeof bytes);
        fci_block_retain(block);
        struct fci_arena *second = fci_arena_on_block(block, bytes + 100, 1000);
        ck_assert(!fci_arena_is_sole_holder(first) && !fci_arena_is_sole_holder(second));
        fc_arena_release(order == 0 ? &first->head : &second->head);
        ck_assert_int_eq(released.calls, 0);
        ck_assert(fci_arena_is_sole_holder(order == 0 ? second : first));
        fc_arena_release(order == 0 ? &second->head : &first->head);
        ck_assert_int_eq(released.calls, 1);
    }
}
END_TEST

/* Watches what goes back: whether the last `length` bytes of it are zero. Wherever the header
 * stands, it stands before them. */
struct watch {
    fc_allocator base;
    struct fct_allocator counting;
    size_t length;
    int seen, wiped;
};

static void *watch_alloc(void *context, size_t size, size_t alignment, unsigned flags)
{
    struct watch *watch = context;
    return watch->counting.base.alloc(&watch->counting, size, alignment, flags);
}

static void watch_release(void *context, void *address, size_t size, size_t alignment)
{
    struct watch *watch = context;
    const uint8_t *bytes = address;
    if (size >= watch->length) {
        bool zero = true;
        for (size_t i = size - watch->length; i < size; i++) {
            zero = zero && bytes[i] == 0;
        }
        watch->seen++;
        watch->wiped += zero;
    }
    watch->counting.base.release(&watch->counting, address, size, alignment);
}

/* A buffer full of 0x5e from a watched allocator, a clone of it, a detach: how many were wiped. */
static void release_watched(struct watch *watch, size_t length, size_t alignment, uint32_t flags)
{
    *watch = (struct watch){ .base = { watch_alloc, watch_release, watch }, .length = length };
    fct_allocator_init(&watch->counting);
    fc_alloc_options options = {
        .size = sizeof options, .alignment = alignment, .allocator = &watch->base, .flags = flags
    };
    fc_buffer b = FC_BUFFER_INIT;
    uint8_t *address = NULL;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, length, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_begin_write(&address, &b), FC_OK);
    memset(address, 0x5e, length);
    fc_buffer_end_write(&b);
    fc_buffer snapshot = fct_snapshot(&b), second = fct_snapshot(&snapshot);
    fct_set(&snapshot, 0, 0x5e);
    fc_buffer_release(&b), fc_buffer_release(&second), fc_buffer_release(&snapshot);
    ck_assert_uint_eq(watch->counting.live, 0);
}

START_TEST(secrets_are_zero_before_they_go_back)
{
    static const size_t sizes[] = { 100, FCI_EMBEDDED_MAX, 5000, 100000, 3 << 20 };
    struct watch watch;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (size_t alignment = 1; alignment <= 4096; alignment *= 64) {
            release_watched(&watch, sizes[i], alignment, FC_ALLOC_SECRET);
            ck_assert_int_eq(watch.seen, 3);
            ck_assert_int_eq(watch.wiped, 3);
            release_watched(&watch, sizes[i], alignment, FC_ALLOC_SECRET | FC_ALLOC_UNSAFE);
            ck_assert_int_eq(watch.wiped, watch.seen);
            /* And nobody pays for it who has not asked: else this test could not fail. */
            release_watched(&watch, sizes[i], alignment, 0);
            ck_assert_int_eq(watch.wiped, 0);
        }
    }
}
END_TEST

START_TEST(failed_births_leave_nothing)
{
    fct_whole_blocks();
    struct fci_traits traits = traits_of(NULL, 1, false), wide = traits_of(NULL, 4096, false);
    uint8_t byte = 5;
    struct fct_released released = { 0 };
    for (intptr_t i = 0; i < 4; i++) {
        fci_state_failure = (struct fci_failure){ .countdown = i % 2, .forever = i / 2 };
        struct fci_block *block = fci_block_alloc(5000, &wide, false);
        ck_assert_ptr_null(block);
        ck_assert_uint_eq(fct_alive(), 0);
    }
    fci_state_failure = (struct fci_failure){ .countdown = 0, .forever = 1 };
    ck_assert_ptr_null(fci_block_alloc(5000, &traits, false));
    ck_assert_ptr_null(fci_block_wrap(&byte, 1, FCI_KIND_ADOPTED, fct_note_release, &released));
    fci_state_failure = (struct fci_failure){ .countdown = -1, .forever = 0 };
    /* Without the hook: lengths to which no header can be added. */
    ck_assert_ptr_null(fci_block_alloc(SIZE_MAX, &traits, false));
    ck_assert_ptr_null(fci_block_alloc((size_t)PTRDIFF_MAX + 1, &wide, false));
    ck_assert_int_eq(released.calls, 0);
    ck_assert_uint_eq(fct_alive(), 0);
}
END_TEST

START_TEST(block_that_others_write_cannot_be_shared)
{
    static uint8_t bytes[100];
    struct fci_traits secret = traits_of(NULL, 1, true);
    fci_block_retain(_i == 0 ? fci_block_wrap(bytes, 100, FCI_KIND_SHARED, NULL, NULL)
                             : fci_block_alloc(100, &secret, false));
}
END_TEST

static bool forks(void)
{
    const char *mode = getenv("CK_FORK");
    return mode == NULL || strcmp(mode, "no") != 0;
}

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/block");
    TCase *block = tcase_create("block"), *stops = tcase_create("stops");
    tcase_add_checked_fixture(block, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(block, 300);
    tcase_add_test(block, owned_block_remembers_what_it_was_asked_for);
    tcase_add_test(block, header_stands_where_length_and_alignment_say);
    tcase_add_test(block, wrapped_block_is_what_was_given);
    tcase_add_test(block, last_drop_frees_and_no_other);
    tcase_add_test(block, callback_runs_once_whoever_goes_last);
    tcase_add_test(block, secrets_are_zero_before_they_go_back);
    tcase_add_test(block, failed_births_leave_nothing);
    suite_add_tcase(suite, block);
    if (forks()) {
        tcase_add_loop_test_raise_signal(stops, block_that_others_write_cannot_be_shared, SIGABRT,
                                         0, 2);
    }
    suite_add_tcase(suite, stops);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
