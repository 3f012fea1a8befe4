/* SPDX-License-Identifier: MIT */

/* What CPUID told us is what the system tells in /proc/cpuinfo, which knows what is saved at a task
 * switch too; and the limits that come of it. */

#include "base/common.h"

#include "base/track.h"
#include "kernels/cpu.h"
#include "kernels/limits.h"

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

#if defined(__x86_64__)
static const bool on_x86 = true;
#else
static const bool on_x86 = false; /* an emulator shows the flags of the machine that it runs on */
#endif

START_TEST(features_are_what_the_system_tells)
{
    char flags[8192];
    read_flags(flags, sizeof flags);
    bool avx2 = strstr(flags, " avx2 ") != NULL && strstr(flags, " bmi1 ") != NULL &&
                strstr(flags, " bmi2 ") != NULL;
    static const char *const sets[] = { " avx512f ",  " avx512bw ",   " avx512dq ",
                                        " avx512vl ", " avx512vbmi ", " avx512_vbmi2 " };
    bool avx512 = avx2 && !FCI_MSAN;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        avx512 = avx512 && strstr(flags, sets[i]) != NULL;
    }
    if (flags[0] != '\0' && on_x86) {
        ck_assert_int_eq((fci_cpu_features() & FCI_CPU_AVX2) == FCI_CPU_AVX2, avx2);
        ck_assert_int_eq((fci_cpu_features() & FCI_CPU_AVX512) == FCI_CPU_AVX512, avx512);
    }
}
END_TEST

/* The largest cache that the system tells of, in bytes; 0 where it does not tell. */
static size_t told_cache(void)
{
    size_t largest = 0;
    for (int index = 0; index < 8; index++) {
        char path[80];
        unsigned long size = 0;
        char unit = 'B';
        (void)snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu0/cache/index%d/size", index);
        FILE *file = fopen(path, "r");
        if (file != NULL && fscanf(file, "%lu%c", &size, &unit) == 2) {
            size_t bytes = unit == 'K' ? size << 10 : unit == 'M' ? size << 20 : size;
            largest = bytes > largest ? bytes : largest;
        }
        if (file != NULL) {
            (void)fclose(file);
        }
    }
    return largest;
}

START_TEST(last_cache_is_what_the_system_tells)
{
    if (told_cache() != 0 && fci_cpu_last_cache() != 0) {
        ck_assert_uint_eq(fci_cpu_last_cache(), told_cache());
    }
}
END_TEST

START_TEST(limits_follow_the_cache_within_reason)
{
    const size_t mib = (size_t)1 << 20;
    ck_assert_uint_eq(fci_limits_of(32 * mib, true, false).stream, 16 * mib);
    ck_assert_uint_eq(fci_limits_of(32 * mib, true, false).clear, mib);
    ck_assert_uint_eq(fci_limits_of(8 * mib, true, false).stream, 4 * mib);
    ck_assert_uint_eq(fci_limits_of(32 * mib, false, false).clear, SIZE_MAX);
    ck_assert_uint_eq(fci_limits_of(2 * mib, true, false).stream, mib);
    ck_assert_uint_eq(fci_limits_of(256 * mib, true, false).stream, 128 * mib);
    /* Unknown, absurdly small, and the sum of many sockets' are all the usual one. */
    const size_t bogus[] = { 0, 1, mib, 2 * mib - 1, 256 * mib + 1, 2048 * mib, SIZE_MAX };
    for (size_t i = 0; i < sizeof bogus / sizeof bogus[0]; i++) {
        ck_assert_uint_eq(fci_limits_of(bogus[i], true, false).stream, 16 * mib);
        ck_assert_uint_eq(fci_limits_of(bogus[i], true, false).clear, mib);
        ck_assert_uint_eq(fci_limits_of(bogus[i], false, false).clear, SIZE_MAX);
    }
    ck_assert_uint_eq(fci_limits_of(0, true, true).wide, (size_t)24 << 10);
    ck_assert_uint_eq(fci_limits_of(0, true, false).wide, 0);
}
END_TEST

START_TEST(limits_of_this_machine_are_in_use)
{
#ifdef FC_HOSTILE
    const struct fci_limits limits = { 0 };
#else
    struct fci_limits limits =
        fci_limits_of(fci_cpu_last_cache(), fci_cpu_has_fast_strings(), fci_cpu_has_wide_units());
#endif
    ck_assert_uint_eq(fci_state_limits.stream, limits.stream);
    ck_assert_uint_eq(fci_state_limits.clear, limits.clear);
    ck_assert_uint_eq(fci_state_limits.wide, limits.wide);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kernels/cpu");
    TCase *features = tcase_create("features");
    tcase_add_test(features, features_are_what_the_system_tells);
    tcase_add_test(features, last_cache_is_what_the_system_tells);
    tcase_add_test(features, limits_follow_the_cache_within_reason);
    tcase_add_test(features, limits_of_this_machine_are_in_use);
    suite_add_tcase(suite, features);
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
