/* SPDX-License-Identifier: MIT */

/* fill, fill_bytes and copy_within: every range, patterns shorter and longer than it, patterns and
 * sources that overlap it, and every state that a buffer can be in. */

#include "base/common.h"

#include <fc_buffer/bytes.h>

#include "buffer/fill.h"
#include "kernels/kernels.h"

#include "states.h"

static const fc_view none = { NULL, 0 };

/* ---- ranges ---------------------------------------------------------------------------------- */

/* [begin, end) of 12 bytes, with what is around them. */
static void try_range(size_t begin, size_t end, fc_status status)
{
    for (size_t pattern = 1; pattern <= 5; pattern++) {
        fc_buffer whole = fct_make(20), b = fc_buffer_slice(&whole, 4, 16);
        uint8_t expected[20];
        memcpy(expected, fc_buffer_data(&whole), sizeof expected);
        for (size_t i = begin; status == FC_OK && i < end && i < 12; i++) {
            expected[4 + i] = (uint8_t)("vwxyz"[(i - begin) % pattern]);
        }
        ck_assert_int_eq(fc_buffer_fill_bytes(&b, begin, end, fc_view_of("vwxyz", pattern)),
                         status);
        ck_assert_mem_eq(fc_buffer_data(&whole), expected, sizeof expected);
        if (pattern == 1) {
            ck_assert_int_eq(fc_buffer_fill(&b, begin, end, 'v'), status);
            ck_assert_mem_eq(fc_buffer_data(&whole), expected, sizeof expected);
        }
        fc_buffer_release(&whole), fc_buffer_release(&b);
    }
}

START_TEST(every_range_is_filled_and_nothing_else)
{
    for (size_t begin = 0; begin <= 14; begin++) {
        for (size_t end = 0; end <= 14; end++) {
            try_range(begin, end, end <= 12 ? FC_OK : FC_ERR_OUT_OF_RANGE);
        }
        try_range(begin, FC_END, FC_OK);
    }
}
END_TEST

START_TEST(begin_may_be_past_the_end_and_end_not)
{
    try_range(FC_BUFFER_MAX_LENGTH, 12, FC_OK);
    try_range(FC_BUFFER_MAX_LENGTH, FC_END, FC_OK);
    try_range(FC_BUFFER_MAX_LENGTH + 1, 12, FC_ERR_OUT_OF_RANGE);
    try_range(SIZE_MAX, FC_END, FC_ERR_OUT_OF_RANGE);
    try_range(0, SIZE_MAX, FC_ERR_OUT_OF_RANGE);
    try_range(14, 13, FC_ERR_OUT_OF_RANGE);
    try_range(0, FC_BUFFER_MAX_LENGTH - 1, FC_ERR_OUT_OF_RANGE);
    try_range(0, FC_BUFFER_MAX_LENGTH + 1, FC_ERR_OUT_OF_RANGE);
}
END_TEST

START_TEST(empty_pattern_is_refused_unless_the_range_is_empty)
{
    fc_buffer b = fct_make(10), empty = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 0, FC_END, none), FC_ERR_INVALID_ARG_VALUE);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 9, 10, none), FC_ERR_INVALID_ARG_VALUE);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 10, FC_END, none), FC_OK);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 7, 7, none), FC_OK);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 0, 11, none), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_fill_bytes(&empty, 0, FC_END, none), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&empty, 0, 0, 1), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&empty, 0, 1, 1), FC_ERR_OUT_OF_RANGE);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b);
}
END_TEST

/* Nothing happens: on a frozen arena too, and no block is left. */
START_TEST(empty_range_never_detaches)
{
    fc_buffer b = fct_make(FCT_SHARED_SIZE), snapshot = fct_snapshot(&b);
    ck_assert_int_eq(fc_buffer_fill(&b, 5, 5, 1), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&b, 0, FCT_SHARED_SIZE + 1, 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 0, 1, none), FC_ERR_INVALID_ARG_VALUE);
    ck_assert_int_eq(fc_buffer_copy_within(&b, 9, 8, 8), FC_OK);
    ck_assert_int_eq(fc_buffer_copy_within(&b, FC_END, 0, FC_END), FC_OK);
    ck_assert(fc_buffer_would_copy(&b));
    ck_assert_int_eq(fc_buffer_freeze(&b), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&b, 5, 5, 1), FC_OK);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, FCT_SHARED_SIZE, FC_END, none), FC_OK);
    ck_assert_int_eq(fc_buffer_copy_within(&b, 9, 8, 8), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&b, 5, 6, 1), FC_ERR_FROZEN);
    ck_assert_int_eq(fc_buffer_copy_within(&b, 9, 8, 9), FC_ERR_FROZEN);
    fct_assert_pattern(&b, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* ---- patterns -------------------------------------------------------------------------------- */

/* Every length of pattern in a long range: past the chunk that is repeated, too. */
START_TEST(pattern_repeats_to_the_end)
{
    static const size_t patterns[] = { 1,    2,    3,     7,     8,     31,    33,    100,
                                       1000, 4097, 16383, 16384, 16385, 20000, 70001, 200000 };
    fc_buffer b = FC_BUFFER_INIT;
    size_t length = 100001;
    ck_assert_int_eq(fc_buffer_alloc(&b, length), FC_OK);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        fc_buffer pattern = fct_make(patterns[i]), made = FC_BUFFER_INIT;
        fc_view view = fc_buffer_view(&pattern);
        ck_assert_int_eq(fc_buffer_fill_bytes(&b, 0, FC_END, view), FC_OK);
        const uint8_t *bytes = fc_buffer_data(&b);
        for (size_t at = 0; at < length; at += patterns[i]) {
            size_t part = patterns[i] < length - at ? patterns[i] : length - at;
            if (memcmp(bytes + at, view.bytes, part) != 0) {
                ck_abort_msg("pattern %zu, at %zu", patterns[i], at);
            }
        }
        ck_assert_int_eq(fc_buffer_alloc_fill(&made, length, view), FC_OK);
        ck_assert(fc_buffer_equal(&made, &b));
        fc_buffer_release(&pattern), fc_buffer_release(&made);
    }
    fc_buffer_release(&b);
}
END_TEST

