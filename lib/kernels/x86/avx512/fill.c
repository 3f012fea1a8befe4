/* SPDX-License-Identifier: MIT */

/* Fill of up to 64 bytes without a branch on the length: a byte mask says which bytes of a vector
 * are stored, and nothing is written to the others, wherever they lie. Above, AVX2's loop is as
 * fast as a wider one; and copying under a mask by a call gains less on sizes that vary than it
 * loses where the copy is read back, which has to wait for a store under a mask. */

#include "base/common.h"

#include "kernels/x86/avx512/copy.h"

#include "kernels/x86/avx2/copy.h"

#include <immintrin.h>

void fci_fill_avx512(uint8_t *to, uint8_t value, size_t length)
{
    if (length <= sizeof(__m512i)) {
        __mmask64 mask = _bzhi_u64(~UINT64_C(0), (unsigned)length);
        _mm512_mask_storeu_epi8(to, mask, _mm512_set1_epi8((char)value));
    } else {
        fci_fill_avx2(to, value, length);
    }
}
