/* SPDX-License-Identifier: MIT */

/* Copy and move as AVX2 has them, but for more than eight of its vectors on CPUs that have a better
 * way: see copy_wide.c. For less, wider vectors lose: 1.7 ns instead of 1.4 at 65 to 128 bytes. */

#include "base/common.h"

#include "kernels/x86/avx512/copy.h"

#include "kernels/x86/avx2/vector.h"
#include "kernels/x86/stream.h"

#define FCI_TIER(name) name##_avx2
#define FCI_STREAMS 1
#define FCI_COPY fci_copy_avx512
#define FCI_MOVE fci_move_avx512
#define FCI_COPY_WIDE fci_copy_wide_avx512
#include "kernels/copy_template.h"
