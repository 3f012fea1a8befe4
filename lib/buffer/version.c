/* SPDX-License-Identifier: MIT */

/* The version of the library, as it was when it was compiled. */

#include "base/common.h"

#include <fc_buffer/version.h>

unsigned fc_buffer_version(void)
{
    return FC_BUFFER_VERSION;
}
