/* SPDX-License-Identifier: MIT */

/* The inputs of a vector as our types: bytes, code units, texts in both forms, buffers. */

#include "vector.h"

#include <stdlib.h>
#include <string.h>

void vector_begin(struct vector *v, struct json_object *root, size_t number)
{
    *v = (struct vector){ .root = root, .undefined = json_object_new_object(), .number = number };
    json_object_object_add(v->undefined, "n", json_object_new_string("undefined"));
}

void vector_end(struct vector *v)
{
    while (v->kept_count != 0) {
        free(v->kept[--v->kept_count]);
    }
    free(v->kept);
    json_object_put(v->undefined);
    json_object_put(v->root);
}

struct json_object *vector_member(const struct vector *v, const char *key)
{
    return json_object_object_get(v->root, key);
}

bool is_string(struct json_object *value, const char *text)
{
    return json_object_is_type(value, json_type_string) &&
           strcmp(json_object_get_string(value), text) == 0;
}

void *vector_keep(struct vector *v, size_t size)
{
    void *block = malloc(size == 0 ? 1 : size);
    if (v->kept_count == v->kept_room) {
        v->kept_room = v->kept_room == 0 ? 16 : 2 * v->kept_room;
        v->kept = realloc(v->kept, v->kept_room * sizeof *v->kept);
    }
    if (block == NULL || v->kept == NULL) {
        abort();
    }
    return v->kept[v->kept_count++] = block;
}

fc_view vector_keep_view(struct vector *v, fc_view bytes)
{
    uint8_t *copy = vector_keep(v, bytes.length);
    if (bytes.length != 0) {
        memcpy(copy, bytes.bytes, bytes.length);
    }
    return fc_view_of(copy, bytes.length);
}

static unsigned hex_digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

fc_view vector_hex(struct vector *v, struct json_object *text)
{
    const char *digits = json_object_get_string(text);
    size_t count = (size_t)json_object_get_string_len(text);
    if (!json_object_is_type(text, json_type_string) || count % 2 != 0 ||
        strspn(digits, "0123456789abcdef") != count) {
        vector_fail(v, "no bytes in hexadecimal where there should be");
        return fc_view_of(NULL, 0);
    }
    size_t length = count / 2;
    uint8_t *bytes = vector_keep(v, length);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(hex_digit(digits[2 * i]) << 4 | hex_digit(digits[2 * i + 1]));
    }
    return fc_view_of(bytes, length);
}

fc_view vector_bytes(struct vector *v, const char *key)
{
    return vector_hex(v, vector_member(v, key));
}

size_t vector_size(const struct vector *v, const char *key)
{
    return json_object_get_uint64(vector_member(v, key));
}

static bool is_high(uint16_t unit)
{
    return (unit & 0xfc00) == 0xd800;
}

static bool is_low(uint16_t unit)
{
    return (unit & 0xfc00) == 0xdc00;
}

struct units vector_units(struct vector *v, struct json_object *text)
{
    fc_view bytes = vector_hex(v, text);
    struct units result = { vector_keep(v, bytes.length), bytes.length / 2, true };
    for (size_t i = 0; i < result.count; i++) {
        result.units[i] = (uint16_t)(bytes.bytes[2 * i] << 8 | bytes.bytes[2 * i + 1]);
    }
    for (size_t i = 0; i < result.count; i++) {
        bool pair = is_high(result.units[i]) && i + 1 < result.count && is_low(result.units[i + 1]);
        if (!pair && (is_high(result.units[i]) || is_low(result.units[i]))) {
            result.well_formed = false;
        }
        i += pair;
    }
    return result;
}

static size_t put_character(uint8_t *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (uint8_t)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = { 0, 0xc0, 0xe0, 0xf0 };
    for (size_t i = more; i != 0; i--) {
        to[i] = (uint8_t)(0x80 | (c & 0x3f));
        c >>= 6;
    }
    to[0] = (uint8_t)(lead[more] | c);
    return more + 1;
}

fc_view vector_utf8(struct vector *v, struct units text)
{
    uint8_t *room = vector_keep(v, 3 * text.count);
    size_t length = 0;
    for (size_t i = 0; i < text.count; i++) {
        uint32_t c = text.units[i];
        if (is_high(text.units[i]) && i + 1 < text.count && is_low(text.units[i + 1])) {
            c = 0x10000 + ((c & 0x3ff) << 10) + (text.units[++i] & 0x3ff);
        } else if (is_high(text.units[i]) || is_low(text.units[i])) {
            c = 0xfffd;
        }
        length += put_character(room + length, c);
    }
    uint8_t *bytes = vector_keep(v, length);
    memcpy(bytes, room, length);
    return fc_view_of(bytes, length);
}

struct forms vector_text(struct vector *v, const char *key)
{
    struct units text = vector_units(v, vector_member(v, key));
    struct forms forms = { { fc_text_utf16(text.units, text.count) }, 1 };
    if (text.well_formed) {
        fc_view utf8 = vector_utf8(v, text);
        forms.form[forms.count++] = fc_text_utf8((const char *)utf8.bytes, utf8.length);
    }
    return forms;
}

fc_status vector_encoding(fc_encoding *encoding, struct json_object *name)
{
    /* Node's default, for '' too. */
    size_t length = (size_t)json_object_get_string_len(name);
    if (length == 0) {
        *encoding = FC_ENCODING_UTF8;
        return FC_OK;
    }
    return fc_encoding_from_name(encoding, json_object_get_string(name), length);
}

/* What surrounds a window. */
#define BEFORE ((size_t)5)
#define AFTER ((size_t)3)
#define AROUND 0xa7

struct subject vector_subject(struct vector *v, fc_view bytes)
{
    struct subject subject = { FC_BUFFER_INIT, FC_BUFFER_INIT };
    bool whole = v->number % 2 != 0;
    size_t before = whole ? 0 : BEFORE, after = whole ? 0 : AFTER;
    uint8_t *all = vector_keep(v, before + bytes.length + after);
    memset(all, AROUND, before + bytes.length + after);
    if (bytes.length != 0) {
        memcpy(all + before, bytes.bytes, bytes.length);
    }
    if (fc_buffer_from_bytes(&subject.arena, all, before + bytes.length + after) != FC_OK) {
        abort();
    }
    subject.buffer =
        fc_buffer_slice(&subject.arena, (ptrdiff_t)before, (ptrdiff_t)(before + bytes.length));
    return subject;
}

struct subject vector_target(struct vector *v)
{
    size_t size = vector_size(v, "size");
    uint8_t *bytes = vector_keep(v, size);
    memset(bytes, (int)vector_size(v, "fill"), size);
    return vector_subject(v, fc_view_of(bytes, size));
}

void vector_subject_end(struct vector *v, struct subject *subject)
{
    const uint8_t *bytes = fc_buffer_data(&subject->arena);
    size_t length = fc_buffer_length(&subject->arena);
    for (size_t i = 0; v->number % 2 == 0 && i < length; i++) {
        if ((i < BEFORE || i >= length - AFTER) && bytes[i] != AROUND) {
            vector_fail(v, "a byte outside the buffer has changed");
        }
    }
    fc_buffer_release(&subject->buffer);
    fc_buffer_release(&subject->arena);
}
