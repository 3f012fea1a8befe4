/* SPDX-License-Identifier: MIT */

/* fc-patch [-w OUTPUT] FILE OFFSET HEXBYTES: reads a file, takes a snapshot, writes the bytes
 * through a slice, and prints before and after as a unified diff of hex dumps. "Before" comes from
 * the snapshot, which the write cannot reach. The file itself is only touched if -w names it. */

#include <fc_buffer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE ((size_t)16)

/* Lines of context around what has changed. */
#define CONTEXT ((size_t)1)

struct patch {
    const char *path, *output;
    size_t offset;
    uint8_t *bytes;
    size_t length;
};

static int fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "fc-patch: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

static const char *reason(fc_status status)
{
    return status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* An even number of hex digits, at least two. */
static bool read_hex(struct patch *patch, const char *text)
{
    size_t digits = strlen(text);
    if (digits == 0 || digits % 2 != 0) {
        return false;
    }
    patch->length = digits / 2;
    patch->bytes = malloc(patch->length);
    for (size_t i = 0; patch->bytes != NULL && i < patch->length; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        patch->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return patch->bytes != NULL;
}

static bool read_offset(size_t *out, const char *text)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    *out = (size_t)value;
    return errno == 0 && end != text && *end == '\0' && strchr(text, '-') == NULL &&
           value <= PTRDIFF_MAX;
}

static void print_line(char mark, const fc_buffer *b, size_t at)
{
    fc_view line = fc_view_slice(fc_buffer_view(b), (ptrdiff_t)at, (ptrdiff_t)(at + LINE));
    (void)printf("%c%08zx ", mark, at);
    for (size_t i = 0; i < LINE; i++) {
        if (i < line.length) {
            (void)printf(" %02x", line.bytes[i]);
        } else {
            (void)printf("   ");
        }
    }
    (void)printf("  |");
    for (size_t i = 0; i < line.length; i++) {
        (void)putchar(line.bytes[i] >= ' ' && line.bytes[i] <= '~' ? line.bytes[i] : '.');
    }
    (void)printf("|\n");
}

static void print_lines(char mark, const fc_buffer *b, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at += LINE) {
        print_line(mark, b, at);
    }
}

/* One hunk: the lines that the patch touches, between lines of context. */
static void print_difference(const struct patch *patch, const fc_buffer *before,
                             const fc_buffer *after)
{
    size_t length = fc_buffer_length(before);
    size_t first = patch->offset / LINE * LINE;
    size_t last = (patch->offset + patch->length + LINE - 1) / LINE * LINE;
    size_t begin = first < CONTEXT * LINE ? 0 : first - CONTEXT * LINE;
    size_t end = last + CONTEXT * LINE < length ? last + CONTEXT * LINE : length;
    (void)printf("--- %s\n+++ %s\n@@ 0x%zx,%zu @@\n", patch->path,
                 patch->output != NULL ? patch->output : "(not written)", patch->offset,
                 patch->length);
    print_lines(' ', before, begin, first);
    print_lines('-', before, first, last < length ? last : length);
    print_lines('+', after, first, last < length ? last : length);
    print_lines(' ', before, last, end);
}

static int write_file(const char *path, const fc_buffer *b)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return fail(path, strerror(errno));
    }
    size_t length = fc_buffer_length(b);
    size_t written = fwrite(fc_buffer_data(b), 1, length, file);
    if (fclose(file) != 0 || written != length) {
        return fail(path, strerror(errno));
    }
    return EXIT_SUCCESS;
}

static int run(const struct patch *patch)
{
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    FC_BUFFER_AUTO fc_buffer original = FC_BUFFER_INIT;
    fc_status status = fc_buffer_read_file(&file, patch->path);
    if (status == FC_OK) {
        status = fc_buffer_snapshot(&original, &file);
    }
    if (status != FC_OK) {
        return fail(patch->path, reason(status));
    }
    FC_BUFFER_AUTO fc_buffer tail = fc_buffer_slice(&file, (ptrdiff_t)patch->offset, FC_END);
    status = fc_buffer_write(&tail, 0, patch->bytes, patch->length);
    if (status != FC_OK) {
        return fail("the patch", reason(status));
    }
    print_difference(patch, &original, &file);
    return patch->output != NULL ? write_file(patch->output, &file) : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct patch patch = { 0 };
    int option;
    while ((option = getopt(argc, argv, "w:")) == 'w') {
        patch.output = optarg;
    }
    if (option != -1 || optind != argc - 3 || !read_offset(&patch.offset, argv[optind + 1])) {
        return fail("usage", "fc-patch [-w OUTPUT] FILE OFFSET HEXBYTES");
    }
    patch.path = argv[optind];
    int end = read_hex(&patch, argv[optind + 2])
                  ? run(&patch)
                  : fail(argv[optind + 2], "not an even number of hex digits");
    free(patch.bytes);
    return end;
}
