/* SPDX-License-Identifier: MIT */

/**
 * @file
 * The life and the sharing of buffers.
 *
 * Invariants. A buffer is {arena, offset, length}; its length is 0 if and only if it has no arena,
 * and then its offset is 0 too. [offset, offset + length) lies in the arena. **Two buffers alias if
 * and only if they stand on the same arena. A snapshot is a new arena that shares the block until
 * either side is written.** Only a snapshot, or read-only memory, ever makes a write copy.
 */
#ifndef FC_BUFFER_BUFFER_H
#define FC_BUFFER_BUFFER_H

#include "allocator.h"
#include "arena.h"
#include "status.h"

FC_BUFFER_EXTERN_C_BEGIN

/**
 * A counted handle on a range of bytes: what a JavaScript Buffer is. A value: pass it by pointer,
 * keep it in your structures. The fields are private: read them through the functions below.
 *
 * Plain assignment `c = b` moves or borrows; it never makes a second owner: fc_buffer_retain does.
 */
typedef struct fc_buffer {
    fc_arena *arena; /**< private */
    size_t offset;   /**< private */
    size_t length;   /**< private */
} fc_buffer;

/** The empty buffer: owns nothing, is a legal argument everywhere, needs no release. */
#define FC_BUFFER_INIT                                                                             \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

/** The longest buffer that can be asked for, in bytes. */
#define FC_BUFFER_MAX_LENGTH ((size_t)PTRDIFF_MAX)

/** Releases the buffer when the variable goes out of scope: `FC_BUFFER_AUTO fc_buffer b = …;` */
#define FC_BUFFER_AUTO __attribute__((cleanup(fc_buffer_release)))

/** A flag for fc_alloc_options: the bytes are not zeroed. */
#define FC_ALLOC_UNSAFE 1u
/** A flag for fc_alloc_options: the bytes are wiped before their memory is given back, in every
 *  clone too, and snapshots copy at once. */
#define FC_ALLOC_SECRET 2u
/** A flag for fc_alloc_options: from 1 MiB on, a write beside a live snapshot copies the pages that
 * it touches and no others, where the system can and it pays; a hint, without an effect on what a
 * buffer means. From 4 MiB on buffers come to that unasked, when 16 such writes have copied all. */
#define FC_ALLOC_PAGED 4u

/** How fc_buffer_alloc_with makes a buffer. Zero what you do not set. */
typedef struct fc_alloc_options {
    size_t size;                   /**< sizeof(fc_alloc_options) */
    size_t alignment;              /**< of the first byte: a power of two up to 2^30; 0 is 1 */
    const fc_allocator *allocator; /**< NULL: the library's own; else must outlive every clone */
    uint32_t flags;                /**< FC_ALLOC_… */
    uint32_t reserved;             /**< 0 */
} fc_alloc_options;

/**
 * Gives wrapped memory back. Called exactly once, on the thread that drops the last count, with no
 * lock held; may use other buffers, and may free the structure that held this one.
 */
typedef void fc_buffer_release_fn(void *context, void *bytes, size_t length);

/* ---- making ---------------------------------------------------------------------------------- */

