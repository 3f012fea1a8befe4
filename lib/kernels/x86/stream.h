/* SPDX-License-Identifier: MIT */

/* What the x86 tiers need beside vectors for long ranges: it is the same in all. */
#ifndef FCI_KERNELS_X86_STREAM_H
#define FCI_KERNELS_X86_STREAM_H

#include <emmintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/track.h"
#include "kernels/limits.h"

#define FCI_LINE ((size_t)64)

/* Asks for the line that will be read a few rounds after the one at `from`, for one reading. A
 * hint, not an access: near the end it names lines behind the range. */
static inline void fci_prefetch(const uint8_t *from)
{
    _mm_prefetch((const char *)((uintptr_t)from + FCI_PREFETCH), _MM_HINT_NTA);
}

/* Stores past the caches are not ordered with those of other threads until this. */
static inline void fci_stream_end(void)
{
    _mm_sfence();
}

/* Copies by the one instruction that the CPU makes of it what it knows best. */
static inline void fci_copy_string(uint8_t *to, const uint8_t *from, size_t length)
{
    if (FCI_MSAN) {
        memcpy(to, from, length);
    } else {
        __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
    }
}

/* Zeroes by another. */
static inline void fci_clear_string(uint8_t *to, size_t length)
{
    if (FCI_MSAN) {
        memset(to, 0, length);
    } else {
        __asm__ volatile("rep stosb" : "+D"(to), "+c"(length) : "a"(0) : "memory");
    }
}

#endif
