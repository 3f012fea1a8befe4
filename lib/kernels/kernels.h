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
