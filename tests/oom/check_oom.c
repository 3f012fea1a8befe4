/* SPDX-License-Identifier: MIT */

/* Every call that can allocate, with its first, second, third… allocation failing, until none does.
 * Each failure must be FC_ERR_NO_MEMORY with nothing changed: no byte, no address, no count, no
 * out-parameter, no callback run; and the same call right behind it must succeed, as if it had
 * never failed. Three ways to fail: once, for ever after, and in an allocator of the caller's. */

#include "base/common.h"

#include "base/state.h"

#include "bytes.h"
#include "oom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t places; /* where an allocation has failed, in all */

/* ---- what may not change --------------------------------------------------------------------- */

struct saved {
    fc_buffer held[OOM_HELD];
    uint8_t *bytes[OOM_HELD];
    const uint8_t *address[OOM_HELD];
    bool would_copy[OOM_HELD], unique[OOM_HELD];
    size_t retained[OOM_HELD];
    fc_buffer out;
    fc_stats stats;
    size_t alive, live, live_bytes;
    int calls;
    int next_file;
};

static void save(struct saved *saved, const struct scene *scene)
{
    memset(saved, 0, sizeof *saved);
    memcpy(saved->held, scene->held, sizeof saved->held);
    for (size_t i = 0; i < OOM_HELD; i++) {
        const fc_buffer *b = &scene->held[i];
        saved->bytes[i] = malloc(fc_buffer_length(b) + 1);
        ck_assert_ptr_nonnull(saved->bytes[i]);
        memcpy(saved->bytes[i], fc_buffer_data(b), fc_buffer_length(b));
        saved->address[i] = fc_buffer_data(b);
        saved->would_copy[i] = fc_buffer_would_copy(b);
        saved->unique[i] = fc_buffer_is_unique(b);
        saved->retained[i] = fc_buffer_retained_bytes(b);
    }
    saved->out = scene->out;
    saved->stats = fct_stats();
    saved->alive = fct_alive();
    saved->live = scene->allocator.live;
    saved->live_bytes = scene->allocator.live_bytes;
    saved->calls = scene->released.calls;
    saved->next_file = fct_next_file();
}

static void assert_unchanged(const struct saved *saved, const struct scene *scene)
{
    fc_stats stats = fct_stats();
    ck_assert_mem_eq(saved->held, scene->held, sizeof saved->held);
    for (size_t i = 0; i < OOM_HELD; i++) {
        const fc_buffer *b = &scene->held[i];
        ck_assert_ptr_eq(fc_buffer_data(b), saved->address[i]);
        ck_assert(memcmp(fc_buffer_data(b), saved->bytes[i], fc_buffer_length(b)) == 0);
        ck_assert_int_eq(fc_buffer_would_copy(b), saved->would_copy[i]);
        ck_assert_int_eq(fc_buffer_is_unique(b), saved->unique[i]);
        ck_assert_uint_eq(fc_buffer_retained_bytes(b), saved->retained[i]);
    }
    ck_assert_mem_eq(&saved->out, &scene->out, sizeof saved->out);
    ck_assert_ptr_eq(scene->address, OOM_ADDRESS);
    ck_assert_uint_eq(scene->copied, OOM_COPIED);
    ck_assert_mem_eq(&saved->stats, &stats, sizeof stats);
    ck_assert_uint_eq(fct_alive(), saved->alive);
    ck_assert_uint_eq(scene->allocator.live, saved->live);
    ck_assert_uint_eq(scene->allocator.live_bytes, saved->live_bytes);
    ck_assert_int_eq(scene->released.calls, saved->calls);
    if (!fct_paged_always()) { /* these open what they look for their pages with, once */
        ck_assert_int_eq(fct_next_file(), saved->next_file);
    }
}

static void forget(struct saved *saved)
{
    for (size_t i = 0; i < OOM_HELD; i++) {
        free(saved->bytes[i]);
    }
}

/* ---- one attempt ----------------------------------------------------------------------------- */

enum way { FAIL_ONCE, FAIL_FOREVER, FAIL_IN_ALLOCATOR };

static void fail_after(struct scene *scene, enum way way, size_t n)
{
    if (way == FAIL_IN_ALLOCATOR) {
        scene->allocator.fail_after = scene->allocator.total + n;
    } else {
        fci_state_failure.forever = way == FAIL_FOREVER;
        fci_state_failure.countdown = (intptr_t)n;
    }
}

