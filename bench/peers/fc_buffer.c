/* SPDX-License-Identifier: MIT */

/* This library, through its public functions, in the operations that others offer too. */
#include "peers/peers.h"

#include <fc_buffer.h>

#include <stdlib.h>
#include <string.h>

static void alloc_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        fcb_require(fc_buffer_alloc_unsafe(&b, job->size) == FC_OK, "out of memory");
        FCB_ESCAPE(&b);
        fc_buffer_release(&b);
    }
}

static void clone(void *context, size_t times)
{
    const struct fcb_job *job = context;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = FC_BUFFER_INIT;
        fcb_require(fc_buffer_from_bytes(&b, job->from, job->size) == FC_OK, "out of memory");
        FCB_ESCAPE(&b);
        fc_buffer_release(&b);
    }
}

static void handle_begin(struct fcb_job *job)
{
    fc_buffer *b = malloc(sizeof *b);
    fcb_require(b != NULL, "out of memory");
    *b = (fc_buffer)FC_BUFFER_INIT;
    fcb_require(fc_buffer_alloc(b, job->size) == FC_OK, "out of memory");
    job->object = b;
}

static void handle_end(struct fcb_job *job)
{
    fc_buffer_release(job->object);
    free(job->object);
}

static void retain_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    const fc_buffer *source = job->object;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = fc_buffer_retain(source);
        FCB_NEED(b.arena);
        fc_buffer_release(&b);
    }
}

static void slice_release(void *context, size_t times)
{
    const struct fcb_job *job = context;
    const fc_buffer *source = job->object;
    for (size_t i = 0; i < times; i++) {
        fc_buffer b = fc_buffer_slice(source, FCB_SLICE_BEGIN, FCB_SLICE_END);
        FCB_NEED(b.arena);
        fc_buffer_release(&b);
    }
}

/* ---- bytes to text --------------------------------------------------------------------------- */

static size_t to_utf8(struct fcb_job *job, fc_encoding encoding)
{
    size_t made = 0;
    fc_view from = fc_view_of(job->from, job->size);
    return fc_view_write_utf8(&made, (char *)job->to, job->room, from, encoding) == FC_OK ? made
                                                                                          : 0;
}

static size_t base64_encode(struct fcb_job *job)
{
    return to_utf8(job, FC_ENCODING_BASE64);
}

static size_t base64url_encode(struct fcb_job *job)
{
    return to_utf8(job, FC_ENCODING_BASE64URL);
}

static size_t hex_encode(struct fcb_job *job)
{
    return to_utf8(job, FC_ENCODING_HEX);
}

static size_t latin1_to_utf8(struct fcb_job *job)
{
    return to_utf8(job, FC_ENCODING_LATIN1);
}

static size_t utf8_to_utf16(struct fcb_job *job)
{
    size_t made = 0;
    fc_view from = fc_view_of(job->from, job->size);
    fc_status status = fc_view_write_utf16(&made, (uint16_t *)(void *)job->to, job->room / 2, from,
                                           FC_ENCODING_UTF8);
    return status == FC_OK ? made * 2 : 0;
}

static size_t utf8_validate(struct fcb_job *job)
{
    return fc_view_is_utf8(fc_view_of(job->from, job->size));
}

/* ---- text to bytes: into a buffer that wraps `to` ---------------------------------------------
 */

static void target_begin(struct fcb_job *job)
{
    fc_buffer *b = malloc(sizeof *b);
    fcb_require(b != NULL, "out of memory");
    *b = (fc_buffer)FC_BUFFER_INIT;
    fcb_require(fc_buffer_wrap(b, job->to, job->room, NULL, NULL) == FC_OK, "out of memory");
    job->object = b;
}

static size_t decode(struct fcb_job *job, fc_text text, fc_encoding encoding)
{
    size_t made = 0;
    fc_status status = fc_buffer_write_text(&made, job->object, 0, job->room, text, encoding);
    return status == FC_OK ? made : 0;
}

static size_t base64_decode(struct fcb_job *job)
{
    return decode(job, fc_text_utf8((const char *)job->from, job->size), FC_ENCODING_BASE64);
}

static size_t hex_decode(struct fcb_job *job)
{
    return decode(job, fc_text_utf8((const char *)job->from, job->size), FC_ENCODING_HEX);
}

/* ---- text that must be right: into a buffer that is made, after the last one is released --------
 */

static void made_begin(struct fcb_job *job)
{
    fc_buffer *b = malloc(sizeof *b);
    fcb_require(b != NULL, "out of memory");
    *b = (fc_buffer)FC_BUFFER_INIT;
    job->object = b;
}

static void made_show(struct fcb_job *job)
{
    memcpy(job->to, fc_buffer_data(job->object), job->made);
}

static size_t base64_strict(struct fcb_job *job)
{
    fc_buffer *b = job->object;
    fc_text text = fc_text_utf8((const char *)job->from, job->size);
    fc_buffer_release(b);
    return fc_buffer_from_text_strict(b, NULL, text, FC_ENCODING_BASE64) == FC_OK ? b->length : 0;
}

static size_t base64_web(struct fcb_job *job)
{
    fc_buffer *b = job->object;
    fc_text text = fc_text_utf8((const char *)job->from, job->size);
    fc_buffer_release(b);
    return fc_buffer_from_base64(b, text, NULL) == FC_OK ? b->length : 0;
}

static size_t utf16_to_utf8(struct fcb_job *job)
{
    const uint16_t *units = (const uint16_t *)(const void *)job->from;
    return decode(job, fc_text_utf16(units, job->size / 2), FC_ENCODING_UTF8);
}

static const struct fcb_offer offers[] = {
    { .op = "alloc+release", .run = alloc_release },
    { .op = "clone", .run = clone },
    { .op = "retain+release", .run = retain_release, .begin = handle_begin, .end = handle_end },
    { .op = "slice+release", .run = slice_release, .begin = handle_begin, .end = handle_end },
    { .op = "base64_encode", .code = base64_encode },
    { .op = "base64url_encode", .code = base64url_encode },
    { .op = "base64_decode", .code = base64_decode, .begin = target_begin, .end = handle_end },
    { .op = "base64_decode_lines",
      .code = base64_decode,
      .begin = target_begin,
      .end = handle_end },
    { .op = "base64_strict",
      .code = base64_strict,
      .begin = made_begin,
      .end = handle_end,
      .show = made_show },
    { .op = "base64_web",
      .code = base64_web,
      .begin = made_begin,
      .end = handle_end,
      .show = made_show },
    { .op = "hex_encode", .code = hex_encode },
    { .op = "hex_decode", .code = hex_decode, .begin = target_begin, .end = handle_end },
    { .op = "utf8_validate", .code = utf8_validate },
    { .op = "utf8_to_utf16", .code = utf8_to_utf16 },
    { .op = "utf16_to_utf8", .code = utf16_to_utf8, .begin = target_begin, .end = handle_end },
    { .op = "latin1_to_utf8", .code = latin1_to_utf8 },
    { .op = NULL },
};

const struct fcb_library fcb_library_fc_buffer = { .name = "fc_buffer", .offers = offers };
