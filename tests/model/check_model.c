/* SPDX-License-Identifier: MIT */

/* A million random operations on up to 64 handles, each done by the library and by a model that
 * copies everything: no difference may show. The same program every time, once more another one,
 * and one whose allocations fail now and then. FC_TEST_SEED=N repeats the run that printed N;
 * FC_TEST_OPERATIONS=N runs more or fewer. */

#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define OPERATIONS ((size_t)1000000)

/* Everything is compared each time that so many operations have been done. */
#define PERIOD 128

/* The bytes of the model's arenas. */
#define BUDGET ((size_t)8 << 20)

static void run(uint64_t seed, size_t operations, bool failing)
{
    static struct model m;
    (void)printf("model: seed %llu, %zu operations\n", (unsigned long long)seed, operations);
    (void)fflush(stdout);
    model_watch();
    model_init(&m, seed, BUDGET);
    m.failing = failing;
    while (m.operation < operations) {
        model_step(&m, PERIOD);
    }
    model_finish(&m);
    (void)printf("model: %zu snapshots shared, %zu copied; %zu writes detached, %zu callbacks, "
                 "%zu calls out of memory\n",
                 m.shared, m.copied, m.detached, m.released, m.refused);
}

static uint64_t number_from(const char *variable, uint64_t otherwise)
{
    const char *text = getenv(variable);
    return text != NULL ? strtoull(text, NULL, 0) : otherwise;
}

/* The full number under sanitizers too: it takes them some seconds. Only whoever asks for less
 * effort (Valgrind, emulators) gets less. */
static size_t operations(void)
{
    size_t step = getenv("FC_TEST_EFFORT") != NULL ? fct_effort_step() : 1;
    return (size_t)number_from("FC_TEST_OPERATIONS", OPERATIONS / step);
}

START_TEST(check_same_program)
{
    run(number_from("FC_TEST_SEED", 1), operations(), false);
}
END_TEST

/* Not if a seed was given: then one run is wanted. */
START_TEST(check_another_program)
{
    if (getenv("FC_TEST_SEED") == NULL) {
        struct timespec now;
        ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &now), 0);
        run((uint64_t)now.tv_sec * 1000003u + (uint64_t)now.tv_nsec, operations() / 4, false);
    }
}
END_TEST

START_TEST(check_out_of_memory)
{
    run(number_from("FC_TEST_SEED", 2), operations() / 8, true);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("model");
    TCase *tc = tcase_create("random programs");
    tcase_set_timeout(tc, 600);
    tcase_add_test(tc, check_same_program);
    tcase_add_test(tc, check_another_program);
    tcase_add_test(tc, check_out_of_memory);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
