/* SPDX-License-Identifier: MIT */

/* The state of the model: handles, arenas and the shapes of blocks, from the first operation to the
 * teardown, and the place where a failed run stopped. */

#include "model.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- failing --------------------------------------------------------------------------------- */

static struct {
    uint64_t seed;
    size_t operation;
    const char *name;
} place;

/* Says where the run stood. Also from an abort of a checked library, which is no time for stdio:
 * formatting into memory is what the tests can bear there. */
static void tell_place(void)
{
    char line[160];
    if (place.name == NULL) {
        return;
    }
    int length = snprintf(line, sizeof line, "model: stopped: seed %llu, operation %zu (%s)\n",
                          (unsigned long long)place.seed, place.operation, place.name);
    place.name = NULL;
    if (length > 0) {
        (void)!write(STDOUT_FILENO, line, (size_t)length);
    }
}

static void on_abort(int number)
{
    (void)number;
    tell_place();
}

void model_watch(void)
{
    static bool watching;
    tell_place(); /* of a run before this that has failed, if Check does not fork */
    if (!watching) {
        struct sigaction action = { .sa_handler = on_abort, .sa_flags = (int)SA_RESETHAND };
        watching = true;
        (void)sigaction(SIGABRT, &action, NULL);
        (void)atexit(tell_place);
    }
}

void model_place(uint64_t seed, size_t operation, const char *name)
{
    place.seed = seed;
    place.operation = operation;
    place.name = name;
}

_Noreturn void model_fail(const char *file, int line, const char *what)
{
    const char *name = place.name != NULL ? place.name : "teardown";
    place.name = NULL;
    ck_abort_msg("seed %llu, operation %zu (%s): %s:%d: %s", (unsigned long long)place.seed,
                 place.operation, name, file, line, what);
    abort();
}

/* ---- wrapped memory -------------------------------------------------------------------------- */

static uint64_t checksum(const uint8_t *bytes, size_t length)
{
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ bytes[i]) * 0x100000001b3u;
    }
    return sum;
}

struct model_external *model_external_new(struct model *m, size_t length, enum model_kind kind)
{
    struct model_external *external = calloc(1, sizeof *external);
    size_t before = model_below(m, 17);
    MODEL_CHECK(external != NULL);
    external->base = malloc(length + before + 1);
    MODEL_CHECK(external->base != NULL);
    external->model = m;
    external->bytes = external->base + before;
    external->length = length;
    external->kind = kind;
    external->has_callback = length == 0 || !model_chance(m, 4);
    model_randomize(m, external->bytes, length);
    external->checksum = checksum(external->bytes, length);
    external->next = m->externals;
    m->externals = external;
    return external;
}

/* Gives the memory back; whoever looks at it now is caught, at the latest by a memory checker. */
static void discard(struct model_external *external)
{
    memset(external->bytes, 0xdd, external->length);
    free(external->base);
    external->base = NULL;
}

/* The callback of the library. It may use other buffers, and does. */
void model_external_release(void *context, void *bytes, size_t length)
{
    struct model_external *external = context;
    fc_buffer other = model_junk();
    MODEL_CHECK(external->calls == 0);
    MODEL_CHECK(external->has_callback);
    MODEL_CHECK(bytes == external->bytes);
    MODEL_CHECK(length == external->length);
    MODEL_CHECK(external->kind != MODEL_READONLY ||
                checksum(external->bytes, length) == external->checksum);
    external->calls++;
    external->model->released++;
    if (fc_buffer_alloc(&other, length % 2000) == FC_OK) {
        fc_buffer_release(&other);
    } else {
        MODEL_CHECK(external->model->attempt.armed);
    }
    discard(external);
}

/* The last holder has gone: so the callback has run. */
void model_external_close(struct model *m, struct model_external *external)
{
    MODEL_CHECK(!external->done);
    external->done = true;
    if (external->has_callback) {
        m->released_expected++;
        MODEL_CHECK(external->calls == 1);
        return;
    }
    MODEL_CHECK(external->kind != MODEL_READONLY ||
                checksum(external->bytes, external->length) == external->checksum);
    discard(external);
}

/* ---- blocks and arenas ----------------------------------------------------------------------- */

struct model_block *model_block_new(size_t length, const struct model_traits *traits)
{
    struct model_block *block = calloc(1, sizeof *block);
    MODEL_CHECK(block != NULL);
    block->length = length;
    block->holders = 1;
    block->kind = MODEL_OWNED;
    block->traits = *traits;
    return block;
}

void model_block_drop(struct model *m, struct model_block *block)
{
    MODEL_CHECK(block->holders != 0);
    if (--block->holders == 0) {
        if (block->external != NULL) {
            model_external_close(m, block->external);
        }
        free(block);
    }
}

struct model_traits model_traits_of(const struct model_block *block)
{
    static const struct model_traits ours = { .alignment = 1 };
    return block->kind == MODEL_OWNED ? block->traits : ours;
}

