/* SPDX-License-Identifier: MIT */

/* Single accesses at positions known only at run time, each checked against the length and, to
 * write, against snapshots: against bare loads and stores, which check nothing. What is timed is
 * how many can be had in a row, not how long one takes to arrive. */
#include "harness.h"

#include <fc_buffer.h>

#include <string.h>

#define SIZE ((size_t)1 << 20)
#define MASK ((size_t)4095)
#define SEVEN 7

struct accesses {
    fc_buffer buffer;
    uint8_t *plain;
    uint32_t sum;
};

static void store_u32(void *context, size_t times)
{
    struct accesses *a = context;
    uint8_t *plain = a->plain;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        uint32_t value = (uint32_t)i + 1;
        FCB_OPAQUE(offset);
        memcpy(plain + offset, &value, 4);
        FCB_BARRIER();
    }
}

static void write_u32(void *context, size_t times)
{
    struct accesses *a = context;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        uint32_t value = (uint32_t)i + 1;
        FCB_OPAQUE(offset);
        fc_status status = fc_buffer_write(&a->buffer, offset, &value, 4);
        FCB_NEED(status);
    }
}

/* What a write asks before it goes in place, by itself. */
static void is_in_place(void *context, size_t times)
{
    struct accesses *a = context;
    for (size_t i = 0; i < times; i++) {
        FCB_BARRIER();
        bool sole = __atomic_load_n(a->buffer.arena->holders, __ATOMIC_ACQUIRE) == 0;
        FCB_NEED(sole);
    }
}

static void store_u8(void *context, size_t times)
{
    struct accesses *a = context;
    uint8_t *plain = a->plain;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        FCB_OPAQUE(offset);
        plain[offset] = (uint8_t)(i + 1);
        FCB_BARRIER();
    }
}

static void set_u8(void *context, size_t times)
{
    struct accesses *a = context;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        FCB_OPAQUE(offset);
        fc_status status = fc_buffer_set(&a->buffer, offset, (uint8_t)(i + 1));
        FCB_NEED(status);
    }
}

static void load_u8(void *context, size_t times)
{
    struct accesses *a = context;
    const uint8_t *plain = a->plain;
    uint32_t sum = 0;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        FCB_OPAQUE(offset);
        sum += plain[offset];
    }
    a->sum = sum;
}

static void get_u8(void *context, size_t times)
{
    struct accesses *a = context;
    uint32_t sum = 0;
    for (size_t i = 0; i < times; i++) {
        size_t offset = i & MASK;
        uint8_t value = 0;
        FCB_OPAQUE(offset);
        fc_status status = fc_buffer_get(&value, &a->buffer, offset);
        FCB_NEED(status);
        sum += value;
    }
    a->sum = sum;
}

static void reset(void *context)
{
    struct accesses *a = context;
    a->sum = 0;
    a->plain[0] = SEVEN;
    fcb_require(fc_buffer_set(&a->buffer, 0, SEVEN) == FC_OK, "a byte cannot be set");
}

/* One of the two has got the first value that is written, which is 1; the other is untouched. */
static bool wrote(void *context)
{
    const struct accesses *a = context;
    return a->plain[0] + fc_buffer_data(&a->buffer)[0] == SEVEN + 1;
}

static bool has_read(void *context)
{
    const struct accesses *a = context;
    return a->sum == SEVEN;
}

void fcb_accesses(const char *group)
{
    static const struct fcb_peer writes[] = {
        { .name = "plain_store", .run = store_u32 },
        { .name = "fc_buffer_write", .run = write_u32 },
    };
    static const struct fcb_peer unique[] = { { .name = "fc_buffer", .run = is_in_place } };
    static const struct fcb_peer sets[] = {
        { .name = "plain_store", .run = store_u8 },
        { .name = "fc_buffer_set", .run = set_u8 },
    };
    static const struct fcb_peer gets[] = {
        { .name = "plain_load", .run = load_u8 },
        { .name = "fc_buffer_get", .run = get_u8 },
    };
    struct accesses a = { FC_BUFFER_INIT, fcb_pages(SIZE), 0 };
    fcb_require(fc_buffer_alloc(&a.buffer, SIZE) == FC_OK, "out of memory");
    fcb_measure(
        &(struct fcb_group){ group, "write", 4, &a, writes, FCB_COUNT(writes), reset, wrote });
    fcb_measure(&(struct fcb_group){ group, "unique", 0, &a, unique, 1, NULL, NULL });
    fcb_measure(&(struct fcb_group){ group, "set", 1, &a, sets, FCB_COUNT(sets), reset, wrote });
    fcb_measure(&(struct fcb_group){ group, "get", 1, &a, gets, FCB_COUNT(gets), reset, has_read });
    FCB_NEED(a.sum);
    fc_buffer_release(&a.buffer);
    fcb_pages_free(a.plain);
}
