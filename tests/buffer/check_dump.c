/* SPDX-License-Identifier: MIT */

/* Bytes as text: what Node's inspect and JSON give, literally and against a formatter that prints
 * into a file; and hex dumps against the same, and against the system's hexdump where there is one.
 */

#include "base/common.h"

#include <fc_buffer/inspect.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bytes.h"
#include "files.h"

static fc_view literal(const char *text)
{
    return fc_view_of(text, strlen(text));
}

static void assert_text(fc_buffer *text, fc_status status, fc_view expected)
{
    ck_assert_int_eq(status, FC_OK);
    if (fc_buffer_length(text) != expected.length ||
        memcmp(fc_buffer_data(text), expected.bytes, expected.length) != 0) {
        ck_abort_msg("%.*s\nis not\n%.*s", (int)fc_buffer_length(text),
                     (const char *)fc_buffer_data(text), (int)expected.length,
                     (const char *)expected.bytes);
    }
    fc_buffer_release(text);
}

/* A model prints into this and takes the text. */
struct printed {
    FILE *file;
    char *text;
    size_t length;
};

static void printed_begin(struct printed *printed)
{
    printed->file = open_memstream(&printed->text, &printed->length);
    ck_assert_ptr_nonnull(printed->file);
}

static fc_view printed_end(struct printed *printed)
{
    ck_assert_int_eq(fclose(printed->file), 0);
    return fc_view_of(printed->text, printed->length);
}

/* ---- inspect --------------------------------------------------------------------------------- */