static void arena_drop(struct model *m, struct model_arena *arena)
{
    MODEL_CHECK(arena->owners != 0);
    if (--arena->owners == 0) {
        MODEL_CHECK(arena->pins == 0);
        m->bytes -= arena->length;
        m->arenas--;
        model_block_drop(m, arena->block);
        free(arena->bytes);
        free(arena);
    }
}

/* ---- handles --------------------------------------------------------------------------------- */

void model_show(struct model_handle *h, struct model_arena *arena, size_t offset, size_t length)
{
    MODEL_CHECK(h->arena == NULL && length != 0);
    h->arena = arena;
    h->offset = offset;
    h->length = length;
    arena->owners++;
}

void model_show_new(struct model *m, struct model_handle *h, size_t length,
                    struct model_block *block)
{
    struct model_arena *arena = calloc(1, sizeof *arena);
    MODEL_CHECK(arena != NULL);
    arena->bytes = calloc(1, length);
    MODEL_CHECK(arena->bytes != NULL);
    arena->length = length;
    arena->block = block;
    arena->address = fc_buffer_data(&h->buffer);
    m->bytes += length;
    m->arenas++;
    model_show(h, arena, 0, length);
}

void model_forget(struct model *m, struct model_handle *h)
{
    struct model_arena *arena = h->arena;
    h->arena = NULL;
    h->offset = 0;
    h->length = 0;
    if (arena != NULL) {
        arena_drop(m, arena);
    }
}

void model_unpin(struct model_handle *h)
{
    while (h->arena != NULL && h->arena->pins != 0) {
        fc_buffer_end_write(&h->buffer);
        h->arena->pins--;
    }
}

/* The last handle of a pinned arena may not go: the pins go first. */
void model_release(struct model *m, struct model_handle *h)
{
    if (h->arena != NULL && h->arena->owners == 1) {
        model_unpin(h);
    }
    fc_buffer_release(&h->buffer);
    model_forget(m, h);
}

/* At a random place, or the next of a few behind it that is empty, or is not. */
static struct model_handle *look_for(struct model *m, bool empty, size_t tries,
                                     const struct model_handle *except)
{
    size_t at = model_below(m, MODEL_SLOTS);
    while (tries > 1 && (m->handles[at].arena == NULL) != empty) {
        at = (at + 1) % MODEL_SLOTS;
        tries--;
    }
    return &m->handles[&m->handles[at] == except ? (at + 1) % MODEL_SLOTS : at];
}

struct model_handle *model_vacant(struct model *m)
{
    struct model_handle *h = look_for(m, true, 4, NULL);
    model_release(m, h);
    return h;
}

struct model_handle *model_pick(struct model *m, const struct model_handle *except)
{
    return look_for(m, false, model_chance(m, 32) ? 1 : MODEL_SLOTS, except);
}

/* ---- a run ----------------------------------------------------------------------------------- */

/* How long a snapshot may be and still be copied for being short: a figure of the library's own. */
static size_t measure_short_length(void)
{
    for (size_t length = 1; length <= 65536; length++) {
        fc_buffer b = FC_BUFFER_INIT;
        fc_buffer snapshot = FC_BUFFER_INIT;
        uint64_t before = model_stats().snapshot_copies;
        MODEL_CHECK(fc_buffer_alloc(&b, length) == FC_OK);
        MODEL_CHECK(fc_buffer_snapshot(&snapshot, &b) == FC_OK);
        bool copied = model_stats().snapshot_copies != before;
        fc_buffer_release(&b);
        fc_buffer_release(&snapshot);
        if (!copied) {
            return length - 1;
        }
    }
    model_fail(__FILE__, __LINE__, "a snapshot of 64 KiB is shared");
}

void model_init(struct model *m, uint64_t seed, size_t budget)
{
    static size_t short_length;
    if (short_length == 0) {
        short_length = measure_short_length();
    }
    *m = (struct model){ .source = { .random = { .state = seed } } };
    m->seed = seed;
    m->budget = budget;
    fct_allocator_init(&m->allocator);
    m->short_length = short_length;
    m->stats = model_stats();
}

void model_finish(struct model *m)
{
    model_place(m->seed, m->operation, "teardown");
    model_verify_all(m);
    for (size_t i = 0; i < MODEL_SLOTS; i++) {
        model_release(m, &m->handles[i]);
    }
    model_verify_step(m);
    MODEL_CHECK(m->arenas == 0 && m->bytes == 0);
    MODEL_CHECK(m->allocator.live == 0 && m->allocator.live_bytes == 0);
    while (m->externals != NULL) {
        struct model_external *external = m->externals;
        m->externals = external->next;
        MODEL_CHECK(external->done);
        MODEL_CHECK(external->calls == (external->has_callback ? 1 : 0));
        free(external);
    }
    fct_assert_nothing_alive();
    model_place(m->seed, m->operation, NULL);
}
