/* SPDX-License-Identifier: MIT */

/* Node's StringDecoder. What has been held back is completed first; of what comes behind it,
 * stream/tail.c says how much is held.
 *
 * A write runs twice over the same code where the room might not do: on a copy of the decoder to
 * count, and then in earnest. */

#include "base/common.h"

#include <fc_buffer/decoder.h>

#include "base/checked.h"
#include "base/contract.h"
#include "base/utf.h"
#include "codec/codec.h"
#include "stream/tail.h"

/* Where text goes: to one of the two forms, or, where there is no address, nowhere. */
struct sink {
    const struct fci_codec *codec;
    char *utf8;
    uint16_t *utf16;
    size_t count;
    bool is_utf16;
    bool counts; /* only */
};

/* ---- giving out ------------------------------------------------------------------------------ */

static void put(struct sink *sink, const uint8_t *bytes, size_t length)
{
    const struct fci_codec *codec = sink->codec;
    if (length == 0) {
        return;
    }
    if (sink->counts) {
        sink->count +=
            sink->is_utf16 ? codec->utf16_length(bytes, length) : codec->utf8_length(bytes, length);
    } else if (sink->is_utf16) {
        sink->count += codec->to_utf16(sink->utf16 + sink->count, bytes, length);
    } else {
        sink->count += codec->to_utf8((uint8_t *)sink->utf8 + sink->count, bytes, length);
    }
}

/* The surrogate that is owed, together with the unit `next` if that is its other half; returns how
 * many bytes that took. 0 is the other half of none. */
static size_t put_owed(struct sink *sink, fc_decoder *d, uint32_t next)
{
    uint8_t pair[4] = { (uint8_t)d->high, (uint8_t)(d->high >> 8), (uint8_t)next,
                        (uint8_t)(next >> 8) };
    size_t more = fci_utf16_is_low(next) ? 2 : 0;
    d->high = 0;
    put(sink, pair, 2 + more);
    return more;
}

/* Text of whole units: in UTF-8 a surrogate at the end waits for what may be its other half. */
static void put_units(struct sink *sink, fc_decoder *d, const uint8_t *bytes, size_t length)
{
    if (length == 0) {
        return;
    }
    if (d->high != 0) {
        size_t taken = put_owed(sink, d, fci_decoder_unit(bytes));
        bytes += taken;
        length -= taken;
    }
    if (length != 0 && !sink->is_utf16 && fci_utf16_is_high(fci_decoder_unit(bytes + length - 2))) {
        d->high = (uint16_t)fci_decoder_unit(bytes + length - 2);
        length -= 2;
    }
    put(sink, bytes, length);
}

static void give(struct sink *sink, fc_decoder *d, const uint8_t *bytes, size_t length)
{
    if (d->encoding == FC_ENCODING_UTF16LE) {
        put_units(sink, d, bytes, length);
    } else {
        put(sink, bytes, length);
    }
}

/* ---- holding back ---------------------------------------------------------------------------- */

static void hold(fc_decoder *d, const uint8_t *bytes, size_t length, size_t need)
{
    __builtin_memcpy(d->partial + d->held, bytes, length);
    d->held = (uint8_t)(d->held + length);
    d->need = (uint8_t)need;
}

/* More of what is held. In UTF-8 a byte that does not continue the character ends the wait. Returns
 * how many bytes were taken; what is complete is given out. */
static size_t complete(struct sink *sink, fc_decoder *d, fc_view chunk)
{
    size_t taken = 0, need = d->need;
    while (need != 0 && taken < chunk.length) {
        if (d->encoding == FC_ENCODING_UTF8 && !fci_utf8_is_continuation(chunk.bytes[taken])) {
            need = 0;
            break;
        }
        taken++;
        need--;
    }
    hold(d, chunk.bytes, taken, need);
    if (need == 0) {
        give(sink, d, d->partial, d->held);
        d->held = 0;
    }
    return taken;
}

