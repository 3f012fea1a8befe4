/* SPDX-License-Identifier: MIT */

/* Two threads, each with half of the input for a script, do at the same time what the contract
 * allows: both read, slice and snapshot one arena; each writes an arena of its own while the other
 * counts handles on it; and they send snapshots to each other. Every thread knows what every byte
 * of its buffers must be. Under ThreadSanitizer it is a search for races. */

#include "base/common.h"

#include "fuzz.h"

#include <pthread.h>
#include <string.h>

/* More than is copied at once for being short. */
#define SIZE ((size_t)2048)
#define SLOTS ((size_t)4)

/* A snapshot and what it holds. `b` is empty if there is none. */
struct held {
    fc_buffer b;
    uint8_t bytes[SIZE];
};

struct worker {
    pthread_t thread;
    struct fuzz_input script;
    fc_buffer common;    /* on the arena that both read */
    fc_buffer own;       /* on the arena that this thread writes */
    fc_buffer others;    /* on the one that the other writes: to be counted, never looked at */
    uint8_t bytes[SIZE]; /* what `own` holds */
    struct held held[SLOTS];
    struct mailbox *in, *out;
    uint8_t *followed; /* how often each step has followed each */
    size_t last;
};

/* What libFuzzer looks at where branches are not counted, as under ThreadSanitizer: each thread's
 * own. */
#define STEPS ((size_t)16)
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t followed[2][STEPS * STEPS];

/* One snapshot on its way to the other thread. */
struct mailbox {
    pthread_mutex_t lock;
    struct held mail;
};

static struct mailbox mailboxes[2] = {
    { .lock = PTHREAD_MUTEX_INITIALIZER },
    { .lock = PTHREAD_MUTEX_INITIALIZER },
};

static uint8_t common_bytes[SIZE];

static void check(const fc_buffer *b, const uint8_t *bytes)
{
    FUZZ_CHECK(fc_buffer_length(b) == SIZE);
    FUZZ_CHECK(memcmp(fc_buffer_data(b), bytes, SIZE) == 0);
}

/* The slot gets a snapshot of `b`, which holds `bytes`. */
static void hold(struct held *held, const fc_buffer *b, const uint8_t *bytes)
{
    fc_buffer_release(&held->b);
    FUZZ_CHECK(fc_buffer_snapshot(&held->b, b) == FC_OK);
    memcpy(held->bytes, bytes, SIZE);
}

/* A range gets a value, in the buffer and in its model. */
static void fill(struct fuzz_input *script, fc_buffer *b, uint8_t *bytes)
{
    size_t begin = fuzz_below(script, SIZE), length = fuzz_below(script, 256);
    uint8_t value = (uint8_t)fuzz_number(script, 1);
    length = length < SIZE - begin ? length : SIZE - begin;
    FUZZ_CHECK(fc_buffer_fill(b, begin, begin + length, value) == FC_OK);
    memset(bytes + begin, value, length);
}

/* Handles come and go; what they show is not looked at. */
static void count(struct fuzz_input *script, const fc_buffer *b)
{
    fc_buffer second = fc_buffer_retain(b);
    fc_buffer slice = fc_buffer_slice(&second, fuzz_position(script, SIZE), FC_END);
    fc_buffer_release(&second);
    fc_buffer_narrow(&slice, 1, -1);
    fc_buffer_release(&slice);
}

static void read_common(struct worker *w)
{
    size_t begin = fuzz_below(&w->script, SIZE);
    fc_buffer slice = fc_buffer_slice(&w->common, (ptrdiff_t)begin, FC_END);
    (void)fc_buffer_would_copy(&slice);
    FUZZ_CHECK(memcmp(fc_buffer_data(&slice), common_bytes + begin, SIZE - begin) == 0);
    fc_buffer_release(&slice);
}

static void send(struct mailbox *box, struct held *held)
{
    struct held mail = *held;
    held->b = (fc_buffer)FC_BUFFER_INIT;
    (void)pthread_mutex_lock(&box->lock);
    fc_buffer before = box->mail.b;
    box->mail = mail;
    (void)pthread_mutex_unlock(&box->lock);
    fc_buffer_release(&before);
}

