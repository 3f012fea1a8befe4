/* SPDX-License-Identifier: MIT */

/* The kernel table: pure loops over bytes, one complete const table per tier. A kernel gets
 * addresses and lengths, never a handle; it never allocates or locks, and it reads and writes
 * nothing outside its ranges. Every slot of every table is filled: a tier that has nothing better
 * names the lower tier's function, so that reading one file tells what runs on a machine. */
#ifndef FCI_KERNELS_KERNELS_H
#define FCI_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/state.h"

struct fci_kernels {
    /* The tier's name, such as "avx2". */
    const char *name;
    /* What the CPU must have: FCI_CPU_... of kernels/cpu.h. */
    unsigned needs;

    /* Copies `length` bytes. The ranges do not overlap. Any length, 0 included. */
    void (*copy)(uint8_t *to, const uint8_t *from, size_t length);
    /* The same where the ranges may overlap: all of `from` counts as read first. */
    void (*move)(uint8_t *to, const uint8_t *from, size_t length);
    /* Stores `value` into `length` bytes. Any length, 0 included. */
    void (*fill)(uint8_t *to, uint8_t value, size_t length);

    /* How many bytes are equal before the first that differs; `length` if none does. */
    size_t (*mismatch)(const uint8_t *a, const uint8_t *b, size_t length);
    /* The place of the first byte, or of the last, that has the value; `length` if none has. */
    size_t (*find_byte)(const uint8_t *hay, size_t length, uint8_t value);
    size_t (*find_byte_back)(const uint8_t *hay, size_t length, uint8_t value);
    /* The first place, or the last, with the whole needle; `length` if there is none. Places are
     * multiples of `unit`, 1 or 2, and so are both lengths; the needle has 2 bytes at least.
     * Linear in hay and needle together, whatever they hold. */
    size_t (*find_bytes)(const uint8_t *hay, size_t length, const uint8_t *needle,
                         size_t needle_length, size_t unit);
    size_t (*find_bytes_back)(const uint8_t *hay, size_t length, const uint8_t *needle,
                              size_t needle_length, size_t unit);

    /* Turns round the bytes of each unit of 2, 4 or 8, of which `length` is a multiple; `reverse`
     * those of the whole. The ranges do not overlap, or are the same. */
    void (*swap16)(uint8_t *to, const uint8_t *from, size_t length);
    void (*swap32)(uint8_t *to, const uint8_t *from, size_t length);
    void (*swap64)(uint8_t *to, const uint8_t *from, size_t length);
    void (*reverse)(uint8_t *to, const uint8_t *from, size_t length);
    /* The rest is about text. UTF-16 is units in native order. Ranges do not overlap; nothing is
     * touched past the result, however much room there is. A maximal ill-formed subpart of UTF-8
     * and a lone surrogate each count as the character U+FFFD. */

    /* Two lower-case digits for each of `length` bytes. */
    void (*hex_encode)(uint8_t *to, const uint8_t *from, size_t length);
    /* Decodes pairs of digits, in either case, up to the first pair with a character that is none;
     * returns how many. */
    size_t (*hex_decode)(uint8_t *to, const uint8_t *from, size_t pairs);
    /* Four characters for each three bytes, two or three for one or two that are left at the end,
     * and no padding; returns how many. `url`: with - and _ for + and /. */
    size_t (*base64_encode)(uint8_t *to, const uint8_t *from, size_t length, bool url);
    /* Decodes groups of four characters of an alphabet, FCI_BASE64_... of kernels/base64.h, up to
     * the first group with another character; returns how many. */
    size_t (*base64_decode)(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet);
    /* Decodes lines of `groups` groups each, which all begin with a line end of `end` characters:
     * 1, \n, or 2, \r\n. Ends at the first line that is anything else, of which some groups may
     * have been decoded; returns how many lines. */
    size_t (*base64_decode_lines)(uint8_t *to, const uint8_t *from, size_t lines, size_t groups,
                                  size_t end, unsigned alphabet);
    /* Keeps the characters of either alphabet and drops the others, up to the first '=' or byte
     * that is not ASCII; returns how many were kept, and in *read how many were used. All of `to`,
     * which is as long as `from`, may be written. */
    size_t (*base64_compact)(uint8_t *to, const uint8_t *from, size_t length, size_t *read);

    /* The length of the longest prefix that is ASCII. */
    size_t (*ascii_prefix)(const uint8_t *bytes, size_t length);
    /* The length of the longest prefix that is well-formed UTF-8. */
    size_t (*utf8_prefix)(const uint8_t *bytes, size_t length);

    /* Converts whole characters while they fit into `room`; returns how many bytes or units were
     * written, and in *read how many were used. Where all must fit, room may be SIZE_MAX. */
    size_t (*utf8_to_utf16)(uint16_t *to, size_t room, const uint8_t *from, size_t length,
                            size_t *read);
    size_t (*utf16_to_utf8)(uint8_t *to, size_t room, const uint16_t *from, size_t count,
                            size_t *read);
    /* Converts all; returns how many bytes were written. */
    size_t (*latin1_to_utf8)(uint8_t *to, const uint8_t *from, size_t length);
    /* A unit for each byte, and the low byte of each unit. */
    void (*latin1_to_utf16)(uint16_t *to, const uint8_t *from, size_t length);
    void (*utf16_to_latin1)(uint8_t *to, const uint16_t *from, size_t count);

    /* What the conversions above write, given all the room. */
    size_t (*utf16_length_of_utf8)(const uint8_t *bytes, size_t length);
    size_t (*utf8_length_of_utf16)(const uint16_t *units, size_t count);
    size_t (*utf8_length_of_latin1)(const uint8_t *bytes, size_t length);
};

/* The tiers, from worst to best; each is defined in its own folder. */
extern const struct fci_kernels fci_kernels_scalar;
extern const struct fci_kernels fci_kernels_sse2;
extern const struct fci_kernels fci_kernels_avx2;
extern const struct fci_kernels fci_kernels_avx512;
extern const struct fci_kernels fci_kernels_neon;

/* The active table. Relaxed: all tables are constant, and any of them is right. */
static inline const struct fci_kernels *fci_kernels(void)
{
    return __atomic_load_n(&fci_state_kernels, __ATOMIC_RELAXED);
}

/* The tiers that were built, from worst to best: entry `index`, or NULL past the last. */
const struct fci_kernels *fci_kernels_tier(size_t index);

/* Whether a CPU that has these features can run a tier. */
static inline int fci_kernels_run_with(const struct fci_kernels *tier, unsigned features)
{
    return (tier->needs & ~features) == 0;
}

/* Makes a usable tier the active one. For tests: nothing in the library calls it but the
 * constructor, with the best. */
void fci_kernels_use(const struct fci_kernels *tier);

#endif
