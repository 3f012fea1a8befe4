/* SPDX-License-Identifier: MIT */

/* Base64 as the web reads it: ECMAScript's fromBase64 and setFromBase64, and HTML's atob. These
 * only look: what they have approved of, the table of base64 (codec/codec.h) decodes, because it
 * skips white space, and bits and characters that are left over, of its own accord. */
#ifndef FCI_CODEC_WEB_BASE64_H
#define FCI_CODEC_WEB_BASE64_H

#include <fc_buffer/web.h>

struct fci_web_base64 {
    size_t read;  /* in units: decode the text up to here */
    size_t bytes; /* and it gives just so many */
};

/* ECMA-262 FromBase64, for at most `room` bytes. As in V8 the chunk that does not fit must be well
 * formed as well, and white space behind the last that does is read. False: a SyntaxError; *scan is
 * untouched. */
bool fci_web_base64(struct fci_web_base64 *scan, const fc_text *text,
                    const fc_base64_options *options, size_t room);

/* WHATWG Infra "forgiving-base64 decode". False: failure. */
bool fci_web_atob(const fc_text *text);

#endif
