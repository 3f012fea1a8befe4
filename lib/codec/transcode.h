/* SPDX-License-Identifier: MIT */

/* From one character encoding to another, with the substitutions that Node's transcode makes. For
 * FC_ENCODING_UTF8, _UTF16LE, _LATIN1 and _ASCII. */
#ifndef FCI_CODEC_TRANSCODE_H
#define FCI_CODEC_TRANSCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether UTF-8 or UTF-16LE bytes are well-formed. Half a unit at the end does not count. */
bool fci_is_well_formed(const uint8_t *bytes, size_t length, unsigned encoding);

/* Writes the bytes and returns how many there are; with `to` NULL it only counts. */
size_t fci_transcode(uint8_t *to, const uint8_t *bytes, size_t length, unsigned from,
                     unsigned into);

#endif