/* Flush against the inaccessible page behind, or before, with what is on the other side untouched.
 */
static void try_guarded_fill(const struct fct_guarded *area, fc_view pattern, size_t length,
                             bool far)
{
    uint8_t expected[700];
    uint8_t *edge = far ? fct_guarded_end(area, sizeof expected) : area->bytes;
    size_t at = far ? sizeof expected - length : 0;
    memset(edge, 0xc5, sizeof expected), memset(expected, 0xc5, sizeof expected);
    for (size_t i = 0; i < length; i++) {
        expected[at + i] = pattern.bytes[i % pattern.length];
    }
    fci_fill_pattern(edge + at, length, pattern);
    if (memcmp(edge, expected, sizeof expected) != 0) {
        ck_abort_msg("%s: %zu with %zu", fci_kernels()->name, length, pattern.length);
    }
}

/* By every tier: every length to 600, with patterns of every length to 40 and of 129. */
START_TEST(pattern_fills_exactly_its_range)
{
    const struct fci_kernels *before = fci_kernels(), *tier;
    struct fct_guarded area = fct_guarded_make(700);
    fc_buffer pattern = fct_make(129);
    for (size_t i = 0; (tier = fci_kernels_tier(i)) != NULL; i++) {
        for (size_t size = 1; fct_can_run(tier) && size <= 129; size += size < 40 ? 1 : 89) {
            fci_kernels_use(tier);
            for (size_t length = 0; length <= 600; length++) {
                fc_view view = fc_view_of(fc_buffer_data(&pattern), size);
                try_guarded_fill(&area, view, length, true);
                try_guarded_fill(&area, view, length, false);
            }
        }
    }
    fci_kernels_use(before);
    fct_guarded_free(&area);
    fc_buffer_release(&pattern);
}
END_TEST

/* A pattern out of the buffer itself, before, in and behind the range: as it was before the call.
 */
START_TEST(pattern_may_overlap_the_range)
{
    uint8_t before[12];
    for (size_t i = 0; i < sizeof before; i++) {
        before[i] = fct_pattern(i);
    }
    for (size_t i = 0; i < 13 * 13 * 13 * 13; i++) {
        size_t begin = i % 13, end = i / 13 % 13, first = i / 169 % 13, last = i / 2197;
        if (begin >= end || first >= last) {
            continue;
        }
        fc_buffer b = fct_make(12);
        fc_view pattern = fc_view_slice(fc_buffer_view(&b), (ptrdiff_t)first, (ptrdiff_t)last);
        bool right = fc_buffer_fill_bytes(&b, begin, end, pattern) == FC_OK;
        const uint8_t *bytes = fc_buffer_data(&b);
        for (size_t j = 0; j < 12; j++) {
            bool filled = j >= begin && j < end;
            size_t from = filled ? first + (j - begin) % (last - first) : j;
            right = right && bytes[j] == before[from];
        }
        if (!right) {
            ck_abort_msg("[%zu, %zu) with [%zu, %zu)", begin, end, first, last);
        }
        fc_buffer_release(&b);
    }
}
END_TEST

START_TEST(pattern_may_lie_in_the_block_that_is_left)
{
    size_t length = FCT_SHARED_SIZE;
    fc_buffer b = fct_make(length), snapshot = fct_snapshot(&b);
    fc_view own = fc_view_of(fc_buffer_data(&b) + 1000, 300);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 900, 2000, own), FC_OK);
    const uint8_t *bytes = fc_buffer_data(&b);
    for (size_t i = 0; i < length; i++) {
        bool filled = i >= 900 && i < 2000;
        if (bytes[i] != fct_pattern(filled ? 1000 + (i - 900) % 300 : i)) {
            ck_abort_msg("byte %zu", i);
        }
    }
    fct_assert_pattern(&snapshot, 0, FCT_NONE);
    fc_buffer_release(&b), fc_buffer_release(&snapshot);
}
END_TEST

/* ---- states ---------------------------------------------------------------------------------- */

static fc_status call_fill(fc_buffer *b)
{
    return fc_buffer_fill(b, 0, FC_END, 0x5a);
}

