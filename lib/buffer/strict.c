/* SPDX-License-Identifier: MIT */

/* Text that must be right: checked first, and decoded as any other if it is. */

#include "base/common.h"

#include "codec/strict.h"

#include "base/contract.h"
#include "buffer/text.h"
#include "codec/utf8.h"

static uint32_t check(size_t *offset, const fc_text *text, fc_encoding encoding)
{
    switch (encoding) {
    case FC_ENCODING_LATIN1:
        return fci_check_text(offset, text, 0xff);
    case FC_ENCODING_ASCII:
        return fci_check_text(offset, text, 0x7f);
    case FC_ENCODING_HEX:
        return fci_check_hex(offset, text);
    case FC_ENCODING_BASE64:
    case FC_ENCODING_BASE64URL:
        return fci_check_base64(offset, text, encoding == FC_ENCODING_BASE64URL);
    default:
        return fci_check_text(offset, text, FCI_LARGEST);
    }
}

static fc_status tell(fc_decode_error *error, size_t offset, uint32_t kind)
{
    if (error != NULL) {
        *error = (fc_decode_error){ .offset = offset, .kind = kind, .reserved = 0 };
    }
    return FC_ERR_INVALID_DATA;
}

fc_status fc_buffer_from_text_strict(fc_buffer *out, fc_decode_error *error, fc_text text,
                                     fc_encoding encoding)
{
    const struct fci_codec *codec = fci_codec(encoding);
    size_t offset = 0;
    FCI_REQUIRE(fci_text_is_valid(&text));
    if (codec == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    if (text.count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    uint32_t kind = check(&offset, &text, encoding);
    if (kind != 0) {
        return tell(error, offset, kind);
    }
    return fci_buffer_from_text(out, &text, codec);
}

fc_status fc_view_check_utf8(fc_decode_error *error, fc_view bytes)
{
    unsigned kind = 0;
    size_t offset = fci_utf8_valid_prefix(bytes.bytes, bytes.length, &kind);
    return kind == 0 ? FC_OK : tell(error, offset, kind);
}
