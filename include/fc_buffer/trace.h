/* SPDX-License-Identifier: MIT */

/**
 * @file
 * Who holds what: for a program that leaks buffers, or that small slices of large ones fill up.
 *
 * Compile every file of the program that makes, keeps or releases buffers with `-DFC_BUFFER_TRACE`;
 * the library stays the one that is installed. <fc_buffer.h> then records, for each arena, which
 * lines have acquired owners and pins, and which have given them back. When the program ends a
 * report goes to standard error: the arenas whose owners do not come out even, each with its lines.
 * fc_trace_report writes it at any other time, and fc_trace_graph a picture of it.
 *
 * Owners that come and go in files without the macro are missing from the sum: an arena that was
 * made in one and released in another stands there with one owner too few or too many. Plain
 * assignment and fc_buffer_take move an owner, and are nobody's line. FC_BUFFER_AUTO releases on
 * the line "end of scope". In a library that was configured with --enable-checks a stop tells the
 * lines of the arena that it is about.
 *
 * Nothing is recorded, and nothing costs anything, without the macro.
 */
#ifndef FC_BUFFER_TRACE_H
#define FC_BUFFER_TRACE_H

#include <stdio.h>

#include "buffer.h"
#include "bytes.h"
#include "encoding.h"
#include "inspect.h"
#include "strict.h"
#include "web.h"

FC_BUFFER_EXTERN_C_BEGIN

/** What a line has done to an arena. */
typedef enum fc_trace_event {
    /** Made it, and owns it. */
    FC_TRACE_MADE = 0,
    /** Added an owner. */
    FC_TRACE_ACQUIRED = 1,
    /** Is about to take an owner away. */
    FC_TRACE_RELEASED = 2,
    /** fc_buffer_begin_write. */
    FC_TRACE_PINNED = 3,
    /** fc_buffer_end_write. */
    FC_TRACE_UNPINNED = 4,
    /** No event: gives the type the size of an int everywhere. */
    FC_TRACE_FORCE_INT = 0x7fffffff
} fc_trace_event;

/**
 * Records what a line has done to an arena. The functions and macros below call it.
 *
 * @param arena not yet released; NULL is nothing to record
 * @param event what was done
 * @param file  kept by pointer: a string literal
 * @param line  in it
 *
 * @par Shape    where there is no memory for it the record is short, and the report says so
 * @par Cost     O(lines that have touched the arena), and a lock
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_trace_note(const fc_arena *arena, fc_trace_event event, const char *file, int line);

/**
 * Writes who holds what: one paragraph for each arena whose owners or pins have not all been given
 * back, or that lost more of them than it was seen to have, with every line that has touched it.
 *
 * @param to open for writing
 *
 * @par Shape    the number of such arenas; the first line of the text tells the sum of all owners
 * @par Cost     O(arenas and lines recorded)
 * @par Threads  any; others wait
 * @par Source   ours
 * @since 0.1
 */
FC_API size_t fc_trace_report(FILE *to) FC_ATTR_NONNULL(1);

/**
 * Writes a picture of who holds what in the language of Graphviz's dot: lines point at the arenas
 * that they hold, and arenas at the blocks that they were made on. A block stays as long as an
 * arrow leads to it.
 *
 * @param to open for writing
 *
 * @par Shape    a digraph; arenas that are even do not stand in it
 * @par Cost     O(arenas and lines recorded)
 * @par Threads  any; others wait
 * @par Source   Graphviz, the DOT language
 * @since 0.1
 */
FC_API void fc_trace_graph(FILE *to) FC_ATTR_NONNULL(1);

