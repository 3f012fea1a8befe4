/* SPDX-License-Identifier: MIT */

/* The encodings: pure functions over bytes and text, one const table each. No handle, no
 * allocation, no failure: what Node's Buffer does with any input is the result, byte for byte.
 *
 * Text comes in two forms: UTF-16 units in native order, which is what a JavaScript string is, and
 * UTF-8. UTF-8 text stands for the string that Node's toString makes of it (U+FFFD for each maximal
 * ill-formed subpart), so that both forms of one string give the same bytes.
 *
 * All lengths are true bounds: nothing is read or written outside the ranges given, nothing past
 * the result is touched even where room is left, and no two ranges may overlap. */
#ifndef FCI_CODEC_CODEC_H
#define FCI_CODEC_CODEC_H

#include <stddef.h>
#include <stdint.h>

struct fci_codec {
    /* Node's normal name, such as "utf16le". */
    const char *name;

    /* Bytes to text. The ..._length functions tell exactly what the to_... functions write and
     * return, in units of the text's form. An answer of utf8_length that would not fit a size_t (a
     * 32-bit machine and more than a GiB of ill-formed UTF-8) is SIZE_MAX. In the UTF-8 form a lone
     * surrogate, which only utf16le bytes can hold, becomes U+FFFD. */
    size_t (*utf8_length)(const uint8_t *bytes, size_t length);
    size_t (*to_utf8)(uint8_t *to, const uint8_t *bytes, size_t length);
    size_t (*utf16_length)(const uint8_t *bytes, size_t length);
    size_t (*to_utf16)(uint16_t *to, const uint8_t *bytes, size_t length);
    /* What a byte can give at most: where there is so much room nobody has to count. */
    unsigned most_utf8, most_utf16;

    /* Text to bytes. from_... writes at most `room` bytes and returns how many: what Node's write
     * puts into a target of that size. utf8 stops before the first character that does not fit
     * whole; utf16le writes whole units, and may part a surrogate pair; the others any byte. The
     * result is a prefix of what endless room (SIZE_MAX) gives, and bytes_of_... tells the length
     * of that: SIZE_MAX where it would not fit, as above. For hex and base64 counting costs as much
     * as decoding: allocate by the estimate that Node's byteLength is, and give back the rest. */
    size_t (*bytes_of_utf8)(const uint8_t *text, size_t count);
    size_t (*from_utf8)(uint8_t *to, size_t room, const uint8_t *text, size_t count);
    size_t (*bytes_of_utf16)(const uint16_t *text, size_t count);
    size_t (*from_utf16)(uint8_t *to, size_t room, const uint16_t *text, size_t count);
};

extern const struct fci_codec fci_codec_utf8;
extern const struct fci_codec fci_codec_utf16le;
extern const struct fci_codec fci_codec_latin1;
extern const struct fci_codec fci_codec_ascii;
extern const struct fci_codec fci_codec_hex;
extern const struct fci_codec fci_codec_base64;
extern const struct fci_codec fci_codec_base64url;

/* The table of an FC_ENCODING_... number; NULL if it is none. */
const struct fci_codec *fci_codec(unsigned encoding);

#endif
