/* SPDX-License-Identifier: MIT */

/* Hex by vectors: 16 bytes make 32 digits, 64 digits make 32 bytes. To encode, the halves of each
 * byte are looked up by a shuffle. To decode, saturating arithmetic leaves 0..15 of a digit and
 * more of anything else (the idea is Geoff Langdale's and Wojciech Mula's, "Parsing hex numbers
 * with validation", 2022), and a multiplication joins the pairs.
 *
 * Bounds: a loop's round touches [i, i + 16) or [i, i + 32) of the bytes and twice that of the
 * text, and runs while so much is left. The rest, and a round with a bad pair, go to the scalar
 * tier. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/vector.h"

#define ENCODED ((size_t)16)
#define DECODED ((size_t)32)

static inline __m256i encoded_avx2(const uint8_t *from)
{
    const __m256i digits = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'));
    __m256i units = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)from));
    __m256i both = _mm256_or_si256(_mm256_srli_epi16(units, 4), _mm256_slli_epi16(units, 8));
    return _mm256_shuffle_epi8(digits, _mm256_and_si256(both, _mm256_set1_epi8(0x0f)));
}

void fci_hex_encode_avx2(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length < ENCODED) {
        fci_hex_encode_scalar(to, from, length);
        return;
    }
    size_t i = 0;
    for (; length - i >= 2 * ENCODED; i += 2 * ENCODED) {
        fci_store_avx2(to + 2 * i, encoded_avx2(from + i));
        fci_store_avx2(to + 2 * i + FCI_VECTOR, encoded_avx2(from + i + ENCODED));
    }
    if (length - i >= ENCODED) {
        fci_store_avx2(to + 2 * i, encoded_avx2(from + i));
        i += ENCODED;
    }
    fci_hex_encode_scalar(to + 2 * i, from + i, length - i);
}

/* The value of each digit, and 16 or more for what is none: '0'..'9' are moved to the top of the
 * byte's range and then to 0, so that all else is above; letters are moved to 0 and then up by ten
 * without passing the top. */
static inline __m256i values_avx2(__m256i text)
{
    __m256i top = _mm256_add_epi8(text, _mm256_set1_epi8((char)(0xff - '9')));
    __m256i digits =
        _mm256_sub_epi8(_mm256_subs_epu8(top, _mm256_set1_epi8(6)), _mm256_set1_epi8((char)0xf0));
    __m256i upper = _mm256_and_si256(text, _mm256_set1_epi8((char)0xdf));
    __m256i letters =
        _mm256_adds_epu8(_mm256_sub_epi8(upper, _mm256_set1_epi8('A')), _mm256_set1_epi8(10));
    return _mm256_min_epu8(digits, letters);
}

/* 64 digits to 32 bytes; false, and nothing is stored, if one of them is none. */
static inline bool decode_avx2(uint8_t *to, const uint8_t *from)
{
    const __m256i weights = _mm256_set1_epi16(0x0110);
    __m256i a = values_avx2(fci_load_avx2(from)), b = values_avx2(fci_load_avx2(from + 32));
    __m256i most = _mm256_adds_epu8(_mm256_max_epu8(a, b), _mm256_set1_epi8(0x70));
    if (_mm256_movemask_epi8(most) != 0) {
        return false;
    }
    __m256i bytes =
        _mm256_packus_epi16(_mm256_maddubs_epi16(a, weights), _mm256_maddubs_epi16(b, weights));
    fci_store_avx2(to, _mm256_permute4x64_epi64(bytes, 0xd8));
    return true;
}

size_t fci_hex_decode_avx2(uint8_t *to, const uint8_t *from, size_t pairs)
{
    if (pairs < DECODED) {
        return fci_hex_decode_scalar(to, from, pairs);
    }
    size_t i = 0;
    while (pairs - i >= DECODED && decode_avx2(to + i, from + 2 * i)) {
        i += DECODED;
    }
    return i + fci_hex_decode_scalar(to + i, from + 2 * i, pairs - i);
}
