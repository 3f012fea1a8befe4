/* SPDX-License-Identifier: MIT */

/* The AVX-512 tier: machines with F, BW, DQ, VL, VBMI and VBMI2, since Ice Lake and Zen 4: the
 * first that had AVX-512, which slow down while they use it, are left out. What 64 bytes at a time
 * do not better is the AVX2 tier's. Nothing in this folder may run before the CPU was asked: the
 * compiler may use AVX-512 anywhere in it. */

#include "base/common.h"

#include "kernels/cpu.h"
#include "kernels/kernels.h"
#include "kernels/x86/avx2/find.h"
#include "kernels/x86/avx2/text.h"
#include "kernels/x86/avx512/copy.h"
#include "kernels/x86/avx512/find.h"
#include "kernels/x86/avx512/swap.h"
#include "kernels/x86/avx512/text.h"

const struct fci_kernels fci_kernels_avx512 = {
    .name = "avx512",
    .needs = FCI_CPU_AVX512,
    .copy = fci_copy_avx512,
    .move = fci_move_avx512,
    .fill = fci_fill_avx512,
    .mismatch = fci_mismatch_avx512,
    .find_byte = fci_find_byte_avx512,
    .find_byte_back = fci_find_byte_back_avx2,
    .find_bytes = fci_find_bytes_avx2,
    .find_bytes_back = fci_find_bytes_back_avx2,
    .swap16 = fci_swap16_avx512,
    .swap32 = fci_swap32_avx512,
    .swap64 = fci_swap64_avx512,
    .reverse = fci_reverse_avx512,
    .hex_encode = fci_hex_encode_avx512,
    .hex_decode = fci_hex_decode_avx512,
    .base64_encode = fci_base64_encode_avx512,
    .base64_decode = fci_base64_decode_avx512,
    .base64_decode_lines = fci_base64_decode_lines_avx512,
    .base64_compact = fci_base64_compact_avx512,
    .ascii_prefix = fci_ascii_prefix_avx2,
    .utf8_prefix = fci_utf8_prefix_avx512,
    .utf8_to_utf16 = fci_utf8_to_utf16_avx512,
    .utf16_to_utf8 = fci_utf16_to_utf8_avx512,
    .latin1_to_utf8 = fci_latin1_to_utf8_avx512,
    .latin1_to_utf16 = fci_latin1_to_utf16_avx2,
    .utf16_to_latin1 = fci_utf16_to_latin1_avx2,
    .utf16_length_of_utf8 = fci_utf16_length_of_utf8_avx512,
    .utf8_length_of_utf16 = fci_utf8_length_of_utf16_avx512,
    .utf8_length_of_latin1 = fci_utf8_length_of_latin1_avx2,
};
