/* SPDX-License-Identifier: MIT */

/* A program that closes all descriptors, as daemons do: the numbers are then those of its own
 * files, which are neither mapped, read, written nor closed, and the buffers stay right. */

#include "base/common.h"

#include "paged.h"

#include "base/state.h"
#include "files.h"
#include "memory/paged_linux.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define FOREIGN 0x5a
#define NUMBERS 60

/* The first number that is free where a test begins: those before are Check's, which writes. */
static int first;

static void note_first(void)
{
    first = fct_next_file();
}

/* Every number is one of a file of the program's afterwards, of the same length as the buffers. */
static bool take_all_numbers(void)
{
    static uint8_t bytes[SIZE];
    char path[] = "foreign-XXXXXX";
    for (int number = first; number < first + NUMBERS; number++) {
        (void)close(number);
    }
    int file = mkstemp(path);
    memset(bytes, FOREIGN, SIZE);
    bool right = file == first && unlink(path) == 0 && write(file, bytes, SIZE) == (ssize_t)SIZE;
    for (int number = first + 1; right && number < first + NUMBERS; number++) {
        right = dup(file) == number;
    }
    return right;
}

static bool numbers_are_as_they_were(void)
{
    static uint8_t bytes[SIZE + 1];
    for (int number = first; number < first + NUMBERS; number++) {
        if (pread(number, bytes, SIZE + 1, 0) != (ssize_t)SIZE) {
            return false;
        }
    }
    for (size_t i = 0; i < SIZE; i++) {
        if (bytes[i] != FOREIGN) {
            return false;
        }
    }
    return true;
}

static uint8_t pattern[SIZE];

static void make_pattern(void)
{
    for (size_t i = 0; i < SIZE; i++) {
        pattern[i] = fct_pattern(i);
    }
}

/* The first byte of page i is `value` for i < count, the rest is the pattern. */
static bool holds_pages(const fc_buffer *b, size_t count, uint8_t value)
{
    for (size_t at = 0; at < SIZE; at += PAGE) {
        const uint8_t *page = fc_buffer_data(b) + at;
        if (page[0] != (at / PAGE < count ? value : pattern[at]) ||
            memcmp(page + 1, pattern + at + 1, PAGE - 1) != 0) {
            return false;
        }
    }
    return true;
}

/* Snapshots that are let go, and then some that are kept. */
static bool goes_on(fc_buffer *b, size_t from)
{
    fc_buffer kept[4];
    bool right = true;
    for (size_t i = 0; i < 40; i++) {
        fc_buffer snapshot = fct_snapshot(b);
        fct_set(b, (from + i) * PAGE, 0xee);
        right &= holds_pages(&snapshot, from + i, 0xee) && holds_pages(b, from + i + 1, 0xee);
        fc_buffer_release(&snapshot);
    }
    for (size_t i = 0; i < 4; i++) {
        kept[i] = fct_snapshot(b);
        fct_set(b, (from + 40 + i) * PAGE, 0xee);
    }
    for (size_t i = 0; i < 4; i++) {
        right &= holds_pages(&kept[i], from + 40 + i, 0xee);
        fc_buffer_release(&kept[i]);
    }
    return right && holds_pages(b, from + 44, 0xee);
}

static bool pinned_goes_on(fc_buffer *b)
{
    uint8_t *bytes = NULL;
    bool right = fc_buffer_begin_write(&bytes, b) == FC_OK;
    for (size_t i = 0; right && i < 3; i++) {
        fc_buffer snapshot = fct_snapshot(b);
        bytes[i * PAGE] = 0xee;
        right = holds_pages(&snapshot, i, 0xee) && holds_pages(b, i + 1, 0xee);
        fc_buffer_release(&snapshot);
    }
    fc_buffer_end_write(b);
    return right;
}