/* Rows from Node 20: util.inspect with buffer.INSPECT_MAX_BYTES = limit. */
START_TEST(inspect_as_node_does)
{
    static const struct {
        const char *bytes;
        size_t limit;
        const char *text;
    } rows[] = {
        { "", 0, "<Buffer >" },
        { "", 50, "<Buffer >" },
        { "a", 50, "<Buffer 61>" },
        { "abc", 50, "<Buffer 61 62 63>" },
        { "\xff\x01", 50, "<Buffer ff 01>" },
        { "abc", 3, "<Buffer 61 62 63>" },
        { "abc", 2, "<Buffer 61 62 ... 1 more byte>" },
        { "abc", 1, "<Buffer 61 ... 2 more bytes>" },
        { "abc", 0, "<Buffer  ... 3 more bytes>" },
        { "a", 0, "<Buffer  ... 1 more byte>" },
        { "abc", SIZE_MAX, "<Buffer 61 62 63>" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fc_buffer b = FC_BUFFER_INIT, text = FC_BUFFER_INIT;
        fc_view v = literal(rows[i].bytes);
        fc_status status = fc_view_inspect(&text, v, rows[i].limit);
        assert_text(&text, status, literal(rows[i].text));
        ck_assert_int_eq(fc_buffer_from_bytes(&b, v.bytes, v.length), FC_OK);
        status = fc_buffer_inspect(&text, &b, rows[i].limit);
        assert_text(&text, status, literal(rows[i].text));
        fc_buffer_release(&b);
    }
}
END_TEST

START_TEST(inspect_of_any_length)
{
    fc_buffer b = fct_make(120);
    for (size_t n = 0; n < 120 * 4; n++) {
        static const size_t limits[] = { 0, 1, FC_INSPECT_MAX_BYTES, 119 };
        fc_view v = fc_view_slice(fc_buffer_view(&b), 0, (ptrdiff_t)n / 4);
        size_t limit = limits[n % 4], shown = v.length < limit ? v.length : limit;
        fc_buffer text = FC_BUFFER_INIT;
        struct printed printed;
        printed_begin(&printed);
        (void)fprintf(printed.file, "<Buffer ");
        for (size_t i = 0; i < shown; i++) {
            (void)fprintf(printed.file, "%s%02x", i == 0 ? "" : " ", v.bytes[i]);
        }
        if (shown + 1 == v.length) {
            (void)fprintf(printed.file, " ... 1 more byte");
        } else if (shown < v.length) {
            (void)fprintf(printed.file, " ... %zu more bytes", v.length - shown);
        }
        (void)fprintf(printed.file, ">");
        fc_status status = fc_view_inspect(&text, v, limit);
        assert_text(&text, status, printed_end(&printed));
        free(printed.text);
    }
    fc_buffer_release(&b);
}
END_TEST

/* ---- JSON ------------------------------------------------------------------------------------ */

START_TEST(json_as_node_writes_it)
{
    fc_buffer text = FC_BUFFER_INIT, none = FC_BUFFER_INIT;
    fc_status status = fc_view_to_json(&text, fc_view_of(NULL, 0));
    assert_text(&text, status, literal("{\"type\":\"Buffer\",\"data\":[]}"));
    status = fc_buffer_to_json(&text, &none);
    assert_text(&text, status, literal("{\"type\":\"Buffer\",\"data\":[]}"));
    status = fc_view_to_json(&text, fc_view_of("\0\x9\xa\x63\x64\xff", 6));
    assert_text(&text, status, literal("{\"type\":\"Buffer\",\"data\":[0,9,10,99,100,255]}"));
}
END_TEST

START_TEST(json_of_every_byte)
{
    fc_buffer whole = fct_make(700);
    for (size_t length = 0; length < 700; length += 1 + length / 10) {
        fc_buffer text = FC_BUFFER_INIT, b = fc_buffer_slice(&whole, 0, (ptrdiff_t)length);
        struct printed printed;
        printed_begin(&printed);
        (void)fprintf(printed.file, "{\"type\":\"Buffer\",\"data\":[");
        for (size_t i = 0; i < length; i++) {
            (void)fprintf(printed.file, i + 1 < length ? "%u," : "%u", fct_pattern(i));
        }
        (void)fprintf(printed.file, "]}");
        fc_status status = fc_buffer_to_json(&text, &b);
        assert_text(&text, status, printed_end(&printed));
        free(printed.text), fc_buffer_release(&b);
    }
    fc_buffer_release(&whole);
}
END_TEST

/* ---- hex dumps ------------------------------------------------------------------------------- */

/* Lines of few different kinds, so that they repeat, and an end that is full or not. */
static size_t make_lines(uint8_t *bytes, uint64_t seed)
{
    struct fct_random random = { .state = seed };
    size_t lines = fct_random_below(&random, 12);
    for (size_t i = 0; i < (lines + 1) * 16; i++) {
        bool fresh = i % 16 == 0 && fct_random_below(&random, 3) == 0;
        bytes[i] = i < 16 || fresh ? (uint8_t)fct_random_next(&random) : bytes[i - 16];
    }
    return lines * 16 + (fct_random_below(&random, 2) == 0 ? 0 : fct_random_below(&random, 16));
}

static void print_line(FILE *to, const uint8_t *line, size_t length, size_t address)
{
    char text[80];
    memset(text, ' ', sizeof text);
    for (size_t i = 0; i < length; i++) {
        char pair[3];
        (void)snprintf(pair, sizeof pair, "%02x", line[i]);
        memcpy(text + 3 * i + (i >= 8), pair, 2);
        text[51 + i] = line[i] < 0x20 || line[i] > 0x7e ? '.' : (char)line[i];
    }
    text[50] = text[51 + length] = '|';
    (void)fprintf(to, "%08zx  %.*s\n", address, (int)length + 52, text);
}

static void print_dump(FILE *to, const uint8_t *bytes, size_t length, size_t address)
{
    const uint8_t *shown = NULL; /* the full line that was printed last */
    bool starred = false;
    size_t at = 0;
    for (; length - at >= 16; at += 16) {
        if (shown == NULL || memcmp(shown, bytes + at, 16) != 0) {
            print_line(to, bytes + at, 16, address + at);
            shown = bytes + at;
            starred = false;
        } else if (!starred) {
            (void)fputs("*\n", to);
            starred = true;
        }
    }
    if (at < length) {
        print_line(to, bytes + at, length - at, address + at);
    }
    if (length != 0) {
        (void)fprintf(to, "%08zx\n", address + length);
    }
}

START_TEST(hex_dump_literally)
{
    fc_buffer text = FC_BUFFER_INIT, b = FC_BUFFER_INIT;
    const char *expected =
        "00000010  00 7f 20 7e 61 62 63 64  65 66 67 68 69 6a 6b ff  |.. ~abcdefghijk.|\n"
        "*\n"
        "00000040  7c 0a                                             ||.|\n"
        "00000042\n";
    uint8_t bytes[50] = "\0\x7f ~abcdefghijk\xff";
    memcpy(bytes + 16, bytes, 16), memcpy(bytes + 32, bytes, 16), memcpy(bytes + 48, "|\n", 2);
    fc_status status = fc_view_hex_dump(&text, fc_view_of(bytes, sizeof bytes), 16);
    assert_text(&text, status, literal(expected));
    ck_assert_int_eq(fc_buffer_from_bytes(&b, bytes, sizeof bytes), FC_OK);
    status = fc_buffer_hex_dump(&text, &b, 16);
    assert_text(&text, status, literal(expected));
    fc_buffer_release(&b);
}
END_TEST

START_TEST(hex_dump_of_any_lines)
{
    static const size_t addresses[] = { 0, 0, 5, 0xfffffff0u, 0xffffffe8u, SIZE_MAX - 512 };
    uint8_t bytes[13 * 16];
    for (size_t n = 0; n < 3000; n++) {
        fc_buffer text = FC_BUFFER_INIT;
        size_t length = make_lines(bytes, n), address = addresses[n % 6];
        address = address < SIZE_MAX - length ? address : SIZE_MAX - length;
        struct printed printed;
        printed_begin(&printed);
        print_dump(printed.file, bytes, length, address);
        fc_status status = fc_view_hex_dump(&text, fc_view_of(bytes, length), address);
        assert_text(&text, status, printed_end(&printed));
        free(printed.text);
    }
}
END_TEST

START_TEST(hex_dump_of_nothing_is_empty)
{
    fc_buffer text, none = FC_BUFFER_INIT;
    memset(&text, 0x5a, sizeof text);
    ck_assert_int_eq(fc_buffer_hex_dump(&text, &none, SIZE_MAX), FC_OK);
    ck_assert_mem_eq(&text, &none, sizeof text);
}
END_TEST

START_TEST(hex_dump_past_the_last_address_is_refused)
{
    fc_buffer text, before;
    memset(&text, 0x5a, sizeof text), memset(&before, 0x5a, sizeof before);
    ck_assert_int_eq(fc_view_hex_dump(&text, literal("ab"), SIZE_MAX - 1), FC_ERR_OUT_OF_RANGE);
    ck_assert_mem_eq(&text, &before, sizeof text);
    ck_assert_int_eq(fc_view_hex_dump(&text, literal("ab"), SIZE_MAX - 2), FC_OK);
    fc_buffer_release(&text);
}
END_TEST

/* The system's own. Says so where there is none: then the tests above stand alone. */
START_TEST(hex_dump_as_hexdump_prints_it)
{
    uint8_t bytes[13 * 16];
    if (system("hexdump -C /dev/null >/dev/null 2>&1") != 0) {
        (void)printf("no hexdump here\n");
        return;
    }
    for (size_t n = 0; n < 40; n++) {
        fc_buffer text = FC_BUFFER_INIT;
        char path[] = "dump-XXXXXX", command[64], expected[2048];
        size_t length = make_lines(bytes, n + 7000);
        fct_make_file(path, bytes, length);
        (void)snprintf(command, sizeof command, "hexdump -C %s", path);
        FILE *printed = popen(command, "r");
        ck_assert_ptr_nonnull(printed);
        size_t got = fread(expected, 1, sizeof expected, printed);
        ck_assert_int_eq(pclose(printed), 0);
        ck_assert_int_eq(unlink(path), 0);
        fc_status status = fc_view_hex_dump(&text, fc_view_of(bytes, length), 0);
        assert_text(&text, status, fc_view_of(expected, got));
    }
}
END_TEST

/* ---- all three ------------------------------------------------------------------------------- */

/* Nothing beyond the view is read. */
START_TEST(view_at_the_end_of_memory)
{
    struct fct_guarded memory = fct_guarded_make(1);
    for (size_t length = 0; length < 70; length++) {
        fc_view v = fc_view_of(fct_guarded_end(&memory, length), length);
        fc_buffer text = FC_BUFFER_INIT;
        memset(memory.bytes, (int)length, memory.length);
        ck_assert_int_eq(fc_view_inspect(&text, v, SIZE_MAX), FC_OK);
        fc_buffer_release(&text);
        ck_assert_int_eq(fc_view_to_json(&text, v), FC_OK);
        fc_buffer_release(&text);
        ck_assert_int_eq(fc_view_hex_dump(&text, v, 0), FC_OK);
        fc_buffer_release(&text);
    }
    fct_guarded_free(&memory);
}
END_TEST

/* More text than a buffer can hold: refused before a byte is read. */
START_TEST(text_that_is_too_long_is_refused)
{
    fc_buffer text, before;
    fc_view half = fc_view_of("", FC_BUFFER_MAX_LENGTH / 2 + 1);
    fc_view whole = fc_view_of("", FC_BUFFER_MAX_LENGTH);
    memset(&text, 0x5a, sizeof text), memset(&before, 0x5a, sizeof before);
    ck_assert_int_eq(fc_view_inspect(&text, half, SIZE_MAX), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_inspect(&text, whole, SIZE_MAX), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_to_json(&text, half), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_int_eq(fc_view_to_json(&text, whole), FC_ERR_BUFFER_TOO_LARGE);
    ck_assert_mem_eq(&text, &before, sizeof text);
}
END_TEST

/* The out-parameter among the inputs stops a checked build. */
START_TEST(out_that_is_the_buffer_stops)
{
    fc_buffer b = fct_make(40);
    fc_status status = _i == 0   ? fc_buffer_inspect(&b, &b, 1)
                       : _i == 1 ? fc_buffer_to_json(&b, &b)
                                 : fc_buffer_hex_dump(&b, &b, 0);
    ck_abort_msg("status %d", status);
}
END_TEST

/* A stop can only be watched from outside the process. */
static bool forks(void)
{
    const char *mode = getenv("CK_FORK");
    return mode == NULL || strcmp(mode, "no") != 0;
}

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/dump");
    TCase *tc = tcase_create("dump"), *stops = tcase_create("stops");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_add_test(tc, inspect_as_node_does);
    tcase_add_test(tc, inspect_of_any_length);
    tcase_add_test(tc, json_as_node_writes_it);
    tcase_add_test(tc, json_of_every_byte);
    tcase_add_test(tc, hex_dump_literally);
    tcase_add_test(tc, hex_dump_of_any_lines);
    tcase_add_test(tc, hex_dump_of_nothing_is_empty);
    tcase_add_test(tc, hex_dump_past_the_last_address_is_refused);
    tcase_add_test(tc, hex_dump_as_hexdump_prints_it);
    tcase_add_test(tc, view_at_the_end_of_memory);
    tcase_add_test(tc, text_that_is_too_long_is_refused);
    suite_add_tcase(suite, tc);
    if (forks()) {
        tcase_add_loop_test_raise_signal(stops, out_that_is_the_buffer_stops, SIGABRT, 0, 3);
    }
    suite_add_tcase(suite, stops);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
