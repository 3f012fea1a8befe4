/* SPDX-License-Identifier: MIT */

/* Dead headers wait their turn: the first that came is the first to go, none before there are many,
 * and they count as given back. The linker hands this program what is freed (tests/Makemodule.am);
 * in a hostile build that is not what gives headers back. */

#include "base/common.h"

#include "memory/quarantine.h"

#include "alloc/small.h"
#include "base/atomic.h"
#include "base/state.h"

#include "support.h"

#include <stdlib.h>

#define MANY 5000
#define LEAST 100 /* wait at least */

void __real_free(void *address);
void __wrap_free(void *address);

static void *watched[MANY];
static size_t put, gone;

void __wrap_free(void *address)
{
    if (put != 0 && address != NULL && gone < put) {
        gone += address == watched[gone];
    }
    __real_free(address);
}

START_TEST(first_to_come_is_first_to_go)
{
    size_t waiting = 0;
    for (size_t i = 0; i < MANY; i++) {
        watched[i] = fci_small_get(48);
        ck_assert_ptr_nonnull(watched[i]);
        put = i + 1;
        fci_quarantine_put(watched[i]);
        ck_assert_uint_eq(fci_counter_load(&fci_state_live.pieces), 0);
        if (gone == 0) {
            waiting = put;
        }
        ck_assert_uint_eq(gone, put - waiting);
    }
    put = 0;
    ck_assert_uint_ge(waiting, LEAST);
    ck_assert_uint_lt(waiting, MANY);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/quarantine");
    TCase *order = tcase_create("order");
    tcase_add_test(order, first_to_come_is_first_to_go);
    suite_add_tcase(suite, order);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
