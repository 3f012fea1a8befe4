/* SPDX-License-Identifier: MIT */

/* Buffers of more than 4 GiB: no length and no offset may pass through 32 bits. Two ranges of
 * memory stand for so much: a sparse one, all zeroes, of which few pages are ever written, and a
 * folded one, the same few pages mapped over and over, which can be written from end to end. Both
 * cost address space, not memory. Skipped where they cannot be had, and in builds that are slowed
 * down. */

#include "base/common.h"

#include "bytes.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define BEYOND ((size_t)1 << 16 << 16) /* 4 GiB; 0 where a size has 32 bits */
#define FOLD ((size_t)12 << 20)        /* 4 GiB is no multiple of it */
#define FOLDS ((size_t)358)
#define LENGTH (FOLDS * FOLD)

static uint8_t *sparse, *folded;

static bool map_sparse(void)
{
    sparse = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                  -1, 0);
    (void)madvise(sparse, LENGTH, MADV_HUGEPAGE); /* few faults */
    return sparse != MAP_FAILED;
}

static bool map_folded(void)
{
    int file = memfd_create("folded", 0);
    bool done = file >= 0 && ftruncate(file, (off_t)FOLD) == 0;
    folded = mmap(NULL, LENGTH, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    done = done && folded != MAP_FAILED;
    for (size_t at = 0; done && at < LENGTH; at += FOLD) {
        done = mmap(folded + at, FOLD, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) !=
               MAP_FAILED;
    }
    (void)close(file);
    return done;
}

static fc_buffer wrap(uint8_t *bytes)
{
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_wrap_shared(&b, bytes, LENGTH, NULL, NULL), FC_OK);
    return b;
}

/* All of the folded memory has this value, seen through its first mapping. */
static void assert_folded(uint8_t value)
{
    ck_assert_uint_eq(folded[0], value);
    ck_assert(memcmp(folded, folded + 1, FOLD - 1) == 0);
}

/* ---- lengths --------------------------------------------------------------------------------- */

START_TEST(fill_goes_all_the_way)
{
    fc_buffer b = wrap(folded);
    ck_assert_int_eq(fc_buffer_fill(&b, 0, FC_END, 0x11), FC_OK);
    assert_folded(0x11);
    ck_assert_int_eq(fc_buffer_fill(&b, 0, BEYOND + 5, 0x22), FC_OK);
    assert_folded(0x22);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, 3, BEYOND + 8, FC_VIEW_LITERAL("\x33\x33\x33")),
                     FC_OK);
    assert_folded(0x33);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(copy_goes_all_the_way)
{
    fc_buffer from = wrap(sparse), to = wrap(folded);
    size_t copied = 0;
    memset(folded, 0x44, FOLD);
    ck_assert_int_eq(fc_buffer_copy_into(&copied, &to, 7, fc_buffer_view(&from)), FC_OK);
    ck_assert_uint_eq(copied, LENGTH - 7);
    assert_folded(0);
    memset(folded, 0x55, FOLD);
    ck_assert_int_eq(fc_buffer_write(&to, 0, fc_buffer_data(&from), BEYOND + 1), FC_OK);
    assert_folded(0);
    fc_buffer_release(&from), fc_buffer_release(&to);
}
END_TEST

START_TEST(units_are_swapped_all_the_way)
{
    static fc_status (*const calls[])(fc_buffer *) = { fc_buffer_swap16, fc_buffer_swap32,
                                                       fc_buffer_swap64 };
    static const char after[3][9] = { "badcfehg", "dcbahgfe", "hgfedcba" };
    fc_buffer whole = wrap(folded), b = fc_buffer_slice(&whole, 0, -(ptrdiff_t)FOLD);
    for (size_t i = 0; i < 3; i++) {
        /* Each unit is swapped in every fold: 357 times, an odd number. If the length lost its
         * upper bits it would be 16 times for these. */
        memcpy(folded, "abcdefgh", 8);
        ck_assert_int_eq(calls[i](&b), FC_OK);
        ck_assert_mem_eq(folded, after[i], 8);
    }
    fc_buffer_release(&whole), fc_buffer_release(&b);
}
END_TEST

/* ---- offsets --------------------------------------------------------------------------------- */

/* A mark behind 4 GiB, and nothing where its offset modulo 2^32 points to. */
#define PLACE (BEYOND + 4444)

static void write_mark(fc_buffer *b, const char *mark)
{
    ck_assert_int_eq(fc_buffer_write(b, PLACE, mark, 8), FC_OK);
    ck_assert_uint_eq(sparse[PLACE], (uint8_t)mark[0]);
    ck_assert_uint_eq(sparse[PLACE - BEYOND], 0);
}

START_TEST(slices_lie_where_they_should)
{
    fc_buffer b = wrap(sparse);
    write_mark(&b, "the mark");
    fc_buffer slice = fc_buffer_slice(&b, (ptrdiff_t)PLACE, (ptrdiff_t)PLACE + 8), copy;
    ck_assert_uint_eq(fc_buffer_offset(&slice), PLACE);
    ck_assert_uint_eq(fct_get(&b, PLACE + 7), 'k');
    ck_assert_int_eq(fc_buffer_copy(&copy, &slice), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&copy), "the mark", 8);
    ck_assert_uint_eq(fc_buffer_retained_bytes(&slice), LENGTH);
    fc_buffer_release(&copy);
    ck_assert_int_eq(fc_buffer_concat(&copy, &slice, 1), FC_OK);
    ck_assert_mem_eq(fc_buffer_data(&copy), "the mark", 8);
    fc_buffer_release(&slice), fc_buffer_release(&copy), fc_buffer_release(&b);
}
END_TEST

