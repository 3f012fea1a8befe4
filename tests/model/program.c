/* SPDX-License-Identifier: MIT */

/* The operations of a run, each as often as its weight says. */

#include "model.h"

static const struct model_op *const tables[] = {
    model_ops_make,  model_ops_own,     model_ops_share, model_ops_write,
    model_ops_bytes, model_ops_numbers, model_ops_pin,   model_ops_wrong,
};
#define TABLES (sizeof tables / sizeof tables[0])

/* The operation at this place of the weights laid end to end; NULL past the last. */
static const struct model_op *operation_at(size_t place)
{
    for (size_t t = 0; t < TABLES; t++) {
        for (const struct model_op *op = tables[t]; op->name != NULL; op++) {
            if (place < op->weight) {
                return op;
            }
            place -= op->weight;
        }
    }
    return NULL;
}

static size_t sum_of_weights(void)
{
    static size_t sum;
    while (operation_at(sum) != NULL) {
        sum++;
    }
    return sum;
}

void model_step(struct model *m, size_t period)
{
    const struct model_op *op = operation_at(model_below(m, sum_of_weights()));
    model_place(m->seed, m->operation, op->name);
    op->run(m);
    model_verify_step(m);
    m->operation++;
    if (m->operation % period == 0) {
        model_verify_all(m);
    }
}
