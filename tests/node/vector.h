/* SPDX-License-Identifier: MIT */

/* One vector: what was called, its inputs as our types, and the verdict on what ours made of it.
 * The format stands at the head of vectors.mjs. Inputs are on the heap, each block of just its
 * size, so that a memory checker sees the first byte outside; everything goes when the vector ends.
 */
#ifndef FCT_VECTOR_H
#define FCT_VECTOR_H

#include <fc_buffer.h>
#include <json-c/json.h>

/* Why a vector cannot be said in C; the names are printed. */
enum skip { SKIP_NONE, SKIP_FRACTION, SKIP_COPY_INFINITY, SKIP_BIGINT, SKIP_RULES };
extern const char *const skip_names[SKIP_RULES];

struct vector {
    struct json_object *root;      /* the line */
    struct json_object *undefined; /* what stands for an argument that is not there */
    size_t number;                 /* the line; odd and even ones take their buffers differently */
    enum skip skip;                /* set by the translation of an argument */
    char failure[400];
    void **kept;
    size_t kept_count, kept_room;
};

void vector_begin(struct vector *v, struct json_object *root, size_t number);
void vector_end(struct vector *v);

/* A member of the line; NULL if there is none, and for null. */
struct json_object *vector_member(const struct vector *v, const char *key);
/* A string of just these characters. */
bool is_string(struct json_object *value, const char *text);

/* ---- inputs ---- */

/* A heap block of just `size` bytes that goes with the vector. */
void *vector_keep(struct vector *v, size_t size);
/* A copy of these bytes that goes with the vector. */
fc_view vector_keep_view(struct vector *v, fc_view bytes);
/* A member that holds bytes in hexadecimal. */
fc_view vector_bytes(struct vector *v, const char *key);
fc_view vector_hex(struct vector *v, struct json_object *text);
/* A member that is a number (0 where there is none). */
size_t vector_size(const struct vector *v, const char *key);

/* Code units, four hexadecimal digits each. */
struct units {
    uint16_t *units;
    size_t count;
    bool well_formed;
};
struct units vector_units(struct vector *v, struct json_object *text);
/* The same in UTF-8, a lone surrogate as U+FFFD. */
fc_view vector_utf8(struct vector *v, struct units text);

/* A string as the text that our functions take: UTF-16 always, UTF-8 too where it is well-formed.
 */
struct forms {
    fc_text form[2];
    size_t count;
};
struct forms vector_text(struct vector *v, const char *key);

/* The encoding of this name, with Node's default where there is none. */
fc_status vector_encoding(fc_encoding *encoding, struct json_object *name);

/* A buffer of these bytes: in odd vectors a whole arena, in even ones a window that starts at an
 * odd address between bytes that must stay as they are. */
struct subject {
    fc_buffer arena, buffer;
};
struct subject vector_subject(struct vector *v, fc_view bytes);
/* `size` bytes of `fill`, the members of those names. */
struct subject vector_target(struct vector *v);
void vector_subject_end(struct vector *v, struct subject *subject);

/* ---- arguments: what JavaScript says, in C's types; see arguments.c ---- */

size_t argument_count(const struct vector *v);
/* The one at `index`: NULL if it is null, the vector's `undefined` if it is not there. */
struct json_object *argument(const struct vector *v, size_t index);
bool argument_is_undefined(const struct json_object *argument);
double argument_number(const struct json_object *argument);
/* A position or length that must be in range. */
size_t argument_exact(struct vector *v, const struct json_object *argument, size_t undefined);
/* One that counts from the end if negative, and is clamped; `nan` is what Node takes NaN for. */
ptrdiff_t argument_relative(const struct json_object *argument, ptrdiff_t undefined, ptrdiff_t nan);
/* Of buf.copy(), and where a fraction is simply cut off: alloc, TypedArray.set. */
size_t argument_copy(struct vector *v, const struct json_object *argument, size_t undefined);
size_t argument_cut(struct vector *v, const struct json_object *argument, size_t undefined);
/* ToUint8. */
uint8_t argument_byte(const struct json_object *argument);
/* A value to store in `bits` bits. */
uint64_t argument_integer(struct vector *v, const struct json_object *argument, unsigned bits,
                          bool is_signed);

/* ---- verdicts ---- */

__attribute__((format(printf, 2, 3))) void vector_fail(struct vector *v, const char *format, ...);
/* Whether the call was done, in Node and here. Anything but Node's outcome is a failure. */
bool vector_done(struct vector *v, fc_status status);
void vector_same_bytes(struct vector *v, const char *what, fc_view ours, fc_view nodes);
void vector_same_units(struct vector *v, const char *what, struct units ours, struct units nodes);
void vector_same_number(struct vector *v, const char *key, double ours);
void vector_same_truth(struct vector *v, bool ours);
/* What stands in an out-parameter before the call, owning nothing. */
#define VECTOR_OUT                                                                                 \
    {                                                                                              \
        NULL, 7, 7                                                                                 \
    }
/* A call that makes a buffer: its bytes are those of the member; untouched if it failed. */
void vector_made(struct vector *v, fc_status status, fc_buffer *out, const char *key);
/* The same where Node makes a string of characters up to U+00FF. */
void vector_made_text(struct vector *v, fc_status status, fc_buffer *out, const char *key);
/* A call that writes: the bytes are "out" if it was done, and as they were if not. */
void vector_written(struct vector *v, fc_status status, struct subject *subject, fc_view before);

/* ---- the families: what runs the vectors of each operation ---- */

struct operation {
    const char *name;
    void (*run)(struct vector *v);
};
extern const struct operation bytes_operations[], decoder_operations[], es2025_operations[],
    move_operations[], number_operations[], search_operations[], text_operations[],
    tool_operations[];

#endif
