/* SPDX-License-Identifier: MIT */

/* The table of compact.h, made by the preprocessor: bit `i` of the set `s` puts `i` into the byte
 * whose number is how many bits are set below it. */

#include "base/common.h"

#include "kernels/x86/avx2/compact.h"

#define BIT(s, i) ((s) >> (i)&1)
#define BELOW_1(s) BIT(s, 0)
#define BELOW_2(s) (BELOW_1(s) + BIT(s, 1))
#define BELOW_3(s) (BELOW_2(s) + BIT(s, 2))
#define BELOW_4(s) (BELOW_3(s) + BIT(s, 3))
#define BELOW_5(s) (BELOW_4(s) + BIT(s, 4))
#define BELOW_6(s) (BELOW_5(s) + BIT(s, 5))
#define BELOW_7(s) (BELOW_6(s) + BIT(s, 6))
#define PLACE(s, i, below) (UINT64_C(i) * BIT(s, i) << 8 * (below))
#define SET(s)                                                                                     \
    PLACE(s, 1, BELOW_1(s)) | PLACE(s, 2, BELOW_2(s)) | PLACE(s, 3, BELOW_3(s)) |                  \
        PLACE(s, 4, BELOW_4(s)) | PLACE(s, 5, BELOW_5(s)) | PLACE(s, 6, BELOW_6(s)) |              \
        PLACE(s, 7, BELOW_7(s))
#define SETS_4(s) SET(s), SET((s) + 1), SET((s) + 2), SET((s) + 3)
#define SETS_16(s) SETS_4(s), SETS_4((s) + 4), SETS_4((s) + 8), SETS_4((s) + 12)
#define SETS_64(s) SETS_16(s), SETS_16((s) + 16), SETS_16((s) + 32), SETS_16((s) + 48)

const uint64_t fci_compact_avx2[256] = { SETS_64(0), SETS_64(64), SETS_64(128), SETS_64(192) };
