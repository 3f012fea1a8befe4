/* SPDX-License-Identifier: MIT */

/* The tables: complete, in order, and the best one in use. */

#include "base/common.h"

#include "kernels/kernels.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(no_slot_is_empty)
{
    for (size_t i = 0; fci_kernels_tier(i) != NULL; i++) {
        const struct fci_kernels *tier = fci_kernels_tier(i);
        /* Every word of a table is a name, a mask or a function: none but the mask may be zero. */
        ck_assert_ptr_nonnull(tier->name);
        const char *slots = (const char *)tier + offsetof(struct fci_kernels, copy);
        const char *end = (const char *)(tier + 1);
        for (; slots < end; slots += sizeof(void *)) {
            void *slot;
            memcpy(&slot, slots, sizeof slot);
            ck_assert_ptr_nonnull(slot);
        }
    }
}
END_TEST

START_TEST(tiers_go_from_worst_to_best)
{
    unsigned needs = 0;
    ck_assert_str_eq(fci_kernels_tier(0)->name, "scalar");
    ck_assert_uint_eq(fci_kernels_tier(0)->needs, 0);
    for (size_t i = 1; fci_kernels_tier(i) != NULL; i++) {
        ck_assert_uint_ne(fci_kernels_tier(i)->needs, 0);
        ck_assert_uint_eq(fci_kernels_tier(i)->needs & needs, needs);
        needs = fci_kernels_tier(i)->needs;
    }
}
END_TEST

START_TEST(best_usable_tier_is_in_use)
{
    const struct fci_kernels *best = &fci_kernels_scalar;
    for (size_t i = 0; fci_kernels_tier(i) != NULL; i++) {
        if (fct_can_run(fci_kernels_tier(i))) {
            best = fci_kernels_tier(i);
        }
    }
    (void)printf("tier in use: %s\n", fci_kernels()->name);
    ck_assert(fc_copy_kernel == fci_kernels()->copy && fc_move_kernel == fci_kernels()->move);
    if (getenv("FC_TEST_TIER") == NULL) {
        ck_assert_ptr_eq(fci_kernels(), best);
    } else {
        ck_assert_str_eq(fci_kernels()->name, getenv("FC_TEST_TIER"));
    }
}
END_TEST

START_TEST(a_usable_tier_can_be_forced)
{
    ck_assert(fct_can_run(&fci_kernels_scalar));
    for (size_t i = 0; fci_kernels_tier(i) != NULL; i++) {
        if (fct_can_run(fci_kernels_tier(i))) {
            fci_kernels_use(fci_kernels_tier(i));
            ck_assert_ptr_eq(fci_kernels(), fci_kernels_tier(i));
            ck_assert(fc_copy_kernel == fci_kernels()->copy);
            ck_assert(fc_move_kernel == fci_kernels()->move);
        }
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/kernels");
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, no_slot_is_empty);
    tcase_add_test(tables, tiers_go_from_worst_to_best);
    tcase_add_test(tables, best_usable_tier_is_in_use);
    tcase_add_test(tables, a_usable_tier_can_be_forced);
    suite_add_tcase(suite, tables);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
