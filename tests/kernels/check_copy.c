/* SPDX-License-Identifier: MIT */

/* Copy, move and fill of every tier, as the machine's limits have it, with limits that lie among
 * the sizes tried, and with the limits so low that all that can go past the caches does: every size
 * 0 to 600 at all alignments against a byte-by-byte model, with canaries around the destination,
 * and every size 0 to 4096 flush against inaccessible pages on both sides. The public fc_copy and
 * fc_move run with the tier forced, and in each of the forms that they have inline. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"

#include "inline_wide.h"
#include "tiers.h"

#define SIZES ((size_t)4097)
#define SHORT ((size_t)601)
#define INLINE ((size_t)150)
#define ALIGNMENTS ((size_t)64)
#define ROOM (SIZES + 4 * ALIGNMENTS)

/* What is under test: a tier's slot, or the public function with that tier in use. */
typedef void move_fn(uint8_t *to, const uint8_t *from, size_t length);

static void public_copy(uint8_t *to, const uint8_t *from, size_t length)
{
    fc_copy(to, from, length);
}

static void public_move(uint8_t *to, const uint8_t *from, size_t length)
{
    fc_move(to, from, length);
}

/* The inline tiers, as programs have them that are compiled for these. */
static const struct form {
    unsigned needs;
    move_fn *copy, *move;
} forms[] = {
    { 0, public_copy, public_move },
#if defined(__x86_64__)
    { FCI_CPU_AVX2, fct_copy_avx2, fct_move_avx2 },
    { FCI_CPU_AVX512, fct_copy_avx512, fct_move_avx512 },
#endif
    { 0, NULL, NULL },
};

static struct fci_limits machine_limits;

static uint8_t model[ROOM]; /* what the source holds, byte by byte */
_Alignas(64) static uint8_t source[ROOM], target[ROOM], canaries[ALIGNMENTS];

static void fill_model(void)
{
    struct fct_random random = { .state = 1 };
    for (size_t i = 0; i < ROOM; i++) {
        model[i] = (uint8_t)fct_random_next(&random);
        source[i] = model[i];
    }
}

/* [to, to + length) is the model from `at` on; 64 bytes around it are untouched. (Not one of
 * Check's assertions for each byte: they write to a pipe each time.) */
static void assert_moved(const uint8_t *to, size_t at, size_t length)
{
    if (memcmp(to, model + at, length) != 0 || memcmp(to - ALIGNMENTS, canaries, ALIGNMENTS) != 0 ||
        memcmp(to + length, canaries, ALIGNMENTS) != 0) {
        ck_abort_msg("length %zu, from %zu: wrong bytes", length, at);
    }
}

/* Every length below `sizes` at every pair of alignments. */
static void try_apart(move_fn *move, size_t sizes)
{
    size_t step = fct_effort_step();
    memset(target, FCT_CANARY, ROOM);
    memset(canaries, FCT_CANARY, ALIGNMENTS);
    for (size_t from = 0; from < ALIGNMENTS; from += step) {
        for (size_t to = 0; to < ALIGNMENTS; to += step) {
            uint8_t *place = target + ALIGNMENTS + to;
            for (size_t length = 0; length < sizes; length++) {
                move(place, source + from, length);
                assert_moved(place, from, length);
                memset(place, FCT_CANARY, length);
            }
        }
    }
    ck_assert_int_eq(memcmp(source, model, ROOM), 0);
}

/* Both ranges in one array, up to 63 bytes apart, either way. */
static void try_overlapping(move_fn *move, size_t sizes)
{
    size_t step = fct_effort_step();
    for (size_t from = 0; from < ALIGNMENTS; from += step) {
        for (size_t to = 0; to < ALIGNMENTS; to += step) {
            for (size_t length = 0; length < sizes; length++) {
                move(source + ALIGNMENTS + to, source + ALIGNMENTS + from, length);
                uint8_t *place = source + ALIGNMENTS + to;
                if (memcmp(place, model + ALIGNMENTS + from, length) != 0 ||
                    memcmp(source, model, ALIGNMENTS + to) != 0 ||
                    memcmp(place + length, model + ALIGNMENTS + to + length, ALIGNMENTS) != 0) {
                    ck_abort_msg("length %zu, from %zu, to %zu", length, from, to);
                }
                memcpy(place, model + ALIGNMENTS + to, length);
            }
        }
    }
    ck_assert_int_eq(memcmp(source, model, ROOM), 0);
}

static void try_guarded(move_fn *move)
{
    struct fct_guarded from = fct_guarded_make(SIZES), to = fct_guarded_make(SIZES);
    for (size_t length = 0; length < SIZES; length++) {
        uint8_t *sources[] = { from.bytes, fct_guarded_end(&from, length) };
        uint8_t *targets[] = { to.bytes, fct_guarded_end(&to, length) };
        for (size_t i = 0; i < 4; i++) {
            memcpy(sources[i / 2], model, length);
            memset(targets[i % 2], FCT_CANARY, length);
            move(targets[i % 2], sources[i / 2], length);
            ck_assert_int_eq(memcmp(targets[i % 2], model, length), 0);
        }
    }
    fct_guarded_free(&from), fct_guarded_free(&to);
}

