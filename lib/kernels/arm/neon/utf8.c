/* SPDX-License-Identifier: MIT */

/* ASCII and UTF-8 checked, 16 bytes at a time: see the template. Correct under emulation; not
 * timed. */

#include "base/common.h"

#include "kernels/arm/neon/text.h"

#include "kernels/arm/neon/utf8.h"
#include "kernels/scalar/text.h"

size_t fci_ascii_prefix_neon(const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    while (length - i >= FCI_VECTOR && fci_utf8_is_ascii_neon(bytes + i)) {
        i += FCI_VECTOR;
    }
    return i + fci_ascii_prefix_scalar(bytes + i, length - i);
}

#define FCI_UTF16 0
#include "kernels/utf8_template.h"
