/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by vectors of 16 bytes: see the templates. */

#include "base/common.h"

#include "kernels/x86/sse2/copy.h"

#include "kernels/x86/sse2/vector.h"
#include "kernels/x86/stream.h"

#define FCI_TIER(name) name##_sse2
#define FCI_STREAMS 1
#include "kernels/copy_template.h"
#include "kernels/fill_template.h"
