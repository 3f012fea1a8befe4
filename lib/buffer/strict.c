/* SPDX-License-Identifier: MIT */

/* Text that must be right. Characters are checked first, and decoded as any others if they are.
 * Digits are decoded as far as they are clean; what is left of them is checked, and then decoded.
 */

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

static fc_status from_characters(fc_buffer *out, fc_decode_error *error, const fc_text *text,
                                 fc_encoding encoding)
{
    size_t offset = 0;
    uint32_t kind = check(&offset, text, encoding);
    return kind != 0 ? tell(error, offset, kind)
                     : fci_buffer_from_text(out, text, fci_codec(encoding));
}

static fc_status from_digits(fc_buffer *out, fc_decode_error *error, fc_text *text,
                             fc_encoding encoding, enum fci_digits digits)
{
    struct fci_making making;
    size_t offset = 0;
    fc_status status = fci_making_begin(&making, text, fci_codec(encoding));
    if (status != FC_OK) {
        return status;
    }
    size_t taken = fci_making_take(&making, text, digits);
    uint32_t kind = check(&offset, text, encoding);
    if (kind != 0) {
        fc_buffer_release(&making.made);
        return tell(error, taken + offset, kind);
    }
    return fci_making_end(out, &making, text, fci_codec(encoding));
}

fc_status fc_buffer_from_text_strict(fc_buffer *out, fc_decode_error *error, fc_text text,
                                     fc_encoding encoding)
{
    FCI_REQUIRE(out != NULL && fci_text_is_valid(&text));
    if (fci_codec(encoding) == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    if (text.count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    switch (encoding) {
    case FC_ENCODING_HEX:
        return from_digits(out, error, &text, encoding, FCI_DIGITS_HEX);
    case FC_ENCODING_BASE64:
        return from_digits(out, error, &text, encoding, FCI_DIGITS_BASE64);
    case FC_ENCODING_BASE64URL:
        return from_digits(out, error, &text, encoding, FCI_DIGITS_BASE64URL);
    default:
        return from_characters(out, error, &text, encoding);
    }
}

fc_status fc_view_check_utf8(fc_decode_error *error, fc_view bytes)
{
    unsigned kind = 0;
    size_t offset = fci_utf8_valid_prefix(bytes.bytes, bytes.length, &kind);
    return kind == 0 ? FC_OK : tell(error, offset, kind);
}
