/* SPDX-License-Identifier: MIT */

/* Hex by vectors: 16 bytes make 32 digits and back. Loads and stores of pairs take the digits apart
 * and put them together. Decoding is AVX2's: saturating arithmetic leaves 0..15 of a digit and more
 * of anything else. Correct under emulation; not timed.
 *
 * Bounds: a round touches 16 bytes and 32 digits, and runs while so much is left. The rest, and a
 * round with a bad pair, go to the scalar tier. */

#include "base/common.h"

#include "kernels/arm/neon/text.h"

#include "kernels/arm/neon/vector.h"
#include "kernels/scalar/text.h"

void fci_hex_encode_neon(uint8_t *to, const uint8_t *from, size_t length)
{
    const uint8x16_t digits = fci_load_neon((const uint8_t *)"0123456789abcdef");
    size_t i = 0;
    for (; length - i >= FCI_VECTOR; i += FCI_VECTOR) {
        uint8x16_t bytes = fci_load_neon(from + i);
        uint8x16x2_t text = { { vqtbl1q_u8(digits, vshrq_n_u8(bytes, 4)),
                                vqtbl1q_u8(digits, vandq_u8(bytes, fci_splat_neon(0x0f))) } };
        vst2q_u8(to + 2 * i, text);
    }
    fci_hex_encode_scalar(to + 2 * i, from + i, length - i);
}

/* The value of each digit, and 16 or more for what is none: '0'..'9' are moved to the top of the
 * byte's range and then to 0, so that all else is above; letters are moved to 0 and then up by ten
 * without passing the top. */
static inline uint8x16_t values_neon(uint8x16_t text)
{
    uint8x16_t top = vaddq_u8(text, fci_splat_neon(0xff - '9'));
    uint8x16_t digits = vsubq_u8(vqsubq_u8(top, fci_splat_neon(6)), fci_splat_neon(0xf0));
    uint8x16_t upper = vandq_u8(text, fci_splat_neon(0xdf));
    uint8x16_t letters = vqaddq_u8(vsubq_u8(upper, fci_splat_neon('A')), fci_splat_neon(10));
    return vminq_u8(digits, letters);
}

size_t fci_hex_decode_neon(uint8_t *to, const uint8_t *from, size_t pairs)
{
    size_t i = 0;
    for (; pairs - i >= FCI_VECTOR; i += FCI_VECTOR) {
        uint8x16x2_t text = vld2q_u8(from + 2 * i);
        uint8x16_t high = values_neon(text.val[0]), low = values_neon(text.val[1]);
        if (vmaxvq_u8(vmaxq_u8(high, low)) > 0x0f) {
            break;
        }
        fci_store_neon(to + i, vsliq_n_u8(low, high, 4));
    }
    return i + fci_hex_decode_scalar(to + i, from + 2 * i, pairs - i);
}
