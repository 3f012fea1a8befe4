/* SPDX-License-Identifier: MIT */

/* Base64 by vectors: 48 bytes make 64 characters and back, after Wojciech Mula and Daniel Lemire,
 * "Base64 encoding and decoding at almost the speed of a memory copy", Software: Practice and
 * Experience 50 (2020): shifts of every byte apart take the fields out, multiplications join them,
 * and both alphabets are looked up in registers. What is less than a vector is loaded and stored
 * through masks, so that nothing is touched outside the ranges. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/base64.h"
#include "kernels/x86/avx512/masks.h"

/* Groups of a vector of text, its bytes, and the bytes that are loaded for it. */
#define GROUPS ((size_t)16)
#define BYTES (3 * GROUPS)
#define LOADED ((size_t)64)

/* Each group is spread as 1 0 2 1, so that the fields begin at bits 10, 4, 22 and 16. */
static inline __m512i encoded_avx512(__m512i bytes, __m512i alphabet)
{
    const __m512i spread =
        _mm512_set_epi32(0x2e2f2d2e, 0x2b2c2a2b, 0x28292728, 0x25262425, 0x22232122, 0x1f201e1f,
                         0x1c1d1b1c, 0x191a1819, 0x16171516, 0x13141213, 0x10110f10, 0x0d0e0c0d,
                         0x0a0b090a, 0x07080607, 0x04050304, 0x01020001);
    const __m512i shifts = _mm512_set1_epi64(0x3036242a1016040a);
    __m512i spreaded = _mm512_permutexvar_epi8(spread, bytes);
    return _mm512_permutexvar_epi8(_mm512_multishift_epi64_epi8(shifts, spreaded), alphabet);
}

size_t fci_base64_encode_avx512(uint8_t *to, const uint8_t *from, size_t length, bool url)
{
    const __m512i alphabet = _mm512_loadu_si512(fci_base64_alphabets[url]);
    const uint8_t *begin = to;
    for (; length >= LOADED; length -= BYTES, from += BYTES, to += 4 * GROUPS) {
        _mm512_storeu_si512(to, encoded_avx512(_mm512_loadu_si512(from), alphabet));
    }
    while (length != 0) {
        size_t some = length < BYTES ? length : BYTES, made = some + (some + 2) / 3;
        __m512i bytes = _mm512_maskz_loadu_epi8(fci_first_avx512(some), from);
        _mm512_mask_storeu_epi8(to, fci_first_avx512(made), encoded_avx512(bytes, alphabet));
        length -= some;
        from += some;
        to += made;
    }
    return (size_t)(to - begin);
}

/* What ASCII stands for, in two halves. */
struct values {
    __m512i low, high;
    unsigned alphabet;
};

static inline struct values values_avx512(unsigned alphabet)
{
    const uint8_t *values = fci_base64_values[alphabet];
    return (struct values){ _mm512_loadu_si512(values), _mm512_loadu_si512(values + 64), alphabet };
}

/* The field of each character; the sign bit is set for what has none, or in the text itself. */
static inline __m512i fields_avx512(struct values values, __m512i text)
{
    return _mm512_permutex2var_epi8(values.low, text, values.high);
}

static inline uint64_t bad_avx512(__m512i text, __m512i fields)
{
    return _mm512_movepi8_mask(_mm512_or_si512(text, fields));
}

/* 48 bytes, and zeroes. */
static inline __m512i joined_avx512(__m512i fields)
{
    const __m512i order = _mm512_set_epi32(
        0, 0, 0, 0, 0x3c3d3e38, 0x393a3435, 0x36303132, 0x2c2d2e28, 0x292a2425, 0x26202122,
        0x1c1d1e18, 0x191a1415, 0x16101112, 0x0c0d0e08, 0x090a0405, 0x06000102);
    __m512i pairs = _mm512_maddubs_epi16(fields, _mm512_set1_epi32(0x01400140));
    __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00011000));
    return _mm512_permutexvar_epi8(order, fours);
}

static inline void store_48_avx512(uint8_t *to, __m512i bytes)
{
    _mm512_mask_storeu_epi8(to, (UINT64_C(1) << BYTES) - 1, bytes);
}

/* For text that is needed twice: the compiler would rather load it twice, which costs a fifth where
 * vectors lie across lines of the cache. */
