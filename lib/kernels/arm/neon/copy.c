/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by vectors of 16 bytes: see the templates. Correct under emulation;
 * not timed, and so without stores past the caches, whose threshold nobody has measured. */

#include "base/common.h"

#include "kernels/arm/neon/copy.h"

#include "kernels/arm/neon/vector.h"

#define FCI_TIER(name) name##_neon
#define FCI_STREAMS 0
#include "kernels/copy_template.h"
#include "kernels/fill_template.h"
