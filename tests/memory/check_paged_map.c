/* SPDX-License-Identifier: MIT */

/* Where mappings of files go, and what is asked to be huge in them: the linker hands this program
 * the calls (tests/Makemodule.am), and address space that begins where the test says. */

#include "base/common.h"

#include "calls.h"
#include "paged.h"

#include "memory/paged_linux.h"

#include <string.h>
#include <sys/mman.h>

#define HUGE FCI_HUGE_PAGE

FCT_WRAPPED(void *, mmap, (void *at, size_t length, int access, int flags, int file, off_t offset))
FCT_WRAPPED(int, munmap, (void *at, size_t length))
FCT_WRAPPED(int, madvise, (void *at, size_t length, int advice))

static struct {
    bool on;
    size_t shift;              /* where address space begins, behind a huge page's begin */
    bool no_space, no_mapping; /* what fails */
    uint8_t *base;             /* the address space that was had, and how much: 0 for none */
    size_t wide;
    uint8_t *returned[2]; /* what was given back of it */
    size_t lengths[2], returns;
    uint8_t *asked; /* the next that is to be asked for as a huge page; NULL: the system decides */
    size_t grants;  /* as many are granted, then none */
} scene;

static uint8_t *space_at_shift(size_t length)
{
    uint8_t *base =
        __real_mmap(NULL, length + 2 * HUGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(base, MAP_FAILED);
    size_t before = (scene.shift - (uintptr_t)base) % HUGE;
    ck_assert(before == 0 || __real_munmap(base, before) == 0);
    ck_assert_int_eq(__real_munmap(base + before + length, 2 * HUGE - before), 0);
    return base + before;
}

void *__wrap_mmap(void *at, size_t length, int access, int flags, int file, off_t offset)
{
    ck_assert_int_eq(file == -1, (flags & MAP_ANONYMOUS) != 0);
    if (scene.on && (file < 0 ? scene.no_space : scene.no_mapping)) {
        return MAP_FAILED;
    }
    if (!scene.on || file >= 0) {
        return __real_mmap(at, length, access, flags, file, offset);
    }
    ck_assert(offset == 0 && access == PROT_NONE);
    ck_assert_int_eq(flags, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
    scene.base = space_at_shift(length);
    scene.wide = length;
    return scene.base;
}

int __wrap_munmap(void *at, size_t length)
{
    if (scene.on) {
        ck_assert_uint_ne(length, 0);
        ck_assert_uint_lt(scene.returns, 2);
        scene.returned[scene.returns] = at;
        scene.lengths[scene.returns++] = length;
    }
    return __real_munmap(at, length);
}

int __wrap_madvise(void *at, size_t length, int advice)
{
    if (scene.asked == NULL) {
        return __real_madvise(at, length, advice);
    }
    ck_assert_ptr_eq(at, scene.asked);
    ck_assert_uint_eq(length, HUGE);
    scene.asked += HUGE;
    return scene.grants-- > 0 ? 0 : -1;
}

/* A mapping of so much of a file, and what was done for it. */
static uint8_t *map(struct fci_paged_file *file, size_t length, size_t offset, int sharing)
{
    struct fci_paged view = { .mapped = length, .offset = offset };
    scene.base = NULL, scene.wide = scene.returns = 0;
    scene.on = true;
    uint8_t *mapping = fci_paged_file_map(file, &view, sharing);
    scene.on = false;
    return mapping;
}

/* All of the space but what is mapped is given back, in one piece or two. */
static void assert_rest_is_given_back(const uint8_t *mapping, size_t length)
{
    const uint8_t *at = scene.base;
    for (size_t i = 0; i < scene.returns; i++) {
        at += at == mapping ? length : 0;
        ck_assert_ptr_eq(scene.returned[i], at);
        at += scene.lengths[i];
    }
    at += at == mapping ? length : 0;
    ck_assert_ptr_eq(at, scene.base + scene.wide);
}

START_TEST(large_mappings_stand_to_huge_pages_as_in_the_file)
{
    static const size_t offsets[] = { 0, PAGE, HUGE - PAGE, HUGE, HUGE + 5 * PAGE };
    static const size_t shifts[] = { 0, PAGE, 7 * PAGE, HUGE - PAGE };
    static const size_t lengths[] = { HUGE, HUGE + PAGE, 2 * HUGE };
    struct fci_paged_file *file = fci_paged_file_make(4 * HUGE);
    ck_assert_ptr_nonnull(file);
    for (size_t i = 0; i < 5 * 4 * 3; i++) {
        size_t offset = offsets[i % 5], length = lengths[i / 20];
        scene.shift = shifts[i / 5 % 4];
        uint8_t *mapping = map(file, length, offset, MAP_SHARED);
        ck_assert_ptr_nonnull(mapping);
        ck_assert_uint_eq((uintptr_t)mapping % HUGE, offset % HUGE);
        assert_rest_is_given_back(mapping, length);
        uint8_t put = (uint8_t)(i + 1), got = 0;
        mapping[length - 1] = put;
        ck_assert_int_eq(pread(file->descriptor.number, &got, 1, (off_t)(offset + length - 1)), 1);
        ck_assert_uint_eq(got, put);
        ck_assert_int_eq(munmap(mapping, length), 0);
    }
    fci_paged_file_drop(file);
}
END_TEST

START_TEST(others_stand_anywhere)
{
    struct fci_paged_file *file = fci_paged_file_make(4 * HUGE);
    uint8_t *mapping = map(file, HUGE - PAGE, PAGE, MAP_PRIVATE);
    ck_assert_ptr_nonnull(mapping);
    ck_assert_uint_eq(scene.wide, 0);
    uint8_t got = 1;
    mapping[0] = 1; /* private: the file does not see it */
    ck_assert_int_eq(pread(file->descriptor.number, &got, 1, PAGE), 1);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(munmap(mapping, HUGE - PAGE), 0);
    scene.no_space = true;
    mapping = map(file, 2 * HUGE, PAGE, MAP_PRIVATE);
    ck_assert_ptr_nonnull(mapping);
    ck_assert_int_eq(munmap(mapping, 2 * HUGE), 0);
    scene.no_space = false;
    fci_paged_file_drop(file);
}
END_TEST

START_TEST(nothing_is_left_of_a_mapping_that_fails)
{
    struct fci_paged_file *file = fci_paged_file_make(4 * HUGE);
    scene.no_mapping = true;
    ck_assert_ptr_null(map(file, HUGE - PAGE, PAGE, MAP_SHARED));
    ck_assert_uint_eq(scene.returns, 0);
    scene.shift = 0; /* what is behind goes back first, then the place itself */
    ck_assert_ptr_null(map(file, 2 * HUGE, 0, MAP_SHARED));
    ck_assert_uint_eq(scene.returns, 2);
    ck_assert_ptr_eq(scene.returned[0], scene.base + 2 * HUGE);
    ck_assert_uint_eq(scene.lengths[0], scene.wide - 2 * HUGE);
    ck_assert_ptr_eq(scene.returned[1], scene.base);
    ck_assert_uint_eq(scene.lengths[1], 2 * HUGE);
    scene.no_mapping = false;
    fci_paged_file_drop(file);
}
END_TEST

/* In place, or not at all: then what is written to the file does not show. */
START_TEST(copy_is_put_where_the_view_is)
{
    static uint8_t bytes[SIZE], zeroes[SIZE];
    struct fci_paged_file *file = fci_paged_file_make(SIZE);
    uint8_t *mapping = map(file, SIZE, 0, MAP_PRIVATE);
    const struct fci_paged view = { .mapped = SIZE, .mapping = mapping };
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = fct_pattern(i);
    }
    ck_assert(fci_paged_file_write(file, bytes, SIZE));
    scene.on = scene.no_space = true;
    ck_assert(!fci_paged_put_copy_over(&view));
    scene.on = scene.no_space = false;
    ck_assert_mem_eq(mapping, bytes, SIZE);
    ck_assert(fci_paged_put_copy_over(&view));
    ck_assert(fci_paged_file_write(file, zeroes, SIZE));
    ck_assert_mem_eq(mapping, bytes, SIZE);
    ck_assert_int_eq(munmap(mapping, SIZE), 0);
    fci_paged_file_drop(file);
}
END_TEST

/* Whole huge pages within, one after another until one is refused; each has a byte set before. */
START_TEST(whole_huge_pages_are_asked_for)
{
    static const size_t begins[] = { 0, PAGE, HUGE - PAGE }, ends[] = { 0, PAGE, HUGE - PAGE };
    uint8_t *space = __real_mmap(NULL, 6 * HUGE, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ck_assert_ptr_ne(space, MAP_FAILED);
    uint8_t *first = space + (HUGE - (uintptr_t)space % HUGE) % HUGE;
    for (size_t i = 0; i < 3 * 3 * 4; i++) {
        size_t begin = begins[i % 3], end = ends[i / 3 % 3], whole = begin == 0 ? 3 : 2;
        size_t granted = i / 9, asked = granted < whole ? granted + 1 : whole;
        for (size_t at = 0; at < 5; at++) {
            first[at * HUGE] = 9;
        }
        scene.asked = first + (begin == 0 ? 0 : HUGE);
        scene.grants = granted;
        const uint8_t *from = scene.asked;
        fci_paged_fill(first + begin, 3 * HUGE + end - begin);
        ck_assert_ptr_eq(scene.asked, from + asked * HUGE);
        for (size_t at = 0; at < 5; at++) {
            const uint8_t *byte = first + at * HUGE;
            ck_assert_uint_eq(*byte, byte >= from && byte < scene.asked ? 0 : 9);
        }
    }
    scene.asked = NULL;
    ck_assert_int_eq(munmap(space, 6 * HUGE), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_map");
    TCase *places = tcase_create("places");
    tcase_add_checked_fixture(places, paged_where_asked, fct_assert_nothing_alive);
    tcase_add_test(places, large_mappings_stand_to_huge_pages_as_in_the_file);
    tcase_add_test(places, others_stand_anywhere);
    tcase_add_test(places, nothing_is_left_of_a_mapping_that_fails);
    tcase_add_test(places, copy_is_put_where_the_view_is);
    tcase_add_test(places, whole_huge_pages_are_asked_for);
    suite_add_tcase(suite, places);
    return suite;
}

int main(void)
{
    return FCT_WRAPS ? fct_main(make_suite) : 77;
}