/**
 * Asks for fc_trace_report to standard error when the program ends. A file that is compiled with
 * FC_BUFFER_TRACE asks by itself; to ask twice is to ask once.
 *
 * @par Shape    nothing to see before exit()
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API void fc_trace_at_exit(void);

#ifdef FC_BUFFER_TRACE

static __attribute__((constructor, unused)) void fc_trace_ask(void)
{
    fc_trace_at_exit();
}

static inline FC_ATTR_MUST_USE fc_status fc_trace_made(fc_status status, const fc_buffer *out,
                                                       const char *file, int line)
{
    if (status == FC_OK) {
        fc_trace_note(out->arena, FC_TRACE_MADE, file, line);
    }
    return status;
}

static inline FC_ATTR_MUST_USE fc_buffer fc_trace_acquired(fc_buffer owner, const char *file,
                                                           int line)
{
    fc_trace_note(owner.arena, FC_TRACE_ACQUIRED, file, line);
    return owner;
}

FC_ATTR_NONNULL(1)
FC_ATTR_NEEDS(1) static inline void fc_trace_release(fc_buffer *b, const char *file, int line)
{
    fc_trace_note(b->arena, FC_TRACE_RELEASED, file, line);
    fc_buffer_release(b);
}

FC_ATTR_NONNULL(1) static inline void fc_trace_release_auto(fc_buffer *b)
{
    fc_trace_release(b, "end of scope", 0);
}

FC_ATTR_NONNULL(1)
FC_ATTR_NEEDS(1)
static inline void fc_trace_narrow(fc_buffer *b, ptrdiff_t begin, ptrdiff_t end, const char *file,
                                   int line)
{
    if (fc_position_clamp(begin, b->length) >= fc_position_clamp(end, b->length)) {
        fc_trace_note(b->arena, FC_TRACE_RELEASED, file, line);
    }
    fc_buffer_narrow(b, begin, end);
}

/* The old arena may be gone afterwards: noted before, and once more if it is still there. */
FC_ATTR_NONNULL(1)
static inline FC_ATTR_MUST_USE fc_status fc_trace_compact(fc_buffer *b, const char *file, int line)
{
    fc_arena *before = b->arena;
    fc_trace_note(before, FC_TRACE_RELEASED, file, line);
    fc_status status = fc_buffer_compact(b);
    fc_trace_note(b->arena, b->arena == before ? FC_TRACE_ACQUIRED : FC_TRACE_MADE, file, line);
    return status;
}

FC_ATTR_NONNULL(1, 2)
static inline FC_ATTR_MUST_USE fc_status fc_trace_begin_write(uint8_t **address, fc_buffer *b,
                                                              const char *file, int line)
{
    fc_status status = fc_buffer_begin_write(address, b);
    if (status == FC_OK) {
        fc_trace_note(b->arena, FC_TRACE_PINNED, file, line);
    }
    return status;
}

FC_ATTR_NONNULL(1)
static inline void fc_trace_end_write(fc_buffer *b, const char *file, int line)
{
    fc_buffer_end_write(b);
    fc_trace_note(b->arena, FC_TRACE_UNPINNED, file, line);
}

/* Arguments are evaluated once. */
#define FC_TRACE_MAKE(function, out, ...)                                                          \
    __extension__({                                                                                \
        fc_buffer *fc_trace_out = (out);                                                           \
        fc_trace_made(function(fc_trace_out, __VA_ARGS__), fc_trace_out, __FILE__, __LINE__);      \
    })

#undef FC_BUFFER_AUTO
#define FC_BUFFER_AUTO __attribute__((cleanup(fc_trace_release_auto)))

#define fc_buffer_retain(b) fc_trace_acquired(fc_buffer_retain(b), __FILE__, __LINE__)
#define fc_buffer_slice(...) fc_trace_acquired(fc_buffer_slice(__VA_ARGS__), __FILE__, __LINE__)
#define fc_buffer_subarray(...)                                                                    \
    fc_trace_acquired(fc_buffer_subarray(__VA_ARGS__), __FILE__, __LINE__)
#define fc_buffer_release(b) fc_trace_release(b, __FILE__, __LINE__)
#define fc_buffer_narrow(...) fc_trace_narrow(__VA_ARGS__, __FILE__, __LINE__)
#define fc_buffer_compact(b) fc_trace_compact(b, __FILE__, __LINE__)
#define fc_buffer_begin_write(...) fc_trace_begin_write(__VA_ARGS__, __FILE__, __LINE__)
#define fc_buffer_end_write(b) fc_trace_end_write(b, __FILE__, __LINE__)

