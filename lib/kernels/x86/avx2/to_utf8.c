/* SPDX-License-Identifier: MIT */

/* UTF-16 and latin1 to UTF-8: each unit makes up to three bytes, places that it does not need stay
 * zero, and those that are not move together (compact.h). Branches are on eight units, not on one.
 * The layout is that of Robert Clausecker and Daniel Lemire, "Transcoding Unicode Characters with
 * AVX-512 Instructions", Software: Practice and Experience 53 (2023).
 *
 * Bounds: a step may store up to eight bytes in excess, only where that many of the result are
 * still to come: enough text and enough room must be left. The rest is the scalar tier's. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "base/utf.h"
#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/compact.h"
#include "kernels/x86/avx2/vector.h"

#define UNITS ((size_t)8)
/* Less than this is the scalar tier's. */
#define SMALL (3 * UNITS)

/* How much of each side has been gone over. */
struct step {
    size_t used, made;
};

static inline __m128i load_16_avx2(const void *from)
{
    return _mm_loadu_si128((const __m128i_u *)from);
}

static inline void store_16_avx2(void *to, __m128i vector)
{
    _mm_storeu_si128((__m128i_u *)to, vector);
}

/* Bit `i` tells whether byte `i` is not zero. */
static inline uint32_t not_zero_avx2(__m128i bytes)
{
    return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) & 0xffff;
}

/* Eight units below 0x800: each is a lead, 0 if there is none, and a last byte. */
static inline size_t put_twos_avx2(uint8_t *to, __m128i units)
{
    __m128i ascii = _mm_cmpgt_epi16(_mm_set1_epi16(0x80), units);
    __m128i lead = _mm_or_si128(_mm_srli_epi16(units, 6), _mm_set1_epi16(0xc0));
    __m128i last = _mm_or_si128(_mm_and_si128(units, _mm_set1_epi16(0x3f)), _mm_set1_epi16(0x80));
    last = _mm_blendv_epi8(last, units, ascii);
    __m128i both = _mm_or_si128(_mm_andnot_si128(ascii, lead), _mm_slli_epi16(last, 8));
    return fci_compact_bytes_avx2(to, both, not_zero_avx2(both) | 0xaaaa);
}

/* Eight units of any size, of which `pairs` are surrogates and `high` the first of a pair. Each
 * gives up to three bytes, and 0 for those that it has not. A surrogate gives two bytes of the
 * four, as if it were a character of two with another lead: the first the ten bits and 0x40 that
 * are above the low twelve, the second those twelve, two of which are the first one's last. */
static inline size_t put_any_avx2(uint8_t *to, __m128i units, __m128i pairs, __m128i high)
{
    __m128i ten = _mm_and_si128(units, _mm_set1_epi16(0x3ff));
    __m128i top = _mm_srli_epi16(_mm_add_epi16(ten, _mm_set1_epi16(0x40)), 2);
    __m128i rest = _mm_or_si128(_mm_slli_epi16(_mm_slli_si128(units, 2), 10), ten);
    rest = _mm_and_si128(rest, _mm_set1_epi16(0xfff));
    __m128i small =
        _mm_cmpeq_epi16(_mm_and_si128(units, _mm_set1_epi16((short)0xf800)), _mm_setzero_si128());
    __m128i ascii =
        _mm_cmpeq_epi16(_mm_and_si128(units, _mm_set1_epi16((short)0xff80)), _mm_setzero_si128());
    units = _mm_blendv_epi8(units, _mm_blendv_epi8(rest, top, high), pairs);
    __m128i tag = _mm_set1_epi16(0x80);
    tag = _mm_or_si128(tag, _mm_and_si128(small, _mm_set1_epi16(0x40)));
    tag = _mm_or_si128(tag, _mm_and_si128(high, _mm_set1_epi16(0x70)));

    __m128i six = _mm_set1_epi16(0x3f);
    __m128i lead = _mm_or_si128(_mm_srli_epi16(units, 12), _mm_set1_epi16(0xe0));
    lead = _mm_andnot_si128(_mm_or_si128(small, pairs), lead);
    __m128i middle = _mm_or_si128(_mm_and_si128(_mm_srli_epi16(units, 6), six), tag);
    middle = _mm_andnot_si128(ascii, middle);
    __m128i last = _mm_or_si128(_mm_and_si128(units, six), _mm_set1_epi16(0x80));
    last = _mm_blendv_epi8(last, units, ascii);

    __m128i front = _mm_or_si128(lead, _mm_slli_epi16(middle, 8));
    __m128i a = _mm_unpacklo_epi16(front, last), b = _mm_unpackhi_epi16(front, last);
    size_t done = fci_compact_bytes_avx2(to, a, not_zero_avx2(a) | 0x4444);
    return done + fci_compact_bytes_avx2(to + done, b, not_zero_avx2(b) | 0x4444);
}

