/* SPDX-License-Identifier: MIT */

/* fc-bgsave [-m MIB] [-n SAVES] [-r RATE] [-w PERCENT] [-d FOLDER] [-x]: a key-value store that
 * lives in one pinned buffer, raw pointers and all. One thread serves a generated load; now and
 * then it takes a snapshot, and another thread writes that to a file. Then the same store in plain
 * memory, saved by a child of fork. Printed are the pauses, and how late operations were answered.
 * The pause of a snapshot grows with the pages that were written since the last one (here nearly
 * each set writes another), that of fork with the whole process.
 *
 * Each file is loaded and checked: the load is a function of the operation's number, so the number
 * that an image holds tells what each of its keys must have. FOLDER keeps the images. -x mixes two
 * moments in each, to see that this is found. fc-bgsave -l FILE loads and checks one image. */

#include <fc_buffer.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS 5
#define PATH_LENGTH 4096

/* After so many operations the serving thread asks whether a save has ended. */
#define POLL 64

/* Rows of a histogram: under 1 us, under 4 us, ... */
#define ROWS 12

struct entry {
    struct entry *next; /* in its bucket */
    uint64_t key;
    uint64_t stamp; /* the operation that has set it; 0: none yet */
    uint64_t value[WORDS];
};

/* The beginning of the image. */
struct store {
    uint64_t magic;
    struct store *self; /* where the image lives: what its pointers mean, in a file too */
    struct entry **buckets;
    struct entry *entries;
    uint64_t size;       /* of the image, in bytes */
    uint64_t keys;       /* and buckets */
    uint64_t percent;    /* of the operations set */
    uint64_t operations; /* so many are done */
    uint64_t sum;        /* of all entries' digests */
    uint64_t seal;       /* of the last two */
};

#define MAGIC 0x31657661736762ull /* "bgsave1" */

struct options {
    uint64_t mib, saves, rate, percent;
    const char *folder, *temporary; /* the latter is removed at the end */
    const char *image;              /* to be checked, no more */
    bool torn;
};

struct histogram {
    uint64_t rows[ROWS];
    double longest;
};

/* What a server has a histogram of: pauses, and how late operations were answered, while a save was
 * under way and while none was. */
enum times { PAUSE, BESIDE, ALONE, TIMES };

enum state { SAVING, SAVED, FAILED };

/* A store, whoever saves it, and what that did to the one who serves. */
struct server {
    struct store *store;
    char path[PATH_LENGTH];
    uint64_t between; /* two saves: so many operations */
    double due, step; /* when the next operation is asked for, and how long after the last */
    struct histogram times[TIMES];
    fc_buffer memory, snapshot; /* by snapshot: the store, and what is to be written of it */
    fc_buffer stale;            /* and what -x mixes in */
    pthread_t thread;
    sem_t wake;
    _Atomic enum state state;
    bool quit;
    pid_t child; /* by fork */
};

struct way {
    const char *name;
    bool (*open)(struct server *s, size_t bytes);
    bool (*begin)(struct server *s); /* the pause */
    enum state (*poll)(struct server *s);
    void (*close)(struct server *s);
};