/**
 * A buffer of zeroes.
 *
 * Small buffers are one allocation in all. Large ones come zeroed from the kernel and cost no
 * memory until they are touched.
 *
 * @param[out] out    a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      length in bytes; 0 gives the empty buffer
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     O(length) up to a few MiB, then O(1)
 * @par Threads  any
 * @par Source   Node v22 Buffer.alloc(size)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_alloc(fc_buffer *out, size_t length) FC_ATTR_NONNULL(1);

/**
 * A buffer filled with a pattern, repeated and cut off at the end.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      length  in bytes; 0 gives the empty buffer, whatever the pattern
 * @param      pattern borrowed for the call; may not be empty unless `length` is 0
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE the pattern is empty
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     O(length)
 * @par Threads  any; readers on `pattern`
 * @par Source   Node v22 Buffer.alloc(size, fill)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_alloc_fill(fc_buffer *out, size_t length,
                                                       fc_view pattern) FC_ATTR_NONNULL(1);

/**
 * A buffer whose bytes hold anything: write every one before you read it.
 *
 * @param[out] out    a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      length in bytes; 0 gives the empty buffer
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     O(1): one or two allocations
 * @par Threads  any
 * @par Source   Node v22 Buffer.allocUnsafe(size), never pooled
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_alloc_unsafe(fc_buffer *out, size_t length)
    FC_ATTR_NONNULL(1);

/**
 * A buffer made as the options say.
 *
 * Allocator, alignment and secrecy are inherited by everything that is later cloned from it.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      length  in bytes; 0 gives the empty buffer
 * @param      options borrowed for the call; NULL for fc_buffer_alloc
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE a size, alignment, flag or reserved field that means nothing, or
 *                                  an allocator without its two functions
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     as fc_buffer_alloc, or O(1) with FC_ALLOC_UNSAFE
 * @par Threads  any
 * @par Source   ours; Node v26 Buffer.allocUnsafe(size, alignment)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_alloc_with(fc_buffer *out, size_t length,
                                                       const fc_alloc_options *options)
    FC_ATTR_NONNULL(1);

/**
 * A buffer with a copy of these bytes.
 *
 * @param[out] out    a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      bytes  borrowed for the call; may be NULL if `length` is 0
 * @param      length in bytes
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE `bytes` is NULL and `length` is not 0
 * @retval FC_ERR_NO_MEMORY         there is not that much memory; nothing changed
 *
 * @par Shape    result length = `length`
 * @par Cost     O(length)
 * @par Threads  any; readers on `bytes`
 * @par Source   Node v22 Buffer.from(bytes)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_from_bytes(fc_buffer *out, const void *bytes,
                                                       size_t length) FC_ATTR_NONNULL(1)
    FC_ATTR_READS(2, 3);

/**
 * A buffer with the contents of a file: JavaScript's `fs.readFileSync(path)`.
 *
 * Reads to the end of the file, also where its size is not known beforehand (pipes, /proc).
 *
 * @param[out] out  a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      path borrowed for the call
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_SYSTEM       the file cannot be opened or read: errno says why
 * @retval FC_ERR_OUT_OF_RANGE the file is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = bytes read; an empty file gives the empty buffer
 * @par Cost     O(length)
 * @par Threads  any
 * @par Source   Node v22 fs.readFileSync(path)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_read_file(fc_buffer *out, const char *path)
    FC_ATTR_NONNULL(1, 2);

/**
 * A mapped file as a buffer: the kernel reads its pages when they are first looked at.
 *
 * A write copies the pages that it touches and never reaches the file. Snapshots and all else work
 * as ever, whatever the length. What other programs write to the file may show in pages not yet
 * written here, and if one of them truncates it, touching what lay behind the end is SIGBUS: map
 * files that nobody changes, or read them. What cannot be mapped is read, as fc_buffer_read_file
 * does it.
 *
 * @param[out] out  a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      path borrowed for the call
 *
 * @retval FC_OK               `out` holds the buffer
 * @retval FC_ERR_SYSTEM       the file cannot be opened or read: errno says why
 * @retval FC_ERR_OUT_OF_RANGE the file is longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY    there is not that much memory; nothing changed
 *
 * @par Shape    result length = that of the file; an empty file gives the empty buffer
 * @par Cost     O(1), one descriptor and one mapping while a buffer or snapshot of it lives
 * @par Threads  any
 * @par Source   ours; mmap(2), MAP_PRIVATE
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_map_file(fc_buffer *out, const char *path)
    FC_ATTR_NONNULL(1, 2);

/**
 * A buffer that adopts your memory: nobody else writes it any more.
 *
 * Snapshots share it, and a detach may leave it behind. `release` runs exactly once, when the last
 * holder of the memory lets go, whichever that is: this arena or a snapshot of it.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      bytes   adopted; may be NULL if `length` is 0
 * @param      length  in bytes; with 0 `release` runs before this returns
 * @param      release gives the memory back; never runs if this fails; NULL: the memory outlives
 *                     everything
 * @param      context handed to `release`
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE `bytes` is NULL and `length` is not 0
 * @retval FC_ERR_NO_MEMORY         no room for the headers; the memory is still yours
 *
 * @par Shape    result length = `length`; data = `bytes`
 * @par Cost     O(1): two small allocations, no byte copied
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_wrap(fc_buffer *out, void *bytes, size_t length,
                                                 fc_buffer_release_fn *release, void *context)
    FC_ATTR_NONNULL(1);

/**
 * A buffer on memory that is never written: literals, mapped files.
 *
 * As fc_buffer_wrap, but the first write moves the arena to memory of its own.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      bytes   read only; may be NULL if `length` is 0
 * @param      length  in bytes; with 0 `release` runs before this returns
 * @param      release gives the memory back; never runs if this fails; NULL: the memory outlives
 *                     everything
 * @param      context handed to `release`
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE `bytes` is NULL and `length` is not 0
 * @retval FC_ERR_NO_MEMORY         no room for the headers; the memory is still yours
 *
 * @par Shape    result length = `length`; data = `bytes` until the first write
 * @par Cost     O(1): two small allocations, no byte copied
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_wrap_readonly(fc_buffer *out, const void *bytes,
                                                          size_t length,
                                                          fc_buffer_release_fn *release,
                                                          void *context) FC_ATTR_NONNULL(1);

/**
 * A buffer on memory that others also use: rings, shared memory, a foreign ArrayBuffer.
 *
 * As fc_buffer_wrap, but writes always go through to the memory, and every snapshot copies at once.
 *
 * @param[out] out     a new buffer, yours: fc_buffer_release; untouched on failure
 * @param      bytes   shared with you; may be NULL if `length` is 0
 * @param      length  in bytes; with 0 `release` runs before this returns
 * @param      release gives the memory back; never runs if this fails; NULL: the memory outlives
 *                     everything
 * @param      context handed to `release`
 *
 * @retval FC_OK                    `out` holds the buffer
 * @retval FC_ERR_OUT_OF_RANGE      `length` is over FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_INVALID_ARG_VALUE `bytes` is NULL and `length` is not 0
 * @retval FC_ERR_NO_MEMORY         no room for the headers; the memory is still yours
 *
 * @par Shape    result length = `length`; data = `bytes`, always
 * @par Cost     O(1): two small allocations, no byte copied
 * @par Threads  any
 * @par Source   Node v22 Buffer.from(arrayBuffer, byteOffset, length)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_wrap_shared(fc_buffer *out, void *bytes, size_t length,
                                                        fc_buffer_release_fn *release,
                                                        void *context) FC_ATTR_NONNULL(1);

/* ---- owning ---------------------------------------------------------------------------------- */

