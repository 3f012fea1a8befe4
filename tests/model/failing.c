/* SPDX-License-Identifier: MIT */

/* Calls that run out of memory on the way: one allocation of theirs, or all from there on. Nothing
 * may have changed then, for anybody. */

#include "base/common.h"

#include "base/state.h"

#include "model.h"

#include <string.h>

/* More than any call makes, so that some succeed after all. */
#define ALLOCATIONS 4

void model_arm(struct model *m, const void *out, size_t size)
{
    struct model_attempt *attempt = &m->attempt;
    attempt->armed = m->failing && model_chance(m, 2);
    if (!attempt->armed) {
        return;
    }
    MODEL_CHECK(size <= sizeof attempt->saved);
    attempt->out = out;
    attempt->size = size;
    memcpy(attempt->saved, out, size);
    attempt->alive = fct_alive();
    attempt->live = m->allocator.live;
    attempt->live_bytes = m->allocator.live_bytes;
    fci_state_failure.forever = model_chance(m, 4);
    fci_state_failure.countdown = (intptr_t)model_below(m, ALLOCATIONS);
}

bool model_refused(struct model *m, fc_status status)
{
    struct model_attempt *attempt = &m->attempt;
    attempt->status = status;
    if (!attempt->armed) {
        return false;
    }
    fci_state_failure.countdown = -1;
    attempt->armed = false;
    if (status != FC_ERR_NO_MEMORY) {
        return false;
    }
    MODEL_CHECK(memcmp(attempt->out, attempt->saved, attempt->size) == 0);
    MODEL_CHECK(fct_alive() == attempt->alive);
    MODEL_CHECK(m->allocator.live == attempt->live);
    MODEL_CHECK(m->allocator.live_bytes == attempt->live_bytes);
    model_verify_handles(m, attempt->out);
    model_verify_step(m);
    m->refused++;
    return true;
}
