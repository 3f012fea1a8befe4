/* SPDX-License-Identifier: MIT */

/* nettle: base64 in both alphabets, base16. */
#include "peers/peers.h"

#include <nettle/base16.h>
#include <nettle/base64.h>

static size_t base64_encode(struct fcb_job *job)
{
    base64_encode_raw((char *)job->to, job->size, job->from);
    return BASE64_ENCODE_RAW_LENGTH(job->size);
}

static size_t base64url_encode(struct fcb_job *job)
{
    struct base64_encode_ctx state;
    base64url_encode_init(&state);
    size_t made = base64_encode_update(&state, (char *)job->to, job->size, job->from);
    return made + base64_encode_final(&state, (char *)job->to + made);
}

static size_t base64_decode(struct fcb_job *job)
{
    struct base64_decode_ctx state;
    size_t made = job->room;
    base64_decode_init(&state);
    (void)base64_decode_update(&state, &made, job->to, job->size, (const char *)job->from);
    return made;
}

static size_t hex_encode(struct fcb_job *job)
{
    base16_encode_update((char *)job->to, job->size, job->from);
    return BASE16_ENCODE_LENGTH(job->size);
}

static size_t hex_decode(struct fcb_job *job)
{
    struct base16_decode_ctx state;
    size_t made = job->room;
    base16_decode_init(&state);
    (void)base16_decode_update(&state, &made, job->to, job->size, (const char *)job->from);
    return made;
}

static const struct fcb_offer offers[] = {
    { .op = "base64_encode", .code = base64_encode },
    { .op = "base64url_encode", .code = base64url_encode },
    { .op = "base64_decode", .code = base64_decode },
    { .op = "base64_decode_lines", .code = base64_decode },
    { .op = "hex_encode", .code = hex_encode },
    { .op = "hex_decode", .code = hex_decode },
    { .op = NULL },
};

const struct fcb_library fcb_library_nettle = { .name = "nettle", .offers = offers };
