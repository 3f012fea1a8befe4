/* SPDX-License-Identifier: MIT */

/* UTF-8 to UTF-16, 64 bytes at a time, whatever they hold: the places where characters begin move
 * together by one instruction of VBMI2, and each fetches its bytes. The way is that of Robert
 * Clausecker and Daniel Lemire, "Transcoding Unicode Characters with AVX-512 Instructions",
 * Software: Practice and Experience 53 (2023). The text is validated first, a few KiB at a time.
 *
 * Bounds: loads and stores are masked, or whole where so much is there. Only the last characters
 * that fit into a room are taken one by one. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "kernels/x86/avx2/text.h"
#include "kernels/x86/avx512/masks.h"

#define UNITS ((size_t)32)
#define BYTES ((size_t)64)

/* 32 units at the places given, each twice: of characters that begin there, or second ones of pairs
 * at the third byte of four. */
static inline __m512i units_avx512(__m512i bytes, __m512i places, bool fours)
{
    places = _mm512_add_epi8(places, _mm512_set1_epi16(0x0100));
    __m512i front = _mm512_permutexvar_epi8(places, bytes);
    places = _mm512_add_epi8(places, _mm512_set1_epi8(2));
    __m512i third = _mm512_permutexvar_epi8(places, bytes);
    __m512i first = _mm512_and_si512(front, _mm512_set1_epi16(0xff));
    __m512i two = _mm512_maddubs_epi16(_mm512_and_si512(front, _mm512_set1_epi16(0x3f1f)),
                                       _mm512_set1_epi16(0x0140));
    /* two << 6 | (third & 0x3f) */
    __m512i three =
        _mm512_ternarylogic_epi32(_mm512_slli_epi16(two, 6), third, _mm512_set1_epi16(0x3f), 0xf8);
    __mmask32 long_ones = _mm512_cmpge_epu16_mask(first, _mm512_set1_epi16(0xe0));
    __m512i units = _mm512_mask_mov_epi16(two, long_ones, three);
    if (fours) {
        __mmask32 high = _mm512_cmpge_epu16_mask(first, _mm512_set1_epi16(0xf0));
        __mmask32 low = _mm512_cmplt_epu16_mask(first, _mm512_set1_epi16(0xc0));
        units = _mm512_mask_add_epi16(units, high, _mm512_srli_epi16(three, 4),
                                      _mm512_set1_epi16((short)(0xd800 - 0x40)));
        two = _mm512_and_si512(two, _mm512_set1_epi16(0x3ff));
        units = _mm512_mask_add_epi16(units, low, two, _mm512_set1_epi16((short)0xdc00));
    }
    __mmask32 ascii = _mm512_cmplt_epu16_mask(first, _mm512_set1_epi16(0x80));
    return _mm512_mask_mov_epi16(units, ascii, first);
}

static inline void store_units_avx512(uint16_t *to, __m512i units, size_t count)
{
    _mm512_mask_storeu_epi16(to, (__mmask32)fci_first_avx512(count), units);
}

/* 64 bytes of right text, or all of `left`: the characters that end within them. Nothing is stored
 * that has no room. */
static inline struct fci_utf16_step widen_avx512(uint16_t *to, size_t room, const uint8_t *from,
                                                 size_t left)
{
    size_t some = left < BYTES ? left : BYTES;
    __m512i bytes = _mm512_maskz_loadu_epi8(fci_first_avx512(some), from);
    uint64_t begins = _mm512_cmpgt_epi8_mask(bytes, _mm512_set1_epi8((char)0xbf));
    uint64_t fours = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xf0));
    size_t used = some;
    if (left > BYTES) {
        /* No character that begins before byte 61 ends behind the last. */
        uint64_t late = begins >> 61;
        used = late != 0 ? 61 + (size_t)__builtin_ctzll(late) : BYTES;
    }
    uint64_t kept = (begins | fours << 2) & fci_first_avx512(used);
    size_t made = (size_t)__builtin_popcountll(kept);
    if (made > room) {
        return (struct fci_utf16_step){ 0, 0 };
    }
    const __m512i twice = _mm512_unpacklo_epi8(
        _mm512_permutexvar_epi64(_mm512_set_epi64(0, 3, 0, 2, 0, 1, 0, 0), fci_places_avx512()),
        _mm512_permutexvar_epi64(_mm512_set_epi64(0, 3, 0, 2, 0, 1, 0, 0), fci_places_avx512()));
    __m512i places = _mm512_maskz_compress_epi8(kept, fci_places_avx512());
    size_t half = made < UNITS ? made : UNITS;
    __m512i units = units_avx512(bytes, _mm512_permutexvar_epi8(twice, places), fours != 0);
    store_units_avx512(to, units, half);
    if (made > UNITS) {
        __m512i behind = _mm512_add_epi8(twice, _mm512_set1_epi8((char)UNITS));
        units = units_avx512(bytes, _mm512_permutexvar_epi8(behind, places), fours != 0);
        store_units_avx512(to + half, units, made - half);
    }
    return (struct fci_utf16_step){ used, made };
}

/* 64 bytes that are ASCII. */
static inline void widen_ascii_avx512(uint16_t *to, __m512i bytes)
{
    _mm512_storeu_si512(to, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(bytes)));
    _mm512_storeu_si512(to + 32, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(bytes, 1)));
}

/* As much of right text as there is room for, or nearly. */
static struct fci_utf16_step run_avx512(uint16_t *to, size_t room, const uint8_t *from,
                                        size_t length)
{
    size_t i = 0, done = 0;
    while (i < length) {
        while (length - i >= BYTES && room - done >= BYTES) {
            __m512i bytes = _mm512_loadu_si512(from + i);
            if (_mm512_movepi8_mask(bytes) != 0) {
                break;
            }
            widen_ascii_avx512(to + done, bytes);
            i += BYTES;
            done += BYTES;
        }
        struct fci_utf16_step step = widen_avx512(to + done, room - done, from + i, length - i);
        if (step.used == 0) {
            break;
        }
        i += step.used;
        done += step.made;
    }
    return (struct fci_utf16_step){ i, done };
}

size_t fci_utf8_to_utf16_avx512(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                                size_t *read)
{
    return fci_utf8_to_utf16_by_runs(run_avx512, to, room, from, length, read);
}
