/* SPDX-License-Identifier: MIT */

/* A reader of one line of JSON, as much of it as the vectors need: objects, arrays, strings,
 * numbers, true, false and null. Text beyond ASCII never matters to a vector (bytes and code units
 * stand in hexadecimal), so an escaped character above U+007F reads as '?'. */
#ifndef FCT_JSON_H
#define FCT_JSON_H

#include <stdbool.h>
#include <stddef.h>

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_kind kind;
    const char *key;    /* in an object: the member's name */
    const char *text;   /* a string's characters, NUL-terminated */
    size_t length;      /* of the text, or how many elements */
    double number;      /* a number's value */
    struct json *first; /* an array's or object's elements */
    struct json *next;  /* the element behind this one */
};

/* Nodes for one line at a time; `text` is the line, which the reader cuts into strings. */
#define JSON_NODES 2048
struct json_line {
    struct json nodes[JSON_NODES];
    size_t count;
    char *at;
};

/* The value on this line, or NULL if it is not one value of JSON and nothing else. The line is
 * overwritten, and the value is good until the next line. */
struct json *json_read(struct json_line *line, char *text);

/* The member of this name, or NULL. `object` may be NULL. */
const struct json *json_get(const struct json *object, const char *key);

/* The element at `index`, or NULL. `array` may be NULL. */
const struct json *json_at(const struct json *array, size_t index);

/* A string of just these characters. `value` may be NULL. */
bool json_is(const struct json *value, const char *text);

#endif
