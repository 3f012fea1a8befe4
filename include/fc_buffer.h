/* SPDX-License-Identifier: MIT */

/**
 * @file
 * fc_buffer: reference-counted byte buffers with the API of Node.js's Buffer.
 *
 *     buf ──┐
 *     s1  ──┼──► arena A ──┐
 *     s2  ──┘              ├──► block (bytes)      after the first write through buf, s1 or s2:
 *     snap ────► arena B ──┘                       arena A ──► its own block; arena B keeps the old
 *
 * **Two buffers alias if and only if they stand on the same arena. A snapshot is a new arena that
 * shares the block until either side is written.** So slices are free and see each other's writes,
 * snapshots are free until somebody writes and never see them, and bytes move only when they must.
 *
 * One word, one meaning:
 *
 * | word              | meaning                                                                |
 * |-------------------|------------------------------------------------------------------------|
 * | buffer            | a counted handle on a range of bytes, a value of three words           |
 * | arena             | what buffers stand on: those on one arena see each other's writes      |
 * | block             | the bytes themselves, shared by an arena and its snapshots             |
 * | length            | bytes in use                                                           |
 * | capacity          | bytes owned                                                            |
 * | offset            | bytes from the start                                                   |
 * | begin, end        | a half-open range                                                      |
 * | alloc             | makes an arena                                                         |
 * | wrap              | adopts memory that you give                                            |
 * | retain, release   | count owners                                                           |
 * | slice             | shares bytes and writes                                                |
 * | snapshot          | shares bytes until either side writes                                  |
 * | detach            | an arena leaves a shared block for one of its own, before a write      |
 * | copy              | moves bytes                                                            |
 * | view              | borrows bytes                                                          |
 * | pin               | holds an arena at its address, between begin_write and end_write       |
 * | freeze            | ends all writing to an arena                                           |
 * | encode, decode    | bytes to text, text to bytes                                           |
 *
 * Conventions, said once:
 * - What can fail returns an fc_status and puts its result through the first parameter. On failure
 *   nothing has changed: no byte, no count, no out-parameter.
 * - An out-parameter is never read: what it held is not released, and it may not be one of the
 *   inputs.
 * - Lengths and offsets are bytes. Relative positions are ptrdiff_t: negative ones count from the
 *   end, and all are clamped; FC_END is the end.
 * - An empty range may have a NULL address; no other pointer may be NULL unless its comment says
 * so.
 * - *yours*: you release it. *borrowed*: for the call, or until the named event. *shared*: counted.
 * - Cost: *O(arena)* is one copy of the arena; of a paged one, of the pages that are written.
 * - Threads, in each comment: *any*: no rule; *readers*: safe beside other readers of the same
 *   arena, not beside a writer; *alone*: nobody else uses this arena meanwhile. Different arenas
 *   never need each other's locks, even while they share a block, so: **hand threads a snapshot,
 *   not a slice.** One handle variable is an ordinary C object. Nothing here is
 *   async-signal-safe.
 * - A wrong argument is a status. A wrong program (a dead buffer, an unbalanced end_write, an out
 *   parameter among the inputs) stops a library that was configured with --enable-checks, with
 * file, line and condition; others do not look.
 * - Numbers of statuses and flags, the layout of fc_buffer and fc_view, and what inline functions
 *   read of an arena stay as they are within one major version.
 */
#ifndef FC_BUFFER_H
#define FC_BUFFER_H

#include "fc_buffer/base.h"
#include "fc_buffer/version.h"
#include "fc_buffer/status.h"
#include "fc_buffer/allocator.h"
#include "fc_buffer/copy.h"
#include "fc_buffer/arena.h"
#include "fc_buffer/buffer.h"
#include "fc_buffer/bytes.h"
#include "fc_buffer/compare.h"
#include "fc_buffer/search.h"
#include "fc_buffer/text.h"
#include "fc_buffer/encoding.h"
#include "fc_buffer/search_text.h"
#include "fc_buffer/strict.h"
#include "fc_buffer/web.h"
#include "fc_buffer/decoder.h"
#include "fc_buffer/varint.h"
#include "fc_buffer/numbers.h"
#include "fc_buffer/inspect.h"
#ifdef FC_BUFFER_TRACE
#include "fc_buffer/trace.h"
#endif

#endif
