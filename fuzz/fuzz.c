/* SPDX-License-Identifier: MIT */

/* What the fuzz targets share (fuzz.h), and Check's assertions without Check: the support code and
 * the models of the tests use them, and here a failure is an abort, which libFuzzer reports. */

#include "base/common.h"

#include "fuzz.h"

#include "kernels/cpu.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef FCT_OWN_CHECK_H
void _mark_point(const char *file, int line)
{
    (void)file, (void)line;
}
#endif

void _ck_assert_failed(const char *file, int line, const char *expr, const char *msg, ...)
{
    (void)fprintf(stderr, "%s:%d: %s", file, line, expr);
    if (msg != NULL) {
        va_list arguments;
        va_start(arguments, msg);
        (void)fputs(": ", stderr);
        (void)vfprintf(stderr, msg, arguments);
        va_end(arguments);
    }
    (void)fputc('\n', stderr);
    abort();
}

_Noreturn void fuzz_fail(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "%s:%d: %s\n", file, line, what);
    abort();
}

uint64_t fuzz_number(struct fuzz_input *input, size_t width)
{
    uint64_t number = 0;
    for (; width > 0 && input->length > 0; width--) {
        number = number << 8 | *input->bytes++;
        input->length--;
    }
    return number;
}

size_t fuzz_below(struct fuzz_input *input, size_t below)
{
    size_t width = below <= 0x100 ? 1 : below <= 0x10000 ? 2 : 8;
    return below == 0 ? 0 : (size_t)(fuzz_number(input, width) % below);
}

ptrdiff_t fuzz_position(struct fuzz_input *input, size_t length)
{
    ptrdiff_t whole = (ptrdiff_t)length, at = (ptrdiff_t)fuzz_below(input, length + 1);
    switch (fuzz_below(input, 8)) {
    case 0:
        return FC_END;
    case 1:
        return PTRDIFF_MIN;
    case 2:
        return whole + 1;
    case 3:
        return -whole - 1;
    case 4:
        return -at;
    default:
        return at;
    }
}

fc_view fuzz_take(struct fuzz_input *input, size_t most)
{
    size_t length = input->length < most ? input->length : most;
    fc_view taken = fc_view_of(input->bytes, length);
    input->bytes += length;
    input->length -= length;
    return taken;
}

const struct fuzz_letters fuzz_utf8_letters = {
    .common = { "A",
                "z",
                "\x7f",
                "\xc2\x80",
                "\xc2\xbf",
                "\xc3\xa9",
                "\xdf\x80",
                "\xdf\xbf",
                "\xe0\xa0\x80",
                "\xe0\xbf\xbf",
                "\xe1\x80\x80",
                "\xec\xbf\xbf",
                "\xed\x80\x80",
                "\xed\x9f\xbf",
                "\xee\x80\x80",
                "\xef\xbb\xbf",
                "\xef\xbf\xbf",
                "\xf0\x90\x80\x80",
                "\xf0\xbf\xbf\xbf",
                "\xf1\x80\x80\x80",
                "\xf3\xbf\xbf\xbf",
                "\xf4\x80\x80\x80",
                "\xf4\x8f\xbf\xbf" },
    .rare = { "\x80", "\xbf", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xe0\xa0", "\xed\xa0\x80",
              "\xed\xbf\xbf", "\xef", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x8f",
              "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff" },
};

static const char *letter_of(const struct fuzz_letters *letters, uint8_t byte)
{
    const char *const *list = byte % 16 == 0 ? letters->rare : letters->common;
    size_t count = 0, number = byte % 16 == 0 ? byte / 16 : byte;
    while (list[count] != NULL) {
        count++;
    }
    return list[number % count];
}

fc_view fuzz_spell(const struct fuzz_letters *letters, fc_view bytes, size_t most)
{
    static char spelled[FUZZ_PLACE_SIZE];
    size_t length = 0;
    FUZZ_CHECK(most <= sizeof spelled);
    for (size_t i = 0; i < bytes.length; i++) {
        const char *letter = letter_of(letters, bytes.bytes[i]);
        for (; *letter != '\0' && length < most; letter++) {
            spelled[length++] = *letter;
        }
    }
    return fc_view_of(spelled, length);
}

/* The CPU is asked once: in a virtual machine it takes longer than a short input. */
const struct fci_kernels *fuzz_next_tier(size_t *index)
{
    static unsigned features;
    const struct fci_kernels *tier;
    if (features == 0) {
        features = fci_cpu_features();
    }
    while ((tier = fci_kernels_tier((*index)++)) != NULL) {
        if (fci_kernels_run_with(tier, features)) {
            fci_kernels_use(tier);
            return tier;
        }
    }
    return NULL;
}

uint8_t *fuzz_place(size_t place, size_t size, bool far)
{
    static struct fct_guarded places[FUZZ_PLACES];
    FUZZ_CHECK(place < FUZZ_PLACES && size <= FUZZ_PLACE_SIZE);
    if (places[place].bytes == NULL) {
        places[place] = fct_guarded_make(FUZZ_PLACE_SIZE);
    }
    return far ? fct_guarded_end(&places[place], size) : places[place].bytes;
}

uint8_t *fuzz_place_copy(size_t place, fc_view bytes, bool far)
{
    uint8_t *to = fuzz_place(place, bytes.length, far);
    return bytes.length == 0 ? to : memcpy(to, bytes.bytes, bytes.length);
}
