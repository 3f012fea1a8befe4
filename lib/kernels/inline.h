/* SPDX-License-Identifier: MIT */

/* For functions whose arguments are constants at each call: one text for several loops. Without it
 * the compiler takes them for too long, and each round of a loop loads its constants anew. */
#ifndef FCI_KERNELS_INLINE_H
#define FCI_KERNELS_INLINE_H

#define FCI_ALWAYS_INLINE inline __attribute__((always_inline))

#endif
