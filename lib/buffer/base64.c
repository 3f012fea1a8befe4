/* SPDX-License-Identifier: MIT */

/* The web's base64: ECMAScript's, with its options, and HTML's atob and btoa. Text is decoded as
 * far as it is clean; what is left is looked at by the stricter rules, and if it has passed it is
 * decoded as Node's base64. Where bytes are written over, all is looked at first. */

#include "base/common.h"

#include "codec/web_base64.h"

#include "buffer/handle.h"
#include "buffer/text.h"
#include "codec/strict.h"
#include "kernels/kernels.h"

static const fc_base64_options defaults = { .size = sizeof defaults };

static bool options_are_valid(const fc_base64_options *options)
{
    return options->size == sizeof *options && options->alphabet <= FC_BASE64_URL &&
           options->last_chunk <= FC_BASE64_STOP_BEFORE_PARTIAL && options->omit_padding <= 1 &&
           options->reserved == 0;
}

/* ---- text to bytes --------------------------------------------------------------------------- */

static fc_status check_arguments(const fc_text *text, const fc_base64_options *options)
{
    FCI_REQUIRE(fci_text_is_valid(text));
    if (!options_are_valid(options)) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    return text->count <= FC_BUFFER_MAX_LENGTH ? FC_OK : FC_ERR_OUT_OF_RANGE;
}

/* By the rules of atob if there are no options. */
static fc_status from_base64(fc_buffer *out, fc_text *text, const fc_base64_options *options)
{
    struct fci_making making;
    struct fci_web_base64 found = { 0, 0 };
    bool url = options != NULL && options->alphabet == FC_BASE64_URL;
    fc_status status = fci_making_begin(&making, text, &fci_codec_base64);
    if (status != FC_OK) {
        return status;
    }
    (void)fci_making_take(&making, text,
                          url ? FCI_DIGITS_BASE64URL_LINES : FCI_DIGITS_BASE64_LINES);
    found.read = text->count;
    if (options != NULL ? !fci_web_base64(&found, text, options, SIZE_MAX) : !fci_web_atob(text)) {
        fc_buffer_release(&making.made);
        return FC_ERR_INVALID_DATA;
    }
    text->count = found.read;
    return fci_making_end(out, &making, text, &fci_codec_base64);
}

fc_status fc_buffer_from_base64(fc_buffer *out, fc_text text, const fc_base64_options *options)
{
    FCI_REQUIRE(out != NULL);
    options = options != NULL ? options : &defaults;
    fc_status status = check_arguments(&text, options);
    return status == FC_OK ? from_base64(out, &text, options) : status;
}

fc_status fc_buffer_set_from_base64(size_t *read, size_t *written, fc_buffer *b, fc_text text,
                                    const fc_base64_options *options)
{
    struct fci_web_base64 found;
    FCI_REQUIRE(fci_buffer_is_valid(b));
    options = options != NULL ? options : &defaults;
    fc_status status = check_arguments(&text, options);
    if (status == FC_OK && !fci_web_base64(&found, &text, options, b->length)) {
        status = FC_ERR_INVALID_DATA;
    }
    if (status == FC_OK) {
        text.count = found.read;
        status = fci_buffer_write_text(written, b, 0, found.bytes, &text, &fci_codec_base64);
    }
    if (status == FC_OK && read != NULL) {
        *read = found.read;
    }
    return status;
}

fc_status fc_atob(fc_buffer *out, fc_text text)
{
    FCI_REQUIRE(out != NULL);
    fc_status status = check_arguments(&text, &defaults);
    return status == FC_OK ? from_base64(out, &text, NULL) : status;
}

/* ---- bytes to text --------------------------------------------------------------------------- */

fc_status fc_view_to_base64(fc_buffer *out, fc_view bytes, const fc_base64_options *options)
{
    FCI_REQUIRE(out != NULL);
    options = options != NULL ? options : &defaults;
    if (!options_are_valid(options)) {
        return FC_ERR_INVALID_ARG_VALUE;
    }
    if (bytes.length > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    size_t groups = bytes.length / 3, rest = bytes.length % 3;
    size_t last_length = rest == 0 ? 0 : options->omit_padding != 0 ? rest + 1 : 4;
    if (groups > (FC_BUFFER_MAX_LENGTH - last_length) / 4) {
        return FC_ERR_BUFFER_TOO_LARGE;
    }
    fc_status status = fc_buffer_alloc_unsafe(out, 4 * groups + last_length);
    if (status == FC_OK && bytes.length != 0) {
        const struct fci_kernels *kernels = fci_kernels();
        bool url = options->alphabet == FC_BASE64_URL;
        size_t made = kernels->base64_encode(out->arena->bytes, bytes.bytes, bytes.length, url);
        kernels->fill(out->arena->bytes + made, '=', 4 * groups + last_length - made);
    }
    return status;
}

fc_status fc_buffer_to_base64(fc_buffer *out, const fc_buffer *b, const fc_base64_options *options)
{
    FCI_REQUIRE(out != b && fci_buffer_is_valid(b));
    return fc_view_to_base64(out, fc_buffer_view(b), options);
}

fc_status fc_btoa(fc_buffer *out, fc_text text)
{
    struct fci_scratch scratch;
    size_t offset = 0;
    FCI_REQUIRE(fci_text_is_valid(&text));
    if (text.count > FC_BUFFER_MAX_LENGTH) {
        return FC_ERR_OUT_OF_RANGE;
    }
    if (fci_check_text(&offset, &text, 0xff) != 0) {
        return FC_ERR_INVALID_DATA;
    }
    fc_status status = fci_scratch_open(&scratch, SIZE_MAX, &text, &fci_codec_latin1);
    if (status == FC_OK) {
        status = fc_view_to_base64(out, scratch.bytes, NULL);
        fci_scratch_close(&scratch);
    }
    return status;
}
