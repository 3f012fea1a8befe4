/* SPDX-License-Identifier: MIT */

/* Searching for bytes that are not there, against memchr, memrchr and memmem: in text, and where it
 * is hard, in runs of one letter and in periods. */
#define _GNU_SOURCE

#include "loops.h"

#include <stdio.h>

static ptrdiff_t place(const struct fcb_bytes *b, const void *found)
{
    return found != NULL ? (const uint8_t *)found - b->hay : -1;
}

FCB_LOOP(libc_memchr, b->found = place(b, memchr(b->hay, b->needle[0], b->length)))
FCB_LOOP(libc_memrchr, b->found = place(b, memrchr(b->hay, b->needle[0], b->length)))
FCB_LOOP(libc_memmem, b->found = place(b, memmem(b->hay, b->length, b->needle, b->needle_length)))
FCB_LOOP(fc_index_of_byte, b->found = fc_view_index_of_byte(fcb_hay_of(b), b->needle[0], 0))
FCB_LOOP(fc_last_index_of_byte,
         b->found = fc_view_last_index_of_byte(fcb_hay_of(b), b->needle[0], FC_END))
FCB_LOOP(fc_index_of, b->found = fc_view_index_of(fcb_hay_of(b), fcb_needle_of(b), 0))
FCB_LOOP(fc_last_index_of,
         b->found = fc_view_last_index_of(fcb_hay_of(b), fcb_needle_of(b), FC_END))

static void forget(void *context)
{
    ((struct fcb_bytes *)context)->found = -2;
}

static bool is_absent(void *context)
{
    return ((struct fcb_bytes *)context)->found == -1;
}

static const struct fcb_peer first_byte[] = {
    { .name = "libc", .run = libc_memchr },
    { .name = "fc_buffer", .run = fc_index_of_byte },
};
static const struct fcb_peer last_byte[] = {
    { .name = "libc", .run = libc_memrchr },
    { .name = "fc_buffer", .run = fc_last_index_of_byte },
};
/* The C library cannot search for several bytes from the end: memmem stands beside both. */
static const struct fcb_peer several[] = {
    { .name = "libc", .run = libc_memmem },
    { .name = "fc_buffer", .run = fc_index_of },
    { .name = "fc_buffer_last", .run = fc_last_index_of },
};

/* Words of lower-case letters and spaces: `e` and the space are common, as in English. */
static void make_text(const struct fcb_bytes *b)
{
    static const char letters[] = "eeeeeeetttttaaaaooooiiinnnssshhhrrrddlluucmwfgypbvk      ";
    uint64_t random = 5;
    for (size_t i = 0; i < b->length; i++) {
        fcb_writable(b)[i] = (uint8_t)letters[fcb_random(&random) % (sizeof letters - 1)];
    }
}

static void measure_search(const char *group, const char *op, struct fcb_bytes *b,
                           const struct fcb_peer *peers, size_t count)
{
    fcb_measure(&(struct fcb_group){ group, op, b->length, b, peers, count, forget, is_absent });
}

/* A needle of the hay's letters that is not there: one letter in its middle is of no word. Its ends
 * are the commonest letter, which is the worst that can happen to who looks at the ends alone. */
static void search_text(const char *group, struct fcb_bytes *b, size_t needle_length)
{
    char op[32];
    for (size_t i = 0; i < needle_length; i++) {
        b->needle[i] = b->hay[i + 1000];
    }
    b->needle[0] = b->needle[needle_length - 1] = 'e';
    b->needle[needle_length / 2] = 'q';
    b->needle_length = needle_length;
    (void)snprintf(op, sizeof op, "text_%zu_B", needle_length);
    measure_search(group, op, b, several, FCB_COUNT(several));
}

/* A run of one letter, and a needle that breaks it once. */
static void search_run(const char *group, const char *op, struct fcb_bytes *b, size_t odd_one)
{
    memset(fcb_writable(b), 'a', b->length);
    b->needle_length = 32;
    memset(b->needle, 'a', b->needle_length);
    b->needle[odd_one] = 'b';
    measure_search(group, op, b, several, FCB_COUNT(several));
}

/* The same where the odd letter is everywhere too: a period of 16 in the hay, and a needle that
 * follows it but for its middle. */
static void search_period(const char *group, struct fcb_bytes *b)
{
    for (size_t i = 0; i < b->length; i++) {
        fcb_writable(b)[i] = i % 16 == 5 ? 'b' : 'a';
    }
    b->needle_length = 64;
    memcpy(b->needle, b->hay, b->needle_length);
    b->needle[32] = 'b';
    measure_search(group, "period_16", b, several, FCB_COUNT(several));
}

/* What neither rareness nor periods help with: a Fibonacci word, and a factor of it that differs in
 * the middle. */
static void search_fibonacci(const char *group, struct fcb_bytes *b)
{
    size_t length = 2, before = 1;
    memcpy(fcb_writable(b), "ab", 2);
    while (length < b->length) {
        size_t more = before < b->length - length ? before : b->length - length;
        memcpy(fcb_writable(b) + length, b->hay, more);
        before = length;
        length += more;
    }
    b->needle_length = b->length < 1000 ? 32 : 300;
    memcpy(b->needle, b->hay, b->needle_length);
    b->needle[b->needle_length / 2] ^= 'a' ^ 'b';
    measure_search(group, "fibonacci", b, several, FCB_COUNT(several));
}

/* Nearly everywhere: a^15 b again and again, and a^16 b a^15. */
static void search_nearly(const char *group, struct fcb_bytes *b)
{
    for (size_t i = 0; i < b->length; i++) {
        fcb_writable(b)[i] = i % 16 == 15 ? 'b' : 'a';
    }
    b->needle_length = 32;
    memset(b->needle, 'a', b->needle_length);
    b->needle[16] = 'b';
    measure_search(group, "nearly_everywhere", b, several, FCB_COUNT(several));
}

void fcb_search(const char *group)
{
    static const size_t lengths[] = { 64, 1 << 10, 64 << 10, FCB_BYTES_LONGEST };
    static const size_t needles[] = { 2, 3, 4, 6, 16, 40, 300 };
    for (size_t i = fcb_quick() ? 2 : 0; i < FCB_COUNT(lengths) - fcb_quick(); i++) {
        struct fcb_bytes b = fcb_bytes_make(lengths[i]);
        make_text(&b);
        b.needle[0] = 'q';
        measure_search(group, "byte", &b, first_byte, FCB_COUNT(first_byte));
        measure_search(group, "last_byte", &b, last_byte, FCB_COUNT(last_byte));
        for (size_t j = 0; j < FCB_COUNT(needles) && b.length > 1000 + needles[j]; j++) {
            search_text(group, &b, needles[j]);
        }
        search_run(group, "run_odd_first", &b, 0);
        search_run(group, "run_odd_middle", &b, 16);
        search_run(group, "run_odd_last", &b, 31);
        search_period(group, &b);
        search_fibonacci(group, &b);
        search_nearly(group, &b);
        fcb_bytes_drop(&b);
    }
}