/**
 * A second owner of the same range.
 *
 * @param b shared afterwards
 *
 * @par Shape    equal to `b`; yours: fc_buffer_release
 * @par Cost     O(1), inline, no allocation
 * @par Threads  any
 * @par Source   ours; JavaScript's second reference
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_buffer fc_buffer_retain(const fc_buffer *b)
{
    if (b->arena != NULL) {
        fc_arena_retain(b->arena);
    }
    return *b;
}

/**
 * Gives up this handle; the variable holds the empty buffer afterwards.
 *
 * The variable is emptied *before* the count is dropped, so a release callback may free the
 * structure that holds it, and releasing the same variable twice is harmless.
 *
 * @param b emptied; the last owner frees the arena
 *
 * @par Shape    `b` is empty
 * @par Cost     O(1), inline; for the last owner what giving the memory back costs
 * @par Threads  any
 * @par Source   ours; JavaScript's garbage collector
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) FC_ATTR_NEEDS(1) inline void fc_buffer_release(fc_buffer *b)
{
    fc_arena *arena = b->arena;
    if (FC_BUFFER_LIKELY(arena != NULL)) {
        b->arena = NULL;
        b->offset = 0;
        b->length = 0;
        fc_arena_release(arena);
    }
}

/**
 * Moves a handle out of a variable, which is empty afterwards. No count changes.
 *
 * @param b emptied
 *
 * @par Shape    what `b` was; yours: fc_buffer_release
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) FC_ATTR_NEEDS(1) inline fc_buffer
    fc_buffer_take(fc_buffer *b)
{
    fc_buffer taken = *b;
    b->arena = NULL;
    b->offset = 0;
    b->length = 0;
    return taken;
}

/**
 * A range of a buffer that shares its bytes: a write through either is seen by both.
 *
 * Takes a count on the arena, so the slice may outlive `b`. An empty slice is the empty buffer and
 * pins nothing. Never copies, however small the range: see fc_buffer_retained_bytes and
 * fc_buffer_compact. Because `b = fc_buffer_slice(&b, …)` would leak: fc_buffer_narrow.
 *
 * @param b     shared afterwards
 * @param begin first byte; negative counts from the end; clamped to [0, length]
 * @param end   one past the last byte, likewise; `FC_END` for the end
 *
 * @par Shape    result length = max(0, end' - begin'); yours: fc_buffer_release
 * @par Cost     O(1), inline, no allocation
 * @par Threads  any
 * @par Source   Node v22 buf.slice()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_buffer
    fc_buffer_slice(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end)
{
    size_t first = (size_t)begin; /* of a negative position more than the length of any buffer */
    size_t last = (size_t)end;
    if (FC_BUFFER_UNLIKELY(first > b->length)) {
        first = fc_position_clamp(begin, b->length);
    }
    if (FC_BUFFER_UNLIKELY(last > b->length)) {
        last = fc_position_clamp(end, b->length);
    }
    fc_buffer slice = FC_BUFFER_INIT;
    if (FC_BUFFER_LIKELY(first < last)) {
        slice.arena = b->arena;
        slice.offset = b->offset + first;
        slice.length = last - first;
        fc_arena_retain(slice.arena);
    }
    return slice;
}

