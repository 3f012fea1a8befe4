/* SPDX-License-Identifier: MIT */

/* simdutf, as the node executable exports it: for the addon only, since nobody else has these
 * names. They are C++, so they are written as the compiler mangles them; references stay empty in a
 * node that does not export one. */
#include "peers/peers.h"

#define NAME(mangled) __asm__(mangled) __attribute__((weak))

#define BASE64_DEFAULT UINT64_C(0)
#define BASE64_URL UINT64_C(1)
#define LAST_CHUNK_LOOSE UINT64_C(0)

struct result {
    int error;
    size_t count;
};

size_t simdutf_encode(const char *from, size_t length, char *to, uint64_t options)
    NAME("_ZN7simdutf16binary_to_base64EPKcmPcNS_14base64_optionsE");
struct result simdutf_decode(const char *from, size_t length, char *to, uint64_t options,
                             uint64_t last_chunk)
    NAME("_ZN7simdutf16base64_to_binaryEPKcmPcNS_14base64_optionsENS_27last_chunk_handling_"
         "optionsE");
bool simdutf_validate(const char *from, size_t length) NAME("_ZN7simdutf13validate_utf8EPKcm");
size_t simdutf_widen(const char *from, size_t length, uint16_t *to)
    NAME("_ZN7simdutf23convert_utf8_to_utf16leEPKcmPDs");
size_t simdutf_narrow(const uint16_t *from, size_t count, char *to)
    NAME("_ZN7simdutf23convert_utf16le_to_utf8EPKDsmPc");
size_t simdutf_latin1(const char *from, size_t length, char *to)
    NAME("_ZN7simdutf22convert_latin1_to_utf8EPKcmPc");

static bool ready(void)
{
    return simdutf_encode != NULL && simdutf_decode != NULL && simdutf_validate != NULL &&
           simdutf_widen != NULL && simdutf_narrow != NULL && simdutf_latin1 != NULL;
}

static const char *chars(const struct fcb_job *job)
{
    return (const char *)job->from;
}

static size_t base64_encode(struct fcb_job *job)
{
    return simdutf_encode(chars(job), job->size, (char *)job->to, BASE64_DEFAULT);
}

static size_t base64url_encode(struct fcb_job *job)
{
    return simdutf_encode(chars(job), job->size, (char *)job->to, BASE64_URL);
}

static size_t base64_decode(struct fcb_job *job)
{
    return simdutf_decode(chars(job), job->size, (char *)job->to, BASE64_DEFAULT, LAST_CHUNK_LOOSE)
        .count;
}

static size_t utf8_validate(struct fcb_job *job)
{
    return simdutf_validate(chars(job), job->size);
}

static size_t utf8_to_utf16(struct fcb_job *job)
{
    return simdutf_widen(chars(job), job->size, (uint16_t *)(void *)job->to) * 2;
}

static size_t utf16_to_utf8(struct fcb_job *job)
{
    return simdutf_narrow((const uint16_t *)(const void *)job->from, job->size / 2,
                          (char *)job->to);
}

static size_t latin1_to_utf8(struct fcb_job *job)
{
    return simdutf_latin1(chars(job), job->size, (char *)job->to);
}

static const struct fcb_offer offers[] = {
    { .op = "base64_encode", .code = base64_encode },
    { .op = "base64url_encode", .code = base64url_encode },
    { .op = "base64_decode", .code = base64_decode },
    { .op = "base64_decode_lines", .code = base64_decode },
    { .op = "base64_strict", .code = base64_decode },
    { .op = "base64_web", .code = base64_decode },
    { .op = "utf8_validate", .code = utf8_validate },
    { .op = "utf8_to_utf16", .code = utf8_to_utf16 },
    { .op = "utf16_to_utf8", .code = utf16_to_utf8 },
    { .op = "latin1_to_utf8", .code = latin1_to_utf8 },
    { .op = NULL },
};

const struct fcb_library fcb_library_simdutf = { "simdutf", offers, ready };
