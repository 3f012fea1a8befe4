/* SPDX-License-Identifier: MIT */

/* ICU: conversions between UTF-8 and UTF-16. It knows lengths as int32_t. */
#include "peers/peers.h"

#include <unicode/ustring.h>

static size_t utf8_to_utf16(struct fcb_job *job)
{
    int32_t made = 0;
    UErrorCode error = U_ZERO_ERROR;
    (void)u_strFromUTF8((UChar *)(void *)job->to, (int32_t)(job->room / 2), &made,
                        (const char *)job->from, (int32_t)job->size, &error);
    return (size_t)made * 2;
}

static size_t utf16_to_utf8(struct fcb_job *job)
{
    int32_t made = 0;
    UErrorCode error = U_ZERO_ERROR;
    (void)u_strToUTF8((char *)job->to, (int32_t)job->room, &made,
                      (const UChar *)(const void *)job->from, (int32_t)(job->size / 2), &error);
    return (size_t)made;
}

static const struct fcb_offer offers[] = {
    { .op = "utf8_to_utf16", .code = utf8_to_utf16 },
    { .op = "utf16_to_utf8", .code = utf16_to_utf8 },
    { .op = NULL },
};

const struct fcb_library fcb_library_icu = { .name = "icu", .offers = offers };
