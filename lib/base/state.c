/* SPDX-License-Identifier: MIT */

/* The process-wide state that state.h lists. Valid before any constructor has run: the kernel table
 * starts as the scalar one and is only ever raised. */

#include "base/common.h"

#include "base/state.h"

extern const struct fci_kernels fci_kernels_scalar;

const struct fci_kernels *fci_state_kernels = &fci_kernels_scalar;

#ifdef FC_HOSTILE
struct fci_limits fci_state_limits;
#else
struct fci_limits fci_state_limits = { .stream = SIZE_MAX, .clear = SIZE_MAX };
#endif

struct fci_copies fci_state_copies;

#ifdef FC_CHECKS
struct fci_live fci_state_live;
struct fci_paged_choice fci_state_paged = { .weight = 3 };
struct fci_failure fci_state_failure = { .countdown = -1, .forever = 0 };
#endif
