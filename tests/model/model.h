/* SPDX-License-Identifier: MIT */

/* A model of the library that copies everything and shares nothing. An arena is an array of bytes
 * of its own; a handle is {arena, offset, length}; a snapshot is a new array. Of blocks the model
 * keeps only the shape (how long, how many holders, whose memory), never the bytes: from it follow,
 * exactly, which write must copy, which address may change and when a release callback must have
 * run.
 *
 * Every operation runs on both sides and compares them. What is done is chosen by a generator
 * (check_model.c), or by the bytes of an input (fuzz/ops_model.c). */
#ifndef FCT_MODEL_H
#define FCT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support.h"

#define MODEL_SLOTS ((size_t)64)

enum model_kind {
    MODEL_OWNED,
    MODEL_ADOPTED,
    MODEL_READONLY,
    MODEL_SHARED,
};

/* Memory that was wrapped. Kept to the end of the run, so that a late callback is seen. */
struct model_external {
    struct model *model;
    struct model_external *next;
    uint8_t *base; /* to be freed */
    uint8_t *bytes;
    size_t length;
    enum model_kind kind;
    bool has_callback;
    bool done; /* nobody holds it any more */
    int calls;
    uint64_t checksum; /* when it was wrapped */
};

/* What clones inherit. */
struct model_traits {
    size_t alignment; /* at least 1 */
    bool counting;    /* from the counting allocator */
    bool secret;
};

/* The shape of a block. */
struct model_block {
    size_t length;
    size_t holders;
    enum model_kind kind;
    struct model_traits traits;
    struct model_external *external; /* NULL: the library's own */
};

struct model_arena {
    uint8_t *bytes;
    size_t length;
    size_t owners;
    size_t pins;
    bool frozen;
    struct model_block *block;
    const uint8_t *address; /* where the library has the first byte */
    uint8_t *raw;           /* while pinned: the writable address of [raw_begin, + raw_length) */
    size_t raw_begin, raw_length;
};

struct model_handle {
    fc_buffer buffer;
    struct model_arena *arena; /* NULL: the empty buffer */
    size_t offset, length;
};

/* A call that may be made to fail, and what it may not change then: failing.c. */
struct model_attempt {
    bool armed;
    const void *out;
    size_t size;
    uint8_t saved[64]; /* what was at `out` */
    size_t alive, live, live_bytes;
    fc_status status;
};

/* What a run chooses from: the bytes of an input while they last, and a generator. */
struct model_source {
    const uint8_t *next, *end;
    struct fct_random random;
    uint64_t drawn; /* no two pieces of random bytes are the same */
};

struct model {
    struct model_source source;
    uint64_t seed;
    size_t operation; /* how many are done */
    size_t budget;    /* the bytes of all model arenas together stay about below this */
    bool failing;     /* allocations fail now and then */
    struct model_attempt attempt;
    struct model_handle handles[MODEL_SLOTS];
    struct fct_allocator allocator;
    struct model_external *externals;
    size_t short_length; /* the longest snapshot that is copied because it is short: measured */
    size_t bytes;        /* of all arenas */
    size_t arenas;
    fc_stats stats; /* what the counters must be */
    size_t released, released_expected;
    size_t shared, copied, detached, refused; /* to see that a run was worth it */
};

struct model_op {
    const char *name; /* NULL ends a table */
    size_t weight;
    void (*run)(struct model *m);
};

extern const struct model_op model_ops_make[];
extern const struct model_op model_ops_own[];
extern const struct model_op model_ops_share[];
extern const struct model_op model_ops_write[];
extern const struct model_op model_ops_bytes[];
extern const struct model_op model_ops_numbers[];
extern const struct model_op model_ops_pin[];
extern const struct model_op model_ops_wrong[];

/* ---- failing: model.c ------------------------------------------------------------------------ */

/* Unlike Check's assertions this costs nothing while it holds: it stands in the innermost loops. */
#define MODEL_CHECK(condition) ((condition) ? (void)0 : model_fail(__FILE__, __LINE__, #condition))
_Noreturn void model_fail(const char *file, int line, const char *what);

/* Where a run stands, for the message of whatever fails. `name` NULL: the run is over. */
void model_place(uint64_t seed, size_t operation, const char *name);

/* From now on that is told whoever fails: an assertion of the support code, a stop of the library.
 */
void model_watch(void);

/* ---- the state: model.c ---------------------------------------------------------------------- */

void model_init(struct model *m, uint64_t seed, size_t budget);
void model_finish(struct model *m);

