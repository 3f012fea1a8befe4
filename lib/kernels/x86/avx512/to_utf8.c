/* SPDX-License-Identifier: MIT */

/* UTF-16 and latin1 to UTF-8, 32 units at a time, whatever they hold: each makes up to three bytes,
 * places that it does not need stay zero, and those that are not move together by one instruction
 * of VBMI2. The layout is that of Robert Clausecker and Daniel Lemire, "Transcoding Unicode
 * Characters with AVX-512 Instructions", Software: Practice and Experience 53 (2023).
 *
 * Bounds: loads and stores are masked, or whole where so much is there. Only the last characters
 * that fit into a room are taken one by one. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/scalar/text.h"
#include "kernels/x86/avx512/masks.h"

#define UNITS ((size_t)32)
#define BYTES ((size_t)64)

/* How much of each side has been gone over. */
struct step {
    size_t used, made;
};

/* Moves the bytes together that are not zero, and those of `always` among the first `count`. */
static inline __m512i packed_avx512(size_t *made, __m512i bytes, uint64_t always, size_t count)
{
    uint64_t kept = (_mm512_test_epi8_mask(bytes, bytes) | always) & fci_first_avx512(count);
    *made = (size_t)__builtin_popcountll(kept);
    return _mm512_maskz_compress_epi8(kept, bytes);
}

static inline void store_first_avx512(uint8_t *to, __m512i bytes, size_t count)
{
    _mm512_mask_storeu_epi8(to, fci_first_avx512(count), bytes);
}

/* `count` units below 0x800: each is a lead, 0 if there is none, and a last byte. */
static inline __m512i twos_avx512(size_t *made, __m512i units, size_t count)
{
    __mmask32 wide = _mm512_cmpge_epu16_mask(units, _mm512_set1_epi16(0x80));
    __m512i last = _mm512_and_si512(units, _mm512_set1_epi16(0x3f));
    __m512i both = _mm512_or_si512(_mm512_srli_epi16(units, 6), _mm512_slli_epi16(last, 8));
    both = _mm512_or_si512(both, _mm512_set1_epi16((short)0x80c0));
    both = _mm512_mask_mov_epi16(_mm512_slli_epi16(units, 8), wide, both);
    return packed_avx512(made, both, UINT64_C(0xaaaaaaaaaaaaaaaa), 2 * count);
}

/* Units of any size, surrogates in pairs only, to a lead, a middle and a last byte each, 0 where it
 * has none: the first two in units of their own, and the last in another. A surrogate gives two
 * bytes of the four, as if it were a character of two with another lead: the first the ten bits and
 * 0x40 that are above the low twelve, the second those twelve, two of which are the first one's
 * last. */
static inline void threes_avx512(__m512i *front, __m512i *last, __m512i units, __mmask32 high,
                                 __mmask32 low)
{
    __mmask32 small = _mm512_cmplt_epu16_mask(units, _mm512_set1_epi16(0x800));
    __mmask32 ascii = _mm512_cmplt_epu16_mask(units, _mm512_set1_epi16(0x80));
    __m512i tag = _mm512_mask_mov_epi16(_mm512_set1_epi16(0x80), small, _mm512_set1_epi16(0xc0));
    if (low != 0) {
        const __m512i before =
            _mm512_sub_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(fci_places_avx512())),
                             _mm512_set1_epi16(1));
        __m512i ten = _mm512_and_si512(units, _mm512_set1_epi16(0x3ff));
        __m512i top = _mm512_srli_epi16(_mm512_add_epi16(ten, _mm512_set1_epi16(0x40)), 2);
        __m512i two = _mm512_slli_epi16(_mm512_permutexvar_epi16(before, units), 10);
        two = _mm512_and_si512(two, _mm512_set1_epi16(0xc00));
        units = _mm512_mask_mov_epi16(units, high, top);
        units = _mm512_mask_add_epi16(units, low, ten, two);
        tag = _mm512_mask_mov_epi16(tag, high, _mm512_set1_epi16(0xf0));
    }
    const __m512i six = _mm512_set1_epi16(0x3f);
    __m512i lead = _mm512_or_si512(_mm512_srli_epi16(units, 12), _mm512_set1_epi16(0xe0));
    lead = _mm512_maskz_mov_epi16((__mmask32) ~(small | high | low), lead);
    __m512i middle = _mm512_and_si512(_mm512_srli_epi16(units, 6), six);
    middle = _mm512_maskz_mov_epi16((__mmask32)~ascii, _mm512_or_si512(middle, tag));
    *front = _mm512_or_si512(lead, _mm512_slli_epi16(middle, 8));
    *last = _mm512_or_si512(_mm512_and_si512(units, six), _mm512_set1_epi16(0x80));
    *last = _mm512_mask_mov_epi16(*last, ascii, units);
}

