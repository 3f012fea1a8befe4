/* SPDX-License-Identifier: MIT */

/* The slots that put bytes in another order, of every tier: every length to 600, from one range to
 * another and in place, against a model that moves one byte at a time: flush against inaccessible
 * pages on both sides, and at all alignments with canaries around. */

#include "base/common.h"

#include "kernels/kernels.h"

#include "tiers.h"

#define LENGTH_MAX ((size_t)600)
#define ALIGNMENTS ((size_t)64)

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

/* One length of one slot: what it gets, and what has to come of it. */
struct trial {
    reorder_fn *reorder;
    const char *name;
    size_t length;
    uint8_t source[LENGTH_MAX], expected[LENGTH_MAX];
};

static void prepare(struct trial *trial, const struct fci_kernels *tier, const struct slot *slot,
                    size_t length)
{
    memcpy(&trial->reorder, (const char *)tier + slot->offset, sizeof trial->reorder);
    trial->name = slot->name;
    trial->length = length;
    size_t group = slot->unit == 0 ? length : slot->unit;
    for (size_t i = 0; i < length; i++) {
        size_t base = i - i % group;
        trial->source[i] = (uint8_t)(i * 5 + i / 256 + length);
        trial->expected[base + group - 1 - (i - base)] = trial->source[i];
    }
}

static void require(const struct trial *trial, bool right, const char *where, size_t which)
{
    if (!right) {
        ck_abort_msg("%s, length %zu, %s %zu", trial->name, trial->length, where, which);
    }
}

/* From either end of some pages to either end of others, and from there to where it lies. */
static void try_guarded(const struct trial *trial, const struct fct_guarded *from_pages,
                        const struct fct_guarded *to_pages)
{
    size_t length = trial->length;
    for (size_t i = 0; i < 4; i++) {
        bool far_from = i % 2 != 0, far_to = i / 2 != 0;
        uint8_t *from = fct_place_copy(from_pages, trial->source, length, far_from);
        uint8_t *to = fct_place(to_pages, length, far_to);
        trial->reorder(to, from, length);
        require(trial, fct_is_exactly(to, trial->expected, length, length, far_to), "pages", i);
        require(trial, fct_is_exactly(from, trial->source, length, length, far_from), "source", i);
        trial->reorder(from, from, length);
        require(trial, fct_is_exactly(from, trial->expected, length, length, far_from), "place", i);
    }
}

/* Every alignment of the destination; those of the source go along in another order. */
static void try_aligned(const struct trial *trial)
{
    static uint8_t origin[LENGTH_MAX + ALIGNMENTS], target[LENGTH_MAX + 3 * ALIGNMENTS];
    static uint8_t model[sizeof target];
    size_t length = trial->length;
    for (size_t at = 0; at < ALIGNMENTS; at += fct_effort_step()) {
        uint8_t *from = origin + (at * 7 + length) % ALIGNMENTS, *to = target + ALIGNMENTS + at;
        memset(target, FCT_CANARY, sizeof target), memset(model, FCT_CANARY, sizeof model);
        memcpy(from, trial->source, length);
        memcpy(model + ALIGNMENTS + at, trial->expected, length);
        trial->reorder(to, from, length);
        require(trial, memcmp(target, model, sizeof model) == 0, "aligned", at);
        memcpy(to, trial->source, length);
        trial->reorder(to, to, length);
        require(trial, memcmp(target, model, sizeof model) == 0, "in place", at);
    }
}

START_TEST(every_length_is_reordered)
{
    const struct fci_kernels *tier = fct_tier(_i);
    struct fct_guarded from = fct_guarded_make(LENGTH_MAX), to = fct_guarded_make(LENGTH_MAX);
    static struct trial trial;
    for (size_t s = 0; tier != NULL && s < SLOTS; s++) {
        size_t step = slots[s].unit == 0 ? 1 : slots[s].unit;
        for (size_t length = 0; length <= LENGTH_MAX; length += step) {
            prepare(&trial, tier, &slots[s], length);
            try_guarded(&trial, &from, &to);
            try_aligned(&trial);
        }
    }
    fct_guarded_free(&from), fct_guarded_free(&to);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/swap");
    TCase *orders = tcase_create("orders");
    tcase_set_timeout(orders, 300);
    tcase_add_loop_test(orders, every_length_is_reordered, 0, fct_tiers());
    suite_add_tcase(suite, orders);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
