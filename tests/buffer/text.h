/* SPDX-License-Identifier: MIT */

/* For the tests of text: one string in both forms, and buffers compared with literals. */
#ifndef FCT_BUFFER_TEXT_H
#define FCT_BUFFER_TEXT_H

#include "bytes.h"

#define FCT_FORMS_MAX 1024

/* A string as UTF-8 and as UTF-16. */
struct fct_forms {
    fc_text text[2];
    uint16_t units[FCT_FORMS_MAX];
};

/* `chars` must be well-formed UTF-8, and live as long as the forms. */
static inline void fct_forms_make(struct fct_forms *forms, const char *chars, size_t length)
{
    size_t count = 0;
    ck_assert_int_eq(fc_view_write_utf16(&count, forms->units, FCT_FORMS_MAX,
                                         fc_view_of(chars, length), FC_ENCODING_UTF8),
                     FC_OK);
    forms->text[0] = fc_text_utf8(chars, length);
    forms->text[1] = fc_text_utf16(forms->units, count);
}

/* The buffer holds just these bytes, and is released. */
static inline void fct_assert_holds(fc_buffer *b, const void *bytes, size_t length)
{
    ck_assert_uint_eq(fc_buffer_length(b), length);
    ck_assert_mem_eq(fc_buffer_data(b), bytes, length);
    fc_buffer_release(b);
}
#define FCT_ASSERT_HOLDS(b, literal) fct_assert_holds(b, literal, sizeof(literal) - 1)

/* What an out-parameter holds that must not change. */
static inline fc_buffer fct_untouched(void)
{
    fc_buffer b;
    memset(&b, 0x5a, sizeof b);
    return b;
}
static inline void fct_assert_untouched(const fc_buffer *b)
{
    fc_buffer untouched = fct_untouched();
    ck_assert_mem_eq(b, &untouched, sizeof untouched);
}

#endif
