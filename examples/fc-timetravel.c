/* SPDX-License-Identifier: MIT */

/* fc-timetravel [-n EDITS] [-s SEED] [-x VERSION] FILE: an editor that forgets nothing. It maps the
 * file, makes random edits and keeps every version, each one a snapshot: a count when it is taken,
 * and the pages that the next edit touches. Beside it, the same with a copy each time. Then each
 * version is compared with bytes in which no snapshot had a hand: the file as read(2) gives it, and
 * the log of the edits replayed on it; with -x after one version was damaged, to see that this is
 * found, and in that version alone. The file itself is never written. */

#include <fc_buffer.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Of the bytes of an edit, and of edits: a process may have some 16,000 paged buffers. */
#define EDIT_MAX ((size_t)64)
#define EDITS_MAX ((uint64_t)10000)

/* No version is damaged. */
#define NOBODY UINT64_MAX

/* Of what fc_stats counts in pages. */
#define PAGE 4096.0

struct edit {
    size_t offset, length;
    uint8_t bytes[EDIT_MAX];
};

struct travel {
    const char *path;
    uint64_t seed, edits, damaged;
    uint8_t *plain;      /* the file, read; replays the log */
    size_t length;       /* of the file, in bytes */
    struct edit *log;    /* edit i leads from version i to version i + 1 */
    fc_buffer *versions; /* one more than edits */
};

/* What keeping so many versions took. */
struct cost {
    double seconds, bytes;
    size_t versions;
};

