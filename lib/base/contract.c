/* SPDX-License-Identifier: MIT */

/* The stop of a checked build. The only place in the library that prints or aborts; compiled into
 * checked builds only. */

#include "base/common.h"

#include "base/contract.h"

#include <stdio.h>
#include <stdlib.h>

_Thread_local const void *fci_contract_subject;
void (*fci_contract_tell)(const void *subject);

_Noreturn void fci_contract_stop(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "fc_buffer: %s:%d: %s\n", file, line, what);
    if (fci_contract_tell != NULL) {
        fci_contract_tell(fci_contract_subject);
    }
    abort();
}
