/* SPDX-License-Identifier: MIT */

/* The encodings written once more, as simply as can be: functions of bytes and UTF-16 units. Encode
 * makes the text of bytes; decode makes of text the bytes that Node's write puts into a target of
 * `room` bytes. UTF-8 is encoded by fct_units_of_utf8, ascii is decoded as latin1 is. */
#ifndef FCT_CODEC_MODELS_H
#define FCT_CODEC_MODELS_H

#include <fc_buffer/web.h>

#include "codec/web_base64.h"

#include "text.h"

/* No text or bytes are longer. */
#define FCT_CODEC_MAX ((size_t)4096)

size_t fct_encode_hex(uint16_t *to, const uint8_t *bytes, size_t length);
size_t fct_encode_base64(uint16_t *to, const uint8_t *bytes, size_t length);
size_t fct_encode_base64url(uint16_t *to, const uint8_t *bytes, size_t length);
size_t fct_encode_latin1(uint16_t *to, const uint8_t *bytes, size_t length);
size_t fct_encode_ascii(uint16_t *to, const uint8_t *bytes, size_t length);
size_t fct_encode_utf16le(uint16_t *to, const uint8_t *bytes, size_t length);

size_t fct_decode_hex(uint8_t *to, size_t room, const uint16_t *units, size_t count);
size_t fct_decode_base64(uint8_t *to, size_t room, const uint16_t *units, size_t count);
size_t fct_decode_latin1(uint8_t *to, size_t room, const uint16_t *units, size_t count);
size_t fct_decode_utf16le(uint8_t *to, size_t room, const uint16_t *units, size_t count);
size_t fct_decode_utf8(uint8_t *to, size_t room, const uint16_t *units, size_t count);

/* Bytes of one of Node's four character encodings as those of another, as ICU has it. */
size_t fct_transcode(uint8_t *to, const uint8_t *bytes, size_t length, unsigned from,
                     unsigned into);

/* What fci_web_base64 and fci_web_atob must answer, of ASCII text. */
bool fct_web_base64(struct fci_web_base64 *scan, const char *chars,
                    const fc_base64_options *options, size_t room);
bool fct_web_atob(const char *chars);

#endif
