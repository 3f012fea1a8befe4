/* SPDX-License-Identifier: MIT */

/* Groups, and lines of them: the first line of a text tells how long the others may be. */

#include "base/common.h"

#include "codec/groups.h"

#include "base/checked.h"
#include "kernels/kernels.h"

/* A line that is cut off at the front has another length than those behind it, so one other length
 * is nothing yet. More, and it takes longer to look for lines than to do without. */
#define OTHERS 2

/* What is left of the text, and of the room. */
struct reading {
    const uint8_t *from;
    size_t left;
    uint8_t *to;
    size_t room;
};

static void advance(struct reading *r, size_t characters, size_t groups)
{
    r->from += characters;
    r->left -= characters;
    r->to += 3 * groups;
    r->room -= 3 * groups;
}

/* How many characters end a line here: 0 where none does. */
static size_t line_end(const struct reading *r)
{
    if (r->left >= 1 && r->from[0] == '\n') {
        return 1;
    }
    return r->left >= 2 && r->from[0] == '\r' && r->from[1] == '\n' ? 2 : 0;
}

/* The lines behind one of so many groups that are as long as that; returns how many. */
static size_t take_lines(struct reading *r, size_t groups, unsigned alphabet)
{
    size_t end = line_end(r), size = end + 4 * groups;
    if (end == 0) {
        return 0;
    }
    size_t most = fci_size_min(r->left / size, r->room / 3 / groups);
    size_t lines = fci_kernels()->base64_decode_lines(r->to, r->from, most, groups, end, alphabet);
    advance(r, lines * size, lines * groups);
    return lines;
}

size_t fci_base64_groups(uint8_t *to, size_t room, const uint8_t *from, size_t length,
                         unsigned alphabet, size_t *read)
{
    struct reading r = { from, length, to, room };
    for (unsigned others = 0; others < OTHERS;) {
        size_t end = line_end(&r), most = fci_size_min((r.left - end) / 4, r.room / 3);
        size_t groups = fci_kernels()->base64_decode(r.to, r.from + end, most, alphabet);
        if (groups == 0) {
            break;
        }
        advance(&r, end + 4 * groups, groups);
        others += take_lines(&r, groups, alphabet) == 0;
    }
    *read = length - r.left;
    return room - r.room;
}