START_TEST(ranges_across_the_border_are_written)
{
    fc_buffer b = wrap(sparse);
    const uint8_t *bytes = fc_buffer_data(&b);
    ck_assert_int_eq(fc_buffer_fill_bytes(&b, BEYOND - 3, BEYOND + 4, FC_VIEW_LITERAL("abcde")),
                     FC_OK);
    ck_assert_mem_eq(bytes + BEYOND - 4, "\0abcdeab\0", 9);
    ck_assert_int_eq(fc_buffer_copy_within(&b, (ptrdiff_t)BEYOND - 2, (ptrdiff_t)BEYOND - 3,
                                           (ptrdiff_t)BEYOND + 2),
                     FC_OK);
    ck_assert_mem_eq(bytes + BEYOND - 4, "\0aabcdeb\0", 9);
    ck_assert_int_eq(fc_buffer_copy_within(&b, 1, (ptrdiff_t)BEYOND, (ptrdiff_t)BEYOND + 3), FC_OK);
    ck_assert_mem_eq(bytes, "\0cde\0", 5);
    fc_buffer part = fc_buffer_slice(&b, (ptrdiff_t)BEYOND - 4, (ptrdiff_t)BEYOND + 4);
    ck_assert_int_eq(fc_buffer_reverse(&part), FC_OK);
    ck_assert_mem_eq(bytes + BEYOND - 4, "bedcbaa\0", 8);
    ck_assert_uint_eq(bytes[4], 0);
    fc_buffer_release(&part), fc_buffer_release(&b);
}
END_TEST

START_TEST(what_lies_beyond_is_found)
{
    fc_buffer b = wrap(sparse);
    write_mark(&b, "the mark");
    fc_view mark = FC_VIEW_LITERAL("mark");
    ptrdiff_t place = (ptrdiff_t)PLACE + 4;
    ck_assert_int_eq(fc_buffer_index_of(&b, mark, 0), place);
    ck_assert_int_eq(fc_buffer_index_of(&b, mark, place), place);
    ck_assert_int_eq(fc_buffer_index_of(&b, mark, place + 1), -1);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, mark, FC_END), place);
    ck_assert_int_eq(fc_buffer_last_index_of(&b, mark, place - 1), -1);
    ck_assert_int_eq(fc_buffer_index_of_units(&b, mark, 0), place);
    ck_assert_int_eq(fc_buffer_index_of_byte(&b, 'k', 0), place + 3);
    ck_assert_int_eq(fc_buffer_last_index_of_byte(&b, 'k', FC_END), place + 3);
    ck_assert(!fc_buffer_includes_byte(&b, 'k', place + 4));
    ck_assert_int_eq(fc_buffer_index_of(&b, fc_view_of(NULL, 0), FC_END), (ptrdiff_t)LENGTH);
    fc_buffer_release(&b);
}
END_TEST

START_TEST(what_lies_beyond_is_compared)
{
    fc_buffer b = wrap(sparse);
    fc_buffer left = fc_buffer_slice(&b, 0, (ptrdiff_t)BEYOND + 8192);
    fc_buffer right = fc_buffer_slice(&b, 4096, (ptrdiff_t)BEYOND + 8192 + 4096);
    int order = 77;
    ck_assert(fc_buffer_equal(&left, &right));
    write_mark(&b, "the mark");
    ck_assert(!fc_buffer_equal(&left, &right));
    /* The mark comes 4096 bytes earlier in the right one. */
    ck_assert_int_eq(fc_buffer_compare(&left, &right), -1);
    ck_assert_int_eq(fc_buffer_compare(&right, &left), 1);
    fc_buffer head = fc_buffer_slice(&b, 0, (ptrdiff_t)BEYOND);
    ck_assert_int_eq(fc_buffer_compare(&head, &left), -1);
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &b, &b, 4, 8, PLACE + 4, PLACE + 8), FC_OK);
    ck_assert_int_eq(order, 1);
    ck_assert_int_eq(fc_buffer_compare_ranges(&order, &b, &b, 0, LENGTH + 1, 0, 0),
                     FC_ERR_OUT_OF_RANGE);
    fc_buffer_release(&head), fc_buffer_release(&left);
    fc_buffer_release(&right), fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("large");
    TCase *large = tcase_create("over 4 GiB");
    tcase_add_checked_fixture(large, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(large, 300);
    tcase_add_test(large, fill_goes_all_the_way);
    tcase_add_test(large, copy_goes_all_the_way);
    tcase_add_test(large, units_are_swapped_all_the_way);
    tcase_add_test(large, slices_lie_where_they_should);
    tcase_add_test(large, ranges_across_the_border_are_written);
    tcase_add_test(large, what_lies_beyond_is_found);
    tcase_add_test(large, what_lies_beyond_is_compared);
    suite_add_tcase(suite, large);
    return suite;
}

/* Exit status 77 is a test that was skipped. Each test is a process of its own: what one writes to
 * the sparse memory the others do not see. */
int main(void)
{
    if (BEYOND == 0 || fct_effort_step() != 1) {
        (void)printf("large: skipped: too slow in this build, or 32 bits\n");
        return 77;
    }
    if (!map_sparse() || !map_folded()) {
        (void)printf("large: skipped: no address space for it\n");
        return 77;
    }
    return fct_main(make_suite);
}
