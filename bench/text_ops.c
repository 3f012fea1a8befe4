/* SPDX-License-Identifier: MIT */

/* The operations of the group `text`. The public functions write to memory of the caller's where
 * they can; the others make a buffer and release it. */
#include "harness.h"

#include "kernels/base64.h"
#include "text_ops.h"

#include <fc_buffer.h>

#include <string.h>

/* ---- sources --------------------------------------------------------------------------------- */

static size_t as_it_is(uint8_t *from, const uint8_t *utf8, size_t size)
{
    memcpy(from, utf8, size);
    return size;
}

/* Whole groups: what is left over is the codec's, not the kernel's. */
static size_t as_groups(uint8_t *from, const uint8_t *utf8, size_t size)
{
    return as_it_is(from, utf8, size / 3 * 3);
}

static size_t as_utf16(uint8_t *from, const uint8_t *utf8, size_t size)
{
    size_t used;
    return fci_kernels_scalar.utf8_to_utf16((uint16_t *)(void *)from, SIZE_MAX, utf8, size, &used);
}

static size_t as_hex(uint8_t *from, const uint8_t *utf8, size_t size)
{
    fci_kernels_scalar.hex_encode(from, utf8, size);
    return size;
}

static size_t as_base64(uint8_t *from, const uint8_t *utf8, size_t size)
{
    (void)fci_kernels_scalar.base64_encode(from, utf8, size / 3 * 3, false);
    return size / 3;
}

/* Lines of 76 characters. */
static size_t as_lines(uint8_t *from, const uint8_t *utf8, size_t size)
{
    size_t length = 0;
    for (size_t done = 0; done < size / 3 * 3; done += 57) {
        size_t some = size / 3 * 3 - done < 57 ? size / 3 * 3 - done : 57;
        length += fci_kernels_scalar.base64_encode(from + length, utf8 + done, some, false);
        from[length++] = '\r';
        from[length++] = '\n';
    }
    return length;
}

/* ---- operations ------------------------------------------------------------------------------ */

static size_t hex_encode(const struct fci_kernels *tier, struct fcb_texts *t)
{
    tier->hex_encode(t->to, t->from, t->length);
    return 2 * t->length;
}

static size_t hex_decode(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->hex_decode(t->to, t->from, t->length);
}

static size_t base64_encode(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->base64_encode(t->to, t->from, t->length, false);
}

static size_t base64_decode(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return 3 * tier->base64_decode(t->to, t->from, t->length, FCI_BASE64_EITHER);
}

/* The kernel only brings the characters together, the public function decodes them. */
static size_t base64_compact(const struct fci_kernels *tier, struct fcb_texts *t)
{
    size_t used;
    return tier->base64_compact(t->to, t->from, t->length, &used) / 4 * 3;
}

static size_t ascii_prefix(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->ascii_prefix(t->from, t->length);
}

static size_t utf8_prefix(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->utf8_prefix(t->from, t->length);
}

static size_t utf8_to_utf16(const struct fci_kernels *tier, struct fcb_texts *t)
{
    size_t used;
    return 2 * tier->utf8_to_utf16((uint16_t *)(void *)t->to, SIZE_MAX, t->from, t->length, &used);
}

static size_t utf16_to_utf8(const struct fci_kernels *tier, struct fcb_texts *t)
{
    size_t used;
    const uint16_t *from = (const uint16_t *)(const void *)t->from;
    return tier->utf16_to_utf8(t->to, SIZE_MAX, from, t->length, &used);
}

static size_t latin1_to_utf8(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->latin1_to_utf8(t->to, t->from, t->length);
}

static size_t latin1_to_utf16(const struct fci_kernels *tier, struct fcb_texts *t)
{
    tier->latin1_to_utf16((uint16_t *)(void *)t->to, t->from, t->length);
    return 2 * t->length;
}

static size_t utf16_to_latin1(const struct fci_kernels *tier, struct fcb_texts *t)
{
    tier->utf16_to_latin1(t->to, (const uint16_t *)(const void *)t->from, t->length);
    return t->length;
}

static size_t utf16_length_of_utf8(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->utf16_length_of_utf8(t->from, t->length);
}

static size_t utf8_length_of_utf16(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->utf8_length_of_utf16((const uint16_t *)(const void *)t->from, t->length);
}

static size_t utf8_length_of_latin1(const struct fci_kernels *tier, struct fcb_texts *t)
{
    return tier->utf8_length_of_latin1(t->from, t->length);
}

/* ---- the public functions -------------------------------------------------------------------- */

static size_t write_utf8(struct fcb_texts *t, fc_encoding encoding)
{
    size_t written = 0;
    fc_view bytes = { t->from, t->length };
    return fc_view_write_utf8(&written, (char *)t->to, 2 * FCB_TEXT_LARGEST, bytes, encoding) ==
                   FC_OK
               ? written
               : 0;
}

