/* SPDX-License-Identifier: MIT */

/* The exported copy of every inline function: for programs that are compiled without optimisation,
 * and for languages that find functions by name. */

#include "base/common.h"

#include <fc_buffer.h>

extern inline fc_view fc_view_of(const void *bytes, size_t length);
extern inline fc_view fc_view_slice(fc_view view, ptrdiff_t begin, ptrdiff_t end);
extern inline size_t fc_position_clamp(ptrdiff_t position, size_t length);

extern inline void fc_copy(void *to, const void *from, size_t length);
extern inline void fc_move(void *to, const void *from, size_t length);
extern inline void fc_move_wide_lanes(uint8_t *to, const uint8_t *from, size_t length);
extern inline void fc_move_inline(uint8_t *to, const uint8_t *from, size_t length);
extern inline void fc_move_short(uint8_t *to, const uint8_t *from, size_t length);
extern inline void fc_move_lanes(uint8_t *to, const uint8_t *from, size_t length);

extern inline void fc_arena_retain(fc_arena *arena);
extern inline void fc_arena_release(fc_arena *arena);

extern inline fc_buffer fc_buffer_retain(const fc_buffer *b);
extern inline void fc_buffer_release(fc_buffer *b);
extern inline fc_buffer fc_buffer_take(fc_buffer *b);
extern inline fc_buffer fc_buffer_slice(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end);
extern inline fc_buffer fc_buffer_subarray(const fc_buffer *b, ptrdiff_t begin, ptrdiff_t end);
extern inline void fc_buffer_narrow(fc_buffer *b, ptrdiff_t begin, ptrdiff_t end);
extern inline size_t fc_buffer_length(const fc_buffer *b);
extern inline size_t fc_buffer_offset(const fc_buffer *b);
extern inline const uint8_t *fc_buffer_data(const fc_buffer *b);
extern inline fc_view fc_buffer_view(const fc_buffer *b);
extern inline bool fc_buffer_same_arena(const fc_buffer *a, const fc_buffer *b);

extern inline fc_status fc_buffer_write(fc_buffer *b, size_t offset, const void *bytes,
                                        size_t length);
extern inline fc_status fc_buffer_set(fc_buffer *b, size_t index, uint8_t value);
extern inline fc_status fc_buffer_get(uint8_t *value, const fc_buffer *b, size_t index);
extern inline fc_status fc_buffer_at(uint8_t *value, const fc_buffer *b, ptrdiff_t index);

extern inline bool fc_buffer_equal(const fc_buffer *a, const fc_buffer *b);
extern inline bool fc_buffer_equal_secret(const fc_buffer *a, const fc_buffer *b);
extern inline int fc_buffer_compare(const fc_buffer *a, const fc_buffer *b);
extern inline fc_status fc_buffer_compare_ranges(int *order, const fc_buffer *source,
                                                 const fc_buffer *target, size_t target_begin,
                                                 size_t target_end, size_t source_begin,
                                                 size_t source_end);

extern inline ptrdiff_t fc_buffer_index_of(const fc_buffer *b, fc_view needle, ptrdiff_t from);
extern inline ptrdiff_t fc_buffer_last_index_of(const fc_buffer *b, fc_view needle, ptrdiff_t from);
extern inline ptrdiff_t fc_buffer_index_of_byte(const fc_buffer *b, uint8_t value, ptrdiff_t from);
extern inline ptrdiff_t fc_buffer_last_index_of_byte(const fc_buffer *b, uint8_t value,
                                                     ptrdiff_t from);
extern inline ptrdiff_t fc_buffer_index_of_units(const fc_buffer *b, fc_view needle,
                                                 ptrdiff_t from);
extern inline ptrdiff_t fc_buffer_last_index_of_units(const fc_buffer *b, fc_view needle,
                                                      ptrdiff_t from);
extern inline bool fc_view_includes(fc_view hay, fc_view needle, ptrdiff_t from);
extern inline bool fc_buffer_includes(const fc_buffer *b, fc_view needle, ptrdiff_t from);
extern inline bool fc_view_includes_byte(fc_view hay, uint8_t value, ptrdiff_t from);
extern inline bool fc_buffer_includes_byte(const fc_buffer *b, uint8_t value, ptrdiff_t from);
extern inline bool fc_view_includes_units(fc_view hay, fc_view needle, ptrdiff_t from);
extern inline bool fc_buffer_includes_units(const fc_buffer *b, fc_view needle, ptrdiff_t from);

extern inline fc_text fc_text_utf8(const char *chars, size_t length);
extern inline fc_text fc_text_utf16(const uint16_t *units, size_t count);
extern inline fc_status fc_buffer_from_utf8(fc_buffer *out, const char *chars, size_t length);
extern inline fc_status fc_view_includes_text(bool *found, fc_view hay, fc_text needle,
                                              ptrdiff_t from, fc_encoding encoding);
extern inline fc_status fc_buffer_index_of_text(ptrdiff_t *index, const fc_buffer *b,
                                                fc_text needle, ptrdiff_t from,
                                                fc_encoding encoding);
extern inline fc_status fc_buffer_last_index_of_text(ptrdiff_t *index, const fc_buffer *b,
                                                     fc_text needle, ptrdiff_t from,
                                                     fc_encoding encoding);
extern inline fc_status fc_buffer_includes_text(bool *found, const fc_buffer *b, fc_text needle,
                                                ptrdiff_t from, fc_encoding encoding);
extern inline bool fc_buffer_is_utf8(const fc_buffer *b);
extern inline bool fc_buffer_is_ascii(const fc_buffer *b);
extern inline fc_status fc_buffer_check_utf8(fc_decode_error *error, const fc_buffer *b);