static int fail(const char *what, const char *why)
{
    (void)fflush(stdout);
    (void)fprintf(stderr, "fc-bgsave: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- the store ------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static uint64_t word_of(uint64_t key, uint64_t stamp, size_t i)
{
    return mix(mix(key + 1) + stamp * WORDS + i);
}

static uint64_t digest(const struct entry *entry)
{
    uint64_t sum = mix(entry->key + 1) + entry->stamp;
    for (size_t i = 0; i < WORDS; i++) {
        sum = mix(sum + entry->value[i]);
    }
    return sum;
}

static void put(struct entry *entry, uint64_t stamp)
{
    entry->stamp = stamp;
    for (size_t i = 0; i < WORDS; i++) {
        entry->value[i] = word_of(entry->key, stamp, i);
    }
}

static struct entry *get(const struct store *store, uint64_t key)
{
    struct entry *entry = store->buckets[mix(key) % store->keys];
    while (entry->key != key) {
        entry = entry->next;
    }
    return entry;
}

/* What operation `number` is about; whether it sets. */
static bool operation(uint64_t *key, uint64_t number, uint64_t keys, uint64_t percent)
{
    uint64_t random = mix(number * 0x9e3779b97f4a7c15);
    *key = (random >> 8) % keys;
    return (random & 0xff) * 100 < percent * 256;
}

/* The next operation. Returns whether what it found was right. */
static bool serve(struct store *store)
{
    uint64_t key, number = ++store->operations;
    bool sets = operation(&key, number, store->keys, store->percent);
    struct entry *entry = get(store, key);
    bool right = entry->value[0] == word_of(key, entry->stamp, 0);
    if (sets) {
        store->sum -= digest(entry);
        put(entry, number);
        store->sum += digest(entry);
    }
    store->seal = mix(store->operations + store->sum);
    return right;
}

static void fill(struct store *store, size_t bytes, uint64_t percent)
{
    store->magic = MAGIC;
    store->self = store;
    store->size = bytes;
    store->keys = (bytes - sizeof *store) / (sizeof(struct entry) + sizeof(struct entry *));
    store->buckets = (struct entry **)(store + 1);
    store->entries = (struct entry *)(store->buckets + store->keys);
    store->percent = percent;
    for (uint64_t key = 0; key < store->keys; key++) {
        struct entry *entry = &store->entries[key];
        struct entry **bucket = &store->buckets[mix(key) % store->keys];
        *entry = (struct entry){ .next = *bucket, .key = key };
        *bucket = entry;
        put(entry, 0);
        store->sum += digest(entry);
    }
    store->seal = mix(store->sum);
}

/* ---- an image, loaded ------------------------------------------------------------------------ */

/* What a pointer of the image points to, here; NULL if that is not an entry. */
static const struct entry *rebase(const struct store *image, const struct entry *pointer)
{
    size_t first = (uintptr_t)image->entries - (uintptr_t)image->self;
    size_t offset = (uintptr_t)pointer - (uintptr_t)image->entries;
    bool good = offset % sizeof *pointer == 0 && offset / sizeof *pointer < image->keys;
    return good ? (const void *)((const uint8_t *)image + first + offset) : NULL;
}

static bool header_is_right(const struct store *image, size_t length)
{
    const size_t each = sizeof(struct entry) + sizeof(struct entry *);
    size_t room = length - sizeof *image;
    uintptr_t buckets = (uintptr_t)image->self + sizeof *image;
    return image->magic == MAGIC && image->size == length && image->keys != 0 &&
           image->keys == room / each && image->percent <= 100 &&
           (uintptr_t)image->buckets == buckets &&
           (uintptr_t)image->entries == buckets + image->keys * sizeof(struct entry *) &&
           image->seal == mix(image->operations + image->sum);
}

/* Every key once, in its bucket, with the value of the operation that has set it last. */
static bool entries_are_right(const struct store *image, uint64_t *stamps)
{
    const struct entry *const *buckets = (const struct entry *const *)(image + 1);
    uint64_t sum = 0, count = 0;
    for (uint64_t i = 0; i < image->keys; i++) {
        for (const struct entry *next = buckets[i]; next != NULL; count++) {
            const struct entry *entry = rebase(image, next);
            if (entry == NULL || entry->key >= image->keys || mix(entry->key) % image->keys != i ||
                entry->stamp != stamps[entry->key]) {
                return false;
            }
            for (size_t j = 0; j < WORDS; j++) {
                if (entry->value[j] != word_of(entry->key, entry->stamp, j)) {
                    return false;
                }
            }
            stamps[entry->key] = UINT64_MAX; /* no second time */
            sum += digest(entry);
            next = entry->next;
        }
    }
    return count == image->keys && sum == image->sum;
}

/* Returns what is wrong, or NULL. */
static const char *check(const char *path)
{
    FC_BUFFER_AUTO fc_buffer file = FC_BUFFER_INIT;
    fc_status status = fc_buffer_map_file(&file, path);
    if (status != FC_OK) {
        return status == FC_ERR_SYSTEM ? strerror(errno) : fc_status_text(status);
    }
    const struct store *image = (const void *)fc_buffer_data(&file);
    if (fc_buffer_length(&file) < sizeof *image ||
        !header_is_right(image, fc_buffer_length(&file))) {
        return "not an image, or its header is damaged";
    }
    uint64_t *stamps = calloc(image->keys, sizeof *stamps);
    for (uint64_t number = 1, key; stamps != NULL && number <= image->operations; number++) {
        if (operation(&key, number, image->keys, image->percent)) {
            stamps[key] = number;
        }
    }
    const char *wrong = stamps == NULL                      ? "out of memory"
                        : !entries_are_right(image, stamps) ? "torn or damaged: its values are not "
                                                              "those of one moment"
                                                            : NULL;
    free(stamps);
    return wrong;
}

/* In a child of a process with threads: nothing but system calls. */
static bool write_image(const char *path, fc_view head, fc_view tail)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fc_view parts[] = { head, tail };
    bool good = file >= 0;
    for (size_t i = 0; i < 2; i++) {
        for (size_t done = 0; good && done < parts[i].length;) {
            ssize_t put = write(file, parts[i].bytes + done, parts[i].length - done);
            good = put > 0;
            done += good ? (size_t)put : 0;
        }
    }
    return file >= 0 && close(file) == 0 && good;
}

/* ---- saved by a snapshot --------------------------------------------------------------------- */

static void *write_snapshots(void *context)
{
    struct server *s = context;
    for (;;) {
        while (sem_wait(&s->wake) != 0) { /* a signal */
        }
        if (s->quit) {
            return NULL;
        }
        fc_view image = fc_buffer_view(&s->snapshot);
        ptrdiff_t half = (ptrdiff_t)(image.length / 2);
        fc_view end = s->stale.length != 0 ? fc_buffer_view(&s->stale) : image;
        bool good =
            write_image(s->path, fc_view_slice(image, 0, half), fc_view_slice(end, half, FC_END));
        fc_buffer_release(&s->snapshot);
        atomic_store(&s->state, good ? SAVED : FAILED);
    }
}

static bool open_pinned(struct server *s, size_t bytes)
{
    fc_alloc_options options = { .size = sizeof options, .flags = FC_ALLOC_PAGED };
    uint8_t *address;
    if (fc_buffer_alloc_with(&s->memory, bytes, &options) != FC_OK ||
        fc_buffer_begin_write(&address, &s->memory) != FC_OK) {
        return false;
    }
    s->store = (void *)address;
    (void)sem_init(&s->wake, 0, 0);
    return pthread_create(&s->thread, NULL, write_snapshots, s) == 0;
}

static bool begin_snapshot(struct server *s)
{
    if (fc_buffer_snapshot(&s->snapshot, &s->memory) != FC_OK) {
        return false;
    }
    atomic_store(&s->state, SAVING);
    return sem_post(&s->wake) == 0;
}

static enum state poll_snapshot(struct server *s)
{
    return atomic_load(&s->state);
}

static void close_pinned(struct server *s)
{
    s->quit = true;
    (void)sem_post(&s->wake);
    (void)pthread_join(s->thread, NULL);
    (void)sem_destroy(&s->wake);
    fc_buffer_end_write(&s->memory);
    fc_buffer_release(&s->stale);
    fc_buffer_release(&s->memory);
}

/* ---- saved by fork --------------------------------------------------------------------------- */

static bool open_plain(struct server *s, size_t bytes)
{
    s->store = calloc(1, bytes);
    return s->store != NULL;
}

static bool begin_fork(struct server *s)
{
    s->child = fork();
    if (s->child == 0) {
        const struct store *store = s->store;
        fc_view image = fc_view_of(store, (size_t)store->size);
        _exit(write_image(s->path, image, fc_view_of(NULL, 0)) ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return s->child > 0;
}

static enum state poll_fork(struct server *s)
{
    int status;
    pid_t ended = waitpid(s->child, &status, WNOHANG);
    return ended == 0 ? SAVING : ended == s->child && status == 0 ? SAVED : FAILED;
}

static void close_plain(struct server *s)
{
    free(s->store);
}

static const struct way ways[] = {
    { "snapshot", open_pinned, begin_snapshot, poll_snapshot, close_pinned },
    { "fork", open_plain, begin_fork, poll_fork, close_plain },
};

/* ---- serving --------------------------------------------------------------------------------- */

static void record(struct histogram *h, double seconds)
{
    size_t row = 0;
    double limit = 1e-6;
    while (row < ROWS - 1 && seconds >= limit) {
        row++;
        limit *= 4;
    }
    h->rows[row]++;
    h->longest = seconds > h->longest ? seconds : h->longest;
}

/* Operations come at their time, whoever is late: so a pause shows in each that it has kept
 * waiting. Returns whether all found what is right. */
static bool serve_on_time(struct server *s, struct histogram *late, uint64_t count)
{
    bool right = true;
    while (count-- > 0) {
        double wait = s->due - now();
        while (wait > 0) {
            if (wait > 2e-4) {
                (void)usleep(100); /* the rest is spun away: waking up takes too long */
            }
            wait = s->due - now();
        }
        right = serve(s->store) && right;
        record(late, now() - s->due);
        s->due += s->step;
    }
    return right;
}

/* Returns what went wrong, or NULL. */
static const char *save(struct server *s, const struct way *way)
{
    enum state state = SAVING;
    s->due = now();
    bool right = serve_on_time(s, &s->times[ALONE], s->between);
    double start = now();
    if (!way->begin(s)) {
        return "cannot begin to save";
    }
    record(&s->times[PAUSE], now() - start);
    while (state == SAVING) {
        right = serve_on_time(s, &s->times[BESIDE], POLL) && right;
        state = way->poll(s);
    }
    return state == FAILED ? "cannot be written" : right ? check(s->path) : "a value is wrong";
}

static bool run(struct server *s, const struct way *way, const struct options *o)
{
    const char *wrong = NULL;
    s->step = 1 / (double)o->rate;
    s->between = o->rate / 4 + 1;
    if (!way->open(s, (size_t)o->mib << 20)) {
        return fail(way->name, "no memory for the store") == EXIT_SUCCESS;
    }
    fill(s->store, (size_t)o->mib << 20, o->percent);
    if (o->torn && fc_buffer_snapshot(&s->stale, &s->memory) != FC_OK) {
        wrong = "no memory for a snapshot";
    }
    for (uint64_t i = 0; wrong == NULL && i < o->saves; i++) {
        (void)snprintf(s->path, sizeof s->path, "%s/%s-%llu.image", o->folder, way->name,
                       (unsigned long long)i);
        wrong = save(s, way);
        if (o->folder == o->temporary) {
            (void)unlink(s->path);
        }
    }
    way->close(s);
    return wrong == NULL || fail(s->path, wrong) == EXIT_SUCCESS;
}

/* ---- what is printed ------------------------------------------------------------------------- */

static void print(const struct server *servers)
{
    (void)printf("%-18s %21s %21s %21s\n", "", "pause to save", "late, while saving",
                 "late, otherwise");
    (void)printf("%-18s", "");
    for (int i = 0; i < TIMES; i++) {
        (void)printf(" %10s %10s", ways[0].name, ways[1].name);
    }
    double limit = 1;
    for (size_t row = 0; row < ROWS; row++) {
        (void)printf("\n%-5s %9.0f us", row < ROWS - 1 ? "under" : "from",
                     row < ROWS - 1 ? limit : limit / 4);
        for (int i = 0; i < 2 * TIMES; i++) {
            const struct histogram *h = &servers[i % 2].times[i / 2];
            (void)printf(" %10llu", (unsigned long long)h->rows[row]);
        }
        limit *= 4;
    }
    (void)printf("\n%-18s", "the longest, in us");
    for (int i = 0; i < 2 * TIMES; i++) {
        (void)printf(" %10.1f", 1e6 * servers[i % 2].times[i / 2].longest);
    }
    (void)printf("\n");
}

static int save_both_ways(const struct options *o)
{
    static struct server servers[2];
    (void)printf("%llu MiB, %llu operations a second, %llu %% of them set, %llu saves each\n",
                 (unsigned long long)o->mib, (unsigned long long)o->rate,
                 (unsigned long long)o->percent, (unsigned long long)o->saves);
    for (size_t i = 0; i < 2; i++) {
        if (!run(&servers[i], &ways[i], o)) {
            return EXIT_FAILURE;
        }
    }
    print(servers);
    (void)printf("%llu images loaded and checked, pointer by pointer: all right\n",
                 2 * (unsigned long long)o->saves);
    return EXIT_SUCCESS;
}

/* ---- the program ----------------------------------------------------------------------------- */

static bool read_number(uint64_t *out, const char *text, uint64_t least, uint64_t most)
{
    char *end = NULL;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0' && *out >= least &&
           *out <= most;
}

static bool read_option(struct options *o, int option, char *argument)
{
    switch (option) {
    case 'm':
        return read_number(&o->mib, argument, 1, 1 << 20);
    case 'n':
        return read_number(&o->saves, argument, 1, 1000000);
    case 'r':
        return read_number(&o->rate, argument, 1, 1000000000);
    case 'w':
        return read_number(&o->percent, argument, 0, 100);
    case 'd':
        o->folder = argument;
        return true;
    case 'l':
        o->image = argument;
        return true;
    case 'x':
        o->torn = true;
        return true;
    default:
        return false;
    }
}

int main(int argc, char **argv)
{
    struct options o = { .mib = 256, .saves = 8, .rate = 20000, .percent = 5 };
    int option;
    while ((option = getopt(argc, argv, "m:n:r:w:d:l:x")) != -1) {
        if (!read_option(&o, option, optarg)) {
            return fail("usage",
                        "fc-bgsave [-m MIB] [-n SAVES] [-r RATE] [-w PERCENT] [-d FOLDER] [-x]"
                        " | -l FILE");
        }
    }
    if (optind != argc) {
        return fail(argv[optind], "an argument too many");
    }
    if (o.image != NULL) {
        const char *wrong = check(o.image);
        return wrong == NULL ? EXIT_SUCCESS : fail(o.image, wrong);
    }
    char temporary[PATH_LENGTH];
    const char *where = getenv("TMPDIR");
    (void)snprintf(temporary, sizeof temporary, "%s/fc-bgsave-XXXXXX", where ? where : "/tmp");
    if (o.folder == NULL && (o.folder = o.temporary = mkdtemp(temporary)) == NULL) {
        return fail(temporary, strerror(errno));
    }
    int end = save_both_ways(&o);
    if (o.temporary != NULL) {
        (void)rmdir(temporary);
    }
    return end;
}