static void receive(struct mailbox *box, struct held *held)
{
    fc_buffer_release(&held->b);
    (void)pthread_mutex_lock(&box->lock);
    *held = box->mail;
    box->mail.b = (fc_buffer)FC_BUFFER_INIT;
    (void)pthread_mutex_unlock(&box->lock);
}

/* A snapshot of a snapshot, in another slot. */
static void hold_again(struct worker *w, const struct held *from)
{
    size_t at = (size_t)(from - w->held) + 1 + fuzz_below(&w->script, SLOTS - 1);
    hold(&w->held[at % SLOTS], &from->b, from->bytes);
}

/* What is done with a snapshot that is there. */
static void use(struct worker *w, struct held *held, size_t choice)
{
    if (choice == 12) {
        hold_again(w, held);
    } else if (choice == 13) {
        send(w->out, held);
    } else {
        check(&held->b, held->bytes);
        fill(&w->script, &held->b, held->bytes);
    }
}

static void step(struct worker *w)
{
    size_t choice = fuzz_below(&w->script, STEPS);
    w->followed[w->last * STEPS + choice]++;
    w->last = choice;
    struct held *held = &w->held[fuzz_below(&w->script, SLOTS)];
    switch (choice) {
    case 0:
        read_common(w);
        break;
    case 1:
    case 2:
        hold(held, &w->common, common_bytes);
        break;
    case 3:
    case 4:
        hold(held, &w->own, w->bytes);
        break;
    case 5:
    case 6:
        fill(&w->script, &w->own, w->bytes);
        break;
    case 7:
        count(&w->script, &w->others);
        break;
    case 8:
        count(&w->script, &w->common);
        break;
    case 9:
        fc_buffer_release(&held->b);
        break;
    case 10:
        receive(w->in, held);
        break;
    case 11:
        check(&w->own, w->bytes);
        break;
    default:
        if (fc_buffer_length(&held->b) != 0) {
            use(w, held, choice);
        }
    }
}

static void *run(void *argument)
{
    struct worker *w = argument;
    while (w->script.length != 0) {
        step(w);
    }
    check(&w->own, w->bytes);
    for (size_t i = 0; i < SLOTS; i++) {
        if (fc_buffer_length(&w->held[i].b) != 0) {
            check(&w->held[i].b, w->held[i].bytes);
        }
        fc_buffer_release(&w->held[i].b);
    }
    fc_buffer_release(&w->common);
    fc_buffer_release(&w->others);
    return NULL;
}

/* One holder more of the arena that both read; a block of its own for the one that is written. */
static void prepare(struct worker *w, const fc_buffer *common)
{
    w->common = fc_buffer_retain(common);
    FUZZ_CHECK(fc_buffer_alloc(&w->own, SIZE) == FC_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct worker workers[2];
    struct fuzz_input input = { bytes, length };
    fc_buffer common = FC_BUFFER_INIT;
    memset(workers, 0, sizeof workers);
    for (size_t i = 0; i < SIZE; i++) {
        common_bytes[i] = (uint8_t)(i * 7 + i / 251);
    }
    FUZZ_CHECK(fc_buffer_from_bytes(&common, common_bytes, SIZE) == FC_OK);
    for (size_t i = 0; i < 2; i++) {
        fc_view script = fuzz_take(&input, i == 0 ? length / 2 : length);
        workers[i].script = (struct fuzz_input){ script.bytes, script.length };
        workers[i].in = &mailboxes[i];
        workers[i].out = &mailboxes[1 - i];
        workers[i].followed = followed[i];
        prepare(&workers[i], &common);
    }
    for (size_t i = 0; i < 2; i++) {
        workers[i].others = fc_buffer_retain(&workers[1 - i].own);
    }
    for (size_t i = 0; i < 2; i++) {
        FUZZ_CHECK(pthread_create(&workers[i].thread, NULL, run, &workers[i]) == 0);
    }
    for (size_t i = 0; i < 2; i++) {
        FUZZ_CHECK(pthread_join(workers[i].thread, NULL) == 0);
    }
    check(&common, common_bytes);
    for (size_t i = 0; i < 2; i++) {
        check(&workers[i].own, workers[i].bytes);
        fc_buffer_release(&workers[i].own);
        fc_buffer_release(&mailboxes[i].mail.b);
    }
    fc_buffer_release(&common);
    fct_assert_nothing_alive();
    return 0;
}
