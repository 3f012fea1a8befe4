/* SPDX-License-Identifier: MIT */

/* A jemalloc that refuses what it is asked for: libc serves where it has no arena for us, and what
 * it does not tell is reckoned. Skipped where libc serves large blocks. */

#include "base/common.h"

#include "alloc/alloc.h"
#include "alloc/limits.h"

#include <errno.h>
#include <string.h>

#include "support.h"

#ifdef FC_HAVE_JEMALLOC

#include <jemalloc/jemalloc.h>

#ifdef FC_JEMALLOC_WEAK
#pragma weak mallocx
#pragma weak mallctl
#endif

#define MIB ((size_t)1 << 20)

/* So many of these calls still succeed. */
static size_t controls, gets;

static bool is_refused(size_t *left)
{
    bool refused = *left == 0;
    *left -= !refused;
    return refused;
}

static int refused_control(const char *name, void *old, size_t *old_size, void *value, size_t size)
{
    return is_refused(&controls) ? EAGAIN : mallctl(name, old, old_size, value, size);
}

static void *refused_get(size_t size, int flags)
{
    return is_refused(&gets) ? NULL : mallocx(size, flags);
}

#define mallctl refused_control
#define mallocx refused_get
#include "alloc/jemalloc.c"
#undef mallctl
#undef mallocx

static void allow(size_t some_controls, size_t some_gets)
{
    controls = some_controls, gets = some_gets;
}

static void use_without_arena(int which)
{
    struct fci_memory memory;
    allow((size_t)which, SIZE_MAX);
    ck_assert_str_eq(fci_large_allocator_name(), "libc");
    ck_assert_uint_eq(fci_memory_trim(), 0);
    uint8_t *bytes = fci_memory_get(&memory, NULL, 3 * MIB, 1, false);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 0x5a, 3 * MIB);
    ck_assert_int_eq(memory.source, FCI_SOURCE_LIBC);
    fci_memory_put(&memory, NULL);
}

/* The arena is made by three calls, once in a process. */
START_TEST(libc_serves_where_there_is_no_arena)
{
    char words[1000];
    ck_assert_int_eq(fct_end_of(use_without_arena, _i, words, sizeof words), 0);
}
END_TEST

/* It is asked three times. */
START_TEST(what_is_kept_is_reckoned_where_it_is_not_told)
{
    struct fci_memory memory;
    allow(SIZE_MAX, SIZE_MAX);
    if (!fci_jemalloc_ready()) {
        return;
    }
    (void)fci_memory_trim();
    ck_assert_ptr_nonnull(fci_memory_get(&memory, NULL, 3 * MIB, 1, false));
    fci_memory_put(&memory, NULL);
    allow((size_t)_i, SIZE_MAX);
    ck_assert_uint_eq(fci_memory_trim(), 3 * MIB);
    allow((size_t)_i, SIZE_MAX);
    ck_assert_uint_eq(fci_memory_trim(), 0);
}
END_TEST

START_TEST(no_block_is_no_memory)
{
    struct fci_memory memory = { .size = 7 };
    allow(SIZE_MAX, SIZE_MAX);
    if (!fci_jemalloc_ready()) {
        return;
    }
    allow(SIZE_MAX, 0);
    ck_assert_ptr_null(fci_memory_get(&memory, NULL, 3 * MIB, 1, false));
    ck_assert_uint_eq(memory.size, 7);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("alloc/jemalloc_calls");
    TCase *refused = tcase_create("refused");
    tcase_add_loop_test(refused, libc_serves_where_there_is_no_arena, 0, 3);
    tcase_add_loop_test(refused, what_is_kept_is_reckoned_where_it_is_not_told, 0, 3);
    tcase_add_test(refused, no_block_is_no_memory);
    suite_add_tcase(suite, refused);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}

#else

int main(void)
{
    return 77;
}

#endif
