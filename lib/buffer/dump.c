/* SPDX-License-Identifier: MIT */

/* Bytes as text for people: Node's inspect and JSON, and a hex dump. Each text is measured first
 * and then written into a buffer of exactly that length. */

#include "base/common.h"

#include <fc_buffer/inspect.h>

#include "buffer/handle.h"

#include <stdio.h>
#include <string.h>

/* A new buffer for a text of `length` characters, not 0; *to is where it goes. */
static fc_status make_text(fc_buffer *out, uint8_t **to, size_t length)
{
    if (length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = fc_buffer_alloc_unsafe(out, length);
    if (status == FC_OK) {
        *to = out->arena->bytes;
    }
    return status;
}

static uint8_t *put_text(uint8_t *to, const char *text)
{
    size_t length = strlen(text);
    memcpy(to, text, length); /* NOLINT(bugprone-not-null-terminated-result): no end is wanted */
    return to + length;
}

/* The low `digits` digits of a number in hexadecimal. */
static uint8_t *put_hex(uint8_t *to, size_t number, size_t digits)
{
    for (size_t i = digits; i-- > 0; number >>= 4) {
        to[i] = (uint8_t) "0123456789abcdef"[number & 15];
    }
    return to + digits;
}

/* ---- inspect --------------------------------------------------------------------------------- */

static fc_status inspect(fc_buffer *out, fc_view bytes, size_t limit)
{
    char rest[48] = "";
    uint8_t *to = NULL;
    size_t length = 0, shown = bytes.length;
    if (limit < bytes.length) {
        size_t more = bytes.length - limit;
        (void)snprintf(rest, sizeof rest, " ... %zu more byte%s", more, more == 1 ? "" : "s");
        shown = limit;
    }
    /* Three characters a byte, but for the space after the last. */
    if (!fci_size_mul(&length, shown, 3) ||
        !fci_size_add(&length, length, strlen("<Buffer >") + strlen(rest) - (shown != 0))) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = make_text(out, &to, length);
    if (status == FC_OK) {
        to = put_text(to, "<Buffer ");
        for (size_t i = 0; i < shown; i++) {
            to = put_hex(put_text(to, i == 0 ? "" : " "), bytes.bytes[i], 2);
        }
        to = put_text(put_text(to, rest), ">");
        FCI_ENSURE(to == out->arena->bytes + length);
    }
    return status;
}

fc_status fc_view_inspect(fc_buffer *out, fc_view bytes, size_t limit)
{
    FCI_REQUIRE(out != NULL);
    return inspect(out, bytes, limit);
}

fc_status fc_buffer_inspect(fc_buffer *out, const fc_buffer *b, size_t limit)
{
    FCI_REQUIRE(out != NULL && out != b && fci_buffer_is_valid(b));
    return inspect(out, fc_buffer_view(b), limit);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

#define JSON_HEAD "{\"type\":\"Buffer\",\"data\":["
#define JSON_TAIL "]}"

/* A digit and a comma a byte, but for the comma after the last; and the digits of larger bytes. */
static bool json_length(size_t *length, fc_view bytes)
{
    size_t wider = 0;
    if (bytes.length > FC_BUFFER_MAX_LENGTH / 2) {
        return false;
    }
    for (size_t i = 0; i < bytes.length; i++) {
        wider += (size_t)(bytes.bytes[i] >= 10) + (bytes.bytes[i] >= 100);
    }
    return fci_size_mul(length, bytes.length, 2) && fci_size_add(length, *length, wider) &&
           fci_size_add(length, *length, strlen(JSON_HEAD JSON_TAIL) - (bytes.length != 0));
}

static uint8_t *put_decimal(uint8_t *to, uint8_t value)
{
    if (value >= 100) {
        *to++ = (uint8_t)('0' + value / 100);
    }
    if (value >= 10) {
        *to++ = (uint8_t)('0' + value / 10 % 10);
    }
    *to++ = (uint8_t)('0' + value % 10);
    return to;
}

static fc_status to_json(fc_buffer *out, fc_view bytes)
{
    uint8_t *to = NULL;
    size_t length = 0;
    if (!json_length(&length, bytes)) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = make_text(out, &to, length);
    if (status == FC_OK) {
        to = put_text(to, JSON_HEAD);
        for (size_t i = 0; i < bytes.length; i++) {
            to = put_decimal(put_text(to, i == 0 ? "" : ","), bytes.bytes[i]);
        }
        to = put_text(to, JSON_TAIL);
        FCI_ENSURE(to == out->arena->bytes + length);
    }
    return status;
}

fc_status fc_view_to_json(fc_buffer *out, fc_view bytes)
{
    FCI_REQUIRE(out != NULL);
    return to_json(out, bytes);
}

fc_status fc_buffer_to_json(fc_buffer *out, const fc_buffer *b)
{
    FCI_REQUIRE(out != NULL && out != b && fci_buffer_is_valid(b));
    return to_json(out, fc_buffer_view(b));
}

/* ---- the hex dump ---------------------------------------------------------------------------- */

#define LINE ((size_t)16)
#define STAR "*\n"

static size_t address_digits(size_t address)
{
    size_t digits = 8;
    while (digits < 2 * sizeof address && address >> 4 * digits != 0) {
        digits++;
    }
    return digits;
}

/* The bytes of the line at `at`: sixteen, or what is left. */
static fc_view line_at(fc_view bytes, size_t at)
{
    size_t left = bytes.length - at;
    return fc_view_of(bytes.bytes + at, left < LINE ? left : LINE);
}

/* Whether the line at `at` is full and the same as the one before. */
static bool repeats(fc_view bytes, size_t at)
{
    return at >= LINE && bytes.length - at >= LINE &&
           memcmp(bytes.bytes + at, bytes.bytes + at - LINE, LINE) == 0;
}

/* How many characters the line at `at` takes: it is shown, or a star, or nothing after a star. */
static size_t line_length(fc_view bytes, size_t at, size_t address)
{
    if (!repeats(bytes, at)) {
        return address_digits(address + at) + strlen("  ||\n") + 3 * LINE + 2 +
               line_at(bytes, at).length;
    }
    return repeats(bytes, at - LINE) ? 0 : strlen(STAR);
}

static uint8_t *put_address(uint8_t *to, size_t address)
{
    return put_hex(to, address, address_digits(address));
}

static uint8_t *put_line(uint8_t *to, fc_view line, size_t address)
{
    to = put_address(to, address);
    for (size_t i = 0; i < LINE; i++) {
        to = put_text(to, i % 8 == 0 ? "  " : " ");
        to = i < line.length ? put_hex(to, line.bytes[i], 2) : put_text(to, "  ");
    }
    to = put_text(to, "  |");
    for (size_t i = 0; i < line.length; i++) {
        *to++ = line.bytes[i] >= ' ' && line.bytes[i] <= '~' ? line.bytes[i] : '.';
    }
    return put_text(to, "|\n");
}

static bool dump_length(size_t *length, fc_view bytes, size_t address)
{
    *length = address_digits(address + bytes.length) + strlen("\n");
    for (size_t at = 0; at < bytes.length; at += LINE) {
        if (!fci_size_add(length, *length, line_length(bytes, at, address))) {
            return false;
        }
    }
    return true;
}

static fc_status hex_dump(fc_buffer *out, fc_view bytes, size_t address)
{
    uint8_t *to = NULL;
    size_t length = 0;
    if (bytes.length == 0) {
        return fc_buffer_alloc_unsafe(out, 0);
    }
    if (bytes.length > SIZE_MAX - address) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (!dump_length(&length, bytes, address)) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = make_text(out, &to, length);
    if (status == FC_OK) {
        for (size_t at = 0; at < bytes.length; at += LINE) {
            if (!repeats(bytes, at)) {
                to = put_line(to, line_at(bytes, at), address + at);
            } else if (!repeats(bytes, at - LINE)) {
                to = put_text(to, STAR);
            }
        }
        to = put_text(put_address(to, address + bytes.length), "\n");
        FCI_ENSURE(to == out->arena->bytes + length);
    }
    return status;
}

fc_status fc_view_hex_dump(fc_buffer *out, fc_view bytes, size_t address)
{
    FCI_REQUIRE(out != NULL);
    return hex_dump(out, bytes, address);
}

fc_status fc_buffer_hex_dump(fc_buffer *out, const fc_buffer *b, size_t address)
{
    FCI_REQUIRE(out != NULL && out != b && fci_buffer_is_valid(b));
    return hex_dump(out, fc_buffer_view(b), address);
}