static bool daemon_goes_on(void *context)
{
    fci_state_paged.find = *(const int *)context;
    note_first();
    fc_buffer alone = make_paged(), seen = make_paged(), view = fct_snapshot(&seen);
    fc_buffer pinned = make_paged(), line = make_paged(), later = make_paged();
    fct_set(&view, 0, 0xee);
    bool right = goes_on(&line, 0) && take_all_numbers() && goes_on(&line, 44);
    right = right && goes_on(&alone, 0) && goes_on(&view, 1) && goes_on(&seen, 0);
    right = right && pinned_goes_on(&pinned) && goes_on(&later, 0);
    fc_buffer fresh = make_paged(); /* opens a descriptor of its own */
    right = right && goes_on(&fresh, 0);
    fc_buffer_release(&alone), fc_buffer_release(&seen), fc_buffer_release(&view);
    fc_buffer_release(&pinned), fc_buffer_release(&line), fc_buffer_release(&later);
    fc_buffer_release(&fresh);
    return right && numbers_are_as_they_were();
}

START_TEST(numbers_of_closed_descriptors_are_the_programs)
{
    for (int find = FCI_FIND_SCAN; find <= FCI_FIND_COMPARE; find++) {
        ck_assert(in_child(daemon_goes_on, &find));
    }
}
END_TEST

struct shown {
    fc_buffer b, snapshot;
};

static bool write_after_fork(void *context)
{
    struct shown *shown = context;
    return goes_on(&shown->b, 0) && holds_pages(&shown->snapshot, 0, 0);
}

/* A file that is written in place cannot be made private by its number: it is copied. */
static bool daemon_forks(void *context)
{
    (void)context;
    note_first();
    struct shown alone = { .b = make_paged() }, seen = { .b = make_paged() };
    alone.snapshot = make_paged();
    seen.snapshot = fct_snapshot(&seen.b);
    fc_buffer view = fct_snapshot(&seen.b);
    fct_set(&view, 0, 0xee);
    bool right = take_all_numbers() && in_child(write_after_fork, &alone) &&
                 in_child(write_after_fork, &seen) && holds_pages(&alone.b, 0, 0) &&
                 holds_pages(&seen.b, 0, 0) && holds_pages(&view, 1, 0xee) &&
                 goes_on(&alone.b, 0) && goes_on(&seen.b, 0) && goes_on(&view, 1) &&
                 holds_pages(&alone.snapshot, 0, 0) && holds_pages(&seen.snapshot, 0, 0);
    fc_buffer_release(&alone.b), fc_buffer_release(&alone.snapshot);
    fc_buffer_release(&seen.b), fc_buffer_release(&seen.snapshot), fc_buffer_release(&view);
    return right && numbers_are_as_they_were();
}

START_TEST(a_fork_after_it_isolates_all_the_same)
{
    ck_assert(in_child(daemon_forks, NULL));
}
END_TEST

/* A number is the file's as long as it stands for that file on that device. */
START_TEST(descriptor_is_known_by_its_file_and_device)
{
    struct fci_paged_descriptor ours;
    int number = fci_paged_open(PAGE), other = fci_paged_open(PAGE);
    ck_assert(fci_paged_own_descriptor(&ours, number) && fci_paged_number(&ours) == number);
    struct fci_paged_descriptor device = ours, file = ours;
    device.device++, file.inode++;
    ck_assert_int_eq(fci_paged_number(&device), -1);
    ck_assert_int_eq(fci_paged_number(&file), -1);
    ck_assert_int_eq(dup2(other, number), number);
    ck_assert_int_eq(fci_paged_number(&ours), -1);
    fci_paged_close(&ours);
    ck_assert_int_eq(fcntl(number, F_GETFD), 0);
    ck_assert(fci_paged_own_descriptor(&ours, number));
    fci_paged_close(&ours);
    ck_assert_int_eq(fcntl(number, F_GETFD), -1);
    ck_assert(!fci_paged_own_descriptor(&ours, number) && ours.number == -1);
    ck_assert_int_eq(close(other), 0);
}
END_TEST

