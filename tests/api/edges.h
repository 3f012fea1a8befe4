/* SPDX-License-Identifier: MIT */

/* The edges that sizes and positions are tried at, the buffer that they are tried on, and what
 * every model needs. */
#ifndef FCT_API_EDGES_H
#define FCT_API_EDGES_H

#include "bytes.h"

#define LENGTH ((size_t)16)

static const size_t sizes[] = {
    0,
    1,
    2,
    7,
    8,
    15,
    16,
    17,
    63,
    64,
    4095,
    4096,
    UINT32_MAX,
    SIZE_MAX / 2 - 1,
    PTRDIFF_MAX,
    (size_t)PTRDIFF_MAX + 1,
    SIZE_MAX - 8,
    SIZE_MAX - 1,
    SIZE_MAX,
};
#define SIZES (sizeof sizes / sizeof sizes[0])

static const ptrdiff_t positions[] = {
    0,
    1,
    2,
    7,
    8,
    15,
    16,
    17,
    64,
    4096,
    PTRDIFF_MAX - 1,
    PTRDIFF_MAX,
    -1,
    -2,
    -8,
    -15,
    -16,
    -17,
    -64,
    -4096,
    PTRDIFF_MIN + 1,
    PTRDIFF_MIN,
};
#define POSITIONS (sizeof positions / sizeof positions[0])

/* What the buffer must hold: the model of each call writes here too. */
static uint8_t expected[LENGTH];
static fc_buffer b;

/* A stretch in the middle of a longer buffer: what lies around may not be reached. */
static fc_buffer around;
#define MARGIN ((size_t)8)

static inline void begin(void)
{
    around = fct_make(LENGTH + 2 * MARGIN);
    b = fc_buffer_slice(&around, (ptrdiff_t)MARGIN, -(ptrdiff_t)MARGIN);
    memcpy(expected, fc_buffer_data(&b), LENGTH);
}

static inline void end(void)
{
    fc_buffer_release(&b), fc_buffer_release(&around);
    fct_assert_nothing_alive();
}

static inline void assert_bytes(void)
{
    const uint8_t *bytes = fc_buffer_data(&around);
    ck_assert_mem_eq(bytes + MARGIN, expected, LENGTH);
    for (size_t i = 0; i < MARGIN; i++) {
        ck_assert_uint_eq(bytes[i], fct_pattern(i));
        ck_assert_uint_eq(bytes[MARGIN + LENGTH + i], fct_pattern(MARGIN + LENGTH + i));
    }
}

static inline size_t least(size_t a, size_t c)
{
    return a < c ? a : c;
}

/* Where nothing wraps: where there is no such type a size has 32 bits. */
#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 wide;
#else
typedef int64_t wide;
#endif

static inline size_t clamp(ptrdiff_t position, size_t length)
{
    wide at = position;
    at = at < 0 ? at + (wide)length : at;
    at = at < 0 ? 0 : at;
    return at > (wide)length ? length : (size_t)at;
}

static inline bool fits(size_t offset, size_t length, size_t whole)
{
    return (wide)offset + (wide)length <= (wide)whole;
}

static inline fc_status in_range(bool right)
{
    return right ? FC_OK : FC_ERR_OUT_OF_RANGE;
}

/* Writes a value of its own each time, so that no write can pass for another. */
static inline uint8_t fresh(void)
{
    static uint8_t value;
    return ++value;
}

#endif
