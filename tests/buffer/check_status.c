/* SPDX-License-Identifier: MIT */

/* Names and texts of statuses: each has its own, fit to stand in a log and in a message to a
 * person, and every other number has one too. */

#include "base/common.h"

#include <fc_buffer/status.h>

#include "support.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#define NUMBER(name, number, text) name,
static const fc_status statuses[] = { FC_STATUS_LIST(NUMBER) };
#define STATUSES ((int)(sizeof statuses / sizeof statuses[0]))

START_TEST(name_is_a_constant_of_the_header)
{
    const char *name = fc_status_name(statuses[_i]);
    ck_assert(strcmp(name, "FC_OK") == 0 || strncmp(name, "FC_ERR_", 7) == 0);
    for (const char *c = name; *c != 0; c++) {
        ck_assert(isupper((unsigned char)*c) || *c == '_');
    }
}
END_TEST

START_TEST(text_is_plain_words_without_a_full_stop)
{
    const char *text = fc_status_text(statuses[_i]);
    size_t length = strlen(text);
    ck_assert_uint_gt(length, 3);
    ck_assert_uint_lt(length, 100);
    ck_assert(islower((unsigned char)text[0]));
    ck_assert_int_ne(text[length - 1], '.');
    ck_assert_ptr_null(strstr(text, "FC_"));
    ck_assert_ptr_null(strchr(text, '\n'));
}
END_TEST

START_TEST(each_has_its_own)
{
    for (int i = 0; i < _i; i++) {
        ck_assert_int_ne((int)statuses[i], (int)statuses[_i]);
        ck_assert_str_ne(fc_status_name(statuses[i]), fc_status_name(statuses[_i]));
        ck_assert_str_ne(fc_status_text(statuses[i]), fc_status_text(statuses[_i]));
    }
    /* Static strings: the same one each time. */
    ck_assert_ptr_eq(fc_status_name(statuses[_i]), fc_status_name(statuses[_i]));
    ck_assert_ptr_eq(fc_status_text(statuses[_i]), fc_status_text(statuses[_i]));
}
END_TEST

START_TEST(numbers_follow_each_other)
{
    ck_assert_int_eq((int)statuses[_i], _i);
}
END_TEST

START_TEST(every_other_number_is_unknown)
{
    static const int numbers[] = { -1, INT_MIN, INT_MAX, INT_MAX - 1, 255, 65536 };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        ck_assert_str_eq(fc_status_name((fc_status)numbers[i]), "unknown status");
        ck_assert_str_eq(fc_status_text((fc_status)numbers[i]), "unknown status");
    }
    for (int i = STATUSES; i < 1000; i++) {
        ck_assert_str_eq(fc_status_name((fc_status)i), "unknown status");
    }
    ck_assert_str_eq(fc_status_name(FC_STATUS_FORCE_INT), "unknown status");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer/status");
    TCase *status = tcase_create("status");
    tcase_add_loop_test(status, name_is_a_constant_of_the_header, 0, STATUSES);
    tcase_add_loop_test(status, text_is_plain_words_without_a_full_stop, 0, STATUSES);
    tcase_add_loop_test(status, each_has_its_own, 0, STATUSES);
    tcase_add_loop_test(status, numbers_follow_each_other, 0, STATUSES);
    tcase_add_test(status, every_other_number_is_unknown);
    suite_add_tcase(suite, status);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
