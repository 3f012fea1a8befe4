/* SPDX-License-Identifier: MIT */

/* UTF-8 by vectors, checked and converted in one pass, for every tier that has any: one text for
 * all widths. The file that includes it brings the utf8.h of its folder, which offers:
 *
 *   FCI_UTF8_BYTES   bytes in a vector
 *   FCI_UTF8_SMALL   less than this is the scalar tier's; FCI_UTF16_SMALL for conversions
 *   FCI_TIER(name)   the name with the tier's suffix: all that is defined here, and
 *     struct fci_utf8       a vector of text, and those one, two and three places before
 *     fci_utf8_load         such from an address, before which three bytes are
 *     fci_utf8_load_some    the same for `left` bytes, with zeroes behind; and before, if it begins
 *     fci_utf8_is_right     whether nothing is wrong in two
 *     fci_utf8_is_ascii     whether a vector at an address is
 *   FCI_UTF16        is 1 if there is, too, for the units that end in a vector :
 *     fci_utf16_count       how many; each zero behind the text counts as one
 *     fci_utf16_put         stores them, and anything up to a vector's worth of units; how many
 *     fci_utf16_put_first   stores so many of them and nothing else
 *     fci_utf16_put_ascii   stores a unit for each byte of a vector at an address
 *
 * The units of a character end in its last byte; of four bytes, the third has the first unit. So a
 * vector needs to know three bytes before it, and nothing behind: only at the end of a run there
 * may be a character that is begun. Where something is wrong, and where the room ends, the scalar
 * tier takes a few characters from the start of that one on.
 *
 * Bounds: a round of two vectors stores in excess; three vectors of text behind it give at least
 * that many units, since no three bytes give less than one. Others store what counts. */

#include "base/utf.h"
#include "kernels/inline.h"
#include "kernels/scalar/text.h"

#define BYTES FCI_UTF8_BYTES
#define ROUND (2 * BYTES)
#define TEXT struct FCI_TIER(fci_utf8)

/* Whether a character wants more bytes than there are before `at`, of which there are three. */
static FCI_ALWAYS_INLINE bool FCI_TIER(is_open)(const uint8_t *at)
{
    return at[-1] >= 0xc0 || at[-2] >= 0xe0 || at[-3] >= 0xf0;
}

/* Whether `some` bytes, at most a vector, of `left` from `at` on are right; all whole if no more
 * are behind. */
static FCI_ALWAYS_INLINE bool FCI_TIER(some_are_right)(const TEXT *u, const uint8_t *at,
                                                       size_t some, size_t left)
{
    bool cut = some == left && some == BYTES && FCI_TIER(is_open)(at + some);
    return FCI_TIER(fci_utf8_is_right)(u, u) && !cut;
}

static FCI_ALWAYS_INLINE bool FCI_TIER(round_is_ascii)(const uint8_t *at)
{
    return FCI_TIER(fci_utf8_is_ascii)(at) && FCI_TIER(fci_utf8_is_ascii)(at + BYTES) &&
           !FCI_TIER(is_open)(at);
}

static FCI_ALWAYS_INLINE size_t FCI_TIER(some_of)(size_t left)
{
    return left < BYTES ? left : BYTES;
}

static FCI_ALWAYS_INLINE bool FCI_TIER(check_some)(const uint8_t *at, size_t left, bool begins)
{
    size_t some = FCI_TIER(some_of)(left);
    TEXT u = FCI_TIER(fci_utf8_load_some)(at, some, begins);
    return FCI_TIER(some_are_right)(&u, at, some, left);
}

static FCI_ALWAYS_INLINE bool FCI_TIER(check_round)(const uint8_t *at)
{
    TEXT a = FCI_TIER(fci_utf8_load)(at), b = FCI_TIER(fci_utf8_load)(at + BYTES);
    return FCI_TIER(fci_utf8_is_right)(&a, &b);
}

/* At most a round before `end`, from `at` on. The last vector reaches back over what has been
 * checked, if so much is there. */
static FCI_ALWAYS_INLINE bool FCI_TIER(check_end)(const uint8_t *begin, const uint8_t *at,
                                                  const uint8_t *end)
{
    if ((size_t)(end - at) > BYTES) {
        TEXT u = FCI_TIER(fci_utf8_load)(at);
        if (!FCI_TIER(fci_utf8_is_right)(&u, &u)) {
            return false;
        }
        at += BYTES;
    }
    if ((size_t)(end - begin) < BYTES + 3) {
        return FCI_TIER(check_some)(at, (size_t)(end - at), false);
    }
    TEXT u = FCI_TIER(fci_utf8_load)(end - BYTES);
    return FCI_TIER(fci_utf8_is_right)(&u, &u) && !FCI_TIER(is_open)(end);
}

size_t FCI_TIER(fci_utf8_prefix)(const uint8_t *bytes, size_t length)
{
    if (length < FCI_UTF8_SMALL) {
        return fci_utf8_prefix_scalar(bytes, length);
    }
    size_t at = length > BYTES ? FCI_TIER(fci_ascii_prefix)(bytes, length) : 0;
    bool right = at == length || FCI_TIER(check_some)(bytes + at, length - at, true);
    if (!right || length - at <= BYTES) {
        return right ? length : fci_utf8_prefix_from(bytes, at, length);
    }
    at += BYTES;
    while (right && length - at > ROUND) {
        right = FCI_TIER(round_is_ascii)(bytes + at) || FCI_TIER(check_round)(bytes + at);
        at += right ? ROUND : 0;
    }
    right = right && FCI_TIER(check_end)(bytes, bytes + at, bytes + length);
    return right ? length : fci_utf8_prefix_from(bytes, at, length);
}

