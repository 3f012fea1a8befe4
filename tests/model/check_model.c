/* SPDX-License-Identifier: MIT */

/* A million random operations on up to 64 handles, each done by the library and by a model that
 * copies everything: no difference may show. The same program every time, and once more another
 * one: FC_TEST_SEED=N repeats the run that printed N. FC_TEST_OPERATIONS=N runs more or fewer. */

#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define OPERATIONS ((size_t)1000000)

/* Everything is compared each time that so many operations have been done. */
#define PERIOD 128

static const struct model_op *const tables[] = {
    model_ops_make,  model_ops_own, model_ops_share, model_ops_write,
    model_ops_bytes, model_ops_pin, model_ops_wrong,
};
#define TABLES (sizeof tables / sizeof tables[0])

/* The operation at this place of the weights laid end to end; NULL past the last. */
static const struct model_op *operation_at(size_t place)
{
    for (size_t t = 0; t < TABLES; t++) {
        for (const struct model_op *op = tables[t]; op->name != NULL; op++) {
            if (place < op->weight) {
                return op;
            }
            place -= op->weight;
        }
    }
    return NULL;
}

static size_t sum_of_weights(void)
{
    size_t sum = 0;
    while (operation_at(sum) != NULL) {
        sum++;
    }
    return sum;
}

static void run(uint64_t seed, size_t operations)
{
    static struct model m;
    size_t sum = sum_of_weights();
    (void)printf("model: seed %llu, %zu operations\n", (unsigned long long)seed, operations);
    (void)fflush(stdout);
    model_init(&m, seed);
    for (size_t i = 0; i < operations; i++) {
        const struct model_op *op = operation_at(model_below(&m, sum));
        model_place(seed, i, op->name);
        op->run(&m);
        model_verify_step(&m);
        if (i % PERIOD == PERIOD - 1) {
            model_verify_all(&m);
        }
    }
    model_place(seed, operations, "teardown");
    model_finish(&m);
    model_place(seed, operations, NULL);
    (void)printf("model: %zu snapshots shared, %zu copied; %zu writes detached, %zu callbacks\n",
                 m.shared, m.copied, m.detached, m.released);
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
    run(number_from("FC_TEST_SEED", 1), operations());
}
END_TEST

/* Not if a seed was given: then one run is wanted. */
START_TEST(check_another_program)
{
    if (getenv("FC_TEST_SEED") == NULL) {
        struct timespec now;
        ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &now), 0);
        run((uint64_t)now.tv_sec * 1000003u + (uint64_t)now.tv_nsec, operations() / 4);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("model");
    TCase *tc = tcase_create("random programs");
    tcase_set_timeout(tc, 600);
    tcase_add_test(tc, check_same_program);
    tcase_add_test(tc, check_another_program);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