/**
 * The same as fc_buffer_slice under JavaScript's other name.
 *
 * @param b     shared afterwards
 * @param begin first byte; negative counts from the end; clamped to [0, length]
 * @param end   one past the last byte, likewise; `FC_END` for the end
 *
 * @par Shape    result length = max(0, end' - begin'); yours: fc_buffer_release
 * @par Cost     O(1), inline, no allocation
 * @par Threads  any
 * @par Source   Node v22 buf.subarray(); ECMA-262 %TypedArray%.prototype.subarray
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE FC_ATTR_NONNULL(1) inline fc_buffer
    fc_buffer_subarray(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end)
{
    return fc_buffer_slice(b, begin, end);
}

/**
 * Shrinks this handle in place to a range of itself; nobody else's changes.
 *
 * A handle that becomes empty is released.
 *
 * @param b     this handle changes
 * @param begin first byte; negative counts from the end; clamped to [0, length]
 * @param end   one past the last byte, likewise; `FC_END` for the end
 *
 * @par Shape    new length = max(0, end' - begin')
 * @par Cost     O(1), inline, no count changes unless it becomes empty
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1)
    FC_ATTR_NEEDS(1) inline void fc_buffer_narrow(fc_buffer *b, ptrdiff_t begin, ptrdiff_t end)
{
    size_t first = fc_position_clamp(begin, b->length);
    size_t last = fc_position_clamp(end, b->length);
    if (first < last) {
        b->offset += first;
        b->length = last - first;
    } else {
        fc_buffer_release(b);
    }
}

/* ---- looking --------------------------------------------------------------------------------- */

