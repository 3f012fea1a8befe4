/* SPDX-License-Identifier: MIT */

/* fc-hexdump [-s SKIP] [-n LENGTH] FILE: prints what `hexdump -C` prints, byte for byte. The range
 * is a slice of the file and every line a slice of that; the only bytes that are copied are those
 * that are read from the file. */

#include <fc_buffer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE ((size_t)16)

static int fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "fc-hexdump: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

/* A size in decimal, octal or hexadecimal, as C writes them; at most PTRDIFF_MAX. */
static bool read_size(ptrdiff_t *out, const char *text)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    if (errno != 0 || end == text || *end != '\0' || strchr(text, '-') != NULL ||
        value > PTRDIFF_MAX) {
        return false;
    }
    *out = (ptrdiff_t)value;
    return true;
}

static void print_line(size_t address, const fc_buffer *line)
{
    const uint8_t *bytes = fc_buffer_data(line);
    size_t length = fc_buffer_length(line);
    (void)printf("%08zx", address);
    for (size_t i = 0; i < LINE; i++) {
        const char *gap = i % 8 == 0 ? "  " : " ";
        if (i < length) {
            (void)printf("%s%02x", gap, bytes[i]);
        } else {
            (void)printf("%s  ", gap);
        }
    }
    (void)printf("  |");
    for (size_t i = 0; i < length; i++) {
        (void)putchar(bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '.');
    }
    (void)printf("|\n");
}

static bool same_bytes(const fc_buffer *a, const fc_buffer *b)
{
    return fc_buffer_length(a) == fc_buffer_length(b) &&
           memcmp(fc_buffer_data(a), fc_buffer_data(b), fc_buffer_length(a)) == 0;
}

/* Lines that repeat the one before are shown as a single star. */
static void dump(const fc_buffer *range, size_t address)
{
    FC_BUFFER_AUTO fc_buffer before = FC_BUFFER_INIT;
    bool starred = false;
    size_t length = fc_buffer_length(range);
    for (size_t at = 0; at < length; at += LINE) {
        FC_BUFFER_AUTO fc_buffer line = fc_buffer_slice(
            range, (ptrdiff_t)at, at + LINE < length ? (ptrdiff_t)(at + LINE) : FC_END);
        if (!same_bytes(&line, &before)) {
            print_line(address + at, &line);
            starred = false;
        } else if (!starred) {
            (void)printf("*\n");
            starred = true;
        }
        fc_buffer_release(&before);
        before = fc_buffer_take(&line);
    }
    if (length != 0) {
        (void)printf("%08zx\n", address + length);
    }
}

int main(int argc, char **argv)
{
    ptrdiff_t skip = 0, count = FC_END;
    int option;
    while ((option = getopt(argc, argv, "s:n:")) != -1) {
        if (option == '?' || !read_size(option == 's' ? &skip : &count, optarg)) {
            return fail("usage", "fc-hexdump [-s SKIP] [-n LENGTH] FILE");
        }
    }
    if (optind != argc - 1) {
        return fail("usage", "fc-hexdump [-s SKIP] [-n LENGTH] FILE");
    }
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    fc_status status = fc_buffer_read_file(&file, argv[optind]);
    if (status != FC_OK) {
        return fail(argv[optind],
                    status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status));
    }
    FC_BUFFER_AUTO fc_buffer rest = fc_buffer_slice(&file, skip, FC_END);
    FC_BUFFER_AUTO fc_buffer range = fc_buffer_slice(&rest, 0, count);
    size_t address =
        (size_t)skip < fc_buffer_length(&file) ? (size_t)skip : fc_buffer_length(&file);
    dump(&range, address);
    if (fc_buffer_length(&range) == 0 && address != 0 && count != 0) {
        (void)printf("%08zx\n", address);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : fail("stdout", strerror(errno));
}
