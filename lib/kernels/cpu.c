/* SPDX-License-Identifier: MIT */

/* CPUID says what the CPU can, XGETBV which registers the system saves at a task switch: both must
 * agree, or the first wide instruction ends the program. */

#include "base/common.h"

#include "kernels/cpu.h"

#include "base/track.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <stdint.h>

/* Registers of CPUID's answer. */
struct answer {
    unsigned a, b, c, d;
};

static struct answer ask(unsigned leaf, unsigned part)
{
    struct answer answer = { 0 };
    /* Answers nothing, and leaves zeroes, where the CPU has no such leaf. */
    (void)__get_cpuid_count(leaf, part, &answer.a, &answer.b, &answer.c, &answer.d);
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

#define SSE_AND_AVX_STATE 0x6u
#define AVX512_STATE 0xe0u /* the masks, the upper halves, and sixteen more registers */

unsigned fci_cpu_features(void)
{
    struct answer basic = ask(1, 0);
    struct answer extended = ask(7, 0);
    if (!has(basic.c, bit_OSXSAVE | bit_AVX) || !has((unsigned)saved_state(), SSE_AND_AVX_STATE) ||
        !has(extended.b, bit_AVX2 | bit_BMI | bit_BMI2)) {
        return FCI_CPU_SSE2;
    }
    if (FCI_MSAN || !has((unsigned)saved_state(), AVX512_STATE) ||
        !has(extended.b, bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL) ||
        !has(extended.c, bit_AVX512VBMI | bit_AVX512VBMI2)) {
        return FCI_CPU_AVX2;
    }
    return FCI_CPU_AVX512;
}

/* Intel tells of its caches in leaf 4, AMD in a leaf of its own with the same layout, one cache a
 * part: 0 where there are no more, or no such leaf. The sizes are those of whole caches: to divide
 * by the cores that share one, or to multiply, is guesswork that others got wrong. */
#define CACHES_INTEL 4u
#define CACHES_AMD 0x8000001du
#define PARTS_MAX 16u

static size_t last_cache(unsigned leaf)
{
    size_t largest = 0;
    for (unsigned part = 0; part < PARTS_MAX; part++) {
        struct answer cache = ask(leaf, part);
        unsigned kind = cache.a & 31; /* 1 data, 2 instructions, 3 both */
        if (kind == 0) {
            break;
        }
        size_t ways = (cache.b >> 22) + 1, partitions = (cache.b >> 12 & 1023) + 1;
        size_t line = (cache.b & 4095) + 1, sets = (size_t)cache.c + 1;
        size_t size = ways * partitions * line * sets;
        largest = kind != 2 && size > largest ? size : largest;
    }
    return largest;
}

size_t fci_cpu_last_cache(void)
{
    size_t amd = last_cache(CACHES_AMD);
    return amd != 0 ? amd : last_cache(CACHES_INTEL);
}

bool fci_cpu_has_fast_strings(void)
{
    const unsigned erms = 1u << 9;
    return has(ask(7, 0).b, erms);
}

#define PERFORMANCE_AMD 0x8000001au

bool fci_cpu_has_wide_units(void)
{
    const unsigned fp512 = 1u << 3;
    return has(ask(PERFORMANCE_AMD, 0).a, fp512);
}

#else

unsigned fci_cpu_features(void)
{
#if defined(__aarch64__)
    return FCI_CPU_NEON;
#else
    return 0;
#endif
}

size_t fci_cpu_last_cache(void)
{
    return 0;
}

bool fci_cpu_has_fast_strings(void)
{
    return false;
}

bool fci_cpu_has_wide_units(void)
{
    return false;
}

#endif
