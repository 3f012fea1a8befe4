/* SPDX-License-Identifier: MIT */

/* The model of UTF-8 and UTF-16, from table 3-7 of the Unicode Standard: see text.h. */

#include "text.h"

/* A row of the table: what each byte of a character may be. */
static const struct row {
    int length;
    uint8_t first[4], last[4];
} rows[] = {
    { 1, { 0x00 }, { 0x7f } },
    { 2, { 0xc2, 0x80 }, { 0xdf, 0xbf } },
    { 3, { 0xe0, 0xa0, 0x80 }, { 0xe0, 0xbf, 0xbf } },
    { 3, { 0xe1, 0x80, 0x80 }, { 0xec, 0xbf, 0xbf } },
    { 3, { 0xed, 0x80, 0x80 }, { 0xed, 0x9f, 0xbf } },
    { 3, { 0xee, 0x80, 0x80 }, { 0xef, 0xbf, 0xbf } },
    { 4, { 0xf0, 0x90, 0x80, 0x80 }, { 0xf0, 0xbf, 0xbf, 0xbf } },
    { 4, { 0xf1, 0x80, 0x80, 0x80 }, { 0xf3, 0xbf, 0xbf, 0xbf } },
    { 4, { 0xf4, 0x80, 0x80, 0x80 }, { 0xf4, 0x8f, 0xbf, 0xbf } },
};

int fct_utf8_first(const uint8_t *text, size_t count)
{
    int subpart = 1;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        int fit = 0;
        while (fit < rows[r].length && (size_t)fit < count && rows[r].first[fit] <= text[fit] &&
               text[fit] <= rows[r].last[fit]) {
            fit++;
        }
        if (fit == rows[r].length) {
            return fit;
        }
        subpart = fit > subpart ? fit : subpart;
    }
    return -subpart;
}

static size_t put_units(uint16_t *to, unsigned long code)
{
    if (code > 0xffff) {
        to[0] = (uint16_t)(0xd800 + (code - 0x10000) / 0x400);
        to[1] = (uint16_t)(0xdc00 + (code - 0x10000) % 0x400);
        return 2;
    }
    to[0] = (uint16_t)code;
    return 1;
}

size_t fct_units_of_utf8(uint16_t *to, const uint8_t *text, size_t count)
{
    /* What the marks of the lead and of the continuation bytes add to a character's number. */
    static const unsigned long marks[] = { 0, 0, 0x3080, 0xe2080, 0x3c82080 };
    size_t done = 0;
    while (count > 0) {
        int length = fct_utf8_first(text, count);
        unsigned long code = 0;
        for (int i = 0; i < length; i++) {
            code = code * 64 + text[i];
        }
        done += put_units(to + done, length > 0 ? code - marks[length] : 0xfffd);
        size_t used = (size_t)(length > 0 ? length : -length);
        text += used;
        count -= used;
    }
    return done;
}

size_t fct_utf8_of_units(uint8_t *to, const uint16_t *units, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned long code = units[i];
        if (0xd800 <= code && code <= 0xdfff) {
            bool pair =
                code <= 0xdbff && i + 1 < count && 0xdc00 <= units[i + 1] && units[i + 1] <= 0xdfff;
            code = pair ? (code - 0xd800) * 0x400 + (units[++i] - 0xdc00ul) + 0x10000 : 0xfffd;
        }
        if (code >= 0x10000) {
            to[done++] = (uint8_t)(0xf0 + code / 0x40000);
            to[done++] = (uint8_t)(0x80 + code / 0x1000 % 0x40);
            to[done++] = (uint8_t)(0x80 + code / 0x40 % 0x40);
            to[done++] = (uint8_t)(0x80 + code % 0x40);
        } else if (code >= 0x800) {
            to[done++] = (uint8_t)(0xe0 + code / 0x1000);
            to[done++] = (uint8_t)(0x80 + code / 0x40 % 0x40);
            to[done++] = (uint8_t)(0x80 + code % 0x40);
        } else if (code >= 0x80) {
            to[done++] = (uint8_t)(0xc0 + code / 0x40);
            to[done++] = (uint8_t)(0x80 + code % 0x40);
        } else {
            to[done++] = (uint8_t)code;
        }
    }
    return done;
}

void fct_random_units(uint16_t *to, size_t count, const struct fct_pools *pools, size_t rare,
                      struct fct_random *random)
{
    for (size_t i = 0; i < count; i++) {
        bool odd = fct_random_below(random, rare) == 0;
        to[i] = odd ? pools->odd[fct_random_below(random, pools->odd_count)]
                    : pools->usual[fct_random_below(random, pools->usual_count)];
        if (i > 0 && 0xd800 <= to[i - 1] && to[i - 1] <= 0xdbff && fct_random_below(random, 2)) {
            to[i] = (uint16_t)(0xdc00 + fct_random_below(random, 0x400));
        }
    }
}
