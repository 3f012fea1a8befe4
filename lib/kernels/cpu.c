/* SPDX-License-Identifier: MIT */

/* CPUID says what the CPU can, XGETBV which registers the system saves at a task switch: both must
 * agree, or the first wide instruction ends the program. */

#include "base/common.h"

#include "kernels/cpu.h"

#include <stdbool.h>

#if defined(__x86_64__)

#include <cpuid.h>
#include <stdint.h>

/* Registers of CPUID's answer. */
struct answer {
    unsigned a, b, c, d;
};

static struct answer ask(unsigned leaf)
{
    struct answer answer = { 0 };
    /* Answers nothing, and leaves zeroes, where the CPU has no such leaf. */
    (void)__get_cpuid_count(leaf, 0, &answer.a, &answer.b, &answer.c, &answer.d);
    return answer;
}

static bool has(unsigned value, unsigned bits)
{
    return (value & bits) == bits;
}

/* The state components that the system has enabled. Only where CPUID says OSXSAVE. */
static uint64_t saved_state(void)
{
    uint32_t low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

#define SSE_STATE 0x2u
#define AVX_STATE 0x4u

unsigned fci_cpu_features(void)
{
    struct answer basic = ask(1);
    struct answer extended = ask(7);
    unsigned features = 0;
    if (!has(basic.c, bit_OSXSAVE | bit_AVX)) {
        return 0;
    }
    if (has((unsigned)saved_state(), SSE_STATE | AVX_STATE) &&
        has(extended.b, bit_AVX2 | bit_BMI | bit_BMI2)) {
        features |= FCI_CPU_AVX2;
    }
    return features;
}

#else

unsigned fci_cpu_features(void)
{
    return 0;
}

#endif
