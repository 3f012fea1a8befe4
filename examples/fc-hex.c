/* SPDX-License-Identifier: MIT */

/* fc-hex [-r] [FILE]: what `xxd -p` and `xxd -r -p` do: the bytes of a file, or of standard input,
 * in hexadecimal, 30 a line, and back. White space may stand anywhere; where xxd passes over
 * characters that are no digits, or over half a byte, this says so and ends with status 1. */

#include <fc_buffer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE ((size_t)60)

static int fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "fc-hex: %s: %s\n", what, why);
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

static fc_status encode(const fc_buffer *file)
{
    FC_BUFFER_AUTO fc_buffer digits = FC_BUFFER_INIT;
    fc_status status = fc_buffer_to_hex(&digits, file);
    size_t length = fc_buffer_length(&digits);
    for (size_t at = 0; status == FC_OK && at < length; at += LINE) {
        size_t part = LINE < length - at ? LINE : length - at;
        if (!put(fc_view_of(fc_buffer_data(&digits) + at, part)) || putchar('\n') == EOF) {
            status = FC_ERR_SYSTEM;
        }
    }
    return status;
}

/* Takes the white space out, in place. */
static fc_status join(fc_buffer *text)
{
    uint8_t *bytes = NULL;
    size_t kept = 0, length = fc_buffer_length(text);
    fc_status status = fc_buffer_begin_write(&bytes, text);
    if (status != FC_OK) {
        return status;
    }
    for (size_t i = 0; i < length; i++) {
        uint8_t c = bytes[i];
        bytes[kept] = c;
        kept += c != ' ' && c != '\n' && c != '\t' && c != '\r';
    }
    fc_buffer_end_write(text);
    fc_buffer_narrow(text, 0, (ptrdiff_t)kept);
    return FC_OK;
}

static fc_status decode(fc_buffer *file)
{
    FC_BUFFER_AUTO fc_buffer bytes = FC_BUFFER_INIT;
    fc_status status = join(file);
    if (status == FC_OK) {
        fc_text text = fc_text_utf8((const char *)fc_buffer_data(file), fc_buffer_length(file));
        status = fc_buffer_from_hex(&bytes, text);
    }
    if (status == FC_OK && !put(fc_buffer_view(&bytes))) {
        status = FC_ERR_SYSTEM;
    }
    return status;
}

int main(int argc, char **argv)
{
    bool reverse = false;
    int option;
    while ((option = getopt(argc, argv, "r")) != -1) {
        if (option == '?') {
            return fail("usage", "fc-hex [-r] [FILE]");
        }
        reverse = true;
    }
    if (optind < argc - 1) {
        return fail("usage", "fc-hex [-r] [FILE]");
    }
    const char *path =
        optind < argc && strcmp(argv[optind], "-") != 0 ? argv[optind] : "/dev/stdin";
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    fc_status status = fc_buffer_read_file(&file, path);
    if (status != FC_OK) {
        return fail(path, reason(status));
    }
    status = reverse ? decode(&file) : encode(&file);
    if (status == FC_ERR_INVALID_DATA) {
        return fail(path, "not pairs of hexadecimal digits");
    }
    if (status != FC_OK || fflush(stdout) != 0) {
        return fail("stdout", status == FC_OK ? strerror(errno) : reason(status));
    }
    return EXIT_SUCCESS;
}
