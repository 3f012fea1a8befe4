/* SPDX-License-Identifier: MIT */

/* fc-png FILE: prints the chunks of a PNG file, where each stands, its type, its length and whether
 * its checksum is right, and what its header says. Ported from the way one writes it for Node:
 * readUInt32BE at an offset, and a slice for everything that has a length. No byte of the file is
 * copied. The format is that of W3C's PNG specification, third edition, sections 5 and 11.2.1. */

#include <fc_buffer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Around a chunk's data: its length and type before, its checksum behind. */
#define BEFORE ((size_t)8)
#define BEHIND ((size_t)4)

/* No chunk and no side of an image is longer. */
#define LONGEST 0x7fffffffu

struct chunk {
    fc_view type, data;
    uint32_t crc;     /* as it stands in the file */
    fc_view measured; /* what the checksum is of: type and data */
};

struct header {
    uint32_t width, height;
    uint8_t depth, color, compression, filter, interlace;
};

struct color {
    const char *name;
    uint8_t depths; /* the sum of those that are allowed, which are powers of two */
};

static const struct color colors[] = {
    { "greyscale", 1 + 2 + 4 + 8 + 16 },
    { NULL, 0 },
    { "RGB", 8 + 16 },
    { "palette", 1 + 2 + 4 + 8 },
    { "greyscale and alpha", 8 + 16 },
    { NULL, 0 },
    { "RGB and alpha", 8 + 16 },
};

static uint32_t crc_table[256];

static int fail(const char *path, const char *why)
{
    (void)fflush(stdout);
    (void)fprintf(stderr, "fc-png: %s: %s\n", path, why);
    return EXIT_FAILURE;
}

static int fail_at(const char *path, size_t offset, const char *why)
{
    char text[120];
    (void)snprintf(text, sizeof text, "%s, at byte %zu", why, offset);
    return fail(path, text);
}

/* CRC-32 as in zlib: what each byte does to the checksum. */
static void make_crc_table(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
        }
        crc_table[i] = crc;
    }
}

static uint32_t crc_of(fc_view bytes)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < bytes.length; i++) {
        crc = crc_table[(crc ^ bytes.bytes[i]) & 0xff] ^ (crc >> 8);
    }
    return ~crc;
}

static bool is(fc_view view, fc_view what)
{
    return view.length == what.length && memcmp(view.bytes, what.bytes, what.length) == 0;
}

/* A range that lies in the view. */
static fc_view part(fc_view view, size_t offset, size_t length)
{
    return fc_view_slice(view, (ptrdiff_t)offset, (ptrdiff_t)(offset + length));
}

/* The chunk at the start of `rest`. Returns what is wrong with it, or NULL. */
static const char *read_chunk(struct chunk *chunk, fc_view rest)
{
    uint32_t length = 0;
    if (fc_view_read_u32be(&length, rest, 0) != FC_OK) {
        return "the file ends within a chunk";
    }
    if (length > LONGEST) {
        return "a chunk is longer than chunks can be";
    }
    if (fc_view_read_u32be(&chunk->crc, rest, BEFORE + length) != FC_OK) {
        return "the file ends within a chunk";
    }
    chunk->type = part(rest, 4, 4);
    chunk->data = part(rest, BEFORE, length);
    chunk->measured = part(rest, 4, 4 + length);
    for (size_t i = 0; i < 4; i++) {
        uint8_t letter = chunk->type.bytes[i] | 0x20;
        if (letter < 'a' || letter > 'z') {
            return "a chunk's type is not four letters";
        }
    }
    return NULL;
}

/* Returns what is wrong with the header, or NULL. */
static const char *read_header(struct header *header, const struct chunk *chunk)
{
    fc_view data = chunk->data;
    if (!is(chunk->type, FC_VIEW_LITERAL("IHDR"))) {
        return "the first chunk is not the header";
    }
    if (fc_view_read_u32be(&header->width, data, 0) != FC_OK ||
        fc_view_read_u32be(&header->height, data, 4) != FC_OK ||
        fc_view_read_u8(&header->depth, data, 8) != FC_OK ||
        fc_view_read_u8(&header->color, data, 9) != FC_OK ||
        fc_view_read_u8(&header->compression, data, 10) != FC_OK ||
        fc_view_read_u8(&header->filter, data, 11) != FC_OK ||
        fc_view_read_u8(&header->interlace, data, 12) != FC_OK || data.length != 13) {
        return "the header is not of 13 bytes";
    }
    if (header->width - 1 >= LONGEST || header->height - 1 >= LONGEST) {
        return "a side of the image is out of range";
    }
    uint8_t depth = header->depth;
    if (header->color >= sizeof colors / sizeof colors[0] || (depth & (depth - 1)) != 0 ||
        (depth & colors[header->color].depths) == 0) {
        return "there is no such color type with so many bits";
    }
    if (header->compression != 0 || header->filter != 0 || header->interlace > 1) {
        return "there is no such way to compress, filter or interlace";
    }
    return NULL;
}

static void print_header(const struct header *header)
{
    (void)printf("%u x %u, %u-bit %s%s\n", header->width, header->height, header->depth,
                 colors[header->color].name, header->interlace != 0 ? ", interlaced" : "");
}

/* From the signature to the last chunk, which must end the file. */
static int walk(const char *path, fc_view png)
{
    const fc_view signature = FC_VIEW_LITERAL("\x89PNG\r\n\x1a\n");
    struct header header = { 0 };
    struct chunk chunk = { 0 };
    size_t offset = signature.length;
    bool has_image = false;
    if (!is(fc_view_slice(png, 0, (ptrdiff_t)signature.length), signature)) {
        return fail(path, "not a PNG file");
    }
    (void)printf("    offset  type      length  crc\n");
    while (!is(chunk.type, FC_VIEW_LITERAL("IEND"))) {
        const char *wrong = read_chunk(&chunk, fc_view_slice(png, (ptrdiff_t)offset, FC_END));
        if (wrong != NULL) {
            return fail_at(path, offset, wrong);
        }
        bool sound = crc_of(chunk.measured) == chunk.crc;
        (void)printf("%10zu  %.4s  %10zu  %s\n", offset, (const char *)chunk.type.bytes,
                     chunk.data.length, sound ? "ok" : "WRONG");
        wrong = !sound                       ? "a chunk's checksum is wrong"
                : offset == signature.length ? read_header(&header, &chunk)
                                             : NULL;
        if (wrong != NULL) {
            return fail_at(path, offset, wrong);
        }
        has_image = has_image || is(chunk.type, FC_VIEW_LITERAL("IDAT"));
        offset += BEFORE + chunk.data.length + BEHIND;
    }
    if (!has_image || chunk.data.length != 0 || offset != png.length) {
        return fail_at(path, offset, "the last chunk is not where and what it should be");
    }
    print_header(&header);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : fail("stdout", strerror(errno));
}

int main(int argc, char **argv)
{
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    if (argc != 2) {
        return fail("usage", "fc-png FILE");
    }
    fc_status status = fc_buffer_read_file(&file, argv[1]);
    if (status != FC_OK) {
        return fail(argv[1], status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status));
    }
    make_crc_table();
    return walk(argv[1], fc_buffer_view(&file));
}
