/* SPDX-License-Identifier: MIT */

/* What a page is thought to cost, by a clock that says what the test says, and memory that is had
 * or not: the linker hands this program both (tests/Makemodule.am). It is measured once in a
 * process, so each trial has one of its own. */

#include "base/common.h"

#include "calls.h"
#include "paged.h"

#include "memory/paged_linux.h"

#include <sys/mman.h>
#include <time.h>

#define TRIES 8
#define LEAST 3 /* copies, whatever the clock says */

FCT_WRAPPED(int, clock_gettime, (clockid_t id, struct timespec *now))
FCT_WRAPPED(void *, mmap, (void *at, size_t length, int access, int flags, int file, off_t offset))
FCT_WRAPPED(int, munmap, (void *at, size_t length))
FCT_WRAPPED(int, madvise, (void *at, size_t length, int advice))

/* What the system does in a trial, and what it was asked for. */
static struct {
    bool on;
    uint64_t took[TRIES]; /* nanoseconds, each try */
    bool refuses;         /* there is no memory */
    uint64_t now;
    size_t asked; /* times that the clock was */
    uint8_t *pages;
    size_t mapped, plain, unmapped; /* bytes: without huge pages, and given back */
    size_t written;                 /* pages of them */
} scene;

int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    if (!scene.on) {
        return __real_clock_gettime(id, now);
    }
    scene.now += scene.asked % 2 == 0 ? 77777 : scene.took[scene.asked / 2 % TRIES];
    scene.asked++;
    *now = (struct timespec){ (time_t)(scene.now / 1000000000), (long)(scene.now % 1000000000) };
    return 0;
}

void *__wrap_mmap(void *at, size_t length, int access, int flags, int file, off_t offset)
{
    if (scene.on && scene.refuses) {
        return MAP_FAILED;
    }
    void *pages = __real_mmap(at, length, access, flags, file, offset);
    if (scene.on && file == -1) {
        scene.pages = pages;
        scene.mapped += length;
    }
    return pages;
}

int __wrap_munmap(void *at, size_t length)
{
    if (scene.on && at == scene.pages) {
        scene.unmapped += length;
        for (size_t i = 0; i < scene.mapped; i += PAGE) {
            scene.written += scene.pages[i] != 0;
        }
    }
    return __real_munmap(at, length);
}

int __wrap_madvise(void *at, size_t length, int advice)
{
    scene.plain += advice == MADV_NOHUGEPAGE && at == scene.pages ? length : 0;
    return __real_madvise(at, length, advice);
}

/* Quarters of copying `length` that writing so many pages costs, by the definition. */
static bool costs(size_t written, size_t length, size_t weight)
{
    size_t pages = written / PAGE, whole = length / PAGE + 1;
    return fci_paged_cost(written, length) == pages * weight * 4 / whole;
}

static bool costs_everywhere(size_t weight)
{
    bool right = true;
    for (size_t written = 0; written < 40; written += 3) {
        for (size_t length = 0; length < 3; length++) {
            right = right && costs(written * PAGE, length * 100 * PAGE, weight) &&
                    costs(written * PAGE + PAGE - 1, (length + 1) * 8 * PAGE - 1, weight);
        }
    }
    return right;
}

struct trial {
    uint64_t others, quickest; /* nanoseconds for four pages */
    size_t which;              /* try it is */
    bool refuses;
    size_t weight; /* what must come out */
};

/* Memory that nobody has is not given back, and the clock is not asked. */
static bool is_given_back(const struct trial *trial)
{
    size_t length = trial->refuses ? 0 : TRIES * 4 * PAGE;
    return scene.mapped == length && scene.plain == length && scene.unmapped == length &&
           scene.written * PAGE == length && scene.asked == (trial->refuses ? 0 : 2 * TRIES);
}

static bool weighs_once(void *context)
{
    const struct trial *trial = context;
    fci_state_paged.weight = 0;
    /* A second ends within the quickest. */
    scene.now = 1999999999 - 77777 * (trial->which + 1) - trial->others * trial->which;
    scene.refuses = trial->refuses;
    for (size_t i = 0; i < TRIES; i++) {
        scene.took[i] = i == trial->which ? trial->quickest : trial->others;
    }
    scene.on = true;
    bool right = costs_everywhere(trial->weight) && is_given_back(trial);
    fci_state_paged.weight = 7;
    right = right && costs_everywhere(7);
    fci_state_paged.weight = 0;
    right = right && costs_everywhere(trial->weight) && is_given_back(trial);
    scene.on = false;
    return right;
}

START_TEST(a_page_costs_what_the_quickest_try_took)
{
    struct trial trials[] = {
        { 4000, 4000, 0, false, 4 },      { 80000, 20000, 0, false, 20 },
        { 80000, 20999, 3, false, 20 },   { 80000, 21000, TRIES - 1, false, 21 },
        { 5000, 4000, 4, false, 4 },      { 5000, 3999, 4, false, LEAST },
        { 5000, 100, 4, false, LEAST },   { 90000, 80000, 1, false, 80 },
        { 3000000, 90000, 5, false, 90 }, { 80000, 80000, 0, true, LEAST },
    };
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        ck_assert_msg(in_child(weighs_once, &trials[i]), "trial %zu", i);
    }
}
END_TEST

/* A process that is told what a page costs does not measure. */
static bool is_told(void *unused)
{
    (void)unused;
    fci_state_paged.weight = 5;
    scene.on = true;
    bool right = costs_everywhere(5) && scene.asked == 0 && scene.mapped == 0;
    scene.on = false;
    return right;
}

START_TEST(nothing_is_measured_where_it_is_known)
{
    ck_assert(in_child(is_told, NULL));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_weight");
    TCase *weight = tcase_create("weight");
    tcase_add_test(weight, a_page_costs_what_the_quickest_try_took);
    tcase_add_test(weight, nothing_is_measured_where_it_is_known);
    suite_add_tcase(suite, weight);
    return suite;
}

int main(void)
{
    return FCT_WRAPS ? fct_main(make_suite) : 77;
}
