/* SPDX-License-Identifier: MIT */

/* A program of operations on many buffers, against the model of tests/model that copies everything.
 * The first byte says who is paged; the rest is the program, ended by the input's end. Compiled
 * with FUZZ_FAILING, which makes it the target ops_oom, the program says which allocations fail,
 * too. */

#include "base/common.h"

#include "../tests/model/model.h"
#include "fuzz.h"

/* As much as makes blocks of every shape, and not as much as makes a run slow. */
#define BUDGET ((size_t)1 << 19)

#define PERIOD 16
#define OPERATIONS_MAX 400

#ifdef FUZZ_FAILING
#define FAILING true
#else
#define FAILING false
#endif

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct model m;
    struct fuzz_input input = { bytes, length };
    unsigned way = (unsigned)fuzz_number(&input, 1);
    fci_state_paged.policy = way % 4 == 1 ? FCI_PAGED_ALWAYS : FCI_PAGED_ASKED;
    fci_state_paged.find = (int)(way / 4 % 3);
    model_init(&m, 1, BUDGET);
    m.failing = FAILING;
    model_feed(&m, input.bytes, input.length);
    while (model_fed(&m) && m.operation < OPERATIONS_MAX) {
        model_step(&m, PERIOD);
    }
    model_finish(&m);
    return 0;
}
