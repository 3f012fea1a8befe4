/* SPDX-License-Identifier: MIT */

/* The tables of utf8_errors.h. */

#include "base/common.h"

#include "kernels/utf8_errors.h"

#define SHORT FCI_UTF8_TOO_SHORT
#define LONG FCI_UTF8_TOO_LONG
#define TWO FCI_UTF8_TWO
#define ANY (SHORT | LONG | TWO)
/* F4 and above, and F0, which share OVERLONG_4. */
#define LARGE (ANY | FCI_UTF8_TOO_LARGE | FCI_UTF8_OVERLONG_4)
#define CONTINUES (LONG | FCI_UTF8_OVERLONG_2 | TWO)

const struct fci_utf8_errors fci_utf8_errors = {
    .first_high = { LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO,
                    SHORT | FCI_UTF8_OVERLONG_2, SHORT,
                    SHORT | FCI_UTF8_OVERLONG_3 | FCI_UTF8_SURROGATE,
                    SHORT | FCI_UTF8_TOO_LARGE | FCI_UTF8_OVERLONG_4 },
    .first_low = { ANY | FCI_UTF8_OVERLONG_3 | FCI_UTF8_OVERLONG_2 | FCI_UTF8_OVERLONG_4,
                   ANY | FCI_UTF8_OVERLONG_2, ANY, ANY, ANY | FCI_UTF8_TOO_LARGE, LARGE, LARGE,
                   LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE | FCI_UTF8_SURROGATE, LARGE,
                   LARGE },
    .second_high = { SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
                     CONTINUES | FCI_UTF8_OVERLONG_3 | FCI_UTF8_OVERLONG_4,
                     CONTINUES | FCI_UTF8_OVERLONG_3 | FCI_UTF8_TOO_LARGE,
                     CONTINUES | FCI_UTF8_SURROGATE | FCI_UTF8_TOO_LARGE,
                     CONTINUES | FCI_UTF8_SURROGATE | FCI_UTF8_TOO_LARGE, SHORT, SHORT, SHORT,
                     SHORT },
};