/* A few MiB, whole and shifted by a little, both ways. */
static void try_long(move_fn *move, bool may_overlap)
{
    size_t length = (size_t)3 << 20;
    struct fct_guarded area = fct_guarded_make(2 * length + 4096);
    struct fct_guarded copy = fct_guarded_make(2 * length + 4096);
    struct fct_random random = { .state = 2 };
    static const size_t shifts[] = { 1, 8, 31, 32, 63, 600, 2047, 2048, 2049, 3000, 4095, 4096 };
    for (size_t i = 0; i < area.length; i++) {
        area.bytes[i] = (uint8_t)fct_random_next(&random);
    }
    memcpy(copy.bytes, area.bytes, area.length);
    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++) {
        size_t apart = may_overlap ? shifts[i] : length + shifts[i];
        move(area.bytes + apart, area.bytes, length);
        ck_assert_int_eq(memcmp(area.bytes + apart, copy.bytes, length), 0);
        memcpy(area.bytes, copy.bytes, area.length);
        move(area.bytes, area.bytes + apart, length);
        ck_assert_int_eq(memcmp(area.bytes, copy.bytes + apart, length), 0);
        memcpy(area.bytes, copy.bytes, area.length);
    }
    fct_guarded_free(&area), fct_guarded_free(&copy);
}

/* Loop tests go over the tiers four times: with the limits of this machine, with some to cross, on
 * CPUs with wide units too, and with none to reach. */
#define LIMITS 4

/* The tier of a loop test; skips one that the machine lacks, saying so. */
static const struct fci_kernels *tier_of(int index)
{
    const struct fci_limits limits[LIMITS] = { machine_limits,
                                               { .stream = 560, .clear = 300 },
                                               { .stream = 3000, .clear = 3000, .wide = 1100 } };
    const struct fci_kernels *tier = fct_tier(index / LIMITS);
    if (tier == NULL) {
        return NULL;
    }
    fci_state_limits = limits[index % LIMITS];
    fci_kernels_use(tier);
    fill_model();
    return tier;
}

/* The slots by themselves: all lengths at the ends of guarded pages, and at all alignments the
 * short ones, where the public functions do not reach them. */
START_TEST(copy_moves_exactly_its_range)
{
    const struct fci_kernels *tier = tier_of(_i);
    if (tier != NULL) {
        try_apart(tier->copy, SHORT);
        try_guarded(tier->copy);
        try_long(tier->copy, false);
    }
}
END_TEST

START_TEST(move_moves_exactly_its_range_overlapping_or_not)
{
    const struct fci_kernels *tier = tier_of(_i);
    if (tier != NULL) {
        try_apart(tier->move, SHORT);
        try_overlapping(tier->move, SHORT);
        try_guarded(tier->move);
        try_long(tier->move, true);
    }
}
END_TEST

START_TEST(public_copy_moves_exactly_its_range)
{
    if (tier_of(_i * LIMITS) != NULL) {
        for (const struct form *form = forms; form->copy != NULL; form++) {
            if ((form->needs & ~fci_cpu_features()) == 0) {
                try_apart(form->copy, INLINE);
                try_guarded(form->copy);
            }
        }
    }
}
END_TEST

START_TEST(public_move_moves_exactly_its_range_overlapping_or_not)
{
    if (tier_of(_i * LIMITS) != NULL) {
        for (const struct form *form = forms; form->move != NULL; form++) {
            if ((form->needs & ~fci_cpu_features()) == 0) {
                try_apart(form->move, INLINE);
                try_overlapping(form->move, INLINE);
                try_guarded(form->move);
            }
        }
    }
}
END_TEST

START_TEST(fill_stores_exactly_its_range)
{
    const struct fci_kernels *tier = tier_of(_i);
    struct fct_guarded area = fct_guarded_make(SIZES);
    memset(target, FCT_CANARY, ROOM);
    memset(canaries, FCT_CANARY, ALIGNMENTS);
    for (size_t length = 0; tier != NULL && length < SIZES; length++) {
        uint8_t value = length % 2 != 0 ? 0 : (uint8_t)(length * 7);
        memset(model, value, length);
        for (size_t to = 0; to < ALIGNMENTS; to += fct_effort_step()) {
            tier->fill(target + ALIGNMENTS + to, value, length);
            assert_moved(target + ALIGNMENTS + to, 0, length);
            memset(target + ALIGNMENTS + to, FCT_CANARY, length);
        }
        uint8_t *ends[] = { area.bytes, fct_guarded_end(&area, length) };
        for (size_t i = 0; i < 2; i++) {
            tier->fill(ends[i], value, length);
            ck_assert_int_eq(memcmp(ends[i], model, length), 0);
        }
    }
    fct_guarded_free(&area);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/copy");
    TCase *copies = tcase_create("copies");
    int tiers = fct_tiers();
    tcase_set_timeout(copies, 600);
    tcase_add_loop_test(copies, copy_moves_exactly_its_range, 0, tiers * LIMITS);
    tcase_add_loop_test(copies, move_moves_exactly_its_range_overlapping_or_not, 0, tiers * LIMITS);
    tcase_add_loop_test(copies, public_copy_moves_exactly_its_range, 0, tiers);
    tcase_add_loop_test(copies, public_move_moves_exactly_its_range_overlapping_or_not, 0, tiers);
    tcase_add_loop_test(copies, fill_stores_exactly_its_range, 0, tiers * LIMITS);
    suite_add_tcase(suite, copies);
    return suite;
}

int main(void)
{
    machine_limits = fci_state_limits;
    return fct_main(make_suite);
}
