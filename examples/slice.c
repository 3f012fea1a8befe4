/* SPDX-License-Identifier: MIT */

/* JavaScript's Buffer.slice example on 1 MiB, line by line: the JavaScript stands above the C that
 * does the same. A slice shares its parent's bytes, so a write through either is seen by both. */

#include <fc_buffer.h>

#include <stdio.h>
#include <stdlib.h>

/* What console.assert is for. */
static void must(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "slice: not so: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static uint8_t byte_at(const fc_buffer *b, size_t index)
{
    uint8_t value = 0;
    must(fc_buffer_get(&value, b, index) == FC_OK, "the index is in range");
    return value;
}

int main(void)
{
    /* const buf = Buffer.alloc(1024 * 1024); */
    FC_BUFFER_AUTO fc_buffer buf = FC_BUFFER_INIT;
    must(fc_buffer_alloc(&buf, (size_t)1024 * 1024) == FC_OK, "there is a MiB of memory");

    /* const header = buf.slice(0, 1024); */
    FC_BUFFER_AUTO fc_buffer header = fc_buffer_slice(&buf, 0, 1024);

    /* const payload = buf.slice(1024); */
    FC_BUFFER_AUTO fc_buffer payload = fc_buffer_slice(&buf, 1024, FC_END);

    /* const trailer = buf.slice(-16); */
    FC_BUFFER_AUTO fc_buffer trailer = fc_buffer_slice(&buf, -16, FC_END);

    /* console.log(header.length, payload.length, trailer.length); */
    printf("header %zu, payload %zu, trailer %zu bytes\n", fc_buffer_length(&header),
           fc_buffer_length(&payload), fc_buffer_length(&trailer));

    /* header[0] = 0x42; console.log(buf[0]); */
    must(fc_buffer_set(&header, 0, 0x42) == FC_OK, "a write through the slice");
    printf("header[0] = 0x42; buf[0] is 0x%02x\n", byte_at(&buf, 0));
    must(byte_at(&buf, 0) == 0x42, "the parent sees it");

    /* buf[buf.length - 1] = 7; console.log(trailer[15], payload.at(-1)); */
    must(fc_buffer_set(&buf, fc_buffer_length(&buf) - 1, 7) == FC_OK, "a write through the parent");
    uint8_t last = 0;
    must(fc_buffer_at(&last, &payload, -1) == FC_OK, "at(-1) is the last byte");
    printf("buf[length - 1] = 7; trailer[15] is %u, payload.at(-1) is %u\n", byte_at(&trailer, 15),
           last);
    must(byte_at(&trailer, 15) == 7 && last == 7, "the slices see it");

    /* console.log(header.buffer === payload.buffer, payload.byteOffset); */
    printf("same arena: %s, payload begins at %zu\n",
           fc_buffer_same_arena(&header, &payload) ? "yes" : "no", fc_buffer_offset(&payload));

    /* What JavaScript cannot tell: what the 16 bytes of the trailer keep alive, and letting go. */
    printf("the trailer retains %zu bytes", fc_buffer_retained_bytes(&trailer));
    must(fc_buffer_compact(&trailer) == FC_OK, "there is memory for 16 bytes");
    printf(", %zu when compact\n", fc_buffer_retained_bytes(&trailer));
    must(!fc_buffer_same_arena(&trailer, &buf), "it stands on its own now");
    return EXIT_SUCCESS;
}
