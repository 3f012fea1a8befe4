/* SPDX-License-Identifier: MIT */

/* The AVX2 tier: machines with AVX2, BMI1 and BMI2. Nothing in this folder may run before the CPU
 * was asked: the compiler may use AVX2 anywhere in it. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"
#include "kernels/x86/avx2/copy.h"
#include "kernels/x86/avx2/find.h"
#include "kernels/x86/avx2/swap.h"
#include "kernels/x86/avx2/text.h"

const struct fci_kernels fci_kernels_avx2 = {
    .name = "avx2",
    .needs = FCI_CPU_AVX2,
    .copy = fci_copy_avx2,
    .move = fci_move_avx2,
    .fill = fci_fill_avx2,
    .mismatch = fci_mismatch_avx2,
    .find_byte = fci_find_byte_avx2,
    .find_byte_back = fci_find_byte_back_avx2,
    .find_bytes = fci_find_bytes_avx2,
    .find_bytes_back = fci_find_bytes_back_avx2,
    .swap16 = fci_swap16_avx2,
    .swap32 = fci_swap32_avx2,
    .swap64 = fci_swap64_avx2,
    .reverse = fci_reverse_avx2,
    .hex_encode = fci_hex_encode_avx2,
    .hex_decode = fci_hex_decode_avx2,
    .base64_encode = fci_base64_encode_avx2,
    .base64_decode = fci_base64_decode_avx2,
    .base64_decode_lines = fci_base64_decode_lines_avx2,
    .base64_compact = fci_base64_compact_avx2,
    .ascii_prefix = fci_ascii_prefix_avx2,
    .utf8_prefix = fci_utf8_prefix_avx2,
    .utf8_to_utf16 = fci_utf8_to_utf16_avx2,
    .utf16_to_utf8 = fci_utf16_to_utf8_avx2,
    .latin1_to_utf8 = fci_latin1_to_utf8_avx2,
    .latin1_to_utf16 = fci_latin1_to_utf16_avx2,
    .utf16_to_latin1 = fci_utf16_to_latin1_avx2,
    .utf16_length_of_utf8 = fci_utf16_length_of_utf8_avx2,
    .utf8_length_of_utf16 = fci_utf8_length_of_utf16_avx2,
    .utf8_length_of_latin1 = fci_utf8_length_of_latin1_avx2,
};
