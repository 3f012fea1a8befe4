/* SPDX-License-Identifier: MIT */

/* The NEON tier: what every aarch64 has, and so the floor there. Where the scalar loops have not
 * been beaten, they run. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"
#include "kernels/arm/neon/copy.h"
#include "kernels/arm/neon/text.h"
#include "kernels/scalar/find.h"
#include "kernels/scalar/swap.h"
#include "kernels/scalar/text.h"

const struct fci_kernels fci_kernels_neon = {
    .name = "neon",
    .needs = FCI_CPU_NEON,
    .copy = fci_copy_neon,
    .move = fci_move_neon,
    .fill = fci_fill_neon,
    .mismatch = fci_mismatch_scalar,
    .find_byte = fci_find_byte_scalar,
    .find_byte_back = fci_find_byte_back_scalar,
    .find_bytes = fci_find_bytes_scalar,
    .find_bytes_back = fci_find_bytes_back_scalar,
    .swap16 = fci_swap16_scalar,
    .swap32 = fci_swap32_scalar,
    .swap64 = fci_swap64_scalar,
    .reverse = fci_reverse_scalar,
    .hex_encode = fci_hex_encode_neon,
    .hex_decode = fci_hex_decode_neon,
    .base64_encode = fci_base64_encode_neon,
    .base64_decode = fci_base64_decode_neon,
    .base64_decode_lines = fci_base64_decode_lines_neon,
    .base64_compact = fci_base64_compact_neon,
    .ascii_prefix = fci_ascii_prefix_neon,
    .utf8_prefix = fci_utf8_prefix_neon,
    .utf8_to_utf16 = fci_utf8_to_utf16_scalar,
    .utf16_to_utf8 = fci_utf16_to_utf8_scalar,
    .latin1_to_utf8 = fci_latin1_to_utf8_scalar,
    .latin1_to_utf16 = fci_latin1_to_utf16_scalar,
    .utf16_to_latin1 = fci_utf16_to_latin1_scalar,
    .utf16_length_of_utf8 = fci_utf16_length_of_utf8_scalar,
    .utf8_length_of_utf16 = fci_utf8_length_of_utf16_scalar,
    .utf8_length_of_latin1 = fci_utf8_length_of_latin1_scalar,
};