static void decode(struct sink *sink, fc_decoder *d, fc_view chunk)
{
    size_t need = 0;
    if (d->need != 0) {
        chunk = fc_view_slice(chunk, (ptrdiff_t)complete(sink, d, chunk), FC_END);
    }
    if (chunk.length != 0) {
        size_t held = fci_decoder_tail(&need, chunk, d->encoding);
        give(sink, d, chunk.bytes, chunk.length - held);
        hold(d, chunk.bytes + chunk.length - held, held, need);
    }
}

/* No more bytes: what is held goes out as it is, but for half a unit. */
static void flush(struct sink *sink, fc_decoder *d)
{
    size_t held = d->held;
    if (d->encoding == FC_ENCODING_UTF16LE) {
        held -= held % 2;
    }
    d->held = 0;
    d->need = 0;
    give(sink, d, d->partial, held);
    if (d->high != 0) {
        (void)put_owed(sink, d, 0);
    }
}

/* ---- the public functions -------------------------------------------------------------------- */

/* One write, or with `chunk` NULL the end, into `room`. */
static fc_status run(size_t *written, struct sink sink, size_t room, fc_decoder *d,
                     const fc_view *chunk)
{
    size_t length = chunk != NULL ? chunk->length : 0;
    sink.codec = fci_codec(d->encoding);
    FCI_REQUIRE(written != NULL && sink.codec != NULL);
    if (room < fc_decoder_bound(d, length)) {
        struct sink measure = sink;
        fc_decoder copy = *d;
        measure.counts = true;
        if (chunk != NULL) {
            decode(&measure, &copy, *chunk);
        } else {
            flush(&measure, &copy);
        }
        if (measure.count > room) {
            return FC_ERR_OUT_OF_RANGE;
        }
    }
    if (chunk != NULL) {
        decode(&sink, d, *chunk);
    } else {
        flush(&sink, d);
    }
    *written = sink.count;
    return FC_OK;
}

fc_status fc_decoder_init(fc_decoder *d, fc_encoding encoding)
{
    FCI_REQUIRE(d != NULL);
    if (fci_codec(encoding) == NULL) {
        return FC_ERR_UNKNOWN_ENCODING;
    }
    *d = (fc_decoder){ .encoding = encoding };
    return FC_OK;
}

fc_status fc_decoder_write_utf8(size_t *written, char *to, size_t room, fc_decoder *d,
                                fc_view chunk)
{
    return run(written, (struct sink){ .utf8 = to }, room, d, &chunk);
}

fc_status fc_decoder_write_utf16(size_t *written, uint16_t *to, size_t room, fc_decoder *d,
                                 fc_view chunk)
{
    return run(written, (struct sink){ .utf16 = to, .is_utf16 = true }, room, d, &chunk);
}

fc_status fc_decoder_end_utf8(size_t *written, char *to, size_t room, fc_decoder *d)
{
    return run(written, (struct sink){ .utf8 = to }, room, d, NULL);
}

fc_status fc_decoder_end_utf16(size_t *written, uint16_t *to, size_t room, fc_decoder *d)
{
    return run(written, (struct sink){ .utf16 = to, .is_utf16 = true }, room, d, NULL);
}

size_t fc_decoder_bound(const fc_decoder *d, size_t length)
{
    FCI_REQUIRE(fci_codec(d->encoding) != NULL);
    if (!fci_size_add(&length, length, d->held) || length > SIZE_MAX / 4) {
        return SIZE_MAX;
    }
    switch (d->encoding) {
    case FC_ENCODING_UTF8:
        return 3 * length; /* a U+FFFD for each byte */
    case FC_ENCODING_UTF16LE:
        return length / 2 * 3 + (d->high != 0 ? 3 : 0);
    case FC_ENCODING_ASCII:
        return length;
    case FC_ENCODING_BASE64:
    case FC_ENCODING_BASE64URL:
        return (length + 2) / 3 * 4;
    default:
        return 2 * length;
    }
}

size_t fc_decoder_need(const fc_decoder *d)
{
    return d->need;
}

size_t fc_decoder_total(const fc_decoder *d)
{
    return (size_t)d->held + d->need;
}

fc_encoding fc_decoder_encoding(const fc_decoder *d)
{
    return (fc_encoding)d->encoding;
}
