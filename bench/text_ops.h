/* SPDX-License-Identifier: MIT */

/* The operations of the group `text`: each slot of the kernel table that is about text, with the
 * public function that rests on it and what it is given. */
#ifndef FCB_TEXT_OPS_H
#define FCB_TEXT_OPS_H

#include "kernels/kernels.h"

#include <stddef.h>
#include <stdint.h>

#define FCB_TEXT_LARGEST ((size_t)1 << 20)
#define FCB_TEXT_TIERS ((size_t)4)

struct fcb_texts {
    const struct fci_kernels *tiers[FCB_TEXT_TIERS];
    const struct fcb_text_op *op;
    const uint8_t *from;
    uint8_t *to;
    size_t size;   /* what the figures count */
    size_t length; /* what the operation takes, in its units */
    size_t result, expected;
};

/* Both give the length of the result, or the count. `source` makes `from` out of `size` bytes of
 * UTF-8 and returns the length. An array ends with an empty one. */
struct fcb_text_op {
    const char *name;
    size_t (*kernel)(const struct fci_kernels *tier, struct fcb_texts *t);
    size_t (*call)(struct fcb_texts *t);
    size_t (*source)(uint8_t *from, const uint8_t *utf8, size_t size);
};

/* Those for text of any script, for ASCII, and for any bytes. */
extern const struct fcb_text_op fcb_text_every[];
extern const struct fcb_text_op fcb_text_ascii[];
extern const struct fcb_text_op fcb_text_bytes[];

#endif
