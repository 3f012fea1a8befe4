/* SPDX-License-Identifier: MIT */

/* Copy, move and fill by words of eight bytes, four at a time. No loop over single bytes: the last
 * group is done again, overlapping what is there.
 *
 * Bounds: a group at position i touches [i, i + 32). The forward loop runs while i < length - 32,
 * so i + 32 < length; the group at length - 32 closes. Backwards the loop runs while i > 32 and
 * touches [i - 32, i); the group at 0 closes. Below 33 bytes two or four words cover both ends.
 *
 * Overlap: the closing group is loaded before the first store. Forwards (to < from) the stores of a
 * group lie below every later load; backwards (to > from) above. */

#include "base/common.h"

#include "kernels/scalar/copy.h"

#include "kernels/scalar/words.h"

#include <fc_buffer/copy.h>

#define GROUP ((size_t)32)

struct group {
    uint64_t words[4];
};

static inline struct group load_group(const uint8_t *from)
{
    return (struct group){ { fci_word_load(from), fci_word_load(from + 8), fci_word_load(from + 16),
                             fci_word_load(from + 24) } };
}

static inline void store_group(uint8_t *to, struct group group)
{
    fci_word_store(to, group.words[0]);
    fci_word_store(to + 8, group.words[1]);
    fci_word_store(to + 16, group.words[2]);
    fci_word_store(to + 24, group.words[3]);
}

static void move_forwards(uint8_t *to, const uint8_t *from, size_t length)
{
    struct group last = load_group(from + length - GROUP);
    for (size_t i = 0; i < length - GROUP; i += GROUP) {
        store_group(to + i, load_group(from + i));
    }
    store_group(to + length - GROUP, last);
}

static void move_backwards(uint8_t *to, const uint8_t *from, size_t length)
{
    struct group first = load_group(from);
    for (size_t i = length; i > GROUP; i -= GROUP) {
        store_group(to + i - GROUP, load_group(from + i - GROUP));
    }
    store_group(to, first);
}

void fci_move_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline(to, from, length);
    } else if ((uintptr_t)to - (uintptr_t)from >= length) {
        /* `to` does not lie inside `from`: before it, or apart. */
        move_forwards(to, from, length);
    } else {
        move_backwards(to, from, length);
    }
}

void fci_copy_scalar(uint8_t *to, const uint8_t *from, size_t length)
{
    if (length <= FC_COPY_INLINE_MAX) {
        fc_move_inline(to, from, length);
    } else {
        move_forwards(to, from, length);
    }
}

/* Up to 32 bytes: words or bytes from both ends towards the middle. */
static void fill_short(uint8_t *to, uint8_t value, uint64_t word, size_t length)
{
    if (length >= 16) {
        fci_word_store(to, word);
        fci_word_store(to + 8, word);
        fci_word_store(to + length - 16, word);
        fci_word_store(to + length - 8, word);
    } else if (length >= 8) {
        fci_word_store(to, word);
        fci_word_store(to + length - 8, word);
    } else if (length >= 4) {
        __builtin_memcpy(to, &word, 4);
        __builtin_memcpy(to + length - 4, &word, 4);
    } else if (length != 0) {
        to[0] = value;
        to[length / 2] = value;
        to[length - 1] = value;
    }
}

void fci_fill_scalar(uint8_t *to, uint8_t value, size_t length)
{
    uint64_t word = FCI_BYTES(value);
    struct group group = { { word, word, word, word } };
    if (length <= GROUP) {
        fill_short(to, value, word, length);
        return;
    }
    for (size_t i = 0; i < length - GROUP; i += GROUP) {
        store_group(to + i, group);
    }
    store_group(to + length - GROUP, group);
}
