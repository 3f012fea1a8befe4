/* SPDX-License-Identifier: MIT */

/* Base64 by vectors: 48 bytes make 64 characters and back. Loads and stores of three and of four
 * take groups apart and put them together, shifts move the fields, and both alphabets are looked up
 * in registers. Correct under emulation; not timed.
 *
 * Bounds: a round touches 48 bytes and 64 characters, or 16 of each where characters only move
 * together, and runs while so much is left. The rest, and a round that is not all good, go to the
 * scalar tier. */

#include "base/common.h"

#include "kernels/arm/neon/text.h"

#include "kernels/arm/neon/vector.h"
#include "kernels/base64.h"
#include "kernels/scalar/text.h"

/* The groups of a round. */
#define GROUPS FCI_VECTOR

size_t fci_base64_encode_neon(uint8_t *to, const uint8_t *from, size_t length, bool url)
{
    const uint8x16x4_t alphabet = vld1q_u8_x4((const uint8_t *)fci_base64_alphabets[url]);
    const uint8x16_t field = fci_splat_neon(0x3f);
    size_t i = 0;
    for (; length - 3 * i >= 3 * GROUPS; i += GROUPS) {
        uint8x16x3_t bytes = vld3q_u8(from + 3 * i);
        uint8x16_t a = bytes.val[0], b = bytes.val[1], c = bytes.val[2];
        uint8x16_t second = vandq_u8(vsliq_n_u8(vshrq_n_u8(b, 4), a, 4), field);
        uint8x16_t third = vandq_u8(vsliq_n_u8(vshrq_n_u8(c, 6), b, 2), field);
        uint8x16x4_t text = { { vqtbl4q_u8(alphabet, vshrq_n_u8(a, 2)),
                                vqtbl4q_u8(alphabet, second), vqtbl4q_u8(alphabet, third),
                                vqtbl4q_u8(alphabet, vandq_u8(c, field)) } };
        vst4q_u8(to + 4 * i, text);
    }
    return 4 * i + fci_base64_encode_scalar(to + 4 * i, from + 3 * i, length - 3 * i, url);
}

/* What ASCII stands for, in two halves. */
struct values {
    uint8x16x4_t low, high;
    unsigned alphabet;
};

static inline struct values values_neon(unsigned alphabet)
{
    const uint8_t *values = fci_base64_values[alphabet];
    return (struct values){ vld1q_u8_x4(values), vld1q_u8_x4(values + 64), alphabet };
}

/* The field of each character; the sign bit is set for what has none. */
static inline uint8x16_t fields_neon(struct values values, uint8x16_t text)
{
    uint8x16_t low = vqtbl4q_u8(values.low, text);
    uint8x16_t fields = vqtbx4q_u8(low, values.high, veorq_u8(text, fci_splat_neon(64)));
    return vorrq_u8(fields, vandq_u8(text, fci_splat_neon(0x80)));
}

size_t fci_base64_decode_neon(uint8_t *to, const uint8_t *from, size_t groups, unsigned alphabet)
{
    const struct values values = values_neon(alphabet);
    size_t i = 0;
    for (; groups - i >= GROUPS; i += GROUPS) {
        uint8x16x4_t text = vld4q_u8(from + 4 * i);
        uint8x16_t a = fields_neon(values, text.val[0]), b = fields_neon(values, text.val[1]);
        uint8x16_t c = fields_neon(values, text.val[2]), d = fields_neon(values, text.val[3]);
        if (vmaxvq_u8(vorrq_u8(vorrq_u8(a, b), vorrq_u8(c, d))) > 0x3f) {
            break;
        }
        uint8x16x3_t bytes = { { vsliq_n_u8(vshrq_n_u8(b, 4), a, 2),
                                 vsliq_n_u8(vshrq_n_u8(c, 2), b, 4), vsliq_n_u8(d, c, 6) } };
        vst3q_u8(to + 3 * i, bytes);
    }
    return i + fci_base64_decode_scalar(to + 3 * i, from + 4 * i, groups - i, alphabet);
}

static inline bool line_neon(uint8_t *to, const uint8_t *from, size_t groups, struct values values)
{
    return fci_base64_decode_neon(to, from, groups, values.alphabet) == groups;
}

#define FCI_TIER(name) name##_neon
#include "kernels/lines_template.h"

/* Whole vectors are stored as they are; those with something else go by characters. */
size_t fci_base64_compact_neon(uint8_t *to, const uint8_t *from, size_t length, size_t *read)
{
    const struct values values = values_neon(FCI_BASE64_EITHER);
    size_t i = 0, kept = 0, used = FCI_VECTOR;
    for (; length - i >= FCI_VECTOR && used == FCI_VECTOR; i += used) {
        uint8x16_t text = fci_load_neon(from + i);
        if (vmaxvq_u8(fields_neon(values, text)) <= 0x3f) {
            fci_store_neon(to + kept, text);
            kept += FCI_VECTOR;
        } else {
            kept += fci_base64_compact_scalar(to + kept, from + i, FCI_VECTOR, &used);
        }
    }
    if (used == FCI_VECTOR) {
        kept += fci_base64_compact_scalar(to + kept, from + i, length - i, &used);
        i += used;
    }
    *read = i;
    return kept;
}
