/* SPDX-License-Identifier: MIT */

/* The inline tiers of fc_copy and fc_move, compiled for more than the baseline. */
#ifndef FCT_KERNELS_INLINE_WIDE_H
#define FCT_KERNELS_INLINE_WIDE_H

#include <stddef.h>
#include <stdint.h>

void fct_copy_avx2(uint8_t *to, const uint8_t *from, size_t length);
void fct_move_avx2(uint8_t *to, const uint8_t *from, size_t length);
void fct_copy_avx512(uint8_t *to, const uint8_t *from, size_t length);
void fct_move_avx512(uint8_t *to, const uint8_t *from, size_t length);

#endif
