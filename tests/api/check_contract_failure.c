/* SPDX-License-Identifier: MIT */

/* Promises F1 and F2: every status that wrong arguments, frozen arenas and missing memory can give,
 * and that nothing at all has changed then. Black box: the public header only. */

#include <errno.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

#if SIZE_MAX > 0xffffffffu
__extension__ typedef unsigned __int128 wide;
#else
typedef uint64_t wide;
#endif

/* All that can be seen of a buffer but its bytes. */
struct look {
    fc_buffer buffer;
    intptr_t count;
    const uint8_t *address;
    size_t retained;
    bool unique, would_copy;
};

static struct look look_at(const fc_buffer *b)
{
    return (struct look){
        .buffer = *b,
        .count = b->arena->count,
        .address = fc_buffer_data(b),
        .retained = fc_buffer_retained_bytes(b),
        .unique = fc_buffer_is_unique(b),
        .would_copy = fc_buffer_would_copy(b),
    };
}

/* The buffer holds the pattern from `from` on, and is what it was when it was looked at. */
static void assert_unchanged(const fc_buffer *b, size_t from, const struct look *before)
{
    struct look now = look_at(b);
    ck_assert_int_eq(memcmp(&now.buffer, &before->buffer, sizeof now.buffer), 0);
    ck_assert_int_eq(now.count, before->count);
    ck_assert_ptr_eq(now.address, before->address);
    ck_assert_uint_eq(now.retained, before->retained);
    ck_assert_int_eq(now.unique, before->unique);
    ck_assert_int_eq(now.would_copy, before->would_copy);
    fct_assert_pattern(b, from, FCT_NONE);
}

static const fc_buffer sentinel = { .arena = (fc_arena *)(uintptr_t)0x10,
                                    .offset = 3,
                                    .length = 5 };

static void assert_sentinel(const fc_buffer *out)
{
    ck_assert_int_eq(memcmp(out, &sentinel, sizeof *out), 0);
}

/* The edges of a window of `n` bytes, and of the types. */
#define EDGES 17
static void make_edges(size_t edges[EDGES], size_t n)
{
    size_t all[EDGES] = { 0,
                          1,
                          n - 1,
                          n,
                          n + 1,
                          ((size_t)1 << 31) - 1,
                          (size_t)1 << 31,
                          ((size_t)1 << 31) + 1,
                          (size_t)UINT32_MAX,
                          (size_t)UINT32_MAX + 1,
                          (size_t)UINT32_MAX + 2,
                          (size_t)PTRDIFF_MAX - 1,
                          (size_t)PTRDIFF_MAX,
                          (size_t)PTRDIFF_MAX + 1,
                          SIZE_MAX - n,
                          SIZE_MAX - 1,
                          SIZE_MAX };
    memcpy(edges, all, sizeof all);
}

/* A window in the middle of an arena: alone, with a snapshot on its block, or read-only. */
enum shape { EMBEDDED, MIDDLE, WITH_SNAPSHOT, READONLY, SHAPES };
#define BEFORE ((size_t)10)

static fc_buffer make_arena(enum shape shape, fc_buffer *snapshot)
{
    static uint8_t bytes[SIZE];
    fc_buffer b = FC_BUFFER_INIT;
    if (shape == READONLY) {
        for (size_t i = 0; i < SIZE; i++) {
            bytes[i] = fct_pattern(i);
        }
        ck_assert_int_eq(fc_buffer_wrap_readonly(&b, bytes, SIZE, NULL, NULL), FC_OK);
        return b;
    }
    b = fct_make(shape == EMBEDDED ? 60 : SIZE);
    if (shape == WITH_SNAPSHOT) {
        *snapshot = fct_snapshot(&b);
    }
    return b;
}