static void model_fill(uint8_t *bytes, size_t length)
{
    memset(bytes, 0x5a, length);
}

static fc_status call_fill_bytes(fc_buffer *b)
{
    return fc_buffer_fill_bytes(b, 0, fc_buffer_length(b), FC_VIEW_LITERAL("seven b"));
}

static void model_fill_bytes(uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)("seven b"[i % 7]);
    }
}

/* With its own last half, from the third byte on. */
static fc_status call_fill_self(fc_buffer *b)
{
    fc_view own = fc_view_slice(fc_buffer_view(b), (ptrdiff_t)fc_buffer_length(b) / 2, FC_END);
    return fc_buffer_fill_bytes(b, 2, FC_END, own);
}

static void model_fill_self(uint8_t *bytes, size_t length)
{
    size_t half = length / 2, count = length - half;
    uint8_t *own = malloc(count);
    ck_assert_ptr_nonnull(own);
    memcpy(own, bytes + half, count);
    for (size_t i = 2; i < length; i++) {
        bytes[i] = own[(i - 2) % count];
    }
    free(own);
}

static fc_status call_copy_within(fc_buffer *b)
{
    return fc_buffer_copy_within(b, 3, 1, -2);
}

static void model_copy_within(uint8_t *bytes, size_t length)
{
    memmove(bytes + 3, bytes + 1, length - 3);
}

static const struct {
    struct fct_writer writer;
    bool overwrites;
} writers[] = {
    { { call_fill, model_fill }, true },
    { { call_fill_bytes, model_fill_bytes }, true },
    { { call_fill_self, model_fill_self }, false },
    { { call_copy_within, model_copy_within }, false },
};
#define WRITERS ((int)(sizeof writers / sizeof writers[0]))

START_TEST(range_is_written_in_every_state)
{
    static const size_t lengths[] = { 5, 100, 5000, FCT_SHARED_SIZE };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        fct_write_in_every_state(&writers[_i].writer, lengths[i], writers[_i].overwrites);
    }
}
END_TEST

/* ---- copy_within ----------------------------------------------------------------------------- */

static size_t clamped(ptrdiff_t position)
{
    return (size_t)(position < -8 ? 0 : position < 0 ? 8 + position : position > 8 ? 8 : position);
}

static void try_copy_within(ptrdiff_t target, ptrdiff_t begin, ptrdiff_t end)
{
    fc_buffer whole = fct_make(16), b = fc_buffer_slice(&whole, 4, 12);
    uint8_t expected[16];
    memcpy(expected, fc_buffer_data(&whole), sizeof expected);
    for (size_t to = clamped(target), from = clamped(begin); to < 8 && from < clamped(end);) {
        expected[4 + to++] = fct_pattern(4 + from++);
    }
    ck_assert_int_eq(fc_buffer_copy_within(&b, target, begin, end), FC_OK);
    if (memcmp(fc_buffer_data(&whole), expected, sizeof expected) != 0) {
        ck_abort_msg("[%td, %td) to %td", begin, end, target);
    }
    fc_buffer_release(&whole), fc_buffer_release(&b);
}

START_TEST(every_range_is_copied_to_every_place)
{
    static const ptrdiff_t far[] = { PTRDIFF_MIN, -100, 100, FC_END };
    for (ptrdiff_t i = 0; i < 21 * 21 * 21; i++) {
        try_copy_within(i % 21 - 10, i / 21 % 21 - 10, i / 441 - 10);
    }
    for (size_t i = 0; i < 64; i++) {
        try_copy_within(far[i % 4], far[i / 4 % 4], far[i / 16]);
    }
    try_copy_within(0, 3, FC_END);
    try_copy_within(2, PTRDIFF_MIN, FC_END);
}
END_TEST

START_TEST(empty_buffer_has_nothing_to_copy)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_copy_within(&b, 0, 0, FC_END), FC_OK);
    ck_assert_int_eq(fc_buffer_copy_within(&b, PTRDIFF_MIN, -5, 5), FC_OK);
    ck_assert_uint_eq(fc_buffer_length(&b), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/fill");
    TCase *fill = tcase_create("fill");
    tcase_add_checked_fixture(fill, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(fill, 120);
    tcase_add_test(fill, every_range_is_filled_and_nothing_else);
    tcase_add_test(fill, begin_may_be_past_the_end_and_end_not);
    tcase_add_test(fill, empty_pattern_is_refused_unless_the_range_is_empty);
    tcase_add_test(fill, empty_range_never_detaches);
    tcase_add_test(fill, pattern_repeats_to_the_end);
    tcase_add_test(fill, pattern_fills_exactly_its_range);
    tcase_add_test(fill, pattern_may_overlap_the_range);
    tcase_add_test(fill, pattern_may_lie_in_the_block_that_is_left);
    tcase_add_loop_test(fill, range_is_written_in_every_state, 0, WRITERS);
    tcase_add_test(fill, every_range_is_copied_to_every_place);
    tcase_add_test(fill, empty_buffer_has_nothing_to_copy);
    suite_add_tcase(suite, fill);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
