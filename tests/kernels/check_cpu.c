/* SPDX-License-Identifier: MIT */

/* What CPUID told us is what the system tells in /proc/cpuinfo, which knows what is saved at a task
 * switch too. */

#include "base/common.h"

#include "kernels/cpu.h"

#include "support.h"

#include <stdio.h>
#include <string.h>

/* The flags of the first processor, between spaces; empty where the system does not tell. */
static void read_flags(char *flags, size_t room)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    flags[0] = '\0';
    while (file != NULL && fgets(flags, (int)room, file) != NULL) {
        if (strncmp(flags, "flags", 5) == 0) {
            flags[strcspn(flags, "\n")] = ' ';
            break;
        }
        flags[0] = '\0';
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

START_TEST(features_are_what_the_system_tells)
{
    char flags[8192];
    read_flags(flags, sizeof flags);
    bool avx2 = strstr(flags, " avx2 ") != NULL && strstr(flags, " bmi1 ") != NULL &&
                strstr(flags, " bmi2 ") != NULL;
    if (flags[0] != '\0') {
        ck_assert_int_eq((fci_cpu_features() & FCI_CPU_AVX2) != 0, avx2);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/cpu");
    TCase *features = tcase_create("features");
    tcase_add_test(features, features_are_what_the_system_tells);
    suite_add_tcase(suite, features);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
