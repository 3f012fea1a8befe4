/* SPDX-License-Identifier: MIT */

/* Scratch memory: whatever text was decoded into it, by whatever call, every byte of it is zero
 * when it goes back. The linker hands this program all memory that the library gets and gives back
 * (tests/Makemodule.am). */

#include "base/common.h"

#include "buffer/text.h"

#include "alloc/alloc.h"
#include "alloc/limits.h"
#include "codec/codec.h"

#include "bytes.h"

void *__real_fci_memory_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                            size_t alignment, bool zeroed);
void *__wrap_fci_memory_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                            size_t alignment, bool zeroed);
void __real_fci_memory_put(const struct fci_memory *memory, const fc_allocator *allocator);
void __wrap_fci_memory_put(const struct fci_memory *memory, const fc_allocator *allocator);

/* What came from the library's own sources has gone back, and how much of it was zero. Only what is
 * aligned no more than malloc does it: blocks are, and bytes of nobody's lie before them. */
static int returned, wiped;

static bool is_zero(const uint8_t *bytes, size_t length)
{
    size_t i = 0;
    while (i < length && bytes[i] == 0) {
        i++;
    }
    return i == length;
}

/* What others have left there is not what the call has. */
void *__wrap_fci_memory_get(struct fci_memory *memory, const fc_allocator *allocator, size_t size,
                            size_t alignment, bool zeroed)
{
    void *address = __real_fci_memory_get(memory, allocator, size, alignment, zeroed);
    if (address != NULL) {
        memset(address, 0, size);
    }
    return address;
}

void __wrap_fci_memory_put(const struct fci_memory *memory, const fc_allocator *allocator)
{
    if (allocator == NULL && (1 << memory->lg_alignment) == FCI_ALIGNMENT_MIN) {
        returned++;
        wiped += is_zero(memory->base, memory->size);
    }
    __real_fci_memory_put(memory, allocator);
}

/* ---- texts ----------------------------------------------------------------------------------- */

#define MOST ((size_t)200000)

/* Digits of hex and of base64, with a character at `wrong` that is neither. */
static fc_text text_of(bool is_wide, size_t count, size_t wrong)
{
    static char chars[MOST];
    static uint16_t units[MOST];
    ck_assert_uint_le(count, MOST);
    for (size_t i = 0; i < count; i++) {
        chars[i] = i == wrong ? '!' : "123456789abcdef"[i * 7 % 15];
        units[i] = (uint8_t)chars[i];
    }
    return is_wide ? fc_text_utf16(units, count) : fc_text_utf8(chars, count);
}

/* ---- opened and closed ----------------------------------------------------------------------- */

static void open_and_close(fc_encoding encoding, const fc_text *text, size_t room)
{
    struct fci_scratch scratch;
    memset(&scratch, 0, sizeof scratch);
    returned = wiped = 0;
    ck_assert_int_eq(fci_scratch_open(&scratch, room, text, fci_codec(encoding)), FC_OK);
    bool is_small = scratch.at == scratch.small;
    ck_assert(scratch.bytes.length == 0 || !is_zero(scratch.at, scratch.bytes.length));
    fci_scratch_close(&scratch);
    ck_assert_int_eq(returned, is_small ? 0 : 1);
    ck_assert_int_eq(wiped, returned);
    ck_assert(is_zero(scratch.small, sizeof scratch.small));
}

START_TEST(every_byte_is_zero_when_it_is_closed)
{
    static const size_t counts[] = { 1, 64, 200, 256, 257, 511, 512, 513, 700, 1025, 5000, MOST };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        size_t count = counts[i], wrongs[] = { SIZE_MAX, 0, count / 2, count - 1 };
        for (size_t k = 0; k < 4 * 4; k++) {
            fc_text text = text_of(k / 8 == 1, count, wrongs[k % 4]);
            size_t room = k / 4 % 2 == 0 ? SIZE_MAX : count / 2;
            open_and_close(_i, &text, room);
        }
    }
}
END_TEST

/* ---- by the calls that use it ---------------------------------------------------------------- */

#define HELD ((size_t)5000)
#define PATTERN text_of(false, 2000, SIZE_MAX)

static fc_status write_frozen(fc_buffer *b)
{
    ck_assert_int_eq(fc_buffer_freeze(b), FC_OK);
    fc_status status = fc_buffer_write_text(NULL, b, 0, HELD, PATTERN, FC_ENCODING_HEX);
    ck_assert_int_eq(status, FC_ERR_FROZEN);
    return FC_OK;
}

/* Text that lies where it is written to. */
static fc_status write_itself(fc_buffer *b)
{
    fc_text text = fc_text_utf8((const char *)fc_buffer_data(b), HELD);
    return fc_buffer_write_text(NULL, b, 0, HELD, text, FC_ENCODING_LATIN1);
}

static fc_status fill(fc_buffer *b)
{
    return fc_buffer_fill_text(b, 0, FC_END, PATTERN, FC_ENCODING_HEX);
}

static fc_status alloc_fill(fc_buffer *b)
{
    fc_buffer_release(b);
    returned = wiped = 0;
    return fc_buffer_alloc_fill_text(b, HELD, PATTERN, FC_ENCODING_BASE64);
}

static fc_status index_of(fc_buffer *b)
{
    ptrdiff_t index = 0;
    return fc_buffer_index_of_text(&index, b, PATTERN, 0, FC_ENCODING_LATIN1);
}

static fc_status last_index_of(fc_buffer *b)
{
    ptrdiff_t index = 0;
    return fc_buffer_last_index_of_text(&index, b, PATTERN, FC_END, FC_ENCODING_UTF16LE);
}

static fc_status includes(fc_buffer *b)
{
    bool is_there = false;
    return fc_buffer_includes_text(&is_there, b, PATTERN, 0, FC_ENCODING_UTF8);
}

static fc_status (*const calls[])(fc_buffer *b) = {
    write_frozen, write_itself, fill, alloc_fill, index_of, last_index_of, includes,
};
#define CALLS ((int)(sizeof calls / sizeof calls[0]))

START_TEST(every_call_closes_what_it_has_opened)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_SECRET };
    fc_buffer b = FC_BUFFER_INIT;
    ck_assert_int_eq(fc_buffer_alloc_with(&b, HELD, &options), FC_OK);
    ck_assert_int_eq(fc_buffer_fill(&b, 0, FC_END, '5'), FC_OK);
    returned = wiped = 0;
    ck_assert_int_eq(calls[_i](&b), FC_OK);
    ck_assert_int_eq(returned, 1);
    ck_assert_int_eq(wiped, 1);
    fc_buffer_release(&b);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/text: scratch");
    TCase *tc = tcase_create("scratch");
    tcase_add_checked_fixture(tc, NULL, fct_assert_nothing_alive);
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, every_byte_is_zero_when_it_is_closed, FC_ENCODING_UTF8,
                        FC_ENCODING_BASE64URL + 1);
    tcase_add_loop_test(tc, every_call_closes_what_it_has_opened, 0, CALLS);
    suite_add_tcase(suite, tc);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