/**
 * The number of bytes in a buffer.
 *
 * @param b borrowed
 *
 * @par Shape    in bytes
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Node v22 buf.length
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline size_t fc_buffer_length(const fc_buffer *b)
{
    return b->length;
}

/**
 * Where the buffer begins in its arena.
 *
 * @param b borrowed
 *
 * @par Shape    in bytes; 0 for the empty buffer (Node keeps the offset of an empty view, this does
 *               not)
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   Node v22 buf.byteOffset
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline size_t fc_buffer_offset(const fc_buffer *b)
{
    return b->offset;
}

/**
 * The address of the first byte, to read from.
 *
 * Good until the next write on the same arena or the last release. A snapshot's address is stable
 * for as long as nobody writes to that snapshot, whatever its source does. To write:
 * fc_buffer_begin_write.
 *
 * @param b borrowed
 *
 * @par Shape    valid for `length` bytes; never NULL
 * @par Cost     O(1), inline
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline const uint8_t *fc_buffer_data(const fc_buffer *b)
{
    return b->arena != NULL ? b->arena->bytes + b->offset : (const uint8_t *)"";
}

/**
 * The buffer's bytes as a view: valid as long as fc_buffer_data is.
 *
 * @param b borrowed
 *
 * @par Shape    same length
 * @par Cost     O(1), inline
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1) inline fc_view fc_buffer_view(const fc_buffer *b)
{
    return fc_view_of(fc_buffer_data(b), b->length);
}

/**
 * Whether two buffers stand on one arena and so see each other's writes where they overlap.
 *
 * @param a borrowed
 * @param b borrowed
 *
 * @par Shape    false if either is empty
 * @par Cost     O(1), inline
 * @par Threads  any
 * @par Source   ours; JavaScript's `a.buffer === b.buffer`
 * @since 0.1
 */
FC_API FC_ATTR_NONNULL(1, 2) inline bool fc_buffer_same_arena(const fc_buffer *a,
                                                              const fc_buffer *b)
{
    return a->arena != NULL && a->arena == b->arena;
}

/**
 * Whether a write to this buffer now would copy its arena first.
 *
 * True while a snapshot shares the block, and for read-only memory until the first write. The
 * answer holds until the next snapshot, write or release on either side. False for a frozen arena,
 * which cannot be written at all.
 *
 * @param b borrowed
 *
 * @par Shape    false for the empty buffer
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API bool fc_buffer_would_copy(const fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * Whether this is the only handle on its arena, and the arena alone holds its block.
 *
 * Holds until somebody retains, slices or snapshots it.
 *
 * @param b borrowed
 *
 * @par Shape    false for the empty buffer
 * @par Cost     O(1)
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API bool fc_buffer_is_unique(const fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * What this handle keeps alive: the price of a small slice that pins a large arena.
 *
 * The bytes of the block under `b`, headers included, however many share it. Paged, the whole
 * memory file, or the user's, and the pages of its own.
 *
 * @param b borrowed
 *
 * @par Shape    in bytes; 0 for the empty buffer; for wrapped memory the length that was given
 * @par Cost     O(1), and a look at the page tables of a paged buffer
 * @par Threads  readers
 * @par Source   ours
 * @since 0.1
 */
FC_API size_t fc_buffer_retained_bytes(const fc_buffer *b) FC_ATTR_NONNULL(1);

/* ---- sharing and isolation ------------------------------------------------------------------- */