#if FCI_UTF16

#define BEHIND (3 * BYTES)
/* What the scalar tier takes at a time. */
#define SOME ((size_t)64)
#define STATE struct FCI_TIER(state)

/* How far a text has been gone over, all of it right but that its last character may want more. */
STATE
{
    const uint8_t *at, *end;
    size_t done, room;
};

static FCI_ALWAYS_INLINE size_t FCI_TIER(left)(const STATE *s)
{
    return (size_t)(s->end - s->at);
}

static FCI_ALWAYS_INLINE void FCI_TIER(step)(STATE *s, uint16_t *to, bool counts, const TEXT *u)
{
    if (counts) {
        s->done += FCI_TIER(fci_utf16_count)(u);
    } else {
        s->done += FCI_TIER(fci_utf16_put)(to + s->done, u);
    }
}

/* One step of at most a vector; false if it is wrong or has no room. */
static FCI_ALWAYS_INLINE bool FCI_TIER(go_some)(STATE *s, uint16_t *to, bool counts, bool begins)
{
    size_t left = FCI_TIER(left)(s), some = FCI_TIER(some_of)(left);
    TEXT u = FCI_TIER(fci_utf8_load_some)(s->at, some, begins);
    bool right = FCI_TIER(some_are_right)(&u, s->at, some, left);
    size_t made = FCI_TIER(fci_utf16_count)(&u) - (BYTES - some);
    /* The first unit of a pair is not stored where the second has no room. */
    if (!right || made + (some < left) > s->room - s->done) {
        return false;
    }
    if (!counts) {
        FCI_TIER(fci_utf16_put_first)(to + s->done, &u, made);
    }
    s->at += some;
    s->done += made;
    return true;
}

static FCI_ALWAYS_INLINE void FCI_TIER(go_ascii)(STATE *s, uint16_t *to, bool counts)
{
    if (!counts) {
        /* cppcheck-suppress nullPointerArithmetic ; `to` is NULL only where `counts` is true */
        FCI_TIER(fci_utf16_put_ascii)(to + s->done, s->at);
    }
    s->at += BYTES;
    s->done += BYTES;
}

static FCI_ALWAYS_INLINE bool FCI_TIER(go_round)(STATE *s, uint16_t *to, bool counts)
{
    if (FCI_TIER(round_is_ascii)(s->at)) {
        FCI_TIER(go_ascii)(s, to, counts);
        FCI_TIER(go_ascii)(s, to, counts);
        return true;
    }
    TEXT a = FCI_TIER(fci_utf8_load)(s->at), b = FCI_TIER(fci_utf8_load)(s->at + BYTES);
    if (!FCI_TIER(fci_utf8_is_right)(&a, &b)) {
        return false;
    }
    FCI_TIER(step)(s, to, counts, &a);
    FCI_TIER(step)(s, to, counts, &b);
    s->at += ROUND;
    return true;
}

/* As far as all is right and has room; then back to where a character begins. */
static FCI_ALWAYS_INLINE void FCI_TIER(run)(STATE *s, uint16_t *to, bool counts)
{
    while (FCI_TIER(left)(s) >= BYTES && s->room - s->done >= BYTES &&
           FCI_TIER(fci_utf8_is_ascii)(s->at)) {
        FCI_TIER(go_ascii)(s, to, counts);
    }
    const uint8_t *begin = s->at;
    bool going = FCI_TIER(left)(s) > 0 && FCI_TIER(go_some)(s, to, counts, true);
    while (going && FCI_TIER(left)(s) >= ROUND + BEHIND && s->room - s->done > ROUND) {
        going = FCI_TIER(go_round)(s, to, counts);
    }
    while (going && FCI_TIER(left)(s) > 0) {
        going = FCI_TIER(go_some)(s, to, counts, false);
    }
    if (!going) {
        size_t open = fci_utf8_open(begin, s->at);
        s->at -= open;
        s->done -= open == 3;
    }
}

size_t FCI_TIER(fci_utf8_to_utf16)(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                                   size_t *read)
{
    STATE s = { from, from + length, 0, room };
    size_t some = SOME, used;
    if (length < FCI_UTF16_SMALL) {
        return fci_utf8_to_utf16_scalar(to, room, from, length, read);
    }
    while (FCI_TIER(left)(&s) > 0 && some == SOME) {
        FCI_TIER(run)(&s, to, false);
        some = room - s.done < SOME ? room - s.done : SOME;
        s.done += fci_utf8_to_utf16_scalar(to + s.done, some, s.at, FCI_TIER(left)(&s), &used);
        s.at += used;
    }
    *read = length - FCI_TIER(left)(&s);
    return s.done;
}

size_t FCI_TIER(fci_utf16_length_of_utf8)(const uint8_t *bytes, size_t length)
{
    STATE s = { bytes, bytes + length, 0, SIZE_MAX };
    uint16_t unwanted[SOME];
    size_t used;
    while (FCI_TIER(left)(&s) > 0) {
        FCI_TIER(run)(&s, NULL, true);
        s.done += fci_utf8_to_utf16_scalar(unwanted, SOME, s.at, FCI_TIER(left)(&s), &used);
        s.at += used;
    }
    return s.done;
}

#endif
