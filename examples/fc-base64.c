/* SPDX-License-Identifier: MIT */

/* fc-base64 [-d] [-w COLS] [FILE]: what coreutils' base64 does. Encodes a file, or standard input,
 * in lines of 76 or COLS characters (0: one line without an end); -d decodes, and at the first
 * mistake writes what stands before it and ends with status 1. Decoding is strict but for what
 * coreutils lets pass: newlines anywhere, bits left over at the end, texts with padding joined. */

#include <fc_buffer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "fc-base64: %s%s%s\n", what, *why != '\0' ? ": " : "", why);
    return EXIT_FAILURE;
}

static const char *reason(fc_status status)
{
    return status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status);
}

static bool put(fc_view bytes)
{
    return bytes.length == 0 || fwrite(bytes.bytes, 1, bytes.length, stdout) == bytes.length;
}

static bool put_lines(fc_view text, size_t columns)
{
    if (columns == 0) {
        return put(text);
    }
    for (size_t at = 0; at < text.length;) {
        size_t length = columns < text.length - at ? columns : text.length - at;
        if (!put(fc_view_of(text.bytes + at, length)) || putchar('\n') == EOF) {
            return false;
        }
        at += length;
    }
    return true;
}

static fc_status encode(const fc_buffer *file, size_t columns)
{
    FC_BUFFER_AUTO fc_buffer text = FC_BUFFER_INIT;
    fc_status status = fc_buffer_to_utf8(&text, file, FC_ENCODING_BASE64, 0, FC_END);
    if (status == FC_OK && !put_lines(fc_buffer_view(&text), columns)) {
        status = FC_ERR_SYSTEM;
    }
    return status;
}

/* Takes the newlines out, in place. */
static fc_status join_lines(fc_buffer *text)
{
    uint8_t *bytes = NULL;
    size_t kept = 0, length = fc_buffer_length(text);
    fc_status status = fc_buffer_begin_write(&bytes, text);
    if (status != FC_OK) {
        return status;
    }
    for (size_t i = 0; i < length; i++) {
        bytes[kept] = bytes[i];
        kept += bytes[i] != '\n';
    }
    fc_buffer_end_write(text);
    fc_buffer_narrow(text, 0, (ptrdiff_t)kept);
    return FC_OK;
}

/* The text up to the first group with padding, that group included. */
static fc_view first_part(fc_view text)
{
    const uint8_t *pad = text.length == 0 ? NULL : memchr(text.bytes, '=', text.length);
    size_t length = text.length;
    if (pad != NULL && (size_t)(pad - text.bytes) / 4 * 4 + 4 < length) {
        length = (size_t)(pad - text.bytes) / 4 * 4 + 4;
    }
    return fc_view_of(text.bytes, length);
}

/* All of a part, or what stands before its first mistake. */
static fc_status decode_part(fc_buffer *out, fc_view part, bool *valid)
{
    fc_decode_error error = { 0, 0, 0 };
    fc_text text = fc_text_utf8((const char *)part.bytes, part.length);
    fc_status status = fc_buffer_from_text_strict(out, &error, text, FC_ENCODING_BASE64);
    if (status != FC_ERR_INVALID_DATA) {
        return status;
    }
    /* Whole groups and padding where it belongs: nothing but bits too many. */
    *valid =
        error.kind == FC_DECODE_BITS && part.length % 4 == 0 && part.bytes[part.length - 1] == '=';
    /* The character with those bits still counts. */
    text.count = *valid ? part.length : error.offset + (error.kind == FC_DECODE_BITS);
    return fc_buffer_from_text(out, text, FC_ENCODING_BASE64);
}

static fc_status decode(fc_buffer *file, bool *valid)
{
    fc_status status = join_lines(file);
    fc_view rest = fc_buffer_view(file);
    *valid = true;
    while (status == FC_OK && *valid && rest.length != 0) {
        FC_BUFFER_AUTO fc_buffer bytes = FC_BUFFER_INIT;
        fc_view part = first_part(rest);
        status = decode_part(&bytes, part, valid);
        if (status == FC_OK && !put(fc_buffer_view(&bytes))) {
            status = FC_ERR_SYSTEM;
        }
        rest = fc_view_slice(rest, (ptrdiff_t)part.length, FC_END);
    }
    return status;
}

/* A decimal number; more than there can be of columns is as good as no end. */
static bool read_columns(size_t *columns, const char *text)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *columns = errno != 0 || value > PTRDIFF_MAX ? 0 : (size_t)value;
    return end != text && *end == '\0' && strchr(text, '-') == NULL;
}

int main(int argc, char **argv)
{
    size_t columns = 76;
    bool decoding = false, valid = true;
    int option;
    while ((option = getopt(argc, argv, "dw:")) != -1) {
        decoding |= option == 'd';
        if (option == '?' || (option == 'w' && !read_columns(&columns, optarg))) {
            return fail("usage", "fc-base64 [-d] [-w COLS] [FILE]");
        }
    }
    if (optind < argc - 1) {
        return fail("usage", "fc-base64 [-d] [-w COLS] [FILE]");
    }
    const char *path =
        optind < argc && strcmp(argv[optind], "-") != 0 ? argv[optind] : "/dev/stdin";
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    fc_status status = fc_buffer_read_file(&file, path);
    if (status != FC_OK) {
        return fail(path, reason(status));
    }
    status = decoding ? decode(&file, &valid) : encode(&file, columns);
    if (status != FC_OK || fflush(stdout) != 0) {
        return fail("stdout", status == FC_OK ? strerror(errno) : reason(status));
    }
    return valid ? EXIT_SUCCESS : fail("invalid input", "");
}
