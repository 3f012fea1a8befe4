/* SPDX-License-Identifier: MIT */

/* Encodings by name, and what can be asked of bytes and text without making anything of them. */

#include "base/common.h"

#include <fc_buffer/encoding.h>

#include "base/contract.h"
#include "base/utf.h"
#include "buffer/text.h"
#include "codec/strict.h"
#include "kernels/kernels.h"

#include <string.h>

static const struct {
    char name[10];
    uint8_t encoding;
} names[] = {
    { "utf8", FC_ENCODING_UTF8 },       { "utf-8", FC_ENCODING_UTF8 },
    { "utf16le", FC_ENCODING_UTF16LE }, { "utf-16le", FC_ENCODING_UTF16LE },
    { "ucs2", FC_ENCODING_UTF16LE },    { "ucs-2", FC_ENCODING_UTF16LE },
    { "latin1", FC_ENCODING_LATIN1 },   { "binary", FC_ENCODING_LATIN1 },
    { "ascii", FC_ENCODING_ASCII },     { "hex", FC_ENCODING_HEX },
    { "base64", FC_ENCODING_BASE64 },   { "base64url", FC_ENCODING_BASE64URL },
};

#define NAMES (sizeof names / sizeof names[0])

/* Lower case without a locale. */
static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool is_called(size_t i, const char *name, size_t length)
{
    size_t same = 0;
    if (strlen(names[i].name) != length) {
        return false;
    }
    while (same < length && names[i].name[same] == lower(name[same])) {
        same++;
    }
    return same == length;
}

fc_status fc_encoding_from_name(fc_encoding *out, const char *name, size_t length)
{
    FCI_REQUIRE(out != NULL && (name != NULL || length == 0));
    for (size_t i = 0; i < NAMES; i++) {
        if (is_called(i, name, length)) {
            *out = (fc_encoding)names[i].encoding;
            return FC_OK;
        }
    }
    return FC_ERR_UNKNOWN_ENCODING;
}

bool fc_encoding_is_name(const char *name, size_t length)
{
    fc_encoding encoding;
    return fc_encoding_from_name(&encoding, name, length) == FC_OK;
}

const char *fc_encoding_name(fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    return codec != NULL ? codec->name : NULL;
}

bool fc_view_is_utf8(fc_view bytes)
{
    return fci_kernels()->utf8_prefix(bytes.bytes, bytes.length) == bytes.length;
}

bool fc_view_is_ascii(fc_view bytes)
{
    return fci_kernels()->ascii_prefix(bytes.bytes, bytes.length) == bytes.length;
}

bool fc_text_is_well_formed(fc_text text)
{
    size_t offset = 0;
    FCI_REQUIRE(fci_text_is_valid(&text));
    return fci_check_text(&offset, &text, FCI_LARGEST) == 0;
}

void fc_utf16_make_well_formed(uint16_t *units, size_t count)
{
    FCI_REQUIRE(units != NULL || count == 0);
    for (size_t at = 0; at < count;) {
        uint32_t code = 0;
        size_t size = fci_utf16_next(&code, units + at, units + count);
        if (code == FCI_UTF_REPLACEMENT) {
            units[at] = (uint16_t)code;
        }
        at += size;
    }
}
