/* SPDX-License-Identifier: MIT */

/* UTF-8 to UTF-16: what each byte and the two behind it stand for, as if a character began there,
 * and those where one does move together (compact.h): no branch is on what a character is. The way
 * is that of Robert Clausecker and Daniel Lemire, "Transcoding Unicode Characters with AVX-512
 * Instructions", Software: Practice and Experience 53 (2023). The text is validated first, a few
 * KiB at a time.
 *
 * Bounds: a step may store up to eight units in excess, only where that many of the result are
 * still to come: enough text and enough room must be left. The rest is the scalar tier's. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "base/utf.h"
#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/compact.h"
#include "kernels/x86/avx2/vector.h"

#define BYTES ((size_t)16)
#define RUN ((size_t)4096)

static inline __m128i load_16_avx2(const void *from)
{
    return _mm_loadu_si128((const __m128i_u *)from);
}

/* What the 16 bytes at `at` and the two behind stand for, if a character begins at each; for the
 * third byte of four, if it does, the second of the pair. */
static inline __m256i values_avx2(const uint8_t *at, bool fours)
{
    __m256i first = _mm256_cvtepu8_epi16(load_16_avx2(at));
    __m256i second = _mm256_cvtepu8_epi16(load_16_avx2(at + 1));
    __m256i third = _mm256_cvtepu8_epi16(load_16_avx2(at + 2));
    __m256i both = _mm256_or_si256(first, _mm256_slli_epi16(second, 8));
    both = _mm256_and_si256(both, _mm256_set1_epi16(0x3f1f));
    __m256i two = _mm256_maddubs_epi16(both, _mm256_set1_epi16(0x0140));
    __m256i three = _mm256_or_si256(_mm256_slli_epi16(two, 6),
                                    _mm256_and_si256(third, _mm256_set1_epi16(0x3f)));
    __m256i values =
        _mm256_blendv_epi8(two, three, _mm256_cmpgt_epi16(first, _mm256_set1_epi16(0xdf)));
    if (fours) {
        __m256i high = _mm256_add_epi16(_mm256_srli_epi16(three, 4),
                                        _mm256_set1_epi16((short)(0xd800 - 0x40)));
        __m256i low = _mm256_or_si256(_mm256_and_si256(two, _mm256_set1_epi16(0x3ff)),
                                      _mm256_set1_epi16((short)0xdc00));
        values =
            _mm256_blendv_epi8(values, high, _mm256_cmpgt_epi16(first, _mm256_set1_epi16(0xef)));
        values =
            _mm256_blendv_epi8(values, low, _mm256_cmpgt_epi16(_mm256_set1_epi16(0xc0), first));
    }
    return _mm256_blendv_epi8(values, first, _mm256_cmpgt_epi16(_mm256_set1_epi16(0x80), first));
}

/* Bit `i` tells whether byte `i`, from C0 on as a signed number, is greater than `than`. */
static inline uint32_t above_avx2(__m128i bytes, unsigned than)
{
    __m128i most = _mm_subs_epu8(bytes, _mm_set1_epi8((char)than));
    return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(most, _mm_setzero_si128())) & 0xffff;
}

/* 16 bytes of right text. *thirds: which bytes, from the first on, are the third of four; then the
 * same for the bytes behind. Returns how many units. */
static inline size_t widen_avx2(uint16_t *to, const uint8_t *at, uint32_t *thirds)
{
    __m128i bytes = load_16_avx2(at);
    uint32_t begins = (uint32_t)_mm_movemask_epi8(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)0xbf)));
    uint32_t lows = above_avx2(bytes, 0xef) << 2 | *thirds;
    __m256i values = values_avx2(at, lows != 0);
    uint32_t kept = (begins | lows) & 0xffff;
    *thirds = lows >> 16;
    size_t done = fci_compact_units_avx2(to, _mm256_castsi256_si128(values), kept & 0xff);
    return done + fci_compact_units_avx2(to + done, _mm256_extracti128_si256(values, 1), kept >> 8);
}

/* All but the end of `length` bytes of right text; returns how many were used. A step gives 16
 * units at most, and stores eight more; 32 bytes behind it give as many. */
static struct fci_utf16_step run_avx2(uint16_t *to, size_t room, const uint8_t *from, size_t length)
{
    size_t i = 0, done = 0;
    uint32_t thirds = 0;
    while (length - i >= 3 * BYTES && room - done >= 2 * BYTES) {
        __m256i bytes = fci_load_avx2(from + i);
        if (_mm256_movemask_epi8(bytes) == 0) {
            fci_latin1_to_utf16_avx2(to + done, from + i, FCI_VECTOR);
            i += FCI_VECTOR;
            done += FCI_VECTOR;
        } else {
            done += widen_avx2(to + done, from + i, &thirds);
            i += BYTES;
        }
    }
    /* The character that was begun has given its unit, or the first of two. */
    if (thirds != 0) {
        const uint8_t *third = from + i + thirds / 2;
        to[done++] = (uint16_t)(0xdc00 | (third[0] & 0xf) << 6 | (third[1] & 0x3f));
    }
    while (i > 0 && i < length && fci_utf8_is_continuation(from[i])) {
        i++;
    }
    return (struct fci_utf16_step){ i, done };
}

size_t fci_utf8_to_utf16_by_runs(fci_utf16_run *run, uint16_t *to, size_t room, const uint8_t *from,
                                 size_t length, size_t *read)
{
    size_t at = 0, done = 0;
    while (at < length) {
        size_t some = length - at < RUN ? length - at : RUN, rest = 0;
        size_t good = fci_utf8_prefix_avx2(from + at, some), next = good;
        struct fci_utf16_step step = run(to + done, room - done, from + at, good);
        /* What is left of the run, and the character that ends it. */
        if (at + good < length) {
            uint32_t code;
            next += fci_utf8_next(&code, from + at + good, from + length);
        }
        done += step.made;
        done += fci_utf8_to_utf16_scalar(to + done, room - done, from + at + step.used,
                                         next - step.used, &rest);
        at += step.used + rest;
        if (step.used + rest < next) {
            break;
        }
    }
    *read = at;
    return done;
}

size_t fci_utf8_to_utf16_avx2(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                              size_t *read)
{
    return fci_utf8_to_utf16_by_runs(run_avx2, to, room, from, length, read);
}
