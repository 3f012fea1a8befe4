/* SPDX-License-Identifier: MIT */

/* OpenSSL's libcrypto: base64 by block, hexadecimal digits. It knows lengths as int, and its digits
 * are upper-case. */
#include "peers/peers.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

static size_t base64_encode(struct fcb_job *job)
{
    return (size_t)EVP_EncodeBlock(job->to, job->from, (int)job->size);
}

static size_t base64_decode(struct fcb_job *job)
{
    return (size_t)EVP_DecodeBlock(job->to, job->from, (int)job->size);
}

static size_t hex_encode(struct fcb_job *job)
{
    size_t made = 0;
    int done = OPENSSL_buf2hexstr_ex((char *)job->to, job->room, &made, job->from, job->size, 0);
    return done != 0 ? made - 1 : 0; /* it counts the NUL */
}

static void show_lower_case(struct fcb_job *job)
{
    for (size_t i = 0; i < job->made; i++) {
        job->to[i] |= job->to[i] >= 'A' ? 0x20 : 0;
    }
}

/* It wants text that ends in NUL, which what the group offers does. */
static size_t hex_decode(struct fcb_job *job)
{
    size_t made = 0;
    (void)OPENSSL_hexstr2buf_ex(job->to, job->room, &made, (const char *)job->from, 0);
    return made;
}

static const struct fcb_offer offers[] = {
    { .op = "base64_encode", .code = base64_encode },
    { .op = "base64_decode", .code = base64_decode },
    { .op = "hex_encode", .code = hex_encode, .show = show_lower_case },
    { .op = "hex_decode", .code = hex_decode },
    { .op = NULL },
};

const struct fcb_library fcb_library_openssl = { .name = "openssl", .offers = offers };
