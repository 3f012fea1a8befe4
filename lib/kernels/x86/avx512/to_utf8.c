/* SPDX-License-Identifier: MIT */

/* UTF-16 to UTF-8, 32 units at a time, whatever they hold: each makes up to three bytes,
 * and those that it needs move together by one instruction of VBMI2. The layout is that of Robert
 * Clausecker and Daniel Lemire, "Transcoding Unicode Characters with AVX-512 Instructions",
 * Software: Practice and Experience 53 (2023).
 *
 * Bounds: whole vectors are stored where so much of the result is still to come; the last steps
 * store under a mask. Only the last characters that fit into a room are taken one by one. */

#include "base/common.h"

#include "kernels/x86/avx512/text.h"

#include "base/utf.h"
#include "kernels/inline.h"
#include "kernels/scalar/text.h"
#include "kernels/x86/avx512/masks.h"
#include "kernels/x86/avx512/units.h"

#define UNITS ((size_t)32)
#define BYTES ((size_t)64)
/* The most that a round gives. */
#define MOST (2 * BYTES)

/* How much of each side has been gone over. */
struct step {
    size_t used, made;
};

/* How a step of `count` units stores: `whole` vectors, or only what counts and has room; whether
 * the text begins with it, and whether there is more. */
struct mode {
    bool whole, begins, more;
    size_t count, room;
};

static FCI_ALWAYS_INLINE size_t bits(uint64_t mask)
{
    return (size_t)__builtin_popcountll(mask);
}

static FCI_ALWAYS_INLINE size_t put_avx512(uint8_t *to, __m512i bytes, uint64_t kept, bool whole)
{
    bytes = _mm512_maskz_compress_epi8(kept, bytes);
    if (whole) {
        _mm512_storeu_si512(to, bytes);
    } else {
        _mm512_mask_storeu_epi8(to, fci_first_avx512(bits(kept)), bytes);
    }
    return bits(kept);
}

static FCI_ALWAYS_INLINE struct step put_threes_avx512(uint8_t *to, struct fci_threes_avx512 threes,
                                                       struct mode m)
{
    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    __m512i front = _mm512_permutexvar_epi64(order, threes.front);
    __m512i last = _mm512_permutexvar_epi64(order, threes.last);
    __m512i a = _mm512_unpacklo_epi16(front, last), b = _mm512_unpackhi_epi16(front, last);
    size_t half = m.count < UNITS / 2 ? m.count : UNITS / 2;
    uint64_t first = fci_kept_avx512(a, half), second = fci_kept_avx512(b, m.count - half);
    if (bits(first) + bits(second) > m.room) {
        return (struct step){ 0, 0 };
    }
    size_t made = put_avx512(to, a, first, m.whole);
    return (struct step){ m.count, made + put_avx512(to + made, b, second, m.whole) };
}

/* With surrogates: what is before and behind counts, and a lone one becomes U+FFFD. */
static FCI_ALWAYS_INLINE struct fci_threes_avx512 pairs_avx512(__m512i units, __mmask32 surrogates,
                                                               const uint16_t *from, struct mode m)
{
    uint32_t wanted = m.begins ? UINT32_MAX - 1 : UINT32_MAX;
    __mmask32 last = _mm512_mask_test_epi16_mask(surrogates, units, fci_splat_avx512(0x400));
    uint32_t high = surrogates & ~last, low = last;
    /* Bit by bit, where a second one must be, and where one is. */
    uint64_t must = (uint64_t)high << 1 | (!m.begins && fci_utf16_is_high(from[-1]));
    uint64_t is = low | (uint64_t)(m.more && fci_utf16_is_low(from[UNITS])) << 32;
    struct fci_pairs_avx512 pairs = { .high = (uint32_t)((must & is) >> 1),
                                      .low = (uint32_t)(must & is) };
    uint32_t lone = (high ^ pairs.high) | (low ^ pairs.low);
    if (lone != 0) {
        units = _mm512_mask_mov_epi16(units, lone, fci_splat_avx512(0xfffd));
    }
    wanted &= (uint32_t)fci_first_avx512(m.count);
    pairs.before = _mm512_maskz_loadu_epi16(wanted, (const uint16_t *)((uintptr_t)from - 2));
    return fci_threes_avx512(units, &pairs);
}

