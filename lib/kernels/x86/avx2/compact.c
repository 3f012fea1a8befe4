/* SPDX-License-Identifier: MIT */

/* The tables of compact.h, made by the preprocessor: bit `i` of the set `s` puts `i` into the byte
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
/* The same for units, each place the two bytes of a shuffle: those below `half` of four. */
#define UNIT(s, i, below, half)                                                                    \
    ((UINT64_C(0x0100) + 0x0202 * (i)) * BIT(s, i) * ((below) / 4 == (half))                       \
     << (16 * ((below) % 4)))
#define UNIT_SET(s, half)                                                                          \
    UNIT(s, 0, 0, half) | UNIT(s, 1, BELOW_1(s), half) | UNIT(s, 2, BELOW_2(s), half) |            \
        UNIT(s, 3, BELOW_3(s), half) | UNIT(s, 4, BELOW_4(s), half) |                              \
        UNIT(s, 5, BELOW_5(s), half) | UNIT(s, 6, BELOW_6(s), half) | UNIT(s, 7, BELOW_7(s), half)
#define UNIT_SETS(s)                                                                               \
    {                                                                                              \
        UNIT_SET(s, 0), UNIT_SET(s, 1)                                                             \
    }

#define SETS_4(set, s) set(s), set((s) + 1), set((s) + 2), set((s) + 3)
#define SETS_16(set, s)                                                                            \
    SETS_4(set, s), SETS_4(set, (s) + 4), SETS_4(set, (s) + 8), SETS_4(set, (s) + 12)
#define SETS_64(set, s)                                                                            \
    SETS_16(set, s), SETS_16(set, (s) + 16), SETS_16(set, (s) + 32), SETS_16(set, (s) + 48)
#define SETS_256(set) SETS_64(set, 0), SETS_64(set, 64), SETS_64(set, 128), SETS_64(set, 192)

const uint64_t fci_compact_avx2[256] = { SETS_256(SET) };
const uint64_t fci_compact_pairs_avx2[256][2] = { SETS_256(UNIT_SETS) };
