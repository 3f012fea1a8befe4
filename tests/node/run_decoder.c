/* SPDX-License-Identifier: MIT */

/* The vectors of StringDecoder: what each chunk gives, what is held back, and what the end gives.
 * In UTF-8 only the sum is Node's: a surrogate pair may come in two of its strings. */

#include "vector.h"

#include <string.h>

/* The units of every chunk one after the other, as they come from Node. */
struct joined {
    struct units units;
    size_t room;
};

static void join(struct joined *joined, struct units more)
{
    if (more.count > joined->room - joined->units.count) {
        more.count = joined->room - joined->units.count;
    }
    memcpy(joined->units.units + joined->units.count, more.units, 2 * more.count);
    joined->units.count += more.count;
}

/* One write, into room for what the library says can come; or the end. */
static struct units decode(struct vector *v, fc_decoder *decoder, const fc_view *chunk)
{
    size_t room = fc_decoder_bound(decoder, chunk == NULL ? 0 : chunk->length), written = 0;
    uint16_t *to = vector_keep(v, 2 * room);
    fc_status status = chunk == NULL ? fc_decoder_end_utf16(&written, to, room, decoder)
                                     : fc_decoder_write_utf16(&written, to, room, decoder, *chunk);
    (void)vector_done(v, status);
    return (struct units){ to, written, true };
}

static fc_view decode_utf8(struct vector *v, fc_decoder *decoder, const fc_view *chunk)
{
    size_t room = fc_decoder_bound(decoder, chunk == NULL ? 0 : chunk->length), written = 0;
    char *to = vector_keep(v, room);
    fc_status status = chunk == NULL ? fc_decoder_end_utf8(&written, to, room, decoder)
                                     : fc_decoder_write_utf8(&written, to, room, decoder, *chunk);
    (void)vector_done(v, status);
    return fc_view_of(to, written);
}

static size_t size_of(const struct json_object *result, const char *key)
{
    return json_object_get_uint64(json_object_object_get(result, key));
}

static void run_utf16(struct vector *v, fc_decoder *decoder, struct joined *joined)
{
    struct json_object *chunks = vector_member(v, "chunks"), *results = vector_member(v, "ret");
    for (size_t i = 0; i < json_object_array_length(chunks); i++) {
        struct json_object *result = json_object_array_get_idx(results, i);
        fc_view chunk = vector_hex(v, json_object_array_get_idx(chunks, i));
        struct units nodes = vector_units(v, json_object_object_get(result, "w"));
        vector_same_units(v, "what a write gave", decode(v, decoder, &chunk), nodes);
        if (fc_decoder_need(decoder) != size_of(result, "need") ||
            fc_decoder_total(decoder) != size_of(result, "total")) {
            vector_fail(v, "after chunk %zu need is %zu of %zu", i, fc_decoder_need(decoder),
                        fc_decoder_total(decoder));
        }
        join(joined, nodes);
    }
    struct units nodes = vector_units(v, vector_member(v, "end"));
    vector_same_units(v, "the end", decode(v, decoder, NULL), nodes);
    join(joined, nodes);
}

static void run_utf8(struct vector *v, fc_decoder *decoder, fc_view nodes)
{
    struct json_object *chunks = vector_member(v, "chunks");
    uint8_t *all = vector_keep(v, nodes.length);
    size_t length = 0, count = json_object_array_length(chunks);
    for (size_t i = 0; i <= count; i++) {
        fc_view chunk = fc_view_of(NULL, 0);
        if (i < count) {
            chunk = vector_hex(v, json_object_array_get_idx(chunks, i));
        }
        fc_view text = decode_utf8(v, decoder, i < count ? &chunk : NULL);
        if (text.length > nodes.length - length) {
            vector_fail(v, "more UTF-8 than Node's strings have");
            return;
        }
        if (text.length != 0) {
            memcpy(all + length, text.bytes, text.length);
            length += text.length;
        }
    }
    vector_same_bytes(v, "all of it in UTF-8", fc_view_of(all, length), nodes);
}

static void run_string_decoder(struct vector *v)
{
    uint16_t room[1024];
    struct joined joined = { { room, 0, true }, sizeof room / sizeof room[0] };
    fc_encoding encoding;
    fc_decoder decoder;
    if (vector_done(v, vector_encoding(&encoding, vector_member(v, "enc"))) &&
        vector_done(v, fc_decoder_init(&decoder, encoding))) {
        run_utf16(v, &decoder, &joined);
        /* The decoder is used again after its end, in the other form. */
        if (v->failure[0] == '\0') {
            run_utf8(v, &decoder, vector_utf8(v, joined.units));
        }
    }
}

const struct operation decoder_operations[] = {
    { "stringDecoder", run_string_decoder },
    { NULL, NULL },
};
