/* SPDX-License-Identifier: MIT */

/* A wrong program stops a checked build, whichever function it calls: nowhere to put the result, a
 * result that is an input too, a handle whose arena is dead, no bytes where some are told. Text
 * that is none is in check_text_stops.c, pins and the ends of arenas are in tests/api. */

#include "base/common.h"

#include "bytes.h"

/* The headers promise compilers what these calls break. */
#define WRONG(name, parameters, call)                                                              \
    __attribute__((no_sanitize("undefined"))) static void name parameters                          \
    {                                                                                              \
        (void)!(call);                                                                             \
    }

/* ---- a new buffer out of a buffer ------------------------------------------------------------ */

#define FROM(name, call) WRONG(name, (fc_buffer * out, const fc_buffer *b), call)
FROM(snapshot, fc_buffer_snapshot(out, b))
FROM(copy, fc_buffer_copy(out, b))
FROM(inspect, fc_buffer_inspect(out, b, 50))
FROM(to_json, fc_buffer_to_json(out, b))
FROM(hex_dump, fc_buffer_hex_dump(out, b, 0))
FROM(to_hex, fc_buffer_to_hex(out, b))
FROM(to_base64, fc_buffer_to_base64(out, b, NULL))
FROM(to_utf8, fc_buffer_to_utf8(out, b, FC_ENCODING_HEX, 0, FC_END))
FROM(to_utf16, fc_buffer_to_utf16(out, b, FC_ENCODING_HEX, 0, FC_END))
FROM(transcode, fc_buffer_transcode(out, b, FC_ENCODING_LATIN1, FC_ENCODING_UTF8))
FROM(concat, fc_buffer_concat(out, b, 1))

static void (*const from[])(fc_buffer *, const fc_buffer *) = {
    snapshot,  copy,    inspect,  to_json,   hex_dump, to_hex,
    to_base64, to_utf8, to_utf16, transcode, concat,
};

/* ---- in a buffer ----------------------------------------------------------------------------- */

#define IN(name, call) WRONG(name, (fc_buffer * b), call)
IN(fill, fc_buffer_fill(b, 0, 2, 1))
IN(fill_text, fc_buffer_fill_text(b, 0, 2, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8))
IN(swap16, fc_buffer_swap16(b))
IN(swap32, fc_buffer_swap32(b))
IN(swap64, fc_buffer_swap64(b))
IN(reverse, fc_buffer_reverse(b))
IN(copy_within, fc_buffer_copy_within(b, 0, 2, 4))
IN(copy_into, fc_buffer_copy_into(NULL, b, 0, FC_VIEW_LITERAL("a")))
IN(copy_range, fc_buffer_copy_range_into(NULL, b, 0, FC_VIEW_LITERAL("a"), 0, 1))
IN(write_text, fc_buffer_write_text(NULL, b, 0, 2, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8))
IN(set_hex, fc_buffer_set_from_hex(NULL, NULL, b, FC_TEXT_LITERAL("61")))
IN(set_base64, fc_buffer_set_from_base64(NULL, NULL, b, FC_TEXT_LITERAL("YQ=="), NULL))

static void (*const in[])(fc_buffer *) = {
    fill,        fill_text, swap16,     swap32,     swap64,  reverse,
    copy_within, copy_into, copy_range, write_text, set_hex, set_base64,
};

/* ---- nowhere to put the result --------------------------------------------------------------- */

#define INTO(name, call) WRONG(name, (void *out), call)
#define A FC_VIEW_LITERAL("a")
INTO(new_alloc, fc_buffer_alloc(out, 9))
INTO(new_unsafe, fc_buffer_alloc_unsafe(out, 9))
INTO(new_filled, fc_buffer_alloc_fill(out, 9, A))
INTO(new_bytes, fc_buffer_from_bytes(out, "a", 1))
INTO(new_wrap, fc_buffer_wrap(out, NULL, 0, NULL, NULL))
INTO(new_file, fc_buffer_read_file(out, "/dev/null"))
INTO(new_map, fc_buffer_map_file(out, "/dev/null"))
INTO(new_text, fc_buffer_from_text(out, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8))
INTO(new_strict, fc_buffer_from_text_strict(out, NULL, FC_TEXT_LITERAL("a"), FC_ENCODING_UTF8))
INTO(new_hex, fc_buffer_from_hex(out, FC_TEXT_LITERAL("61")))
INTO(new_base64, fc_buffer_from_base64(out, FC_TEXT_LITERAL("YQ=="), NULL))
INTO(new_atob, fc_atob(out, FC_TEXT_LITERAL("YQ==")))
INTO(new_btoa, fc_btoa(out, FC_TEXT_LITERAL("a")))
INTO(view_hex, fc_view_to_hex(out, A))
INTO(view_base64, fc_view_to_base64(out, A, NULL))
INTO(view_utf8, fc_view_to_utf8(out, A, FC_ENCODING_HEX))
INTO(view_utf16, fc_view_to_utf16(out, A, FC_ENCODING_HEX))
INTO(view_transcode, fc_view_transcode(out, A, FC_ENCODING_UTF8, FC_ENCODING_UTF8))
INTO(view_inspect, fc_view_inspect(out, A, 50))
INTO(view_json, fc_view_to_json(out, A))
INTO(view_dump, fc_view_hex_dump(out, A, 0))
INTO(view_write_utf8, fc_view_write_utf8(out, (char[9]){ 0 }, 9, A, FC_ENCODING_HEX))
INTO(view_write_utf16, fc_view_write_utf16(out, (uint16_t[9]){ 0 }, 9, A, FC_ENCODING_HEX))
INTO(view_find, fc_view_index_of_text(out, A, FC_TEXT_LITERAL("a"), 0, FC_ENCODING_UTF8))
INTO(view_compare, fc_view_compare_ranges(out, A, A, 0, 1, 0, 1))
INTO(name_of, fc_encoding_from_name(out, "hex", 3))
INTO(stats, fc_stats_read(out))
INTO(decoder, fc_decoder_init(out, FC_ENCODING_UTF8))
INTO(begin_write, fc_buffer_begin_write(out, (fc_buffer[1]){ FC_BUFFER_INIT }))

