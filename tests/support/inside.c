/* SPDX-License-Identifier: MIT */

/* What only the checked twin of the library tells: who is paged, and what is alive. */

#include "base/common.h"

#include "base/state.h"

#include "support.h"

bool fct_paged_always(void)
{
#ifdef FC_CHECKS
    return fci_state_paged.policy == FCI_PAGED_ALWAYS;
#else
    return false;
#endif
}

void fct_whole_blocks(void)
{
#ifdef FC_CHECKS
    fci_state_paged.policy = FCI_PAGED_NEVER;
#endif
}

size_t fct_alive(void)
{
#ifdef FC_CHECKS
    return (size_t)(fci_counter_load(&fci_state_live.arenas) +
                    fci_counter_load(&fci_state_live.blocks));
#else
    return 0;
#endif
}

void fct_assert_nothing_alive(void)
{
    ck_assert_uint_eq(fct_alive(), 0);
#ifdef FC_CHECKS
    ck_assert_uint_eq(fci_counter_load(&fci_state_live.pieces), 0);
#endif
}