#define fc_buffer_alloc(...) FC_TRACE_MAKE(fc_buffer_alloc, __VA_ARGS__)
#define fc_buffer_alloc_fill(...) FC_TRACE_MAKE(fc_buffer_alloc_fill, __VA_ARGS__)
#define fc_buffer_alloc_unsafe(...) FC_TRACE_MAKE(fc_buffer_alloc_unsafe, __VA_ARGS__)
#define fc_buffer_alloc_with(...) FC_TRACE_MAKE(fc_buffer_alloc_with, __VA_ARGS__)
#define fc_buffer_from_bytes(...) FC_TRACE_MAKE(fc_buffer_from_bytes, __VA_ARGS__)
#define fc_buffer_read_file(...) FC_TRACE_MAKE(fc_buffer_read_file, __VA_ARGS__)
#define fc_buffer_map_file(...) FC_TRACE_MAKE(fc_buffer_map_file, __VA_ARGS__)
#define fc_buffer_wrap(...) FC_TRACE_MAKE(fc_buffer_wrap, __VA_ARGS__)
#define fc_buffer_wrap_readonly(...) FC_TRACE_MAKE(fc_buffer_wrap_readonly, __VA_ARGS__)
#define fc_buffer_wrap_shared(...) FC_TRACE_MAKE(fc_buffer_wrap_shared, __VA_ARGS__)
#define fc_buffer_snapshot(...) FC_TRACE_MAKE(fc_buffer_snapshot, __VA_ARGS__)
#define fc_buffer_copy(...) FC_TRACE_MAKE(fc_buffer_copy, __VA_ARGS__)
#define fc_buffer_concat(...) FC_TRACE_MAKE(fc_buffer_concat, __VA_ARGS__)
#define fc_buffer_concat_total(...) FC_TRACE_MAKE(fc_buffer_concat_total, __VA_ARGS__)
#define fc_view_concat(...) FC_TRACE_MAKE(fc_view_concat, __VA_ARGS__)
#define fc_view_concat_total(...) FC_TRACE_MAKE(fc_view_concat_total, __VA_ARGS__)
#define fc_buffer_from_text(...) FC_TRACE_MAKE(fc_buffer_from_text, __VA_ARGS__)
#define fc_buffer_from_utf8(...) FC_TRACE_MAKE(fc_buffer_from_utf8, __VA_ARGS__)
#define fc_buffer_alloc_fill_text(...) FC_TRACE_MAKE(fc_buffer_alloc_fill_text, __VA_ARGS__)
#define fc_view_to_utf8(...) FC_TRACE_MAKE(fc_view_to_utf8, __VA_ARGS__)
#define fc_view_to_utf16(...) FC_TRACE_MAKE(fc_view_to_utf16, __VA_ARGS__)
#define fc_buffer_to_utf8(...) FC_TRACE_MAKE(fc_buffer_to_utf8, __VA_ARGS__)
#define fc_buffer_to_utf16(...) FC_TRACE_MAKE(fc_buffer_to_utf16, __VA_ARGS__)
#define fc_view_transcode(...) FC_TRACE_MAKE(fc_view_transcode, __VA_ARGS__)
#define fc_buffer_transcode(...) FC_TRACE_MAKE(fc_buffer_transcode, __VA_ARGS__)
#define fc_atob(...) FC_TRACE_MAKE(fc_atob, __VA_ARGS__)
#define fc_btoa(...) FC_TRACE_MAKE(fc_btoa, __VA_ARGS__)
#define fc_buffer_from_text_strict(...) FC_TRACE_MAKE(fc_buffer_from_text_strict, __VA_ARGS__)
#define fc_buffer_from_base64(...) FC_TRACE_MAKE(fc_buffer_from_base64, __VA_ARGS__)
#define fc_view_to_base64(...) FC_TRACE_MAKE(fc_view_to_base64, __VA_ARGS__)
#define fc_buffer_to_base64(...) FC_TRACE_MAKE(fc_buffer_to_base64, __VA_ARGS__)
#define fc_buffer_from_hex(...) FC_TRACE_MAKE(fc_buffer_from_hex, __VA_ARGS__)
#define fc_view_to_hex(...) FC_TRACE_MAKE(fc_view_to_hex, __VA_ARGS__)
#define fc_buffer_to_hex(...) FC_TRACE_MAKE(fc_buffer_to_hex, __VA_ARGS__)
#define fc_view_inspect(...) FC_TRACE_MAKE(fc_view_inspect, __VA_ARGS__)
#define fc_buffer_inspect(...) FC_TRACE_MAKE(fc_buffer_inspect, __VA_ARGS__)
#define fc_view_to_json(...) FC_TRACE_MAKE(fc_view_to_json, __VA_ARGS__)
#define fc_buffer_to_json(...) FC_TRACE_MAKE(fc_buffer_to_json, __VA_ARGS__)
#define fc_view_hex_dump(...) FC_TRACE_MAKE(fc_view_hex_dump, __VA_ARGS__)
#define fc_buffer_hex_dump(...) FC_TRACE_MAKE(fc_buffer_hex_dump, __VA_ARGS__)

#endif

FC_BUFFER_EXTERN_C_END

#endif
