/* SPDX-License-Identifier: MIT */

/* The slots that put bytes in another order, of every tier: every length to 300 at all alignments,
 * in place and from one range to another, against a model that moves one byte at a time, and flush
 * against inaccessible pages on both sides. */

#include "base/common.h"

#include "kernels/kernels.h"

#include "support.h"

#include <stdio.h>
#include <string.h>

#define SIZES ((size_t)300)

typedef void reorder_fn(uint8_t *to, const uint8_t *from, size_t length);

struct slot {
    const char *name;
    size_t offset, unit; /* unit 0: the whole */
};
#define SLOT(name, unit)                                                                           \
    {                                                                                              \
#name, offsetof(struct fci_kernels, name), unit                                            \
    }
static const struct slot slots[] = { SLOT(swap16, 2), SLOT(swap32, 4), SLOT(swap64, 8),
                                     SLOT(reverse, 0) };
#define SLOTS (sizeof slots / sizeof slots[0])

static reorder_fn *function_of(const struct fci_kernels *tier, const struct slot *slot)
{
    reorder_fn *function;
    memcpy(&function, (const char *)tier + slot->offset, sizeof function);
    return function;
}

static void model_reorder(uint8_t *to, const uint8_t *from, size_t length, size_t unit)
{
    size_t group = unit == 0 ? length : unit;
    for (size_t i = 0; i < length; i++) {
        size_t base = i - i % group;
        to[base + group - 1 - (i - base)] = from[i];
    }
}

/* Both ranges hold other bytes around them, which stay. */
static void try_length(reorder_fn *reorder, size_t unit, struct fct_guarded *from,
                       struct fct_guarded *to, size_t length)
{
    uint8_t expected[SIZES], source[SIZES];
    uint8_t *sources[] = { from->bytes, fct_guarded_end(from, length),
                           from->bytes + 64 + length % 64 };
    uint8_t *targets[] = { to->bytes, fct_guarded_end(to, length), to->bytes + 64 + length / 7 };
    for (size_t i = 0; i < length; i++) {
        source[i] = (uint8_t)(i * 5 + length);
    }
    model_reorder(expected, source, length, unit);
    for (size_t i = 0; i < 9; i++) {
        uint8_t *place = targets[i % 3];
        memset(to->bytes, 0xc5, to->length);
        memcpy(sources[i / 3], source, length);
        reorder(place, sources[i / 3], length);
        size_t untouched = 0;
        for (size_t j = 0; j < to->length; j++) {
            untouched +=
                (to->bytes + j < place || to->bytes + j >= place + length) && to->bytes[j] == 0xc5;
        }
        if (memcmp(place, expected, length) != 0 || untouched != to->length - length ||
            memcmp(sources[i / 3], source, length) != 0) {
            ck_abort_msg("unit %zu, length %zu, case %zu", unit, length, i);
        }
        reorder(sources[i / 3], sources[i / 3], length);
        if (memcmp(sources[i / 3], expected, length) != 0) {
            ck_abort_msg("unit %zu, length %zu, in place", unit, length);
        }
    }
}

START_TEST(every_length_is_reordered)
{
    const struct fci_kernels *tier = fci_kernels_tier((size_t)_i);
    struct fct_guarded from = fct_guarded_make(SIZES), to = fct_guarded_make(SIZES);
    if (!fci_kernels_usable(tier)) {
        (void)printf("tier %s: not on this machine\n", tier->name);
        return;
    }
    for (size_t s = 0; s < SLOTS; s++) {
        size_t unit = slots[s].unit, step = unit == 0 ? 1 : unit;
        for (size_t length = 0; length < SIZES; length += step) {
            try_length(function_of(tier, &slots[s]), unit, &from, &to, length);
        }
    }
    fct_guarded_free(&from), fct_guarded_free(&to);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/swap");
    TCase *orders = tcase_create("orders");
    int tiers = 0;
    while (fci_kernels_tier((size_t)tiers) != NULL) {
        tiers++;
    }
    tcase_set_timeout(orders, 300);
    tcase_add_loop_test(orders, every_length_is_reordered, 0, tiers);
    suite_add_tcase(suite, orders);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
