/* SPDX-License-Identifier: MIT */

/* The reader of JSON lines: recursive descent over one line, strings unescaped where they stand. */

#include "json.h"

#include <stdlib.h>
#include <string.h>

static bool read_value(struct json_line *line, struct json *value);

static struct json *new_node(struct json_line *line)
{
    if (line->count == JSON_NODES) {
        return NULL;
    }
    struct json *node = &line->nodes[line->count++];
    memset(node, 0, sizeof *node);
    return node;
}

static void skip_space(struct json_line *line)
{
    line->at += strspn(line->at, " \t\r\n");
}

static bool take(struct json_line *line, char c)
{
    skip_space(line);
    if (*line->at != c) {
        return false;
    }
    line->at++;
    return true;
}

/* What the escape behind a backslash stands for; moves past it. '\0' if it is none. */
static char unescape(struct json_line *line)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char name = *line->at++;
    const char *known = name == '\0' ? NULL : strchr(names, name);
    if (known != NULL) {
        return values[known - names];
    }
    if (name != 'u' || strspn(line->at, "0123456789abcdefABCDEF") < 4) {
        return '\0';
    }
    char digits[5] = { line->at[0], line->at[1], line->at[2], line->at[3], '\0' };
    unsigned long unit = strtoul(digits, NULL, 16);
    line->at += 4;
    return unit != 0 && unit < 0x80 ? (char)unit : '?';
}

/* A string, which is ended by a NUL in the line itself. */
static bool read_string(struct json_line *line, const char **text, size_t *length)
{
    if (!take(line, '"')) {
        return false;
    }
    char *start = line->at, *to = start;
    while (*line->at != '"') {
        char c = *line->at++;
        if (c == '\\') {
            c = unescape(line);
        }
        if (c == '\0') {
            return false;
        }
        *to++ = c;
    }
    line->at++;
    *to = '\0';
    *text = start;
    *length = (size_t)(to - start);
    return true;
}

static bool read_number(struct json_line *line, struct json *value)
{
    char *end = line->at;
    value->kind = JSON_NUMBER;
    value->number = strtod(line->at, &end);
    bool some = end != line->at;
    line->at = end;
    return some;
}

static bool read_word(struct json_line *line, struct json *value)
{
    static const struct {
        const char *word;
        enum json_kind kind;
    } words[] = { { "null", JSON_NULL }, { "false", JSON_FALSE }, { "true", JSON_TRUE } };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(line->at, words[i].word, length) == 0) {
            line->at += length;
            value->kind = words[i].kind;
            return true;
        }
    }
    return false;
}

/* What stands between the brackets of an array, or between the braces of an object. */
static bool read_elements(struct json_line *line, struct json *value, char close)
{
    struct json **link = &value->first;
    value->kind = close == '}' ? JSON_OBJECT : JSON_ARRAY;
    if (take(line, close)) {
        return true;
    }
    do {
        struct json *element = new_node(line);
        size_t length;
        if (element == NULL ||
            (close == '}' && (!read_string(line, &element->key, &length) || !take(line, ':'))) ||
            !read_value(line, element)) {
            return false;
        }
        *link = element;
        link = &element->next;
        value->length++;
    } while (take(line, ','));
    return take(line, close);
}

static bool read_value(struct json_line *line, struct json *value)
{
    skip_space(line);
    switch (*line->at) {
    case '{':
        line->at++;
        return read_elements(line, value, '}');
    case '[':
        line->at++;
        return read_elements(line, value, ']');
    case '"':
        value->kind = JSON_STRING;
        return read_string(line, &value->text, &value->length);
    case 'n':
    case 'f':
    case 't':
        return read_word(line, value);
    default:
        return read_number(line, value);
    }
}

struct json *json_read(struct json_line *line, char *text)
{
    line->count = 0;
    line->at = text;
    struct json *value = new_node(line);
    if (!read_value(line, value)) {
        return NULL;
    }
    skip_space(line);
    return *line->at == '\0' ? value : NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
    const struct json *member = object == NULL ? NULL : object->first;
    while (member != NULL && (member->key == NULL || strcmp(member->key, key) != 0)) {
        member = member->next;
    }
    return member;
}

const struct json *json_at(const struct json *array, size_t index)
{
    const struct json *element = array == NULL ? NULL : array->first;
    for (; element != NULL && index != 0; index--) {
        element = element->next;
    }
    return element;
}

bool json_is(const struct json *value, const char *text)
{
    return value != NULL && value->kind == JSON_STRING && strcmp(value->text, text) == 0;
}
