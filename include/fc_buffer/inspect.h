/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Seeing: bytes as text for people, and what the library does: what snapshots have cost, and what
 * it runs on.
 */
#ifndef FC_BUFFER_INSPECT_H
#define FC_BUFFER_INSPECT_H

#include "buffer.h"

/** How many bytes Node's inspect shows: buffer.INSPECT_MAX_BYTES. */
#define FC_INSPECT_MAX_BYTES ((size_t)50)

/** How many classes of length fc_stats.live_sizes counts. */
#define FC_STATS_SIZES 16

FC_BUFFER_EXTERN_C_BEGIN

/* ---- bytes as text --------------------------------------------------------------------------- */

/**
 * Bytes in hexadecimal, as Node shows a Buffer: `<Buffer 61 62 ... 7 more bytes>`.
 *
 * @param[out] out   a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      bytes borrowed for the call
 * @param      limit how many bytes are shown: FC_INSPECT_MAX_BYTES in Node
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, without a line end
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `bytes`
 * @par Source   Node v22 util.inspect(buf)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_inspect(fc_buffer *out, fc_view bytes, size_t limit)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_inspect of a buffer.
 *
 * @param[out] out   a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      b     borrowed for the call; may not be `out`
 * @param      limit how many bytes are shown: FC_INSPECT_MAX_BYTES in Node
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, without a line end
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `b`
 * @par Source   Node v22 util.inspect(buf)
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_inspect(fc_buffer *out, const fc_buffer *b,
                                                    size_t limit) FC_ATTR_NONNULL(1, 2);

/**
 * Bytes as JSON, as Node writes a Buffer: `{"type":"Buffer","data":[97,98]}`.
 *
 * Node's Buffer.from(JSON.parse(text)) gives the bytes back.
 *
 * @param[out] out   a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      bytes borrowed for the call
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, without spaces or a line end
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `bytes`
 * @par Source   Node v22 JSON.stringify(buf), buf.toJSON()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_to_json(fc_buffer *out, fc_view bytes) FC_ATTR_NONNULL(1);

/**
 * fc_view_to_json of a buffer.
 *
 * @param[out] out a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      b   borrowed for the call; may not be `out`
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, without spaces or a line end
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `b`
 * @par Source   Node v22 JSON.stringify(buf), buf.toJSON()
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_to_json(fc_buffer *out, const fc_buffer *b)
    FC_ATTR_NONNULL(1, 2);

/**
 * What `hexdump -C` prints of these bytes.
 *
 * Sixteen bytes a line, in hexadecimal and, where they are printable, as characters. A line that
 * repeats the one before is not shown: a single `*` stands for all that follow each other.
 *
 * @param[out] out     a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      bytes   borrowed for the call
 * @param      address what the first line shows; the others count on from it
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_OUT_OF_RANGE     `address` + length is over SIZE_MAX
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, each line with its end; of no bytes the empty buffer
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `bytes`
 * @par Source   hexdump(1), -C
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_view_hex_dump(fc_buffer *out, fc_view bytes, size_t address)
    FC_ATTR_NONNULL(1);

/**
 * fc_view_hex_dump of a buffer.
 *
 * @param[out] out     a new buffer of ASCII text, yours: fc_buffer_release; untouched on failure
 * @param      b       borrowed for the call; may not be `out`
 * @param      address what the first line shows; the others count on from it
 *
 * @retval FC_OK                   `out` holds the text
 * @retval FC_ERR_OUT_OF_RANGE     `address` + length is over SIZE_MAX
 * @retval FC_ERR_BUFFER_TOO_LARGE the text would be longer than FC_BUFFER_MAX_LENGTH
 * @retval FC_ERR_NO_MEMORY        there is not that much memory; nothing changed
 *
 * @par Shape    ASCII, each line with its end; of no bytes the empty buffer
 * @par Cost     O(length of the text)
 * @par Threads  any; readers on `b`
 * @par Source   hexdump(1), -C
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_buffer_hex_dump(fc_buffer *out, const fc_buffer *b,
                                                     size_t address) FC_ATTR_NONNULL(1, 2);

/* ---- counters -------------------------------------------------------------------------------- */

/**
 * Counters of this process. The copies count what snapshots and read-only memory have cost: nothing
 * else in this library ever copies behind your back.
 */
typedef struct fc_stats {
    size_t size;                    /**< sizeof(fc_stats), set by you before the call */
    uint64_t write_copies;          /**< blocks cloned by a first write or an unshare */
    uint64_t write_copied_bytes;    /**< bytes that those clones have moved */
    uint64_t snapshot_copies;       /**< snapshots that were copied at once instead of shared */
    uint64_t snapshot_copied_bytes; /**< bytes that those copies have moved */
    uint64_t live_arenas;           /**< arenas alive; counted in checked builds only, else 0 */
    uint64_t live_blocks;           /**< blocks alive; counted in checked builds only, else 0 */
    uint64_t live_sizes[FC_STATS_SIZES]; /**< the arenas alive, by length: at [i] those of 16^i
                                              bytes and more, but less than 16^(i + 1) */
    uint64_t paged_mappings;             /**< mappings of paged buffers and mapped files, now */
    uint64_t paged_descriptors;          /**< files that these hold open, now */
    uint64_t paged_private_pages;        /**< pages that their writers have copied, now */
    uint64_t paged_bytes; /**< memory that they take in truth, where a resident size counts each
                               mapping: memory files and private pages, without the user's files */
    const char *kernels;  /**< the kernel tier in use, such as "avx2"; static */
    const char *large_allocator; /**< where large blocks come from: "jemalloc" or "libc"; static */
} fc_stats;

/**
 * Fills in the counters.
 *
 * Each counter is read by itself: with other threads at work the set is not one moment's.
 *
 * @param[out] stats yours, with `size` set; untouched on failure
 *
 * @retval FC_OK                    every field up to `size` is set
 * @retval FC_ERR_INVALID_ARG_VALUE `size` is not one that this library knows
 *
 * @par Shape    `size` bytes
 * @par Cost     O(1), and a look at the page tables of each paged buffer
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API FC_ATTR_MUST_USE fc_status fc_stats_read(fc_stats *stats) FC_ATTR_NONNULL(1)
    FC_ATTR_NEEDS(1);

FC_BUFFER_EXTERN_C_END

#endif