static inline __m512i text_avx512(const uint8_t *at)
{
    __m512i text = _mm512_loadu_si512(at);
    __asm__("" : "+v"(text));
    return text;
}

/* Decodes two vectors of groups, of which the second begins at group `second`, or stores nothing
 * and returns false: one test for both. */
static inline bool decode_two_avx512(uint8_t *to, const uint8_t *from, size_t second,
                                     struct values values)
{
    __m512i text = text_avx512(from), more = text_avx512(from + 4 * second);
    __m512i fields = fields_avx512(values, text), others = fields_avx512(values, more);
    if (bad_avx512(_mm512_or_si512(text, more), _mm512_or_si512(fields, others)) != 0) {
        return false;
    }
    store_48_avx512(to, joined_avx512(fields));
    store_48_avx512(to + 3 * second, joined_avx512(others));
    return true;
}

size_t fci_base64_decode_avx512(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet)
{
    const struct values values = values_avx512(alphabet);
    size_t i = 0;
    while (groups - i >= 2 * GROUPS &&
           decode_two_avx512(to + 3 * i, from + 4 * i, GROUPS, values)) {
        i += 2 * GROUPS;
    }
    /* What is left, or the two vectors that are not all good. */
    while (i < groups) {
        size_t some = groups - i < GROUPS ? groups - i : GROUPS;
        uint64_t all = fci_first_avx512(4 * some);
        __m512i text = _mm512_maskz_loadu_epi8(all, from + 4 * i);
        __m512i fields = fields_avx512(values, text);
        uint64_t bad = bad_avx512(text, fields) & all;
        some = bad != 0 ? (size_t)__builtin_ctzll(bad) / 4 : some;
        _mm512_mask_storeu_epi8(to + 3 * i, fci_first_avx512(3 * some), joined_avx512(fields));
        i += some;
        if (bad != 0) {
            break;
        }
    }
    return i;
}

/* The usual line is two vectors, of which the second reaches back into the first, and one test: a
 * test for each, in a loop, takes half as long again. */
static inline bool line_avx512(uint8_t *to, const uint8_t *from, size_t groups,
                               struct values values)
{
    if (groups < GROUPS || groups > 2 * GROUPS) {
        return fci_base64_decode_avx512(to, from, groups, values.alphabet) == groups;
    }
    return decode_two_avx512(to, from, groups - GROUPS, values);
}

#define FCI_TIER(name) name##_avx512
#include "kernels/lines_template.h"

static inline size_t count_avx512(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

/* What nothing behind it counts after: '=', and what is not ASCII. */
static inline uint64_t stops_avx512(__m512i text)
{
    return _mm512_movepi8_mask(text) | _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('='));
}

/* Whole vectors are stored, since no more is kept than was used. */
size_t fci_base64_compact_avx512(uint8_t *to, const uint8_t *from, size_t length, size_t *read)
{
    const struct values values = values_avx512(FCI_BASE64_EITHER);
    size_t i = 0, kept = 0;
    uint64_t stops = 0;
    for (; length - i >= 4 * GROUPS; i += 4 * GROUPS) {
        __m512i text = _mm512_loadu_si512(from + i);
        uint64_t good = ~bad_avx512(text, fields_avx512(values, text));
        if (stops_avx512(text) != 0) {
            break;
        }
        _mm512_storeu_si512(to + kept, _mm512_maskz_compress_epi8(good, text));
        kept += count_avx512(good);
    }
    while (i < length && stops == 0) {
        size_t some = length - i < 4 * GROUPS ? length - i : 4 * GROUPS;
        uint64_t all = fci_first_avx512(some);
        __m512i text = _mm512_maskz_loadu_epi8(all, from + i);
        stops = stops_avx512(text) & all;
        if (stops != 0) {
            all = fci_first_avx512((size_t)__builtin_ctzll(stops));
        }
        uint64_t good = all & ~bad_avx512(text, fields_avx512(values, text));
        size_t count = count_avx512(good);
        __m512i together = _mm512_maskz_compress_epi8(good, text);
        _mm512_mask_storeu_epi8(to + kept, fci_first_avx512(count), together);
        kept += count;
        i += count_avx512(all);
    }
    *read = i;
    return kept;
}