/* Everything that takes an offset and a length, where the range does not fit. */
static void refuse_range(fc_buffer *b, size_t offset, size_t length)
{
    static const uint8_t bytes[FC_COPY_INLINE_MAX] = { 0xee };
    uint8_t value = 77;
    ck_assert_int_eq(fc_buffer_write(b, offset, bytes, length), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_write_general(b, offset, bytes, length), FC_ERR_OUT_OF_RANGE);
    if (offset >= b->length) {
        ck_assert_int_eq(fc_buffer_set(b, offset, 1), FC_ERR_OUT_OF_RANGE);
        ck_assert_int_eq(fc_buffer_get(&value, b, offset), FC_ERR_OUT_OF_RANGE);
        ck_assert_uint_eq(value, 77);
        if (offset <= PTRDIFF_MAX || (size_t)0 - offset > b->length) {
            ck_assert_int_eq(fc_buffer_at(&value, b, (ptrdiff_t)offset), FC_ERR_OUT_OF_RANGE);
            ck_assert_uint_eq(value, 77);
        }
    }
}

START_TEST(ranges_past_the_end_change_nothing)
{
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    fc_buffer snapshot = FC_BUFFER_INIT, arena = make_arena((enum shape)_i, &snapshot);
    fc_buffer b = fc_buffer_slice(&arena, (ptrdiff_t)BEFORE, -10);
    size_t edges[EDGES], n = fc_buffer_length(&b);
    struct look before = look_at(&b), whole = look_at(&arena);
    make_edges(edges, n);
    for (size_t i = 0; i < EDGES; i++) {
        for (size_t j = 0; j < EDGES; j++) {
            if ((wide)edges[i] + edges[j] > n) {
                refuse_range(&b, edges[i], edges[j]);
            }
        }
    }
    assert_unchanged(&b, BEFORE, &before);
    assert_unchanged(&arena, 0, &whole);
    fc_buffer_release(&arena), fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

static void *no_memory(void *context, size_t size, size_t alignment, unsigned flags)
{
    (void)context, (void)size, (void)alignment, (void)flags;
    return NULL;
}

static void no_release(void *context, void *address, size_t size, size_t alignment)
{
    (void)context, (void)address, (void)size, (void)alignment;
}

START_TEST(options_without_meaning_make_nothing)
{
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    const fc_allocator gives_only = { no_memory, NULL, NULL },
                       takes_only = { NULL, no_release, NULL };
    const size_t size = sizeof(fc_alloc_options);
    const fc_alloc_options wrong[] = {
        { .size = 0 },
        { .size = size - 1 },
        { .size = size + 1 },
        { .size = SIZE_MAX },
        { .size = size, .alignment = 3 },
        { .size = size, .alignment = 24 },
        { .size = size, .alignment = ((size_t)1 << 30) + 1 },
        { .size = size, .alignment = (size_t)1 << 31 },
        { .size = size, .alignment = (size_t)PTRDIFF_MAX + 1 },
        { .size = size, .alignment = SIZE_MAX },
        { .size = size, .flags = 8 },
        { .size = size, .flags = 0x80000000u | FC_ALLOC_SECRET },
        { .size = size, .flags = UINT32_MAX },
        { .size = size, .reserved = 1 },
        { .size = size, .reserved = UINT32_MAX },
        { .size = size, .allocator = &gives_only },
        { .size = size, .allocator = &takes_only },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fc_buffer out = sentinel;
        ck_assert_msg(fc_buffer_alloc_with(&out, 100, &wrong[i]) == FC_ERR_INVALID_ARG_VALUE,
                      "options %zu", i);
        assert_sentinel(&out);
    }
}
END_TEST

START_TEST(wrong_arguments_make_nothing)
{
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    struct fct_released released = { 0 };
    const void *volatile nothing = NULL; /* the compiler would not let a plain one pass */
    fc_buffer out = sentinel;
    fc_stats stats = { .size = sizeof stats - 1, .write_copies = 77 };
    for (size_t n = 1; n < SIZE; n *= 3) {
        ck_assert_int_eq(fc_buffer_from_bytes(&out, nothing, n), FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_alloc_fill(&out, n, fc_view_of("", 0)),
                         FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_wrap(&out, NULL, n, fct_note_release, &released),
                         FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_wrap_readonly(&out, NULL, n, fct_note_release, &released),
                         FC_ERR_INVALID_ARG_VALUE);
        ck_assert_int_eq(fc_buffer_wrap_shared(&out, NULL, n, fct_note_release, &released),
                         FC_ERR_INVALID_ARG_VALUE);
    }
    ck_assert_int_eq(released.calls, 0);
    errno = 0;
    ck_assert_int_eq(fc_buffer_read_file(&out, "/nonexistent/fc_buffer"), FC_ERR_SYSTEM);
    ck_assert_int_eq(errno, ENOENT);
    assert_sentinel(&out);
    ck_assert_int_eq(fc_stats_read(&stats), FC_ERR_INVALID_ARG_VALUE);
    ck_assert_uint_eq(stats.write_copies, 77);
}
END_TEST

/* Every call that a frozen arena, or a lack of memory to detach to, makes fail. */
static void refuse_writes(fc_buffer *b, fc_status status)
{
    uint8_t bytes[30] = { 0 }, *address = bytes;
    size_t copied = 77;
    ck_assert_int_eq(fc_buffer_write(b, 1, bytes, sizeof bytes), status);
    ck_assert_int_eq(fc_buffer_write_general(b, 1, bytes, 3), status);
    ck_assert_int_eq(fc_buffer_set(b, 1, 1), status);
    ck_assert_int_eq(fc_buffer_copy_into(&copied, b, 1, fc_view_of(bytes, 3)), status);
    ck_assert_int_eq(fc_buffer_begin_write(&address, b), status);
    ck_assert_int_eq(fc_buffer_unshare(b), status);
    ck_assert_uint_eq(copied, 77);
    ck_assert_ptr_eq(address, bytes);
}

START_TEST(refused_writes_to_a_frozen_arena_change_nothing)
{
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    fc_buffer snapshot = FC_BUFFER_INIT, b = make_arena((enum shape)_i, &snapshot);
    fc_buffer slice = fc_buffer_slice(&b, (ptrdiff_t)BEFORE, FC_END);
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    struct look before = look_at(&b);
    refuse_writes(&b, FC_ERR_FROZEN);
    refuse_writes(&slice, FC_ERR_FROZEN);
    assert_unchanged(&b, 0, &before);
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&slice), fc_buffer_release(&snapshot);
}
END_TEST

