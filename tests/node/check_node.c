/* SPDX-License-Identifier: MIT */

/* Parity with Node's Buffer: reads the vectors that vectors.mjs prints from standard input and runs
 * every one through the public API, one test for each family of operations. Prints for each
 * operation how many vectors there were, ran, were skipped and by which rule, and failed, and the
 * first ten failures of each in full. An argument says how many vectors must arrive. */

#include "vector.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SHOWN_FAILURES 10
/* Of all vectors these many in a hundred have to run. */
#define LEAST_RUN 98

static const struct family {
    const char *name;
    const struct operation *operations;
} families[] = {
    { "text", text_operations }, { "search", search_operations }, { "bytes", bytes_operations },
    { "move", move_operations }, { "number", number_operations }, { "decoder", decoder_operations },
    { "tool", tool_operations }, { "es2025", es2025_operations },
};
#define FAMILIES (sizeof families / sizeof families[0])

static struct {
    char **lines; /* each ends with a NUL where its newline was */
    size_t count;
} input;

struct tally {
    size_t vectors, run, failed, skipped[SKIP_RULES];
};

/* Over all families, in memory that the processes of the tests share. */
static struct tally *total;

static void read_input(void)
{
    char *line = NULL;
    size_t room = 0, size = 0;
    while (getline(&line, &room, stdin) > 0) {
        if (input.count == size) {
            size = size == 0 ? 4096 : 2 * size;
            input.lines = realloc(input.lines, size * sizeof *input.lines);
        }
        line[strcspn(line, "\n")] = '\0';
        input.lines[input.count] = strdup(line);
        if (input.lines[input.count++] == NULL) {
            abort();
        }
    }
    free(line);
}

/* Only of this operation's vectors, which begin with its name. */
static bool is_of(const char *line, const char *name)
{
    static const char before[] = "{\"op\":\"";
    size_t prefix = sizeof before - 1, length = strlen(name);
    return strncmp(line, before, prefix) == 0 && strncmp(line + prefix, name, length) == 0 &&
           line[prefix + length] == '"';
}

/* The object on this line, or NULL if it is not one object of JSON and nothing else. */
static struct json_object *read_line(struct json_tokener *tokener, const char *line)
{
    size_t length = strlen(line);
    json_tokener_reset(tokener);
    struct json_object *root = json_tokener_parse_ex(tokener, line, (int)length);
    if (json_object_is_type(root, json_type_object) &&
        json_tokener_get_parse_end(tokener) == length) {
        return root;
    }
    json_object_put(root);
    return NULL;
}

static void run_vector(const struct operation *operation, size_t number,
                       struct json_tokener *tokener, struct tally *tally)
{
    struct vector v;
    vector_begin(&v, read_line(tokener, input.lines[number]), number);
    if (v.root == NULL) {
        vector_fail(&v, "not a line of JSON");
    } else {
        operation->run(&v);
    }
    vector_end(&v);
    tally->vectors++;
    tally->run += v.skip == SKIP_NONE;
    tally->skipped[v.skip]++;
    if (v.failure[0] != '\0' && tally->failed++ < SHOWN_FAILURES) {
        (void)printf("line %zu: %s\n    %s\n", number + 1, v.failure, input.lines[number]);
    }
}

static void print_tally(const char *name, const struct tally *tally)
{
    (void)printf("%-15s %6zu vectors, %6zu run, %4zu skipped, %zu failed\n", name, tally->vectors,
                 tally->run, tally->vectors - tally->run, tally->failed);
    for (size_t rule = SKIP_NONE + 1; rule < SKIP_RULES; rule++) {
        if (tally->skipped[rule] != 0) {
            (void)printf("%22zu skipped: %s\n", tally->skipped[rule], skip_names[rule]);
        }
    }
}

static void add(struct tally *sum, const struct tally *tally)
{
    sum->vectors += tally->vectors;
    sum->run += tally->run;
    sum->failed += tally->failed;
    for (size_t rule = 0; rule < SKIP_RULES; rule++) {
        sum->skipped[rule] += tally->skipped[rule];
    }
}

START_TEST(operations_of_family_do_as_node_does)
{
    struct json_tokener *tokener = json_tokener_new();
    size_t failed = 0;
    ck_assert_ptr_nonnull(tokener);
    for (const struct operation *operation = families[_i].operations; operation->name != NULL;
         operation++) {
        struct tally tally = { 0 };
        for (size_t i = 0; i < input.count; i++) {
            if (is_of(input.lines[i], operation->name)) {
                run_vector(operation, i, tokener, &tally);
            }
        }
        print_tally(operation->name, &tally);
        add(total, &tally);
        failed += tally.failed;
    }
    json_tokener_free(tokener);
    (void)fflush(stdout); /* a failed test does not come back */
    ck_assert_msg(failed == 0, "%zu vectors of family %s failed", failed, families[_i].name);
}
END_TEST

START_TEST(enough_vectors_have_run)
{
    print_tally("all", total);
    (void)fflush(stdout);
    ck_assert_uint_gt(input.count, 0);
    /* None is of an operation that nobody runs, none was read twice. */
    ck_assert_uint_eq(total->vectors, input.count);
    ck_assert_uint_ge(total->run * 100, total->vectors * LEAST_RUN);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("node");
    TCase *node = tcase_create("node");
    tcase_set_timeout(node, 600);
    tcase_add_loop_test(node, operations_of_family_do_as_node_does, 0, (int)FAMILIES);
    tcase_add_test(node, enough_vectors_have_run);
    suite_add_tcase(suite, node);
    return suite;
}

int main(int argc, char **argv)
{
    total = mmap(NULL, sizeof *total, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (total == MAP_FAILED) {
        return EXIT_FAILURE;
    }
    read_input();
    if (argc > 1 && input.count != strtoull(argv[1], NULL, 10)) {
        (void)fprintf(stderr, "check_node: %zu vectors, should be %s\n", input.count, argv[1]);
        return EXIT_FAILURE;
    }
    return fct_main(make_suite);
}
