/* SPDX-License-Identifier: MIT */

/* The tier that is active when a program begins: the best that the machine can run, where it cannot
 * run them all. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"

#include "support.h"

/* A machine that can run the first tier alone. */
static unsigned few(void)
{
    return fci_kernels_tier(0)->needs;
}

#define fci_cpu_features few
#include "kernels/active.c"
#undef fci_cpu_features

START_TEST(tier_that_cannot_run_is_not_chosen)
{
    const struct fci_kernels *first = fci_kernels_tier(0), *tier;
    for (size_t i = 0; (tier = fci_kernels_tier(i)) != NULL; i++) {
        fci_kernels_use(tier);
        ck_assert(fc_copy_kernel == tier->copy && fc_move_kernel == tier->move);
        choose();
        ck_assert_ptr_eq(fci_kernels(), first);
        ck_assert(fc_copy_kernel == first->copy && fc_move_kernel == first->move);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/active");
    TCase *active = tcase_create("active");
    tcase_add_test(active, tier_that_cannot_run_is_not_chosen);
    suite_add_tcase(suite, active);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
