/* SPDX-License-Identifier: MIT */

/* Promises F4 to F6: wrong programs. A checked build stops them with file, line and condition;
 * another one does not look, so there only what is right is tried. Each mistake is made in a child
 * process whose end and last words are looked at. Black box: the public header only. */

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bytes.h"
#include "promise.h"

#define SIZE FCT_SHARED_SIZE

#ifdef FC_CHECKS
/* A handle whose arena is dead: the last owner went through another variable. */
static fc_buffer make_dead(size_t length)
{
    fc_buffer b = fct_make(length), dead = b;
    fc_buffer_release(&b);
    return dead;
}

static const size_t dead_sizes[] = { 40, SIZE, 3 << 20 };

/* Every use that goes through the library, or through a count. */
static void use_dead(int which)
{
    fc_buffer dead = make_dead(dead_sizes[which % 3]), out = FC_BUFFER_INIT;
    uint8_t bytes[20] = { 0 }, *address = NULL;
    switch (which / 3) {
    case 0:
        fc_buffer_release(&dead);
        break;
    case 1:
        out = fc_buffer_retain(&dead);
        break;
    case 2:
        out = fc_buffer_slice(&dead, 1, 9);
        break;
    case 3:
        (void)!fc_buffer_write(&dead, 0, bytes, 20);
        break;
    case 4:
        (void)!fc_buffer_write(&dead, 0, bytes, 1);
        break;
    case 5:
        (void)!fc_buffer_set(&dead, 5, 1);
        break;
    case 6:
        (void)!fc_buffer_copy_into(NULL, &dead, 0, fc_view_of(bytes, 20));
        break;
    case 7:
        (void)!fc_buffer_snapshot(&out, &dead);
        break;
    case 8:
        (void)!fc_buffer_copy(&out, &dead);
        break;
    case 9:
        (void)!fc_buffer_compact(&dead);
        break;
    case 10:
        (void)!fc_buffer_unshare(&dead);
        break;
    case 11:
        (void)!fc_buffer_freeze(&dead);
        break;
    case 12:
        (void)!fc_buffer_begin_write(&address, &dead);
        break;
    case 13:
        fc_buffer_end_write(&dead);
        break;
    case 14:
        (void)fc_buffer_would_copy(&dead);
        break;
    case 15:
        (void)fc_buffer_is_unique(&dead);
        break;
    case 16:
        (void)fc_buffer_retained_bytes(&dead);
        break;
    default:
        fc_buffer_narrow(&dead, 3, 3);
        break;
    }
    (void)out;
}
#define USES_OF_DEAD (18 * 3)
#endif

/* What is not a mistake: in every build. */
START_TEST(last_owner_of_many_is_no_mistake)
{
    PROMISE("F4", "The use of a dead arena stops a checked build with file, line and condition.");
    fc_buffer b = fct_make(SIZE), handles[100];
    for (size_t i = 0; i < 100; i++) {
        handles[i] = i % 2 == 0 ? fc_buffer_retain(&b) : fc_buffer_slice(&b, 1, -1);
    }
    fc_buffer_release(&b);
    for (size_t i = 0; i < 100; i++) {
        ck_assert_uint_eq(fct_get(&handles[i], 5), fct_pattern(5 + i % 2));
        fc_buffer_release(&handles[i]);
        fc_buffer_release(&handles[i]);
    }
}
END_TEST

#ifdef FC_CHECKS
START_TEST(use_of_a_dead_arena_stops)
{
    PROMISE("F4", "The use of a dead arena stops a checked build with file, line and condition.");
    /* Releases and retains see a count that no owner can have; the others an invalid handle. */
    static const int counts[] = { 0, 1, 2, 17 };
    const char *condition = "fci_buffer_is_valid";
    for (size_t i = 0; i < 4; i++) {
        condition = _i / 3 == counts[i] ? "is_saturated(" : condition;
    }
    (void)fct_assert_stops(use_dead, _i, condition);
}
END_TEST

/* Inline code that reads bytes asks nobody, and finds no address to read from. */
static void read_dead(int which)
{
    fc_buffer dead = make_dead(dead_sizes[which % 3]);
    uint8_t value = 0;
    fc_status status =
        which < 3 ? fc_buffer_get(&value, &dead, 1) : fc_buffer_at(&value, &dead, -1);
    /* The value is used, or the compiler would not read it. */
    (void)dprintf(STDERR_FILENO, "%d: read %d\n", status, value);
}

START_TEST(read_of_a_dead_arena_does_not_survive)
{
    char words[4096];
    PROMISE("F4", "The use of a dead arena stops a checked build with file, line and condition.");
    int end = fct_end_of(read_dead, _i, words, sizeof words);
    ck_assert_msg(!WIFEXITED(end) || WEXITSTATUS(end) != 0, "read %d survived", _i);
}
END_TEST

/* Dead arenas are told from live ones long after: memory that was freed would be somebody else's.
 */
