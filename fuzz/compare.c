/* SPDX-License-Identifier: MIT */

/* compare, equals and mismatch, whole and in ranges, in every tier, byte by byte. */

#include "base/common.h"

#include <fc_buffer/compare.h>

#include "fuzz.h"

#include <string.h>

#define BYTES_MAX ((size_t)2048)

static size_t first_different(fc_view a, fc_view b)
{
    size_t i = 0;
    while (i < a.length && i < b.length && a.bytes[i] == b.bytes[i]) {
        i++;
    }
    return i;
}

static int order_of(fc_view a, fc_view b)
{
    size_t i = first_different(a, b);
    if (i < a.length && i < b.length) {
        return a.bytes[i] < b.bytes[i] ? -1 : 1;
    }
    return a.length < b.length ? -1 : a.length > b.length;
}

static void compare(const struct fci_kernels *tier, fc_view a, fc_view b)
{
    int order = order_of(a, b);
    size_t shorter = a.length < b.length ? a.length : b.length;
    FUZZ_CHECK(fc_view_compare(a, b) == order);
    FUZZ_CHECK(fc_view_compare(b, a) == -order);
    FUZZ_CHECK(fc_view_equal(a, b) == (order == 0));
    FUZZ_CHECK(fc_view_equal_secret(a, b) == (order == 0));
    FUZZ_CHECK(tier->mismatch(a.bytes, b.bytes, shorter) == first_different(a, b));
}

/* A range as compare takes it: refused, or what is left of it. */
static fc_status cut(fc_view *view, size_t begin, size_t end)
{
    if (begin > FC_BUFFER_MAX_LENGTH || end > view->length) {
        return FC_ERR_OUT_OF_RANGE;
    }
    begin = begin < end ? begin : end;
    *view = fc_view_of(view->bytes + begin, end - begin);
    return FC_OK;
}

static void ranges(struct fuzz_input *input, fc_view source, fc_view target)
{
    size_t at[4];
    for (size_t i = 0; i < 4; i++) {
        at[i] = (size_t)fuzz_position(input, i < 2 ? target.length : source.length);
    }
    int order = 99;
    fc_view t = target, s = source;
    fc_status status = fc_view_compare_ranges(&order, source, target, at[0], at[1], at[2], at[3]);
    fc_status first = cut(&t, at[0], at[1]), second = cut(&s, at[2], at[3]);
    FUZZ_CHECK(status == (first != FC_OK ? first : second));
    FUZZ_CHECK(order == (status == FC_OK ? order_of(s, t) : 99));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct fci_kernels *tier;
    for (size_t t = 0; (tier = fuzz_next_tier(&t)) != NULL;) {
        struct fuzz_input input = { bytes, length };
        size_t repeat = 1 + fuzz_below(&input, 64), where = fuzz_number(&input, 2);
        uint8_t flip = (uint8_t)fuzz_number(&input, 1);
        bool far = repeat % 2 != 0;
        struct fuzz_input places = input;
        fc_view piece = fuzz_take(&input, BYTES_MAX / 64);
        fc_view rest = fuzz_take(&input, BYTES_MAX);
        /* The same bytes twice, long, one byte changed and cut short or not; and what is left. */
        size_t size = piece.length * repeat;
        uint8_t *a = fuzz_place(0, size, far), *b = fuzz_place(1, size, far);
        for (size_t i = 0; i < size; i++) {
            a[i] = b[i] = piece.bytes[i % piece.length];
        }
        if (size != 0) {
            b[where % size] ^= flip;
        }
        compare(tier, fc_view_of(a, size), fc_view_of(b, size));
        compare(tier, fc_view_of(a, size), fc_view_of(b, size - where % (size + 1)));
        compare(tier, fc_view_of(a, size), rest);
        ranges(&places, fc_view_of(a, size), fc_view_of(b, size));
    }
    return 0;
}
