/* SPDX-License-Identifier: MIT */

/* What the CPU and the system allow a kernel to use, asked of the CPU itself. */
#ifndef FCI_KERNELS_CPU_H
#define FCI_KERNELS_CPU_H

/* Feature sets, one bit a tier: each means all of its instructions and the registers they need.
 * AVX2 is x86-64-v3's AVX2 + BMI1 + BMI2. */
#define FCI_CPU_AVX2 1u

/* The mask of what this machine has. */
unsigned fci_cpu_features(void);

#endif
