/* SPDX-License-Identifier: MIT */

/* What ascii shares with latin1: all of text to bytes, since Node keeps eight bits there. */
#ifndef FCI_CODEC_LATIN1_H
#define FCI_CODEC_LATIN1_H

#include <stddef.h>
#include <stdint.h>

size_t fci_latin1_bytes_of_utf8(const uint8_t *text, size_t count);
size_t fci_latin1_from_utf8(uint8_t *to, size_t room, const uint8_t *text, size_t count);
size_t fci_latin1_bytes_of_utf16(const uint16_t *text, size_t count);
size_t fci_latin1_from_utf16(uint8_t *to, size_t room, const uint16_t *text, size_t count);

#endif
