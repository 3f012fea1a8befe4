/* SPDX-License-Identifier: MIT */

/* 16 bytes of UTF-8, and whether they are right: the errors of utf8_errors.h, as in AVX2. Two
 * continuations in a row are right only behind a lead of three or four. For utf8.c only. */
#ifndef FCI_KERNELS_ARM_NEON_UTF8_H
#define FCI_KERNELS_ARM_NEON_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/arm/neon/vector.h"
#include "kernels/inline.h"
#include "kernels/utf8_errors.h"

#define FCI_UTF8_BYTES FCI_VECTOR
#define FCI_UTF8_SMALL FCI_VECTOR

#define FCI_TIER(name) name##_neon
#include "kernels/utf8_load_template.h"

static FCI_ALWAYS_INLINE uint8x16_t pair_errors_neon(uint8x16_t first, uint8x16_t second)
{
    const struct fci_utf8_errors *of = &fci_utf8_errors;
    uint8x16_t low = vandq_u8(first, fci_splat_neon(0x0f));
    uint8x16_t a = vqtbl1q_u8(fci_load_neon(of->first_high), vshrq_n_u8(first, 4));
    uint8x16_t b = vqtbl1q_u8(fci_load_neon(of->first_low), low);
    uint8x16_t c = vqtbl1q_u8(fci_load_neon(of->second_high), vshrq_n_u8(second, 4));
    return vandq_u8(vandq_u8(a, b), c);
}

/* Not zero where something is wrong. */
static FCI_ALWAYS_INLINE uint8x16_t fci_utf8_errors_neon(const struct fci_utf8_neon *u)
{
    uint8x16_t pairs = pair_errors_neon(u->first, u->bytes);
    /* TWO where the byte two before is a lead of three or more, or that three before one of four.
     */
    uint8x16_t two = vorrq_u8(vqsubq_u8(u->second, fci_splat_neon(0x60)),
                              vqsubq_u8(u->third, fci_splat_neon(0x70)));
    return veorq_u8(pairs, vandq_u8(two, fci_splat_neon(FCI_UTF8_TWO)));
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_right_neon(const struct fci_utf8_neon *a,
                                                     const struct fci_utf8_neon *b)
{
    return vmaxvq_u8(vorrq_u8(fci_utf8_errors_neon(a), fci_utf8_errors_neon(b))) == 0;
}

static FCI_ALWAYS_INLINE bool fci_utf8_is_ascii_neon(const uint8_t *at)
{
    return vmaxvq_u8(fci_load_neon(at)) < 0x80;
}

#endif
