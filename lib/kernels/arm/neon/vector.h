/* SPDX-License-Identifier: MIT */

/* Loads and stores of 16 bytes at any address. For files of this folder only. */
#ifndef FCI_KERNELS_ARM_NEON_VECTOR_H
#define FCI_KERNELS_ARM_NEON_VECTOR_H

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>

#define FCI_VECTOR ((size_t)16)

typedef uint8x16_t fci_vector_neon;

static inline uint8x16_t fci_load_neon(const uint8_t *from)
{
    return vld1q_u8(from);
}

static inline void fci_store_neon(uint8_t *to, uint8x16_t vector)
{
    vst1q_u8(to, vector);
}

/* To an address that is a multiple of FCI_VECTOR. */
static inline void fci_store_aligned_neon(uint8_t *to, uint8x16_t vector)
{
    vst1q_u8(to, vector);
}

static inline uint8x16_t fci_splat_neon(uint8_t value)
{
    return vdupq_n_u8(value);
}

#endif
