/* SPDX-License-Identifier: MIT */

/* The layout of every public structure: ABI, on every machine that compiles this. Sizes are counted
 * in words, because only pointers and size_t differ between machines; where a 64-bit number follows
 * a word, its alignment does too (4 on i386). */

#include "base/common.h"

#include <fc_buffer.h>
#include <fc_buffer/trace.h>

struct wide {
    uint64_t value;
};

#define WORD sizeof(void *)
#define WIDE _Alignof(struct wide)
#define BEHIND_WORD (WORD > WIDE ? WORD : WIDE)

#define SHAPE(type, size, alignment)                                                               \
    _Static_assert(sizeof(type) == (size) && _Alignof(type) == (alignment), #type " is ABI")
#define PLACE(type, member, offset)                                                                \
    _Static_assert(offsetof(type, member) == (offset), #type "." #member " is ABI")

SHAPE(size_t, WORD, WORD);
_Static_assert(sizeof(fc_status) == sizeof(int), "an enum is an int");
_Static_assert(sizeof(fc_encoding) == sizeof(int), "an enum is an int");
_Static_assert(sizeof(fc_trace_event) == sizeof(int), "an enum is an int");

SHAPE(fc_view, 2 * WORD, WORD);
PLACE(fc_view, bytes, 0);
PLACE(fc_view, length, WORD);

SHAPE(fc_allocator, 3 * WORD, WORD);
PLACE(fc_allocator, alloc, 0);
PLACE(fc_allocator, release, WORD);
PLACE(fc_allocator, context, 2 * WORD);

SHAPE(fc_copy_lane, 16, WIDE);

SHAPE(fc_arena, 3 * WORD, WORD);
PLACE(fc_arena, count, 0);
PLACE(fc_arena, bytes, WORD);
PLACE(fc_arena, holders, 2 * WORD);

SHAPE(fc_buffer, 3 * WORD, WORD);
PLACE(fc_buffer, arena, 0);
PLACE(fc_buffer, offset, WORD);
PLACE(fc_buffer, length, 2 * WORD);

SHAPE(fc_alloc_options, 3 * WORD + 8, WORD);
PLACE(fc_alloc_options, size, 0);
PLACE(fc_alloc_options, alignment, WORD);
PLACE(fc_alloc_options, allocator, 2 * WORD);
PLACE(fc_alloc_options, flags, 3 * WORD);
PLACE(fc_alloc_options, reserved, 3 * WORD + 4);

SHAPE(fc_text, 2 * WORD + 8, WORD);
PLACE(fc_text, units, 0);
PLACE(fc_text, count, WORD);
PLACE(fc_text, form, 2 * WORD);
PLACE(fc_text, reserved, 2 * WORD + 4);

SHAPE(fc_decode_error, WORD + 8, WORD);
PLACE(fc_decode_error, offset, 0);
PLACE(fc_decode_error, kind, WORD);
PLACE(fc_decode_error, reserved, WORD + 4);

SHAPE(fc_decoder, 64, 4);
PLACE(fc_decoder, encoding, 0);
PLACE(fc_decoder, high, 4);
PLACE(fc_decoder, held, 6);
PLACE(fc_decoder, need, 7);
PLACE(fc_decoder, partial, 8);
PLACE(fc_decoder, reserved, 12);

SHAPE(fc_stats, BEHIND_WORD + 208 + 2 * WORD, BEHIND_WORD);
PLACE(fc_stats, size, 0);
PLACE(fc_stats, write_copies, BEHIND_WORD);
PLACE(fc_stats, write_copied_bytes, BEHIND_WORD + 8);
PLACE(fc_stats, snapshot_copies, BEHIND_WORD + 16);
PLACE(fc_stats, snapshot_copied_bytes, BEHIND_WORD + 24);
PLACE(fc_stats, live_arenas, BEHIND_WORD + 32);
PLACE(fc_stats, live_blocks, BEHIND_WORD + 40);
PLACE(fc_stats, live_sizes, BEHIND_WORD + 48);
PLACE(fc_stats, paged_mappings, BEHIND_WORD + 176);
PLACE(fc_stats, paged_descriptors, BEHIND_WORD + 184);
PLACE(fc_stats, paged_private_pages, BEHIND_WORD + 192);
PLACE(fc_stats, paged_bytes, BEHIND_WORD + 200);
PLACE(fc_stats, kernels, BEHIND_WORD + 208);
PLACE(fc_stats, large_allocator, BEHIND_WORD + 208 + WORD);
