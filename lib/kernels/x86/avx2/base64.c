/* SPDX-License-Identifier: MIT */

/* Base64 by vectors: 24 bytes make 32 characters and back, after Wojciech Mula and Daniel Lemire,
 * "Faster Base64 Encoding and Decoding using AVX2 Instructions", ACM Transactions on the Web 12
 * (2018). Multiplications move the six-bit fields, and shuffles look up by place in the alphabet,
 * or by the halves of a character, what is to be added. Decoding takes
 * both alphabets at once, or one.
 *
 * Bounds: a round of encoding loads [i, i + 28) for 24 bytes, so it runs while so much is left.
 * A round of decoding loads and stores its eight groups, no more, and stores only if all are good;
 * what is left, and a round with a bad group, go to the scalar tier. */

#include "base/common.h"

#include "kernels/x86/avx2/text.h"

#include "kernels/base64.h"
#include "kernels/inline.h"
#include "kernels/scalar/text.h"
#include "kernels/x86/avx2/compact.h"
#include "kernels/x86/avx2/vector.h"

/* The groups of a round, and the bytes that a round of encoding loads. */
#define GROUPS ((size_t)8)
#define LOADED ((size_t)28)

/* The six-bit fields of 24 bytes, one a byte. Each group is spread as 1 0 2 1, so that the fields
 * lie in two units, at bits 10 and 4, and at 6 and 0; multiplying by a power of two moves each. */
static inline __m256i fields_avx2(const uint8_t *from)
{
    const __m256i spread = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    __m256i bytes = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i_u *)from));
    bytes = _mm256_inserti128_si256(bytes, _mm_loadu_si128((const __m128i_u *)(from + 12)), 1);
    bytes = _mm256_shuffle_epi8(bytes, spread);
    __m256i even = _mm256_mulhi_epu16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x0fc0fc00)),
                                      _mm256_set1_epi32(0x04000040));
    __m256i odd = _mm256_mullo_epi16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x003f03f0)),
                                     _mm256_set1_epi32(0x01000010));
    return _mm256_or_si256(even, odd);
}

/* What to add to a field: place 0 for 26..51, 1..10 for 52..61, 11 and 12 for 62 and 63, 13 for
 * 0..25. */
#define OFFSETS(minus, under)                                                                      \
    {                                                                                              \
        'a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,  \
            '0' - 52, '0' - 52, (minus)-62, (under)-63, 'A'                                        \
    }
static const int8_t offsets_of[2][16] = { OFFSETS('+', '/'), OFFSETS('-', '_') };

size_t fci_base64_encode_avx2(uint8_t *to, const uint8_t *from, size_t length, bool url)
{
    if (length < LOADED) {
        return fci_base64_encode_scalar(to, from, length, url);
    }
    const __m256i offsets =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i_u *)offsets_of[url]));
    size_t i = 0;
    for (; length - 3 * i >= LOADED; i += GROUPS) {
        __m256i fields = fields_avx2(from + 3 * i);
        __m256i place = _mm256_subs_epu8(fields, _mm256_set1_epi8(51));
        __m256i first = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), fields);
        place = _mm256_or_si256(place, _mm256_and_si256(first, _mm256_set1_epi8(13)));
        __m256i text = _mm256_add_epi8(fields, _mm256_shuffle_epi8(offsets, place));
        fci_store_avx2(to + 4 * i, text);
    }
    return 4 * i + fci_base64_encode_scalar(to + 4 * i, from + 3 * i, length - 3 * i, url);
}

/* The same 16 bytes in both halves. */
static inline __m256i twice_avx2(__m128i table)
{
    return _mm256_broadcastsi128_si256(table);
}

/* For each low half the sets of high halves with which it is bad: of + - / and _, those that are
 * not of the alphabet. */
#define BAD(plus, minus, slash_or_under)                                                           \
    {                                                                                              \
        0x25, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x23, plus, 0x3b, minus, 0x3b, \
            slash_or_under                                                                         \
    }
static const uint8_t bad_of[3][16] = {
    [FCI_BASE64_EITHER] = BAD(0x3a, 0x3a, 0x32),
    [FCI_BASE64_STANDARD] = BAD(0x3a, 0x3b, 0x3a),
    [FCI_BASE64_URL] = BAD(0x3b, 0x3a, 0x33),
};

struct values {
    __m256i bad;
    unsigned alphabet;
};

static inline struct values values_avx2(unsigned alphabet)
{
    __m128i bad = _mm_loadu_si128((const __m128i_u *)bad_of[alphabet]);
    return (struct values){ twice_avx2(bad), alphabet };
}

/* Not zero where a character is not of the alphabet: a bit for each set of high halves with the
 * same low halves. */
static inline __m256i bad_avx2(__m256i high, __m256i low, struct values values)
{
    const __m256i sets = twice_avx2(_mm_setr_epi8(0x20, 0x20, 0x01, 0x02, 0x04, 0x08, 0x04, 0x10,
                                                  0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20));
    return _mm256_and_si256(_mm256_shuffle_epi8(sets, high), _mm256_shuffle_epi8(values.bad, low));
}

