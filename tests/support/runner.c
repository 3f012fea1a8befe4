/* SPDX-License-Identifier: MIT */

/* The main of a white-box test program, linked with the checked twin of the library: it can force a
 * kernel tier, and who is paged. */

#include "base/common.h"

#include "base/state.h"
#include "kernels/cpu.h"
#include "kernels/kernels.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool fct_can_run(const struct fci_kernels *tier)
{
    return fci_kernels_run_with(tier, fci_cpu_features());
}

/* Forces the tier that FC_TEST_TIER names. Exit status 77 (skipped) if this machine lacks it. */
static void force_tier(void)
{
    const char *name = getenv("FC_TEST_TIER");
    const struct fci_kernels *tier;
    if (name == NULL) {
        return;
    }
    for (size_t i = 0; (tier = fci_kernels_tier(i)) != NULL; i++) {
        if (strcmp(tier->name, name) == 0 && fct_can_run(tier)) {
            fci_kernels_use(tier);
            return;
        }
    }
    (void)printf("tier %s: not on this machine, skipped\n", name);
    exit(77);
}

/* Forces who is paged, and how pages are found, by FC_TEST_PAGED and FC_TEST_FIND. */
static void force_paged(void)
{
    const char *policy = getenv("FC_TEST_PAGED"), *find = getenv("FC_TEST_FIND");
    if (policy != NULL) {
        fci_state_paged.policy = strcmp(policy, "always") == 0 ? FCI_PAGED_ALWAYS : FCI_PAGED_NEVER;
    }
    if (find != NULL) {
        fci_state_paged.find = strcmp(find, "compare") == 0 ? FCI_FIND_COMPARE : FCI_FIND_READ;
    }
}

int fct_main(Suite *(*make)(void))
{
    force_tier();
    force_paged();
    SRunner *runner = srunner_create(make());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