/* A buffer of the pattern from an allocator. */
static fc_buffer make_from(const struct fct_allocator *allocator, size_t length)
{
    fc_alloc_options options = { .size = sizeof options, .allocator = &allocator->base };
    fc_buffer b = FC_BUFFER_INIT, pattern = fct_make(length);
    ck_assert_int_eq(fc_buffer_alloc_with(&b, length, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_write(&b, 0, fc_buffer_data(&pattern), length), FC_OK);
    fc_buffer_release(&pattern);
    return b;
}

/* Each call with memory for 0, 1, 2 … allocations, until there is enough. */
static fc_status make_clone(int how, fc_buffer *out, fc_buffer *b)
{
    return how == 0   ? fc_buffer_snapshot(out, b)
           : how == 1 ? fc_buffer_copy(out, b)
                      : fc_buffer_compact(b);
}

START_TEST(clones_without_memory_change_nothing)
{
    static const size_t sizes[] = { 40, 5000, SIZE, 3 << 20 };
    PROMISE("F1", "On failure nothing has changed: no byte, no count, no out-parameter.");
    for (size_t i = 0; i < 12; i++) {
        struct fct_allocator allocator;
        fct_allocator_init(&allocator);
        fc_buffer b = make_from(&allocator, sizes[i / 3]), second = fc_buffer_retain(&b);
        fc_buffer out = sentinel;
        struct look before = look_at(&b);
        size_t live = allocator.live, alive = fct_alive(), failures = 0;
        for (size_t enough = 0;; enough++) {
            allocator.fail_after = allocator.total + enough;
            fc_status status = make_clone((int)(i % 3), &out, &b);
            if (status == FC_OK) {
                break;
            }
            failures++;
            ck_assert_int_eq(status, FC_ERR_NO_MEMORY);
            assert_sentinel(&out);
            assert_unchanged(&b, 0, &before);
            ck_assert_uint_eq(allocator.live, live);
            ck_assert_uint_eq(fct_alive(), alive);
        }
        ck_assert_uint_ge(failures, 1);
        fct_assert_pattern(i % 3 == 2 ? &b : &out, 0, FCT_NONE);
        fc_buffer_release(&b), fc_buffer_release(&second);
        if (i % 3 != 2) {
            fc_buffer_release(&out);
        }
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

START_TEST(write_that_finds_no_memory_changes_nothing)
{
    static const size_t sizes[] = { 5000, SIZE, 3 << 20 };
    PROMISE("F2",
            "A write that needs a copy and finds no memory returns FC_ERR_NO_MEMORY; the buffer "
            "still reads as before.");
    for (size_t i = 0; i < 3; i++) {
        struct fct_allocator allocator;
        fct_allocator_init(&allocator);
        fc_buffer b = make_from(&allocator, sizes[i]);
        fc_buffer slice = fc_buffer_slice(&b, (ptrdiff_t)BEFORE, FC_END);
        fc_buffer snapshot = fct_snapshot(&b);
        struct look before = look_at(&b), other = look_at(&snapshot);
        size_t live = allocator.live;
        /* A large block is two allocations: the second may be the one that fails. */
        for (size_t enough = 0; enough < (sizes[i] >= (1 << 20) ? 2u : 1u); enough++) {
            allocator.fail_after = allocator.total + enough;
            ck_assert_int_eq(fc_buffer_set(&b, 1, 1), FC_ERR_NO_MEMORY);
            allocator.fail_after = allocator.total;
            refuse_writes(&b, FC_ERR_NO_MEMORY);
            refuse_writes(&slice, FC_ERR_NO_MEMORY);
            ck_assert(fc_buffer_would_copy(&b) && fc_buffer_would_copy(&slice));
            assert_unchanged(&b, 0, &before);
            assert_unchanged(&snapshot, 0, &other);
            ck_assert_uint_eq(allocator.live, live);
        }
        /* What failed for want of memory succeeds once there is some. */
        allocator.fail_after = SIZE_MAX;
        fct_set(&slice, 1, (uint8_t)~fct_pattern(BEFORE + 1));
        fct_assert_pattern(&b, 0, BEFORE + 1);
        ck_assert_uint_eq(fct_get(&b, BEFORE + 1), (uint8_t)~fct_pattern(BEFORE + 1));
        assert_unchanged(&snapshot, 0,
                         &(struct look){ other.buffer, other.count, other.address, other.retained,
                                         true, false });
        fc_buffer_release(&b), fc_buffer_release(&slice), fc_buffer_release(&snapshot);
        ck_assert_uint_eq(allocator.live, 0);
    }
}
END_TEST

START_TEST(failed_write_leaves_a_snapshot_that_can_go)
{
    struct fct_allocator allocator;
    PROMISE("F2",
            "A write that needs a copy and finds no memory returns FC_ERR_NO_MEMORY; the buffer "
            "still reads as before.");
    fct_allocator_init(&allocator);
    fc_buffer b = make_from(&allocator, SIZE), snapshot = fct_snapshot(&b);
    allocator.fail_after = allocator.total;
    ck_assert_int_eq(fc_buffer_set(&b, 0, 1), FC_ERR_NO_MEMORY);
    ck_assert_int_eq(fc_buffer_set(&snapshot, 0, 1), FC_ERR_NO_MEMORY);
    /* Without the snapshot the write needs no copy, and so no memory. */
    fc_buffer_release(&snapshot);
    ck_assert_int_eq(fc_buffer_set(&b, 0, (uint8_t)~fct_pattern(0)), FC_OK);
    fct_assert_pattern(&b, 0, 0);
    fc_buffer_release(&b);
    ck_assert_uint_eq(allocator.live, 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: failure");
    TCase *failure = tcase_create("failure");
    tcase_add_checked_fixture(failure, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(failure, 300);
    tcase_add_loop_test(failure, ranges_past_the_end_change_nothing, 0, SHAPES);
    tcase_add_test(failure, options_without_meaning_make_nothing);
    tcase_add_test(failure, wrong_arguments_make_nothing);
    tcase_add_loop_test(failure, refused_writes_to_a_frozen_arena_change_nothing, 0, SHAPES);
    tcase_add_test(failure, clones_without_memory_change_nothing);
    tcase_add_test(failure, write_that_finds_no_memory_changes_nothing);
    tcase_add_test(failure, failed_write_leaves_a_snapshot_that_can_go);
    suite_add_tcase(suite, failure);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