static void (*const into[])(void *) = {
    new_alloc,    new_unsafe,   new_filled,  new_bytes,       new_wrap,         new_file,
    new_map,      new_text,     new_strict,  new_hex,         new_base64,       new_atob,
    new_btoa,     view_hex,     view_base64, view_utf8,       view_utf16,       view_transcode,
    view_json,    view_inspect, view_dump,   view_write_utf8, view_write_utf16, view_find,
    view_compare, name_of,      stats,       decoder,         begin_write,
};

/* ---- no bytes where some are told ------------------------------------------------------------ */

/* Shared, so that the library is called: inline code writes in place what it can. */
__attribute__((no_sanitize("undefined"))) static fc_status write_shared(const void *bytes)
{
    fc_buffer b = fct_make(4000), snapshot = fct_snapshot(&b);
    fc_status status = fc_buffer_write(&b, 0, bytes, 20);
    fc_buffer_release(&snapshot);
    return status;
}

#define NONE(name, call) WRONG(name, (void *none), call)
NONE(write_none, write_shared(none))
NONE(name_none, fc_encoding_from_name(&(fc_encoding){ FC_ENCODING_HEX }, none, 3))
NONE(utf8_none, fc_view_write_utf8(&(size_t){ 0 }, none, 9, A, FC_ENCODING_HEX))
NONE(utf16_none, fc_view_write_utf16(&(size_t){ 0 }, none, 9, A, FC_ENCODING_HEX))
NONE(units_none, (fc_utf16_make_well_formed(none, 1), 0))
NONE(file_none, fc_buffer_read_file(&(fc_buffer){ NULL, 0, 0 }, none))

static void (*const of_none[])(void *) = {
    write_none, name_none, utf8_none, utf16_none, units_none, file_none,
};

/* ---- all of them ----------------------------------------------------------------------------- */

static void *volatile nothing; /* compilers do not know that it is NULL */

static fc_buffer make_dead(void)
{
    fc_buffer b = fct_make(4000), dead = b;
    fc_buffer_release(&b);
    return dead;
}

static void from_dead(int which)
{
    fc_buffer dead = make_dead(), out = FC_BUFFER_INIT;
    from[which](&out, &dead);
}

static void from_itself(int which)
{
    fc_buffer b = fct_make(4000);
    from[which](&b, &b);
}

static void to_nowhere(int which)
{
    fc_buffer b = fct_make(4000);
    from[which](nothing, &b);
}

static void in_dead(int which)
{
    fc_buffer dead = make_dead();
    in[which](&dead);
}

static void into_nothing(int which)
{
    into[which](nothing);
}

static void of_nothing(int which)
{
    of_none[which](nothing);
}

START_TEST(buffer_from_what_is_wrong_stops)
{
    (void)fct_assert_stops(from_dead, _i, "");
    (void)fct_assert_stops(from_itself, _i, "");
    (void)fct_assert_stops(to_nowhere, _i, "");
}
END_TEST

START_TEST(change_of_a_dead_buffer_stops)
{
    (void)fct_assert_stops(in_dead, _i, "");
}
END_TEST

START_TEST(result_without_a_place_stops)
{
    (void)fct_assert_stops(into_nothing, _i, "");
}
END_TEST

START_TEST(bytes_that_are_nowhere_stop)
{
    (void)fct_assert_stops(of_nothing, _i, "");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/handle_stops");
    TCase *stops = tcase_create("stops");
    tcase_set_timeout(stops, 300);
    tcase_add_loop_test(stops, buffer_from_what_is_wrong_stops, 0, FCT_COUNT(from));
    tcase_add_loop_test(stops, change_of_a_dead_buffer_stops, 0, FCT_COUNT(in));
    tcase_add_loop_test(stops, result_without_a_place_stops, 0, FCT_COUNT(into));
    tcase_add_loop_test(stops, bytes_that_are_nowhere_stop, 0, FCT_COUNT(of_none));
    suite_add_tcase(suite, stops);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
