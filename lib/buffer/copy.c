/* SPDX-License-Identifier: MIT */

/* The copy core's way into the library, past its inline tier. */

#include "base/common.h"

#include <fc_buffer/copy.h>

#include "kernels/kernels.h"

void fc_copy_kernel(void *to, const void *from, size_t length)
{
    fci_kernels()->copy(to, from, length);
}

void fc_move_kernel(void *to, const void *from, size_t length)
{
    fci_kernels()->move(to, from, length);
}
