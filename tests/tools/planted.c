/* SPDX-License-Identifier: MIT */

/* One mistake of a user's each, which the checker of a build must notice: see checker.test. */

#include <fc_buffer.h>

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE ((size_t)4096)

static volatile int sink;

static fc_buffer make(void)
{
    fc_buffer b = FC_BUFFER_INIT;
    if (fc_buffer_alloc_unsafe(&b, SIZE) != FC_OK) {
        exit(EXIT_SUCCESS);
    }
    return b;
}

static void read_past_the_end(void)
{
    fc_buffer b = make();
    sink = fc_buffer_data(&b)[SIZE];
    fc_buffer_release(&b);
}

static void read_after_release(void)
{
    fc_buffer b = make();
    const uint8_t *bytes = fc_buffer_data(&b);
    fc_buffer_release(&b);
    sink = bytes[1];
}

/* In a thread of its own, whose stack is gone afterwards: no copy of the handle is left there. */
static void *forget_a_buffer(void *unused)
{
    (void)unused;
    fc_buffer b = make();
    sink = (int)fc_buffer_length(&b);
    return NULL;
}

static void forget_to_release(void)
{
    pthread_t thread;
    (void)pthread_create(&thread, NULL, forget_a_buffer, NULL);
    (void)pthread_join(thread, NULL);
}

/* In the library's code. */
static void compare_bytes_never_set(void)
{
    fc_buffer a = make(), b = make();
    sink = fc_view_compare(fc_buffer_view(&a), fc_buffer_view(&b)) < 0 ? 1 : 2;
    fc_buffer_release(&a), fc_buffer_release(&b);
}

static void overflow(void)
{
    sink = INT_MAX;
    sink = sink + 1;
}

static void *write_zeroes(void *context)
{
    return fc_buffer_fill(context, 0, SIZE, 0) == FC_OK ? NULL : context;
}

/* Nothing orders the two writes. */
static void write_in_two_threads(void)
{
    pthread_t threads[2];
    fc_buffer b = make(), same = fc_buffer_retain(&b);
    (void)pthread_create(&threads[0], NULL, write_zeroes, &b);
    (void)pthread_create(&threads[1], NULL, write_zeroes, &same);
    (void)pthread_join(threads[0], NULL), (void)pthread_join(threads[1], NULL);
    fc_buffer_release(&b), fc_buffer_release(&same);
}

static const struct {
    const char *name;
    void (*run)(void);
} mistakes[] = {
    { "past", read_past_the_end }, { "released", read_after_release },
    { "leak", forget_to_release }, { "unset", compare_bytes_never_set },
    { "overflow", overflow },      { "race", write_in_two_threads },
};

int main(int count, char **words)
{
    for (size_t i = 0; count == 2 && i < sizeof mistakes / sizeof *mistakes; i++) {
        if (strcmp(words[1], mistakes[i].name) == 0) {
            mistakes[i].run();
            return EXIT_SUCCESS;
        }
    }
    (void)fputs("usage: planted MISTAKE\n", stderr);
    return EXIT_SUCCESS;
}