static int fail(const char *what, const char *why)
{
    (void)fflush(stdout);
    (void)fprintf(stderr, "fc-timetravel: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

static const char *reason(fc_status status)
{
    return status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status);
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* A line of what the system tells about this process, in bytes; 0 where it tells nothing. */
static double tells(const char *path, const char *what)
{
    char line[256];
    double kilobytes = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, what, strlen(what)) == 0) {
            kilobytes = strtod(line + strlen(what), NULL);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return 1024 * kilobytes;
}

static fc_stats stats_now(void)
{
    fc_stats stats = { .size = sizeof stats };
    return fc_stats_read(&stats) == FC_OK ? stats : (fc_stats){ 0 };
}

/* The memory that this process really takes: pages of its own, the page tables that lead to them,
 * and memory files, of which nothing of this need be mapped. */
static double memory(void)
{
    fc_stats stats = stats_now();
    return tells("/proc/self/smaps_rollup", "Anonymous:") + tells("/proc/self/status", "VmPTE:") +
           (double)stats.paged_bytes - PAGE * (double)stats.paged_private_pages;
}

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static void make_log(struct travel *t)
{
    uint64_t random = t->seed;
    size_t longest = t->length < EDIT_MAX ? t->length : EDIT_MAX;
    assert(longest != 0);
    for (uint64_t i = 0; i < t->edits; i++) {
        struct edit *edit = &t->log[i];
        edit->length = 1 + next_random(&random) % longest;
        edit->offset = next_random(&random) % (t->length - edit->length + 1);
        for (size_t j = 0; j < edit->length; j++) {
            edit->bytes[j] = (uint8_t)next_random(&random);
        }
    }
}

/* ---- the two ways ---------------------------------------------------------------------------- */

static fc_status keep_snapshots(const struct travel *t, const fc_buffer *file)
{
    FC_BUFFER_AUTO fc_buffer document = fc_buffer_retain(file);
    fc_status status = fc_buffer_snapshot(&t->versions[0], &document);
    for (uint64_t i = 0; status == FC_OK && i < t->edits; i++) {
        const struct edit *edit = &t->log[i];
        status = fc_buffer_write(&document, edit->offset, edit->bytes, edit->length);
        if (status == FC_OK) {
            status = fc_buffer_snapshot(&t->versions[i + 1], &document);
        }
    }
    return status;
}

/* As far as a quarter of the memory goes that is free. */
static struct cost keep_copies(const struct travel *t)
{
    double room = 0.25 * (double)sysconf(_SC_AVPHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    uint8_t **copies = calloc(t->edits, sizeof *copies);
    const uint8_t *document = t->plain;
    struct cost cost = { .bytes = -memory() };
    double start = now();
    while (copies != NULL && cost.versions < t->edits &&
           (double)(cost.versions + 1) * (double)t->length <= room) {
        const struct edit *edit = &t->log[cost.versions];
        uint8_t *copy = malloc(t->length);
        if (copy == NULL) {
            break;
        }
        memcpy(copy, document, t->length);
        memcpy(copy + edit->offset, edit->bytes, edit->length);
        document = copies[cost.versions++] = copy;
    }
    cost.seconds = now() - start;
    cost.bytes += memory();
    for (size_t i = 0; i < cost.versions; i++) {
        free(copies[i]);
    }
    free(copies);
    return cost;
}

/* ---- there and back -------------------------------------------------------------------------- */

/* From version to version, in no order: each is a document that could be edited on. */
static fc_status travel(const struct travel *t)
{
    fc_status status = FC_OK;
    uint64_t random = t->seed;
    double start = now();
    for (uint64_t i = 0; status == FC_OK && i <= t->edits; i++) {
        FC_BUFFER_AUTO fc_buffer document = FC_BUFFER_INIT;
        uint64_t version = next_random(&random) % (t->edits + 1);
        status = fc_buffer_snapshot(&document, &t->versions[version]);
    }
    (void)printf("from any version to any other in %.1f us\n",
                 1e6 * (now() - start) / (double)(t->edits + 1));
    return status;
}

/* Replays the log from the file's own bytes, and lets go of what has been compared: reading all of
 * a mapping makes page tables for all of it. Returns how many versions are wrong. */
static size_t verify(const struct travel *t)
{
    size_t wrong = 0;
    for (uint64_t i = 0; i <= t->edits; i++) {
        if (i > 0) {
            memcpy(t->plain + t->log[i - 1].offset, t->log[i - 1].bytes, t->log[i - 1].length);
        }
        if (fc_buffer_length(&t->versions[i]) != t->length ||
            memcmp(fc_buffer_data(&t->versions[i]), t->plain, t->length) != 0) {
            (void)fprintf(stderr, "fc-timetravel: version %llu is wrong\n", (unsigned long long)i);
            wrong++;
        }
        fc_buffer_release(&t->versions[i]);
    }
    return wrong;
}

static fc_status damage(const struct travel *t)
{
    size_t at = t->length / 2;
    fc_buffer *version = &t->versions[t->damaged];
    return fc_buffer_set(version, at, (uint8_t)~fc_buffer_data(version)[at]);
}

/* ---- what is printed ------------------------------------------------------------------------- */

static void print_cost(const char *what, const struct cost *cost)
{
    if (cost->versions == 0) {
        (void)printf("%-10s  not measured: memory is short\n", what);
        return;
    }
    (void)printf("%-10s %12.1f us %12.1f KiB %12.1f MiB %9zu\n", what,
                 1e6 * cost->seconds / (double)cost->versions,
                 cost->bytes / 1024 / (double)cost->versions, cost->bytes / 1048576,
                 cost->versions);
}

static void print_costs(const struct cost *snapshots, const struct cost *copies)
{
    (void)printf("%-10s %15s %16s %16s %9s\n", "", "an edit", "a version", "all of it", "versions");
    print_cost("snapshots", snapshots);
    print_cost("copies", copies);
    if (copies->versions > 0 && snapshots->bytes > 0) {
        double scale = (double)snapshots->versions / (double)copies->versions;
        (void)printf("%-10s %13.1f x %14.1f x\n", "less by",
                     scale * copies->seconds / snapshots->seconds,
                     scale * copies->bytes / snapshots->bytes);
    }
}

static void print_pages(void)
{
    fc_stats stats = stats_now();
    (void)printf("%llu mappings of %llu files, %llu pages of their own: %.1f MiB in truth, "
                 "%.1f MiB resident\n",
                 (unsigned long long)stats.paged_mappings,
                 (unsigned long long)stats.paged_descriptors,
                 (unsigned long long)stats.paged_private_pages, (double)stats.paged_bytes / 1048576,
                 tells("/proc/self/status", "VmRSS:") / 1048576);
}

/* ---- the program ----------------------------------------------------------------------------- */

static fc_status measure(const struct travel *t, const fc_buffer *file)
{
    struct cost copies = keep_copies(t);
    struct cost snapshots = { .bytes = -memory(), .versions = t->edits };
    double start = now();
    fc_status status = keep_snapshots(t, file);
    snapshots.seconds = now() - start;
    snapshots.bytes += memory();
    if (status == FC_OK) {
        print_costs(&snapshots, &copies);
        print_pages();
        status = travel(t);
    }
    return status;
}

static int run(const struct travel *t)
{
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    (void)printf("%s: %.1f KiB, %llu random edits, seed %llu\n", t->path, (double)t->length / 1024,
                 (unsigned long long)t->edits, (unsigned long long)t->seed);
    fc_status status = fc_buffer_map_file(&file, t->path);
    if (status == FC_OK) {
        status = measure(t, &file);
    }
    if (status == FC_OK && t->damaged != NOBODY) {
        status = damage(t);
    }
    if (status != FC_OK) {
        return fail(t->path, reason(status));
    }
    (void)fflush(stdout); /* comparing takes longer than all that was measured */
    double start = now();
    size_t wrong = verify(t);
    (void)printf(
        "%llu versions compared with the replayed log, byte for byte, in %.1f s: %zu wrong\n",
        (unsigned long long)t->edits + 1, now() - start, wrong);
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The file by read(2), which knows nothing of mappings. Returns what is wrong, or NULL. */
static const char *read_plain(struct travel *t)
{
    struct stat about;
    int file = open(t->path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &about) != 0) {
        return strerror(errno);
    }
    const char *wrong = !S_ISREG(about.st_mode) ? "not a regular file"
                        : about.st_size == 0    ? "empty: nothing to edit"
                                                : NULL;
    size_t length = (size_t)about.st_size;
    t->plain = wrong == NULL ? malloc(length) : NULL;
    while (t->plain != NULL && t->length < length) {
        ssize_t got = read(file, t->plain + t->length, length - t->length);
        if (got <= 0) {
            break;
        }
        t->length += (size_t)got;
    }
    (void)close(file);
    return wrong != NULL ? wrong : t->length < length ? "cannot be read whole" : NULL;
}

static bool read_number(uint64_t *out, const char *text)
{
    char *end = NULL;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0';
}

static bool read_options(struct travel *t, int argc, char **argv)
{
    bool good = true;
    int option;
    while (good && (option = getopt(argc, argv, "n:s:x:")) != -1) {
        good = option == 'n'   ? read_number(&t->edits, optarg)
               : option == 's' ? read_number(&t->seed, optarg)
                               : option == 'x' && read_number(&t->damaged, optarg);
    }
    t->path = argv[optind];
    return good && optind == argc - 1 && t->edits >= 1 && t->edits <= EDITS_MAX &&
           (t->damaged == NOBODY || t->damaged <= t->edits);
}

int main(int argc, char **argv)
{
    struct travel t = { .seed = 1, .edits = 1000, .damaged = NOBODY };
    if (!read_options(&t, argc, argv)) {
        return fail("usage",
                    "fc-timetravel [-n EDITS] [-s SEED] [-x VERSION] FILE; at most 10000 edits");
    }
    t.log = calloc(t.edits, sizeof *t.log);
    t.versions = calloc(t.edits + 1, sizeof *t.versions);
    const char *wrong = read_plain(&t);
    int end = wrong != NULL                         ? fail(t.path, wrong)
              : t.log == NULL || t.versions == NULL ? fail(t.path, "out of memory")
                                                    : (make_log(&t), run(&t));
    for (uint64_t i = 0; t.versions != NULL && i <= t.edits; i++) {
        fc_buffer_release(&t.versions[i]);
    }
    free(t.versions);
    free(t.log);
    free(t.plain);
    return end;
}