/**
 * A buffer with the same bytes, now and for ever: no later write to the source shows in it, and no
 * write to it shows in the source.
 *
 * Captures only the window of `b`. Shares the block until either side is written; the writer pays.
 * Copies at once if the window is short, if it is at most a sixteenth of its block, if the source
 * is secret, or pinned by fc_buffer_begin_write and not paged, or if others use its memory
 * (fc_buffer_wrap_shared). A pinned paged source keeps its address; the pages that were written
 * since its last snapshot are copied. A snapshot of a snapshot is flat. A snapshot of a frozen
 * buffer can be written.
 *
 * @param[out] out a new buffer, yours: fc_buffer_release; may not be `b`; untouched on failure
 * @param      b   its block is shared afterwards
 *
 * @retval FC_OK            `out` holds the snapshot
 * @retval FC_ERR_NO_MEMORY no room for its headers or its copy; nothing changed
 *
 * @par Shape    result length = length of `b`; allocator, alignment and secrecy are inherited
 * @par Cost     O(1): one small allocation, no byte copied; O(length) where it copies at once; of a
 *               pinned paged arena a system call, and the pages that it has written
 * @par Threads  readers; alone if the arena is pinned: nobody stores through its address
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_snapshot(fc_buffer *out, const fc_buffer *b)
    FC_ATTR_NONNULL(1, 2);

/**
 * Pays ahead for the copy that the next write would make: would_copy is false until the next
 * snapshot.
 *
 * @param b its arena moves to a block of its own if it has to
 *
 * @retval FC_OK            the next write is in place
 * @retval FC_ERR_FROZEN    the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY no block to detach to; nothing changed
 *
 * @par Shape    same bytes
 * @par Cost     O(1) if nothing is shared, else O(arena)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_unshare(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * Ends all writing to this arena, through every handle on it, for ever.
 *
 * Writes and fc_buffer_begin_write give FC_ERR_FROZEN from now on. A snapshot of it can be written.
 * The arena may not be pinned.
 *
 * @param b its arena is frozen; nothing happens to the empty buffer
 *
 * @retval FC_OK the arena is frozen, or the buffer is empty
 *
 * @par Shape    same bytes
 * @par Cost     O(1)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_freeze(fc_buffer *b) FC_ATTR_NONNULL(1);

/**
 * An independent buffer with the same bytes. (Node's `buf.copy` is fc_buffer_copy_into.)
 *
 * @param[out] out a new buffer, yours: fc_buffer_release; may not be `b`; untouched on failure
 * @param      b   borrowed for the call
 *
 * @retval FC_OK            `out` holds the copy
 * @retval FC_ERR_NO_MEMORY there is not that much memory; nothing changed
 *
 * @par Shape    result length = length of `b`; allocator, alignment and secrecy are inherited
 * @par Cost     O(length)
 * @par Threads  readers
 * @par Source   Node v22 Buffer.from(buffer)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_copy(fc_buffer *out, const fc_buffer *b)
    FC_ATTR_NONNULL(1, 2);

/**
 * Lets go of what this handle does not show: it moves to an arena of its own, with just its bytes.
 *
 * Former siblings no longer alias it. Nothing happens if it is the only handle and its window is
 * the whole block. A frozen buffer stays frozen. The arena may not be pinned.
 *
 * @param b this handle changes
 *
 * @retval FC_OK            the handle keeps no more alive than it shows
 * @retval FC_ERR_NO_MEMORY there is not that much memory; nothing changed
 *
 * @par Shape    same bytes, same length
 * @par Cost     O(length)
 * @par Threads  readers on the arena; alone on the handle
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_compact(fc_buffer *b) FC_ATTR_NONNULL(1);

/* ---- raw addresses --------------------------------------------------------------------------- */

/**
 * A writable address, fixed until fc_buffer_end_write.
 *
 * Detaches if a write now would copy, and pins the arena: it has writable memory of its own, keeps
 * its address and does not detach; a snapshot taken meanwhile copies at once or, paged, is taken in
 * place, so a stray store can never reach it. Pins count per arena and nest. Between begin and end
 * the address is plain memory: threads may write disjoint ranges through it. Freezing, compacting
 * or releasing the last handle of a pinned arena is a mistake of the caller. On the empty buffer
 * nothing is pinned and the address is good for zero bytes.
 *
 * @param[out] address of the first byte of `b`, for its length; untouched on failure
 * @param      b       its arena is pinned
 *
 * @retval FC_OK            `address` is set and the arena is pinned
 * @retval FC_ERR_FROZEN    the arena is frozen; nothing changed
 * @retval FC_ERR_NO_MEMORY no block to detach to; nothing changed
 *
 * @par Shape    valid for `length` bytes; never NULL
 * @par Cost     O(1) if nothing is shared, else O(arena)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_begin_write(uint8_t **address, fc_buffer *b)
    FC_ATTR_NONNULL(1, 2);

/**
 * Ends one fc_buffer_begin_write on this arena, through whichever handle it was made.
 *
 * @param b any handle on the arena; nothing happens to the empty buffer
 *
 * @par Shape    one pin less
 * @par Cost     O(1)
 * @par Threads  alone
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_buffer_end_write(fc_buffer *b) FC_ATTR_NONNULL(1);

FC_BUFFER_EXTERN_C_END

#endif
