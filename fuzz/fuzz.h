/* SPDX-License-Identifier: MIT */

/* What the fuzz targets share. A target is one function, LLVMFuzzerTestOneInput, that takes any
 * bytes for a description of what to do, does it, and compares the result with a model's: what
 * differs ends the process. Each is linked twice: with libFuzzer (`fuzz/fuzz_NAME`, if configured
 * --enable-fuzzers) and with a main that runs files (`fuzz/replay_NAME`, always). */
#ifndef FCT_FUZZ_H
#define FCT_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/kernels.h"

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The bytes of an input that have not been used. */
struct fuzz_input {
    const uint8_t *bytes;
    size_t length;
};

/* A number of so many bytes, 1 to 8; of fewer if the input ends. */
uint64_t fuzz_number(struct fuzz_input *input, size_t width);
/* In [0, below). */
size_t fuzz_below(struct fuzz_input *input, size_t below);
/* A position that is in range of `length`, near its ends, or far out of it. */
ptrdiff_t fuzz_position(struct fuzz_input *input, size_t length);
/* The next bytes, at most so many. */
fc_view fuzz_take(struct fuzz_input *input, size_t most);

/* Text that is nearly right, which random bytes never are for long. Both lists end with NULL. */
struct fuzz_letters {
    const char *common[48];
    const char *rare[16]; /* one of sixteen bytes stands for one of these */
};
/* UTF-8 on either side of each of its rules; what breaks them is rare. */
extern const struct fuzz_letters fuzz_utf8_letters;
/* For each byte a letter, by its number; at most `most` bytes. It stays until the next call. */
fc_view fuzz_spell(const struct fuzz_letters *letters, fc_view bytes, size_t most);

/* Each tier of this machine in turn, made the active one: scalar is the first, and NULL ends. */
const struct fci_kernels *fuzz_next_tier(size_t *index);

/* Pages that stay from input to input, with an inaccessible one on either side. */
#define FUZZ_PLACES 4
#define FUZZ_PLACE_SIZE ((size_t)1 << 16)

/* `size` bytes at the far end of the pages number `place`, or at the near one. */
uint8_t *fuzz_place(size_t place, size_t size, bool far);
uint8_t *fuzz_place_copy(size_t place, fc_view bytes, bool far);

#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_fail(const char *file, int line, const char *what);

#endif
