/* SPDX-License-Identifier: MIT */

/* What the CPU and the system allow a kernel to use, asked of the CPU itself. */
#ifndef FCI_KERNELS_CPU_H
#define FCI_KERNELS_CPU_H

#include <stdbool.h>
#include <stddef.h>

/* Feature sets, one a tier: all of its instructions, the registers they need, and the sets below.
 * AVX2 is x86-64-v3's AVX2 + BMI1 + BMI2; AVX512 is F + BW + DQ + VL + VBMI + VBMI2. Any x86-64 has
 * SSE2, and any aarch64 has NEON. */
#define FCI_CPU_SSE2 1u
#define FCI_CPU_AVX2 (FCI_CPU_SSE2 | 2u)
#define FCI_CPU_AVX512 (FCI_CPU_AVX2 | 4u)
#define FCI_CPU_NEON 1u

/* The mask of what this machine has. */
unsigned fci_cpu_features(void);

/* The size of the last cache before memory, as one core sees it; 0 if the CPU does not tell. */
size_t fci_cpu_last_cache(void);

/* Whether the CPU says that it stores strings of bytes as fast as it can store at all. */
bool fci_cpu_has_fast_strings(void);

/* Whether a CPU of AMD's says that it works on 64 bytes at once, and not on their halves in turns.
 * Others do not tell. */
bool fci_cpu_has_wide_units(void);

#endif