static void use_dead_later(int which)
{
    fc_buffer dead = make_dead(dead_sizes[which % 3]);
    for (int i = 0; i < 500; i++) {
        fc_buffer other = fct_make(dead_sizes[which % 3] == 40 ? 40 : 5000);
        fc_buffer_release(&other);
    }
    fc_buffer out = fc_buffer_retain(&dead);
    (void)out;
}

START_TEST(use_of_a_dead_arena_stops_later_too)
{
    PROMISE("F4", "The use of a dead arena stops a checked build with file, line and condition.");
    (void)fct_assert_stops(use_dead_later, _i, "is_saturated(");
}
END_TEST

static void end_too_often(int which)
{
    uint8_t *address = NULL;
    fc_buffer b = fct_make(which % 2 == 0 ? 40 : SIZE), slice = fc_buffer_slice(&b, 1, 9);
    for (int i = 0; i < which / 2; i++) {
        (void)!fc_buffer_begin_write(&address, &b);
    }
    for (int i = 0; i <= which / 2; i++) {
        fc_buffer_end_write(i % 2 == 0 ? &slice : &b);
    }
}

START_TEST(unbalanced_end_write_stops)
{
    PROMISE("F5", "An unbalanced end_write stops a checked build.");
    (void)fct_assert_stops(end_too_often, _i, "pins");
}
END_TEST

static void let_go_while_pinned(int which)
{
    uint8_t *address = NULL;
    fc_buffer b = fct_make(which % 2 == 0 ? 40 : SIZE), part = fc_buffer_slice(&b, 1, 30);
    (void)!fc_buffer_begin_write(&address, &part);
    switch (which / 2) {
    case 0:
        (void)!fc_buffer_freeze(&b);
        break;
    case 1:
        (void)!fc_buffer_compact(&part);
        break;
    case 2:
        (void)!fc_buffer_compact(&b);
        break;
    case 3:
        fc_buffer_release(&b);
        fc_buffer_release(&part);
        break;
    default:
        fc_buffer_release(&part);
        fc_buffer_narrow(&b, 1, 1);
        break;
    }
}

START_TEST(letting_go_while_pinned_stops)
{
    PROMISE("F6",
            "Freezing, compacting or releasing the last handle of a pinned arena stops a checked "
            "build.");
    (void)fct_assert_stops(let_go_while_pinned, _i, "pins == 0");
}
END_TEST

/* The only handle, whose window is the whole block: compact would have nothing to do. */
static void compact_whole_while_pinned(int which)
{
    uint8_t *address = NULL;
    fc_buffer b = fct_make(which % 2 == 0 ? 40 : SIZE);
    (void)!fc_buffer_begin_write(&address, &b);
    (void)!fc_buffer_compact(&b);
}

START_TEST(compacting_the_whole_while_pinned_stops)
{
    PROMISE("F6",
            "Freezing, compacting or releasing the last handle of a pinned arena stops a checked "
            "build.");
    (void)fct_assert_stops(compact_whole_while_pinned, _i, "pins == 0");
}
END_TEST
#endif

START_TEST(balanced_pins_are_no_mistake)
{
    uint8_t *address = NULL;
    PROMISE("F5", "An unbalanced end_write stops a checked build.");
    PROMISE("F6",
            "Freezing, compacting or releasing the last handle of a pinned arena stops a checked "
            "build.");
    fc_buffer b = fct_make(_i == 0 ? 40 : SIZE), part = fc_buffer_slice(&b, 1, 30);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(fc_buffer_begin_write(&address, i % 2 == 0 ? &b : &part), FC_OK);
    }
    /* Any handle but the last one may go while the arena is pinned. */
    fc_buffer_release(&b);
    for (int i = 0; i < 5; i++) {
        fc_buffer_end_write(&part);
    }
    ck_assert_int_eq(fc_buffer_compact(&part), FC_OK);
    ck_assert_int_eq(fc_buffer_freeze(&part), FC_OK);
    fct_assert_pattern(&part, 1, FCT_NONE);
    fc_buffer_release(&part);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("contract: stops");
    TCase *right = tcase_create("right programs");
    tcase_add_checked_fixture(right, NULL, fct_assert_nothing_alive);
    tcase_add_test(right, last_owner_of_many_is_no_mistake);
    tcase_add_loop_test(right, balanced_pins_are_no_mistake, 0, 2);
    suite_add_tcase(suite, right);
#ifdef FC_CHECKS
    TCase *stops = tcase_create("wrong programs");
    tcase_set_timeout(stops, 300);
    tcase_add_loop_test(stops, use_of_a_dead_arena_stops, 0, USES_OF_DEAD);
    tcase_add_loop_test(stops, read_of_a_dead_arena_does_not_survive, 0, 6);
    tcase_add_loop_test(stops, use_of_a_dead_arena_stops_later_too, 0, 3);
    tcase_add_loop_test(stops, unbalanced_end_write_stops, 0, 8);
    tcase_add_loop_test(stops, letting_go_while_pinned_stops, 0, 10);
    tcase_add_loop_test(stops, compacting_the_whole_while_pinned_stops, 0, 2);
    suite_add_tcase(suite, stops);
#endif
    return suite;
}

int main(void)
{
    return fct_main(make_suite);
}
