/* SPDX-License-Identifier: MIT */

/* The version: header, library and configuration say the same, in numbers and in text. */

#include "base/common.h"

#include <fc_buffer/version.h>

#include "support.h"

#include <stdio.h>

START_TEST(library_and_header_agree)
{
    ck_assert_uint_eq(fc_buffer_version(), FC_BUFFER_VERSION);
    ck_assert_uint_eq(fc_buffer_version() / 1000000, FC_BUFFER_VERSION_MAJOR);
    ck_assert_uint_eq(fc_buffer_version() / 1000 % 1000, FC_BUFFER_VERSION_MINOR);
    ck_assert_uint_eq(fc_buffer_version() % 1000, FC_BUFFER_VERSION_PATCH);
}
END_TEST

START_TEST(text_says_the_numbers)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%d.%d.%d", FC_BUFFER_VERSION_MAJOR, FC_BUFFER_VERSION_MINOR,
                   FC_BUFFER_VERSION_PATCH);
    ck_assert_str_eq(FC_BUFFER_VERSION_TEXT, text);
    ck_assert_str_eq(FC_BUFFER_VERSION_TEXT, PACKAGE_VERSION);
}
END_TEST

/* #if can compare it: a program may ask at compile time. */
#if FC_BUFFER_VERSION < 1000
#error "the version is below 0.1.0"
#endif

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/version");
    TCase *version = tcase_create("version");
    tcase_add_test(version, library_and_header_agree);
    tcase_add_test(version, text_says_the_numbers);
    suite_add_tcase(suite, version);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
