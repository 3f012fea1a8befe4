/* SPDX-License-Identifier: MIT */

/* What handles cost: slicing, retaining and releasing against a plain local call of the same run.
 *
 * Where a handle is kept makes a difference, so there are three ways: in local variables, which the
 * compiler keeps in registers; with the source handle in memory, because others know its address;
 * and with the slice in memory as well. Positions are constants or known only at run time. */
#include "harness.h"

#include <fc_buffer.h>

#define SIZE ((size_t)1 << 20)
#define BEGIN 100
#define END 5000

struct handles {
    fc_buffer buffer;
};

static FCB_NOINLINE int local_int(const void *object, ptrdiff_t begin, ptrdiff_t end)
{
    FCB_NEED(object);
    FCB_OPAQUE(begin);
    return (int)(begin + end);
}

static void call_int(void *context, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        int result = local_int(context, BEGIN, END);
        FCB_NEED(result);
    }
}

static FCB_NOINLINE fc_buffer local_struct(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end)
{
    fc_buffer result = { b->arena, b->offset + (size_t)begin, (size_t)(end - begin) };
    FCB_BARRIER();
    return result;
}

static void call_struct(void *context, size_t times)
{
    const struct handles *h = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer result = local_struct(&h->buffer, BEGIN, END);
        FCB_NEED(result.length);
    }
}

/* The fields are named here only to say that they are needed: nothing else asks for a whole handle
 * without asking for its address. */
static inline void need_handle(fc_buffer b)
{
    __asm__ volatile("" : : "r"(b.arena), "r"(b.offset), "r"(b.length) : "memory");
}

static void slice_registers(void *context, size_t times)
{
    struct handles *h = context;
    fc_buffer b = fc_buffer_retain(&h->buffer);
    for (size_t i = 0; i < times; i++) {
        fc_buffer s = fc_buffer_slice(&b, BEGIN, END);
        need_handle(s);
        fc_buffer_release(&s);
    }
    fc_buffer_release(&b);
}

static void slice_registers_runtime(void *context, size_t times)
{
    struct handles *h = context;
    fc_buffer b = fc_buffer_retain(&h->buffer);
    ptrdiff_t begin = BEGIN;
    ptrdiff_t end = END;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(begin);
        FCB_OPAQUE(end);
        fc_buffer s = fc_buffer_slice(&b, begin, end);
        need_handle(s);
        fc_buffer_release(&s);
    }
    fc_buffer_release(&b);
}

static void slice_source(void *context, size_t times)
{
    struct handles *h = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer s = fc_buffer_slice(&h->buffer, BEGIN, END);
        need_handle(s);
        fc_buffer_release(&s);
    }
}

static void slice_source_runtime(void *context, size_t times)
{
    struct handles *h = context;
    ptrdiff_t begin = BEGIN;
    ptrdiff_t end = END;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(begin);
        FCB_OPAQUE(end);
        fc_buffer s = fc_buffer_slice(&h->buffer, begin, end);
        need_handle(s);
        fc_buffer_release(&s);
    }
}

static void slice_both(void *context, size_t times)
{
    struct handles *h = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer s = fc_buffer_slice(&h->buffer, BEGIN, END);
        FCB_ESCAPE(&s);
        fc_buffer_release(&s);
    }
}

static void slice_both_runtime(void *context, size_t times)
{
    struct handles *h = context;
    ptrdiff_t begin = BEGIN;
    ptrdiff_t end = END;
    for (size_t i = 0; i < times; i++) {
        FCB_OPAQUE(begin);
        FCB_OPAQUE(end);
        fc_buffer s = fc_buffer_slice(&h->buffer, begin, end);
        FCB_ESCAPE(&s);
        fc_buffer_release(&s);
    }
}

static void retain_release(void *context, size_t times)
{
    struct handles *h = context;
    fc_buffer b = fc_buffer_retain(&h->buffer);
    for (size_t i = 0; i < times; i++) {
        fc_buffer s = fc_buffer_retain(&b);
        need_handle(s);
        fc_buffer_release(&s);
    }
    fc_buffer_release(&b);
}

/* Nothing but our own handle may be left on the arena after any of these. */
static bool alone(void *context)
{
    const struct handles *h = context;
    return fc_buffer_is_unique(&h->buffer) && fc_buffer_length(&h->buffer) == SIZE;
}

void fcb_handles(const char *group)
{
    static const struct fcb_peer sharing[] = {
        { .name = "local_call", .run = call_int },
        { .name = "local_call_struct", .run = call_struct },
        { .name = "registers_" FCB_COMPILER, .run = slice_registers },
        { .name = "registers_runtime_" FCB_COMPILER, .run = slice_registers_runtime },
        { .name = "source_in_memory_" FCB_COMPILER, .run = slice_source },
        { .name = "source_in_memory_runtime_" FCB_COMPILER, .run = slice_source_runtime },
        { .name = "both_in_memory_" FCB_COMPILER, .run = slice_both },
        { .name = "both_in_memory_runtime_" FCB_COMPILER, .run = slice_both_runtime },
        { .name = "retain_release", .run = retain_release },
    };
    struct handles h = { FC_BUFFER_INIT };
    fcb_require(fc_buffer_alloc(&h.buffer, SIZE) == FC_OK, "out of memory");
    fcb_measure(&(struct fcb_group){ group, "slice+release", 0, &h, sharing, FCB_COUNT(sharing),
                                     NULL, alone });
    fc_buffer_release(&h.buffer);
}