static FCI_ALWAYS_INLINE struct step put_any_avx512(uint8_t *to, __m512i units,
                                                    const uint16_t *from, struct mode m)
{
    __m512i places = _mm512_xor_si512(units, fci_splat_avx512(0xd800));
    __mmask32 surrogates = _mm512_cmplt_epu16_mask(places, fci_splat_avx512(0x800));
    if (surrogates == 0) {
        return put_threes_avx512(to, fci_threes_avx512(units, NULL), m);
    }
    return put_threes_avx512(to, pairs_avx512(units, surrogates, from, m), m);
}

static FCI_ALWAYS_INLINE struct step some_avx512(uint8_t *to, const uint16_t *from, struct mode m)
{
    __m512i units = _mm512_maskz_loadu_epi16((uint32_t)fci_first_avx512(m.count), from);
    if (_mm512_test_epi16_mask(units, fci_splat_avx512(0xf800)) != 0) {
        return put_any_avx512(to, units, from, m);
    }
    uint64_t kept;
    __m512i bytes = fci_twos_avx512(&kept, units, m.count);
    if (bits(kept) > m.room) {
        return (struct step){ 0, 0 };
    }
    return (struct step){ m.count, put_avx512(to, bytes, kept, m.whole) };
}

/* Two vectors that one branch is on, or one of them. */
static FCI_ALWAYS_INLINE struct step round_avx512(uint8_t *to, const uint16_t *from)
{
    __m512i a = _mm512_loadu_si512(from), b = _mm512_loadu_si512(from + UNITS);
    __m512i both = _mm512_or_si512(a, b);
    if (_mm512_test_epi16_mask(both, fci_splat_avx512(0xff80)) == 0) {
        const __m512i order = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);
        _mm512_storeu_si512(to, _mm512_permutexvar_epi64(order, _mm512_packus_epi16(a, b)));
        return (struct step){ 2 * UNITS, 2 * UNITS };
    }
    if (_mm512_test_epi16_mask(both, fci_splat_avx512(0xf800)) == 0) {
        uint64_t kept, more;
        a = fci_twos_avx512(&kept, a, UNITS);
        b = fci_twos_avx512(&more, b, UNITS);
        size_t made = put_avx512(to, a, kept, true);
        return (struct step){ 2 * UNITS, made + put_avx512(to + made, b, more, true) };
    }
    return put_any_avx512(to, a, from, (struct mode){ true, false, true, UNITS, SIZE_MAX });
}

/* Units of a text that are left, and how far the result is. */
struct state {
    const uint16_t *begin, *at, *end;
    uint8_t *to;
    size_t room;
};

static FCI_ALWAYS_INLINE bool go(struct state *s, struct step step)
{
    s->at += step.used;
    s->to += step.made;
    s->room -= step.made;
    return step.used != 0;
}

static FCI_ALWAYS_INLINE bool go_some_avx512(struct state *s)
{
    size_t left = (size_t)(s->end - s->at), some = left < UNITS ? left : UNITS;
    /* The first half of a pair is not stored where the second has no room. */
    size_t spare = left > UNITS ? 2 : 0, room = s->room < spare ? 0 : s->room - spare;
    struct mode mode = { false, s->at == s->begin, left > UNITS, some, room };
    return go(s, some_avx512(s->to, s->at, mode));
}

/* A pair that is begun has given two bytes. */
static void go_back_avx512(struct state *s)
{
    if (s->at != s->begin && fci_utf16_is_high(s->at[-1]) && fci_utf16_is_low(s->at[0])) {
        s->at--;
        s->to -= 2;
        s->room += 2;
    }
}

/* No unit gives less than a byte: two vectors behind a round give what it stores in excess. */
size_t fci_utf16_to_utf8_avx512(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                                size_t *read)
{
    struct state s = { from, from, from + count, to, room };
    bool going = count > 0 && go_some_avx512(&s);
    while (going && (size_t)(s.end - s.at) >= 2 * UNITS + BYTES && s.room >= MOST + BYTES) {
        (void)go(&s, round_avx512(s.to, s.at));
    }
    while (going && s.at < s.end) {
        going = go_some_avx512(&s);
    }
    if (s.at < s.end) {
        go_back_avx512(&s);
        size_t used;
        s.to += fci_utf16_to_utf8_scalar(s.to, s.room, s.at, (size_t)(s.end - s.at), &used);
        s.at += used;
    }
    *read = (size_t)(s.at - from);
    return (size_t)(s.to - to);
}
