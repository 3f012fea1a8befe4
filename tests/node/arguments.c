/* SPDX-License-Identifier: MIT */

/* JavaScript's arguments in C's types: the one place where anything is translated, and never a
 * result.
 *
 *     undefined, absent                    the default
 *     null, -0                             0
 *     a fraction                           cut off, where Node cuts it off; floor for buf.copy()
 *     NaN                                  0 (lastIndexOf: the end), where Node takes it so
 *     Infinity, -Infinity                  PTRDIFF_MAX, PTRDIFF_MIN; exact: SIZE_MAX
 *     above Node's largest length, exact   SIZE_MAX: above ours
 *     below 0, exact                       wraps to above FC_BUFFER_MAX_LENGTH
 *     a number as a byte                   its low eight bits
 *     a number to store                    cut off; still outside the range if it was outside
 *
 * What cannot be said in C is skipped, by name: a fraction or NaN (what undefined is as a number)
 * where Node wants an integer, an infinity in buf.copy(), a BigInt outside 64 bits. */

#include "vector.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Node's largest length, 2^53 - 1. */
#define NODE_MAX_LENGTH 9007199254740991.0

const char *const skip_names[SKIP_RULES] = {
    [SKIP_NONE] = "none",
    [SKIP_FRACTION] = "fraction or NaN where Node wants an integer",
    [SKIP_COPY_INFINITY] = "Infinity in copy",
    [SKIP_BIGINT] = "BigInt outside 64 bits",
};

size_t argument_count(const struct vector *v)
{
    struct json_object *arguments = vector_member(v, "args");
    return arguments == NULL ? 0 : json_object_array_length(arguments);
}

struct json_object *argument(const struct vector *v, size_t index)
{
    return index < argument_count(v) ? json_object_array_get_idx(vector_member(v, "args"), index)
                                     : v->undefined;
}

bool argument_is_undefined(const struct json_object *argument)
{
    return is_string(json_object_object_get(argument, "n"), "undefined");
}

/* The bits of a double, or "nan". */
static double number_of_bits(const char *text)
{
    double number = NAN;
    if (strcmp(text, "nan") != 0) {
        uint64_t bits = strtoull(text, NULL, 16);
        memcpy(&number, &bits, sizeof number);
    }
    return number;
}

/* A whole number beyond 64 bits comes from json-c as the end of uint64_t or int64_t: as good, for
 * it is beyond every range all the same, and its low eight bits as a double are 0 all the same. */
double argument_number(const struct json_object *argument)
{
    struct json_object *bits = json_object_object_get(argument, "f64");
    struct json_object *name = json_object_object_get(argument, "n");
    if (bits != NULL) {
        return number_of_bits(json_object_get_string(bits));
    }
    if (is_string(name, "Infinity")) {
        return INFINITY;
    }
    if (is_string(name, "-Infinity")) {
        return -INFINITY;
    }
    bool number = argument == NULL || is_string(name, "-0") ||
                  json_object_is_type(argument, json_type_int) ||
                  json_object_is_type(argument, json_type_double);
    return number ? json_object_get_double(argument) : NAN;
}

/* A whole number, held to the ends of ptrdiff_t. */
static ptrdiff_t to_position(double whole)
{
    if (whole >= (double)PTRDIFF_MAX) {
        return PTRDIFF_MAX;
    }
    return whole <= (double)PTRDIFF_MIN ? PTRDIFF_MIN : (ptrdiff_t)whole;
}

static size_t to_length(double whole)
{
    return whole > NODE_MAX_LENGTH ? SIZE_MAX : (size_t)to_position(whole);
}

size_t argument_exact(struct vector *v, const struct json_object *argument, size_t undefined)
{
    if (argument_is_undefined(argument)) {
        return undefined;
    }
    double number = argument_number(argument);
    if (number != trunc(number)) { /* NaN too */
        v->skip = SKIP_FRACTION;
        return 0;
    }
    return to_length(number);
}

ptrdiff_t argument_relative(const struct json_object *argument, ptrdiff_t undefined, ptrdiff_t nan)
{
    if (argument_is_undefined(argument)) {
        return undefined;
    }
    double number = argument_number(argument);
    return isnan(number) ? nan : to_position(trunc(number));
}

size_t argument_copy(struct vector *v, const struct json_object *argument, size_t undefined)
{
    if (argument_is_undefined(argument)) {
        return undefined;
    }
    double number = argument_number(argument);
    if (isinf(number)) {
        v->skip = SKIP_COPY_INFINITY;
    }
    return isnan(number) ? 0 : to_length(floor(number));
}

size_t argument_cut(struct vector *v, const struct json_object *argument, size_t undefined)
{
    if (argument_is_undefined(argument)) {
        return undefined;
    }
    double number = argument_number(argument);
    if (isnan(number)) {
        v->skip = SKIP_FRACTION;
        return 0;
    }
    return to_length(trunc(number));
}

uint8_t argument_byte(const struct json_object *argument)
{
    double number = argument_number(argument);
    if (!isfinite(number)) {
        return 0;
    }
    return (uint8_t)(int)fmod(trunc(number), 256);
}

static uint64_t big_integer(struct vector *v, const char *text, bool is_signed)
{
    errno = 0;
    uint64_t value = is_signed ? (uint64_t)strtoll(text, NULL, 10) : strtoull(text, NULL, 10);
    if (errno != 0 || (!is_signed && text[0] == '-')) {
        v->skip = SKIP_BIGINT;
    }
    return value;
}

/* Node stores 5 and 6 bytes in two parts: the low 32 bits, cut off, and the rest, rounded down. */
static double wide_integer(double number)
{
    double low = fmod(trunc(number), 4294967296.0);
    return floor(number / 4294967296.0) * 4294967296.0 + (low < 0 ? low + 4294967296.0 : low);
}

uint64_t argument_integer(struct vector *v, const struct json_object *argument, unsigned bits,
                          bool is_signed)
{
    struct json_object *big = json_object_object_get(argument, "big");
    if (big != NULL) {
        return big_integer(v, json_object_get_string(big), is_signed);
    }
    double number = argument_number(argument);
    if (isnan(number)) {
        return 0;
    }
    /* Node looks at the range before it cuts off a fraction. */
    double limit = ldexp(1, (int)bits - (is_signed ? 1 : 0));
    double away = number < 0 ? floor(number) : ceil(number);
    if (away >= limit || away < (is_signed ? -limit : 0)) {
        return away >= ldexp(1, 63)    ? (uint64_t)INT64_MAX
               : away <= -ldexp(1, 63) ? (uint64_t)INT64_MIN
                                       : (uint64_t)(int64_t)away;
    }
    return (uint64_t)(int64_t)(bits > 32 ? wide_integer(number) : trunc(number));
}
