/* SPDX-License-Identifier: MIT */

/* A whole file as a buffer, read or mapped. The size that the system tells is a hint: files grow
 * and shrink while they are read, and pipes and /proc have none. The end is where a read returns
 * nothing. */

#include "base/common.h"

#include "buffer/handle.h"
#include "kernels/kernels.h"
#include "memory/paged.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first guess where the system has none. */
#define GUESS ((size_t)65536)

/* What one read may ask for: Linux reads at most this much at a time. */
#define READ_MAX ((size_t)0x7ffff000)

struct reading {
    int file;
    fc_buffer buffer; /* its only handle */
    size_t used;
};

/* Reads up to `space` bytes. 0 is the end of the file, -1 an error. */
static ssize_t read_some(int file, uint8_t *to, size_t space)
{
    ssize_t got;
    do {
        got = read(file, to, space < READ_MAX ? space : READ_MAX);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* At least twice the room, and room for `more`. */
static fc_status grow(struct reading *reading, size_t more)
{
    fc_buffer larger = FC_BUFFER_INIT;
    size_t capacity = 0;
    if (!fci_size_mul(&capacity, reading->buffer.length, 2) ||
        !fci_size_add(&capacity, capacity, more)) {
        return FC_ERR_OUT_OF_RANGE;
    }
    fc_status status = fc_buffer_alloc_unsafe(&larger, capacity);
    if (status == FC_OK) {
        fci_kernels()->copy(larger.arena->bytes, reading->buffer.arena->bytes, reading->used);
        fc_buffer_release(&reading->buffer);
        reading->buffer = larger;
    }
    return status;
}

/* The buffer is full: is there more? What there is goes behind. Sets *more to whether there was. */
static fc_status read_past(struct reading *reading, bool *more)
{
    uint8_t probe[4096];
    ssize_t got = read_some(reading->file, probe, sizeof probe);
    if (got < 0) {
        return FC_ERR_SYSTEM;
    }
    *more = got > 0;
    if (got == 0) {
        return FC_OK;
    }
    fc_status status = grow(reading, (size_t)got);
    if (status == FC_OK) {
        fci_kernels()->copy(reading->buffer.arena->bytes + reading->used, probe, (size_t)got);
        reading->used += (size_t)got;
    }
    return status;
}

static fc_status read_all(struct reading *reading)
{
    fc_status status = FC_OK;
    bool more = true;
    while (status == FC_OK && more) {
        size_t space = reading->buffer.length - reading->used;
        if (space == 0) {
            status = read_past(reading, &more);
            continue;
        }
        ssize_t got = read_some(reading->file, reading->buffer.arena->bytes + reading->used, space);
        if (got < 0) {
            return FC_ERR_SYSTEM;
        }
        more = got > 0;
        reading->used += (size_t)got;
    }
    return status;
}

/* How long the file is; 0 where the system does not know. */
static fc_status find_size(size_t *size, int file)
{
    struct stat about;
    if (fstat(file, &about) != 0) {
        return FC_ERR_SYSTEM;
    }
    uintmax_t length = S_ISREG(about.st_mode) ? (uintmax_t)about.st_size : 0;
    *size = (size_t)length;
    return length <= FC_BUFFER_MAX_LENGTH ? FC_OK : FC_ERR_OUT_OF_RANGE;
}

/* Just what was read, in a block of just that size. */
static fc_status finish(fc_buffer *out, struct reading *reading)
{
    fc_buffer_narrow(&reading->buffer, 0, (ptrdiff_t)reading->used);
    fc_status status = fc_buffer_compact(&reading->buffer);
    if (status == FC_OK) {
        *out = fc_buffer_take(&reading->buffer);
    }
    return status;
}

static fc_status read_file(fc_buffer *out, int file, size_t size)
{
    struct reading reading = { .file = file, .buffer = FC_BUFFER_INIT };
    fc_status status = fc_buffer_alloc_unsafe(&reading.buffer, size != 0 ? size : GUESS);
    if (status == FC_OK) {
        status = read_all(&reading);
    }
    if (status == FC_OK) {
        status = finish(out, &reading);
    }
    fc_buffer_release(&reading.buffer);
    return status;
}

static fc_status map_file(fc_buffer *out, int file, size_t size)
{
    struct fci_block *block = size != 0 ? fci_paged_map(file, size) : NULL;
    if (block == NULL) {
        return read_file(out, file, size);
    }
    fc_status status = fci_buffer_set(out, fci_arena_on_block(block, block->bytes, block->length));
    if (status != FC_OK) {
        fci_block_drop(block);
    }
    return status;
}

/* Opens the file for one of the two. */
static fc_status with_file(fc_buffer *out, const char *path,
                           fc_status (*make)(fc_buffer *out, int file, size_t size))
{
    FCI_REQUIRE(out != NULL && path != NULL);
    size_t size = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return FC_ERR_SYSTEM;
    }
    fc_status status = find_size(&size, file);
    if (status == FC_OK) {
        status = make(out, file, size);
    }
    int reason = errno;
    (void)close(file);
    errno = reason;
    return status;
}

fc_status fc_buffer_map_file(fc_buffer *out, const char *path)
{
    return with_file(out, path, map_file);
}

fc_status fc_buffer_read_file(fc_buffer *out, const char *path)
{
    return with_file(out, path, read_file);
}