/* Returns whether the one failure that was asked for has been used up. */
static bool fail_no_more(struct scene *scene)
{
    bool used = fci_state_failure.countdown < 0 && scene->allocator.fail_after == SIZE_MAX;
    fci_state_failure.countdown = -1;
    scene->allocator.fail_after = SIZE_MAX;
    return used;
}

static void scene_begin(struct scene *scene, const struct oom_case *c, enum way way)
{
    memset(scene, 0, sizeof *scene);
    fci_state_failure.countdown = -1; /* also behind an attempt that an assertion has ended */
    fct_allocator_init(&scene->allocator);
    scene->length = c->length;
    scene->use_allocator = way == FAIL_IN_ALLOCATOR;
    memset(&scene->out, 0x5a, sizeof scene->out);
    scene->address = OOM_ADDRESS;
    scene->copied = OOM_COPIED;
    scene->memory = malloc(c->length + 1);
    ck_assert_ptr_nonnull(scene->memory);
    for (size_t i = 0; i < c->length; i++) {
        scene->memory[i] = fct_pattern(i);
    }
    if (c->set_up != NULL) {
        c->set_up(scene);
    }
}

static void scene_end(struct scene *scene)
{
    while (scene->pins != 0) {
        fc_buffer_end_write(&scene->held[0]);
        scene->pins--;
    }
    for (size_t i = 0; i < OOM_HELD; i++) {
        fc_buffer_release(&scene->held[i]);
    }
    if (scene->made_out) {
        fc_buffer_release(&scene->out);
    }
    ck_assert_int_eq(scene->released.calls, scene->wraps);
    ck_assert_uint_eq(scene->allocator.live, 0);
    fct_assert_nothing_alive();
    free(scene->memory);
}

/* The call, with n allocations to succeed. Returns whether there is another n to try. */
static bool attempt(const struct oom_case *c, enum way way, size_t n)
{
    static struct scene scene;
    struct saved saved;
    scene_begin(&scene, c, way);
    save(&saved, &scene);
    fail_after(&scene, way, n);
    fc_status status = c->call(&scene);
    bool more = fail_no_more(&scene);
    if (status != FC_OK) {
        ck_assert_int_eq(status, FC_ERR_NO_MEMORY);
        assert_unchanged(&saved, &scene);
        places++;
        more = true;
        ck_assert_int_eq(c->call(&scene), FC_OK);
    }
    if (c->check != NULL) {
        c->check(&scene);
    }
    forget(&saved);
    scene_end(&scene);
    return more;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void run_case(const struct oom_case *c, enum way way)
{
    size_t n = 0;
    while (attempt(c, way, n)) {
        n++;
        ck_assert_msg(n < 100, "%s: it never succeeds", c->name);
    }
    /* The library's own hook stands in front of every allocation, the caller's in front of his. */
    if (way != FAIL_IN_ALLOCATOR) {
        ck_assert_msg((n != 0) == c->allocates, "%s: %zu places to fail", c->name, n);
    }
}

static size_t run_table(const struct oom_case *cases, enum way way, const char *name)
{
    size_t count = 0;
    for (; cases[count].name != NULL; count++) {
        size_t before = places;
        (void)printf("oom: %s: %s: ", name, cases[count].name);
        (void)fflush(stdout);
        run_case(&cases[count], way);
        (void)printf("%zu\n", places - before);
    }
    return count;
}

static void run_all(enum way way, const char *name)
{
    places = 0;
    size_t cases = run_table(oom_cases_make, way, name);
    cases += run_table(oom_cases_share, way, name);
    cases += run_table(oom_cases_bytes, way, name);
    cases += run_table(oom_cases_numbers, way, name);
    cases += run_table(oom_cases_text, way, name);
    (void)printf("oom: %s: %zu calls, %zu failing places\n", name, cases, places);
    ck_assert_uint_gt(places, 0);
}

START_TEST(check_one_failure)
{
    run_all(FAIL_ONCE, "once");
}
END_TEST

START_TEST(check_all_fail)
{
    run_all(FAIL_FOREVER, "for ever");
}
END_TEST

START_TEST(check_allocator_fails)
{
    run_all(FAIL_IN_ALLOCATOR, "in an allocator");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("oom");
    TCase *tc = tcase_create("failing allocations");
    tcase_set_timeout(tc, 600);
    tcase_add_test(tc, check_one_failure);
    tcase_add_test(tc, check_all_fail);
    tcase_add_test(tc, check_allocator_fails);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