/* Up to 32 units, alone or in pairs; nothing is stored that has no room. A lone surrogate becomes
 * U+FFFD; one at the end of a whole vector waits for the next unit, of which there is one if
 * `more`.
 */
static inline struct step narrow_avx512(uint8_t *to, size_t room, const uint16_t *from,
                                        size_t count, bool more)
{
    const struct step none = { 0, 0 };
    size_t made, rest;
    __m512i units = _mm512_maskz_loadu_epi16((__mmask32)fci_first_avx512(count), from);
    if (_mm512_test_epi16_mask(units, _mm512_set1_epi16((short)0xf800)) == 0) {
        __m512i bytes = twos_avx512(&made, units, count);
        if (made > room) {
            return none;
        }
        store_first_avx512(to, bytes, made);
        return (struct step){ count, made };
    }
    __m512i six = _mm512_and_si512(units, _mm512_set1_epi16((short)0xfc00));
    uint32_t high = _mm512_cmpeq_epi16_mask(six, _mm512_set1_epi16((short)0xd800));
    uint32_t low = _mm512_cmpeq_epi16_mask(six, _mm512_set1_epi16((short)0xdc00));
    if (more && high >> 31 != 0) {
        count--;
        high &= INT32_MAX;
    }
    uint32_t lone = (high & ~(low >> 1)) | (low & ~(high << 1));
    units = _mm512_mask_mov_epi16(units, lone, _mm512_set1_epi16((short)0xfffd));

    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    __m512i front, last;
    threes_avx512(&front, &last, units, high & ~lone, low & ~lone);
    front = _mm512_permutexvar_epi64(order, front);
    last = _mm512_permutexvar_epi64(order, last);
    size_t half = count < UNITS / 2 ? count : UNITS / 2;
    const uint64_t lasts = UINT64_C(0x4444444444444444);
    __m512i a = packed_avx512(&made, _mm512_unpacklo_epi16(front, last), lasts, 4 * half);
    __m512i b = packed_avx512(&rest, _mm512_unpackhi_epi16(front, last), lasts, 4 * (count - half));
    if (made + rest > room) {
        return none;
    }
    store_first_avx512(to, a, made);
    store_first_avx512(to + made, b, rest);
    return (struct step){ count, made + rest };
}

static inline bool are_ascii_avx512(const uint16_t *from)
{
    __m512i units = _mm512_loadu_si512(from);
    return _mm512_test_epi16_mask(units, _mm512_set1_epi16((short)0xff80)) == 0;
}

size_t fci_utf16_to_utf8_avx512(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                                size_t *read)
{
    size_t at = 0, done = 0, rest = 0;
    while (at < count) {
        while (count - at >= UNITS && room - done >= UNITS && are_ascii_avx512(from + at)) {
            __m256i bytes = _mm512_cvtepi16_epi8(_mm512_loadu_si512(from + at));
            _mm256_storeu_si256((__m256i_u *)(to + done), bytes);
            at += UNITS;
            done += UNITS;
        }
        size_t some = count - at < UNITS ? count - at : UNITS;
        struct step step =
            narrow_avx512(to + done, room - done, from + at, some, count - at > UNITS);
        if (step.used == 0) {
            break;
        }
        at += step.used;
        done += step.made;
    }
    done += fci_utf16_to_utf8_scalar(to + done, room - done, from + at, count - at, &rest);
    *read = at + rest;
    return done;
}

/* 32 bytes at most. */
static inline size_t put_latin1_avx512(uint8_t *to, __m256i bytes, size_t count)
{
    size_t made;
    __m512i twos = twos_avx512(&made, _mm512_cvtepu8_epi16(bytes), count);
    store_first_avx512(to, twos, made);
    return made;
}

size_t fci_latin1_to_utf8_avx512(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t done = 0;
    for (size_t i = 0; i < length; i += BYTES) {
        size_t some = length - i < BYTES ? length - i : BYTES;
        size_t half = some < UNITS ? some : UNITS;
        __m512i bytes = _mm512_maskz_loadu_epi8(fci_first_avx512(some), from + i);
        if (_mm512_movepi8_mask(bytes) == 0) {
            store_first_avx512(to + done, bytes, some);
            done += some;
        } else {
            done += put_latin1_avx512(to + done, _mm512_castsi512_si256(bytes), half);
            __m256i rest = _mm512_extracti64x4_epi64(bytes, 1);
            done += put_latin1_avx512(to + done, rest, some - half);
        }
    }
    return done;
}
