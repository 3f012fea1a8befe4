/* SPDX-License-Identifier: MIT */

/* UTF-8 by rounds of 64 bytes, after John Keiser and Daniel Lemire, "Validating UTF-8 In Less Than
 * One Instruction Per Byte", Software: Practice and Experience 51 (2021): the halves of a byte and
 * the high half of the next one each have a table of the errors that they allow; what all three
 * allow is one. Two continuations in a row are right only behind a lead of three or four.
 *
 * Bounds: a round loads [i - 3, i + 64), and i >= 3 but for the copy of the start, which has three
 * zeroes before it. The last round ends at the end. What is less than a round is copied, with
 * zeroes behind it. Where a round is wrong the scalar tier says where, from the last character that
 * begins before the round: all before it is right. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "base/utf.h"
#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/vector.h"

#define ROUND (2 * FCI_VECTOR)
#define BEFORE ((size_t)3)

/* Errors of a byte and the next one. */
#define TOO_SHORT 0x01  /* a lead, and then no continuation */
#define TOO_LONG 0x02   /* ASCII, and then a continuation */
#define OVERLONG_3 0x04 /* E0 80..9F */
#define TOO_LARGE 0x08  /* F4 90..BF, F5..FF 90..BF */
#define SURROGATE 0x10  /* ED A0..BF */
#define OVERLONG_2 0x20 /* C0, C1 */
#define OVERLONG_4 0x40 /* F0 80..8F; and TOO_LARGE with a second byte 80..8F */
#define TWO 0x80        /* a continuation, and then another: right or wrong */
#define CARRY (TOO_SHORT | TOO_LONG | TWO)

static inline __m256i lookup_avx2(__m128i table, __m256i halves)
{
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), halves);
}

/* By the high half of the first byte, by its low half, and by the high half of the second. */
static inline __m256i pair_errors_avx2(__m256i first, __m256i second)
{
    const __m128i first_high = _mm_setr_epi8(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, (char)TWO,
        (char)TWO, (char)TWO, (char)TWO, TOO_SHORT | OVERLONG_2, TOO_SHORT,
        TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4);
    const __m128i first_low = _mm_setr_epi8(
        (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2),
        (char)CARRY, (char)CARRY, (char)(CARRY | TOO_LARGE), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4 | SURROGATE),
        (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4));
    const char any = (char)(TOO_LONG | OVERLONG_2 | TWO);
    const __m128i second_high = _mm_setr_epi8(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        any | OVERLONG_3 | OVERLONG_4, any | OVERLONG_3 | TOO_LARGE, any | SURROGATE | TOO_LARGE,
        any | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i a = lookup_avx2(first_high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half));
    __m256i b = lookup_avx2(first_low, _mm256_and_si256(first, half));
    __m256i c = lookup_avx2(second_high, _mm256_and_si256(_mm256_srli_epi16(second, 4), half));
    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

/* Not zero where the 32 bytes at `at`, and the three before, are wrong. */
static inline __m256i errors_avx2(const uint8_t *at)
{
    __m256i pairs = pair_errors_avx2(fci_load_avx2(at - 1), fci_load_avx2(at));
    /* TWO where the byte two before is a lead of three or more, or that three before one of four.
     */
    __m256i third = _mm256_subs_epu8(fci_load_avx2(at - 2), _mm256_set1_epi8(0xe0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(fci_load_avx2(at - 3), _mm256_set1_epi8(0xf0 - 0x80));
    __m256i two = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)TWO));
    return _mm256_xor_si256(pairs, two);
}

static inline bool round_is_ascii_avx2(const uint8_t *at)
{
    return _mm256_movemask_epi8(_mm256_or_si256(fci_load_avx2(at), fci_load_avx2(at + 32))) == 0;
}

static inline bool round_is_right_avx2(const uint8_t *at)
{
    __m256i errors = _mm256_or_si256(errors_avx2(at), errors_avx2(at + FCI_VECTOR));
    return _mm256_testz_si256(errors, errors) != 0;
}

/* Whether a character before `at` wants more bytes than there are before it. */
static inline bool is_open_avx2(const uint8_t *at)
{
    return at[-1] >= 0xc0 || at[-2] >= 0xe0 || at[-3] >= 0xf0;
}

/* Whether the last bytes, from `at` on, are right; at most a round, and all before is. */
static bool end_is_right_avx2(const uint8_t *bytes, size_t at, size_t length)
{
    if (length >= BEFORE + ROUND) {
        return round_is_right_avx2(bytes + length - ROUND) && !is_open_avx2(bytes + length);
    }
    uint8_t copy[BEFORE + ROUND] = { 0 };
    size_t before = at < BEFORE ? at : BEFORE, left = length - at;
    __builtin_memcpy(copy + BEFORE - before, bytes + at - before, before + left);
    return round_is_right_avx2(copy + BEFORE) && !is_open_avx2(copy + BEFORE + left);
}

/* The longest right prefix, where all before `at` is right but that its last character may need
 * more, and something is wrong there or behind. */
static size_t exact_avx2(const uint8_t *bytes, size_t at, size_t length)
{
    for (size_t back = 1; back <= BEFORE && back <= at; back++) {
        if (!fci_utf8_is_continuation(bytes[at - back])) {
            at -= back;
            break;
        }
    }
    return at + fci_utf8_prefix_scalar(bytes + at, length - at);
}

/* ASCII is run over by itself: only the round before it may be open. */
size_t fci_utf8_prefix_avx2(const uint8_t *bytes, size_t length)
{
    size_t at = fci_ascii_prefix_avx2(bytes, length);
    if (at == length) {
        return length;
    }
    while (at < BEFORE && at < length) {
        uint32_t code;
        size_t used = fci_utf8_next(&code, bytes + at, bytes + length);
        if (code == FCI_UTF_ILL) {
            return at;
        }
        at += used;
    }
    while (length - at >= ROUND) {
        if (round_is_ascii_avx2(bytes + at)) {
            if (is_open_avx2(bytes + at)) {
                return exact_avx2(bytes, at, length);
            }
            at += fci_ascii_prefix_avx2(bytes + at, length - at);
        } else if (round_is_right_avx2(bytes + at)) {
            at += ROUND;
        } else {
            return exact_avx2(bytes, at, length);
        }
    }
    return end_is_right_avx2(bytes, at, length) ? length : exact_avx2(bytes, at, length);
}

/* Bytes that begin a character, and those that begin one of two units. */
static inline size_t units_avx2(const uint8_t *at)
{
    __m256i bytes = fci_load_avx2(at);
    __m256i begins = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)0xbf));
    __m256i fours = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, _mm256_set1_epi8((char)0xf0)), bytes);
    return (size_t)(__builtin_popcount((unsigned)_mm256_movemask_epi8(begins)) +
                    __builtin_popcount((unsigned)_mm256_movemask_epi8(fours)));
}

size_t fci_utf16_length_of_utf8_avx2(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = bytes + length;
    size_t total = 0;
    while (bytes < end) {
        const uint8_t *good = bytes + fci_utf8_prefix_avx2(bytes, (size_t)(end - bytes));
        for (; good - bytes >= (ptrdiff_t)FCI_VECTOR; bytes += FCI_VECTOR) {
            total += units_avx2(bytes);
        }
        /* Parts of characters count as well as whole ones, but not for the scalar tier. */
        for (; bytes < good; bytes++) {
            total += (fci_utf8_is_continuation(*bytes) ? 0u : 1u) + (*bytes >= 0xf0 ? 1u : 0u);
        }
        if (bytes < end) {
            bytes += fci_utf8_subpart(bytes, end);
            total++;
        }
    }
    return total;
}
