/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by vectors of 32 bytes: see the templates. */

#include "base/common.h"

#include "kernels/x86/avx2/copy.h"

#include "kernels/x86/avx2/vector.h"
#include "kernels/x86/stream.h"

#define FCI_TIER(name) name##_avx2
#define FCI_STREAMS 1
#include "kernels/copy_template.h"
#include "kernels/fill_template.h"