/* A handle for a new buffer: an empty one, or one that is released first. */
struct model_handle *model_vacant(struct model *m);
/* A random handle other than `except`, which may be NULL: mostly not an empty one. */
struct model_handle *model_pick(struct model *m, const struct model_handle *except);
void model_release(struct model *m, struct model_handle *h);
/* Ends every pin of the arena, through this handle. */
void model_unpin(struct model_handle *h);

/* `h` shows [offset, offset + length) of an arena: one owner more. */
void model_show(struct model_handle *h, struct model_arena *arena, size_t offset, size_t length);
/* `h` shows all of a new arena, of zeroes, at the address of `h->buffer`. */
void model_show_new(struct model *m, struct model_handle *h, size_t length,
                    struct model_block *block);
/* `h` no longer shows anything; for after the library has let go. */
void model_forget(struct model *m, struct model_handle *h);

struct model_block *model_block_new(size_t length, const struct model_traits *traits);
void model_block_drop(struct model *m, struct model_block *block);
/* What a clone of this block inherits. */
struct model_traits model_traits_of(const struct model_block *block);

/* Memory to wrap, with random bytes. */
struct model_external *model_external_new(struct model *m, size_t length, enum model_kind kind);
void model_external_close(struct model *m, struct model_external *external);
void model_external_release(void *context, void *bytes, size_t length);

/* ---- one operation after the other: program.c ------------------------------------------------ */

/* Does a random one; every `period` of them everything is compared. */
void model_step(struct model *m, size_t period);

/* ---- allocations that fail: failing.c -------------------------------------------------------- */

/* The status of a call that can run out of memory. If the model is `failing`, it may be made to do
 * so first: then the status is FC_ERR_NO_MEMORY, nothing has changed, `*out` neither, and the call
 * is made once more. */
#define MODEL_CALL(m, out, call)                                                                   \
    (model_arm(m, out, sizeof *(out)), model_refused(m, call) ? (call) : (m)->attempt.status)
void model_arm(struct model *m, const void *out, size_t size);
bool model_refused(struct model *m, fc_status status);

/* ---- choosing: random.c ---------------------------------------------------------------------- */

/* Chooses by these bytes as long as there are some; model_fed tells. Borrowed. */
void model_feed(struct model *m, const uint8_t *bytes, size_t length);
bool model_fed(const struct model *m);

/* A number of so many bytes, 1 to 8. */
uint64_t model_number(struct model *m, size_t width);
size_t model_below(struct model *m, size_t below);
bool model_chance(struct model *m, size_t one_in);
size_t model_size(struct model *m);
void model_randomize(struct model *m, uint8_t *bytes, size_t length);
/* Two hexadecimal digits for each byte. */
void model_digits(char *digits, const uint8_t *bytes, size_t length);
/* A Node-style position, in range or not, and where it stands. */
ptrdiff_t model_position(struct model *m, size_t length);
size_t model_clamp(ptrdiff_t position, size_t length);
/* A range within [0, length): often short, sometimes empty, sometimes all. */
void model_range(struct model *m, size_t length, size_t *offset, size_t *count);

/* ---- changing: change.c ---------------------------------------------------------------------- */

/* What a write must do, found before it. */
struct model_change {
    struct model_arena *arena;
    fc_status status;
    bool detaches;
    size_t at, length; /* the range in the arena; length 0: none is overwritten */
    size_t counted;    /* allocations of the counting allocator before */
};
/* Before a write of [offset, offset + length) of `h`. */
struct model_change model_expect_write(struct model *m, const struct model_handle *h, size_t offset,
                                       size_t length);
/* Before a begin_write or an unshare of `h`. */
struct model_change model_expect_own(struct model *m, const struct model_handle *h);
/* Behind it: the status, the address, the counters and the new bytes. */
void model_changed(struct model *m, const struct model_handle *h, const struct model_change *change,
                   fc_status status, const uint8_t *bytes);
/* Whether a write now would have to leave the block. */
bool model_would_copy(const struct model_arena *arena);

/* ---- comparing: verify.c --------------------------------------------------------------------- */

fc_stats model_stats(void);
/* The handle's predicates, its edges and the bytes around `focus`. */
void model_verify(struct model *m, const struct model_handle *h, size_t focus);
/* Every byte of every handle, and how many arenas and blocks are alive. */
void model_verify_all(struct model *m);
/* Every byte of every handle, but not of the one whose buffer is at `out` and still to be made. */
void model_verify_handles(struct model *m, const void *out);
/* The counters and the callbacks: after each operation. */
void model_verify_step(const struct model *m);

/* An out-parameter that holds nothing that may be read, and whether it was left alone. */
fc_buffer model_junk(void);
bool model_is_junk(const fc_buffer *b);

#endif
