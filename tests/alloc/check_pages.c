/* SPDX-License-Identifier: MIT */

/* Pages from the kernel, which lays them where the test says, or has none. */

#include "base/common.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "alloc/limits.h"

#include "support.h"

#define LENGTH (3 * FCI_PAGE)
#define ALIGNMENT (8 * FCI_PAGE)

/* What a test has reserved, and where in it the next mapping begins, one after the other. */
static uint8_t *reserved;
static const int *places;
static size_t mapped, unmapped;

static void *lay(void *at, size_t length, int protection, int flags, int file, off_t offset)
{
    int place = *places++;
    (void)at;
    if (place < 0) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    mapped += length;
    return mmap(reserved + (size_t)place * FCI_PAGE, length, protection, flags | MAP_FIXED, file,
                offset);
}

static int take_away(void *at, size_t length)
{
    unmapped += length;
    return mmap(at, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at ? 0
                                                                                             : -1;
}

#define mmap lay
#define munmap take_away
#include "alloc/pages.c"
#undef mmap
#undef munmap

static void reserve(void)
{
    size_t length = 4 * ALIGNMENT;
    uint8_t *base = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(base, MAP_FAILED);
    reserved = base + (ALIGNMENT - (uintptr_t)base % ALIGNMENT) % ALIGNMENT;
    mapped = unmapped = 0;
}

/* The pages begin at this one of the reserved, and nothing else stays mapped. */
static void get_at(size_t page, const int *where)
{
    places = where;
    uint8_t *bytes = fci_pages_get(LENGTH - 1, ALIGNMENT);
    ck_assert_ptr_eq(bytes, reserved + page * FCI_PAGE);
    ck_assert_uint_eq(mapped - unmapped, LENGTH);
    memset(bytes, 0x5a, LENGTH);
    fci_pages_put(bytes, LENGTH - 1);
    ck_assert_uint_eq(mapped, unmapped);
}

START_TEST(pages_are_aligned_wherever_the_kernel_lays_them)
{
    get_at(0, (const int[]){ 0 });
    get_at(8, (const int[]){ 8 });
    get_at(8, (const int[]){ 1, 8 });
    for (int page = 1; page < 8; page++) {
        get_at(8, (const int[]){ page, page });
    }
}
END_TEST

START_TEST(no_pages_are_no_memory)
{
    static const int none[] = { -1 }, none_wider[] = { 1, -1 };
    places = none;
    ck_assert_ptr_null(fci_pages_get(LENGTH, ALIGNMENT));
    places = none_wider;
    ck_assert_ptr_null(fci_pages_get(LENGTH, ALIGNMENT));
    ck_assert_uint_eq(mapped, unmapped);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/pages");
    TCase *pages = tcase_create("pages");
    tcase_add_checked_fixture(pages, reserve, NULL);
    tcase_add_test(pages, pages_are_aligned_wherever_the_kernel_lays_them);
    tcase_add_test(pages, no_pages_are_no_memory);
    suite_add_tcase(suite, pages);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
