/* SPDX-License-Identifier: MIT */

/* Tells the memory checkers what they cannot see by themselves: which bytes of an allocation nobody
 * may touch (AddressSanitizer), and which orderings our counts establish (a ThreadSanitizer that
 * instruments the program but not this library: weak references, NULL in every other program).
 * Nothing at all in an ordinary build but the test of two pointers. */
#ifndef FCI_BASE_TRACK_H
#define FCI_BASE_TRACK_H

#include <stddef.h>
#include <stdint.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FCI_ASAN 1
#endif
#if __has_feature(memory_sanitizer)
#define FCI_MSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define FCI_ASAN 1
#endif

/* MemorySanitizer follows neither instructions that are written as such nor AVX-512's stores under
 * a mask: what they have written would count as never set. */
#ifndef FCI_MSAN
#define FCI_MSAN 0
#endif

#ifdef FCI_ASAN
#include <sanitizer/asan_interface.h>
#define FCI_TRACK_POISON(address, length) __asan_poison_memory_region((address), (length))
#define FCI_TRACK_UNPOISON(address, length) __asan_unpoison_memory_region((address), (length))
#else
#define FCI_TRACK_POISON(address, length) ((void)(address), (void)(length))
#define FCI_TRACK_UNPOISON(address, length) ((void)(address), (void)(length))
#endif

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

/* What happened before a fci_track_release of this address happened before us. */
static inline void fci_track_acquire(const void *address)
{
    if (__tsan_acquire != NULL) {
        __tsan_acquire((void *)(uintptr_t)address);
    }
}

static inline void fci_track_release(const void *address)
{
    if (__tsan_release != NULL) {
        __tsan_release((void *)(uintptr_t)address);
    }
}

#endif
