/* SPDX-License-Identifier: MIT */

/* The kernel table: pure loops over bytes, one complete const table per tier. A kernel gets
 * addresses and lengths, never a handle; it never allocates or locks, and it reads and writes
 * nothing outside its ranges. Every slot of every table is filled: a tier that has nothing better
 * names the lower tier's function, so that reading one file tells what runs on a machine. */
#ifndef FCI_KERNELS_KERNELS_H
#define FCI_KERNELS_KERNELS_H

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
};

/* The tiers, from worst to best; each is defined in its own folder. */
extern const struct fci_kernels fci_kernels_scalar;
extern const struct fci_kernels fci_kernels_avx2;

/* The active table. Relaxed: all tables are constant, and any of them is right. */
static inline const struct fci_kernels *fci_kernels(void)
{
    return __atomic_load_n(&fci_state_kernels, __ATOMIC_RELAXED);
}

/* The tiers that were built, from worst to best: entry `index`, or NULL past the last. */
const struct fci_kernels *fci_kernels_tier(size_t index);

/* Whether this machine can run a tier. */
int fci_kernels_usable(const struct fci_kernels *tier);

/* Makes a usable tier the active one. For tests: nothing in the library calls it but the
 * constructor, with the best. */
void fci_kernels_use(const struct fci_kernels *tier);

#endif