static size_t write_utf16(struct fcb_texts *t, fc_encoding encoding)
{
    size_t written = 0;
    fc_view bytes = { t->from, t->length };
    uint16_t *to = (uint16_t *)(void *)t->to;
    return fc_view_write_utf16(&written, to, FCB_TEXT_LARGEST, bytes, encoding) == FC_OK
               ? 2 * written
               : 0;
}

static size_t write_hex(struct fcb_texts *t)
{
    return write_utf8(t, FC_ENCODING_HEX);
}

static size_t write_base64(struct fcb_texts *t)
{
    return write_utf8(t, FC_ENCODING_BASE64);
}

static size_t write_from_latin1(struct fcb_texts *t)
{
    return write_utf8(t, FC_ENCODING_LATIN1);
}

static size_t write_utf16_of_utf8(struct fcb_texts *t)
{
    return write_utf16(t, FC_ENCODING_UTF8);
}

static size_t write_utf16_of_latin1(struct fcb_texts *t)
{
    return write_utf16(t, FC_ENCODING_LATIN1);
}

static size_t is_ascii(struct fcb_texts *t)
{
    return fc_view_is_ascii((fc_view){ t->from, t->length }) ? t->length : 0;
}

static size_t is_utf8(struct fcb_texts *t)
{
    return fc_view_is_utf8((fc_view){ t->from, t->length }) ? t->length : 0;
}

static size_t from_text(struct fcb_texts *t, fc_text text, fc_encoding encoding)
{
    fc_buffer b = FC_BUFFER_INIT;
    size_t length = fc_buffer_from_text(&b, text, encoding) == FC_OK ? fc_buffer_length(&b) : 0;
    FCB_ESCAPE(&b);
    (void)t;
    fc_buffer_release(&b);
    return length;
}

static size_t from_hex(struct fcb_texts *t)
{
    return from_text(t, fc_text_utf8((const char *)t->from, 2 * t->length), FC_ENCODING_HEX);
}

static size_t from_base64(struct fcb_texts *t)
{
    return from_text(t, fc_text_utf8((const char *)t->from, 4 * t->length), FC_ENCODING_BASE64);
}

static size_t from_lines(struct fcb_texts *t)
{
    return from_text(t, fc_text_utf8((const char *)t->from, t->length), FC_ENCODING_BASE64);
}

static size_t from_utf16(struct fcb_texts *t)
{
    const uint16_t *units = (const uint16_t *)(const void *)t->from;
    return from_text(t, fc_text_utf16(units, t->length), FC_ENCODING_UTF8);
}

static size_t from_utf16_to_latin1(struct fcb_texts *t)
{
    const uint16_t *units = (const uint16_t *)(const void *)t->from;
    return from_text(t, fc_text_utf16(units, t->length), FC_ENCODING_LATIN1);
}

static size_t count_utf16(struct fcb_texts *t)
{
    return fc_view_utf16_length((fc_view){ t->from, t->length }, FC_ENCODING_UTF8);
}

static size_t count_utf8(struct fcb_texts *t)
{
    const uint16_t *units = (const uint16_t *)(const void *)t->from;
    return fc_text_byte_length(fc_text_utf16(units, t->length), FC_ENCODING_UTF8);
}

static size_t count_utf8_of_latin1(struct fcb_texts *t)
{
    return fc_view_utf8_length((fc_view){ t->from, t->length }, FC_ENCODING_LATIN1);
}

/* ---- tables ---------------------------------------------------------------------------------- */

const struct fcb_text_op fcb_text_every[] = {
    { "utf8_prefix", utf8_prefix, is_utf8, as_it_is },
    { "utf8_to_utf16", utf8_to_utf16, write_utf16_of_utf8, as_it_is },
    { "utf16_to_utf8", utf16_to_utf8, from_utf16, as_utf16 },
    { "utf16_length_of_utf8", utf16_length_of_utf8, count_utf16, as_it_is },
    { "utf8_length_of_utf16", utf8_length_of_utf16, count_utf8, as_utf16 },
    { NULL, NULL, NULL, NULL },
};

const struct fcb_text_op fcb_text_ascii[] = {
    { "ascii_prefix", ascii_prefix, is_ascii, as_it_is },
    { "latin1_to_utf16", latin1_to_utf16, write_utf16_of_latin1, as_it_is },
    { "utf16_to_latin1", utf16_to_latin1, from_utf16_to_latin1, as_utf16 },
    { "latin1_to_utf8", latin1_to_utf8, write_from_latin1, as_it_is },
    { NULL, NULL, NULL, NULL },
};

const struct fcb_text_op fcb_text_bytes[] = {
    { "latin1_to_utf8", latin1_to_utf8, write_from_latin1, as_it_is },
    { "utf8_length_of_latin1", utf8_length_of_latin1, count_utf8_of_latin1, as_it_is },
    { "hex_encode", hex_encode, write_hex, as_it_is },
    { "hex_decode", hex_decode, from_hex, as_hex },
    { "base64_encode", base64_encode, write_base64, as_groups },
    { "base64_decode", base64_decode, from_base64, as_base64 },
    { "base64_compact", base64_compact, from_lines, as_lines },
    { NULL, NULL, NULL, NULL },
};
