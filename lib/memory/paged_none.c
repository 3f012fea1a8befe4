/* SPDX-License-Identifier: MIT */

/* Paged blocks where the system has no memory files: there are none, and whole blocks serve. */

#include "base/common.h"

#include "memory/paged.h"

#include "base/contract.h"

bool fci_paged_wanted(size_t length, const struct fci_traits *traits)
{
    (void)length, (void)traits;
    return false;
}

bool fci_paged_is_bulk(size_t length, size_t whole)
{
    (void)length, (void)whole;
    return true;
}

struct fci_block *fci_paged_alloc(size_t length, bool filled)
{
    (void)length, (void)filled;
    return NULL;
}

struct fci_block *fci_paged_map(int file, size_t length)
{
    (void)file, (void)length;
    return NULL;
}

struct fci_block *fci_paged_detach(struct fci_block *block, const uint8_t *bytes, size_t length,
                                   uint16_t *patience, size_t *copied)
{
    (void)block, (void)bytes, (void)length, (void)patience, (void)copied;
    return NULL;
}

void fci_paged_expect(struct fci_block *block, size_t offset, size_t length)
{
    (void)block, (void)offset, (void)length;
}

struct fci_block *fci_paged_snapshot(struct fci_block *block, const uint8_t *bytes, size_t length,
                                     size_t *copied)
{
    (void)block, (void)bytes, (void)length, (void)copied;
    return NULL;
}

void fci_paged_free(struct fci_block *block)
{
    (void)block;
    FCI_ENSURE(block == NULL); /* there is none to be freed */
}

bool fci_paged_is_whole(const struct fci_block *block)
{
    (void)block;
    return true;
}

size_t fci_paged_retained(const struct fci_block *block)
{
    return block->length;
}

void fci_paged_count(struct fci_paged_stats *stats)
{
    *stats = (struct fci_paged_stats){ 0 };
}