/* Each descriptor that is opened is the lowest that is free. */
static bool zero_is_a_number(void *unused)
{
    (void)unused;
    uint8_t *bytes = NULL;
    size_t before = 0, mappings = 1;
    bool right = fci_paged_probe(&before) && close(STDIN_FILENO) == 0;
    right &= fci_paged_probe(&mappings) && mappings == before;
    fc_buffer made = make_paged(), mapped = FC_BUFFER_INIT;
    right &= fcntl(STDIN_FILENO, F_GETFD) == FD_CLOEXEC && fct_stats().paged_bytes == SIZE;
    right &= fc_buffer_begin_write(&bytes, &made) == FC_OK;
    fc_buffer view = fct_snapshot(&made);
    fc_buffer_end_write(&made);
    right &= fct_stats().paged_descriptors == 1 && goes_on(&made, 0);
    fc_buffer_release(&made), fc_buffer_release(&view);
    right &= fcntl(STDIN_FILENO, F_GETFD) == -1;
    right &= fc_buffer_map_file(&mapped, "/proc/self/exe") == FC_OK && is_paged(&mapped);
    right &= fcntl(STDIN_FILENO, F_GETFD) == -1;
    fc_buffer_release(&mapped);
    return right && fct_alive() == 0;
}

/* What is written as it was is a page of the view's own by its page tables alone. */
static bool zero_is_the_page_map(void *context)
{
    fci_state_paged.find = *(const int *)context;
    fc_buffer made = make_paged();
    bool right = close(STDIN_FILENO) == 0;
    fc_buffer view = fct_snapshot(&made);
    fct_set(&view, 0, fct_get(&view, 0));
    right &= fct_stats().paged_private_pages == 1;
    right &= fcntl(STDIN_FILENO, F_GETFD) == FD_CLOEXEC;
    int free = fct_lowest_free_descriptor();
    right &= fct_stats().paged_private_pages == 1 && fct_lowest_free_descriptor() == free;
    fc_buffer_release(&made), fc_buffer_release(&view);
    return right;
}

START_TEST(descriptor_0_is_one_like_any_other)
{
    ck_assert(in_child(zero_is_a_number, NULL));
    for (int find = FCI_FIND_SCAN; find < FCI_FIND_COMPARE; find++) {
        ck_assert(in_child(zero_is_the_page_map, &find));
    }
}
END_TEST

static bool set_address_space(rlim_t most)
{
    struct rlimit limit;
    bool known = getrlimit(RLIMIT_AS, &limit) == 0;
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    return known && setrlimit(RLIMIT_AS, &limit) == 0;
}

/* All that the process has mapped. */
static rlim_t mapped_bytes(void)
{
    char text[32] = "";
    int file = open("/proc/self/statm", O_RDONLY);
    bool known = file >= 0 && read(file, text, sizeof text - 1) > 0;
    (void)close(file);
    return known ? (rlim_t)strtoull(text, NULL, 10) * PAGE : RLIM_INFINITY;
}

/* The child cannot have the buffer; nobody else may have its place as long as it is not released.
 */
static bool place_is_kept(void *context)
{
    fc_buffer *b = context;
    void *place = (void *)(uintptr_t)fc_buffer_data(b);
    bool raised = set_address_space(RLIM_INFINITY);
    void *taken =
        mmap(place, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    fc_buffer_release(b);
    return raised && taken == MAP_FAILED;
}

/* Nor is there room for a copy. */
static bool daemon_forks_without_room(void *context)
{
    (void)context;
    note_first();
    fc_buffer b = make_paged();
    bool right =
        take_all_numbers() && set_address_space(mapped_bytes()) && in_child(place_is_kept, &b);
    right = set_address_space(RLIM_INFINITY) && right && holds_pages(&b, 0, 0) && goes_on(&b, 0);
    fc_buffer_release(&b);
    return right && numbers_are_as_they_were();
}

START_TEST(a_child_that_cannot_have_a_buffer_leaves_its_place_alone)
{
    ck_assert(in_child(daemon_forks_without_room, NULL));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory/paged_descriptor");
    TCase *closed = tcase_create("closed");
    tcase_add_checked_fixture(closed, paged_where_asked, fct_assert_nothing_alive);
    tcase_set_timeout(closed, 120);
    tcase_add_test(closed, numbers_of_closed_descriptors_are_the_programs);
    tcase_add_test(closed, descriptor_is_known_by_its_file_and_device);
    tcase_add_test(closed, descriptor_0_is_one_like_any_other);
    tcase_add_test(closed, a_fork_after_it_isolates_all_the_same);
    tcase_add_test(closed, a_child_that_cannot_have_a_buffer_leaves_its_place_alone);
    suite_add_tcase(suite, closed);
    return suite;
}

int main(void)
{
    make_pattern();
    return fct_main(make_suite);
}
