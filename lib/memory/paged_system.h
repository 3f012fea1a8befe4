/* SPDX-License-Identifier: MIT */

/* What the paged part asks of Linux, and older headers than the kernel's lack. */
#ifndef FCI_MEMORY_PAGED_SYSTEM_H
#define FCI_MEMORY_PAGED_SYSTEM_H

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U /* Linux 6.3 */
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14 */
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25 /* Linux 6.1 */
#endif

/* The PAGEMAP_SCAN call of Linux 6.7, by names of our own: a later header has it. */
struct fci_page_region {
    uint64_t start, end, categories;
};
struct fci_page_scan {
    uint64_t size, flags, start, end, walk_end, regions, region_count, max_pages;
    uint64_t inverted, mask, any_of, shown;
};
#ifdef __GLIBC__
#define FCI_SCAN_CALL _IOWR('f', 16, struct fci_page_scan)
#else
#define FCI_SCAN_CALL ((int)_IOWR('f', 16, struct fci_page_scan)) /* an int in musl */
#endif
#define FCI_SCAN_FILE ((uint64_t)1 << 2)
#define FCI_SCAN_PRESENT ((uint64_t)1 << 3)
#define FCI_SCAN_SWAPPED ((uint64_t)1 << 4)

/* An entry of the page map. */
#define FCI_ENTRY_FILE ((uint64_t)1 << 61)
#define FCI_ENTRY_MAPPED ((uint64_t)3 << 62)  /* present or swapped */
#define FCI_ENTRY_OTHERS ((uint64_t)31 << 57) /* none of a page that is the program's own */

#endif
