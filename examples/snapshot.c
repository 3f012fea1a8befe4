/* SPDX-License-Identifier: MIT */

/* What JavaScript's Buffer has not got: a snapshot of 1 MiB, 1000 reads of it, and one write that
 * clones. Neither the snapshot nor the reads copy a byte; the counters prove it. */

#include <fc_buffer.h>

#include <stdio.h>
#include <stdlib.h>

#define LENGTH ((size_t)1024 * 1024)

static void must(bool condition, const char *what)
{
    if (!condition) {
        (void)fprintf(stderr, "snapshot: not so: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static fc_stats stats_now(void)
{
    fc_stats stats = { .size = sizeof stats };
    must(fc_stats_read(&stats) == FC_OK, "the counters can be read");
    return stats;
}

static void print_copies(const char *when, const fc_stats *before)
{
    fc_stats now = stats_now();
    printf("%-24s %llu copies, %llu bytes\n", when,
           (unsigned long long)(now.write_copies - before->write_copies + now.snapshot_copies -
                                before->snapshot_copies),
           (unsigned long long)(now.write_copied_bytes - before->write_copied_bytes +
                                now.snapshot_copied_bytes - before->snapshot_copied_bytes));
}

int main(void)
{
    fc_stats before = stats_now();

    /* const original = Buffer.alloc(1024 * 1024, 'a'); */
    FC_BUFFER_AUTO fc_buffer original = FC_BUFFER_INIT;
    must(fc_buffer_alloc_fill(&original, LENGTH, FC_VIEW_LITERAL("a")) == FC_OK, "there is a MiB");

    /* const snap = original.snapshot(); */
    FC_BUFFER_AUTO fc_buffer snap = FC_BUFFER_INIT;
    must(fc_buffer_snapshot(&snap, &original) == FC_OK, "there is room for its header");
    print_copies("after the snapshot:", &before);

    /* for (let i = 0; i < 1000; i++) sum += snap[i]; */
    size_t sum = 0;
    for (size_t i = 0; i < 1000; i++) {
        uint8_t value = 0;
        must(fc_buffer_get(&value, &snap, i) == FC_OK, "the index is in range");
        sum += value;
    }
    print_copies("after 1000 reads:", &before);
    must(sum == (size_t)1000 * 'a', "the snapshot has the original's bytes");
    must(fc_buffer_would_copy(&original), "the next write has to clone");

    /* original[0] = 'b'; -- the first write clones; snap keeps what it had */
    must(fc_buffer_set(&original, 0, 'b') == FC_OK, "there is memory for the clone");
    print_copies("after the first write:", &before);

    /* original[1] = 'b'; -- and only the first */
    must(fc_buffer_set(&original, 1, 'b') == FC_OK, "in place");
    print_copies("after the second write:", &before);

    fc_view now = fc_view_slice(fc_buffer_view(&original), 0, 4);
    fc_view then = fc_view_slice(fc_buffer_view(&snap), 0, 4);
    printf("original begins %.*s, snapshot begins %.*s\n", (int)now.length, (const char *)now.bytes,
           (int)then.length, (const char *)then.bytes);
    must(now.bytes[0] == 'b' && then.bytes[0] == 'a', "isolation");
    return EXIT_SUCCESS;
}