/* The fields of good characters. The high half tells what to add, but for + - / and _, where some
 * bits that the low half tells come on top. */
static inline __m256i fields_of_avx2(__m256i text, __m256i high, __m256i low)
{
    const __m256i adds = twice_avx2(
        _mm_setr_epi8(0, 0, 15, 52 - '0', -'A', -'A', 26 - 'a', 26 - 'a', 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i more =
        twice_avx2(_mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 2, 0, 0x21));
    const __m256i allowed =
        twice_avx2(_mm_setr_epi8(0, 0, 7, 0, 0, 0x21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    __m256i top =
        _mm256_and_si256(_mm256_shuffle_epi8(more, low), _mm256_shuffle_epi8(allowed, high));
    return _mm256_add_epi8(_mm256_add_epi8(text, _mm256_shuffle_epi8(adds, high)), top);
}

/* 32 fields to 24 bytes: two multiplications join four fields, of which the bytes are taken in
 * turn. */
static inline void store_fields_avx2(uint8_t *to, __m256i fields)
{
    const __m256i order =
        twice_avx2(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    __m256i pairs = _mm256_maddubs_epi16(fields, _mm256_set1_epi32(0x01400140));
    __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(fours, order),
                                                _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
    _mm_storeu_si128((__m128i_u *)to, _mm256_castsi256_si128(bytes));
    _mm_storeu_si64(to + 16, _mm256_extracti128_si256(bytes, 1));
}

/* A vector of text, in which `bad` is zero if all is good. */
struct decoded {
    __m256i fields, bad;
};

static FCI_ALWAYS_INLINE struct decoded decode_avx2(const uint8_t *from, struct values values)
{
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i text = fci_load_avx2(from), low = _mm256_and_si256(text, half);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(text, 4), half);
    return (struct decoded){ fields_of_avx2(text, high, low), bad_avx2(high, low, values) };
}

size_t fci_base64_decode_avx2(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet)
{
    if (groups < GROUPS) {
        return fci_base64_decode_scalar(to, from, groups, alphabet);
    }
    const struct values values = values_avx2(alphabet);
    size_t i = 0;
    for (; groups - i >= GROUPS; i += GROUPS) {
        struct decoded some = decode_avx2(from + 4 * i, values);
        if (!_mm256_testz_si256(some.bad, some.bad)) {
            break;
        }
        store_fields_avx2(to + 3 * i, some.fields);
    }
    return i + fci_base64_decode_scalar(to + 3 * i, from + 4 * i, groups - i, alphabet);
}

/* The usual line is three vectors, of which the last reaches back into the others, and one test. */
static FCI_ALWAYS_INLINE bool line_avx2(uint8_t *to, const uint8_t *from, size_t groups,
                                        struct values values)
{
    if (groups < 2 * GROUPS || groups > 3 * GROUPS) {
        return fci_base64_decode_avx2(to, from, groups, values.alphabet) == groups;
    }
    size_t last = groups - GROUPS;
    struct decoded a = decode_avx2(from, values), b = decode_avx2(from + 4 * GROUPS, values);
    struct decoded c = decode_avx2(from + 4 * last, values);
    __m256i bad = _mm256_or_si256(_mm256_or_si256(a.bad, b.bad), c.bad);
    if (!_mm256_testz_si256(bad, bad)) {
        return false;
    }
    store_fields_avx2(to, a.fields);
    store_fields_avx2(to + 3 * GROUPS, b.fields);
    store_fields_avx2(to + 3 * last, c.fields);
    return true;
}

#define FCI_TIER(name) name##_avx2
#include "kernels/lines_template.h"

/* Whole vectors are stored, since no more is kept than was used. */
size_t fci_base64_compact_avx2(uint8_t *to, const uint8_t *from, size_t length, size_t *read)
{
    if (length < FCI_VECTOR) {
        return fci_base64_compact_scalar(to, from, length, read);
    }
    const struct values values = values_avx2(FCI_BASE64_EITHER);
    size_t i = 0, kept = 0, more;
    for (; length - i >= FCI_VECTOR; i += FCI_VECTOR) {
        __m256i text = fci_load_avx2(from + i);
        uint32_t good = fci_equal_avx2(decode_avx2(from + i, values).bad, _mm256_setzero_si256());
        if ((fci_equal_avx2(text, fci_splat_avx2('=')) | (uint32_t)_mm256_movemask_epi8(text)) !=
            0) {
            break;
        }
        if (good == UINT32_MAX) {
            fci_store_avx2(to + kept, text);
            kept += FCI_VECTOR;
        } else {
            __m128i second = _mm256_extracti128_si256(text, 1);
            kept += fci_compact_bytes_avx2(to + kept, _mm256_castsi256_si128(text), good & 0xffff);
            kept += fci_compact_bytes_avx2(to + kept, second, good >> 16);
        }
    }
    kept += fci_base64_compact_scalar(to + kept, from + i, length - i, &more);
    *read = i + more;
    return kept;
}