/* Eight units with surrogates, or seven if the last is the first of a pair; none if there is a lone
 * one among them. */
static inline struct step put_pairs_avx2(uint8_t *to, __m128i units)
{
    __m128i six = _mm_and_si128(units, _mm_set1_epi16((short)0xfc00));
    __m128i high = _mm_cmpeq_epi16(six, _mm_set1_epi16((short)0xd800));
    __m128i low = _mm_cmpeq_epi16(six, _mm_set1_epi16((short)0xdc00));
    uint32_t highs = (uint32_t)_mm_movemask_epi8(high), lows = (uint32_t)_mm_movemask_epi8(low);
    if ((highs << 2 & 0xffff) != lows) {
        return (struct step){ 0, 0 };
    }
    /* The first of a pair that is cut off has given two bytes: they will be stored again. */
    size_t cut = highs >> 15;
    size_t made = put_any_avx2(to, units, _mm_or_si128(high, low), high);
    return (struct step){ UNITS - cut, made - 2 * cut };
}

/* Eight units, or sixteen if they are ASCII. */
static inline struct step step_avx2(uint8_t *to, const uint16_t *from)
{
    __m128i units = load_16_avx2(from), more = load_16_avx2(from + UNITS);
    if (_mm_testz_si128(_mm_or_si128(units, more), _mm_set1_epi16((short)0xff80))) {
        store_16_avx2(to, _mm_packus_epi16(units, more));
        return (struct step){ 2 * UNITS, 2 * UNITS };
    }
    if (_mm_testz_si128(units, _mm_set1_epi16((short)0xf800))) {
        return (struct step){ UNITS, put_twos_avx2(to, units) };
    }
    return put_pairs_avx2(to, units);
}

/* A step gives 24 bytes at most, and stores eight more; a last character that has no room leaves
 * three. */
size_t fci_utf16_to_utf8_avx2(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                              size_t *read)
{
    size_t at = 0, done = 0, rest = 0;
    if (count < SMALL) {
        return fci_utf16_to_utf8_scalar(to, room, from, count, read);
    }
    while (count - at >= 2 * UNITS && room - done >= 40) {
        struct step step = step_avx2(to + done, from + at);
        if (step.used == 0) {
            uint32_t code;
            step.used = fci_utf16_next(&code, from + at, from + count);
            step.made = fci_utf8_put(to + done, code);
        }
        at += step.used;
        done += step.made;
    }
    done += fci_utf16_to_utf8_scalar(to + done, room - done, from + at, count - at, &rest);
    *read = at + rest;
    return done;
}

/* Eight bytes at a time where one is not ASCII. */
size_t fci_latin1_to_utf8_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0, done = 0;
    if (length < FCI_VECTOR) {
        return fci_latin1_to_utf8_scalar(to, from, length);
    }
    while (length - i >= FCI_VECTOR) {
        __m256i bytes = fci_load_avx2(from + i);
        if (_mm256_movemask_epi8(bytes) == 0) {
            fci_store_avx2(to + done, bytes);
            i += FCI_VECTOR;
            done += FCI_VECTOR;
            continue;
        }
        /* Eight bytes stay behind: they cover what the last step stores in excess. */
        for (size_t k = 0; k < FCI_VECTOR - UNITS; k += UNITS, i += UNITS) {
            __m128i units = _mm_cvtepu8_epi16(_mm_loadu_si64(from + i));
            done += put_twos_avx2(to + done, units);
        }
    }
    return done + fci_latin1_to_utf8_scalar(to + done, from + i, length - i);
}
