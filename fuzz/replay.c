/* SPDX-License-Identifier: MIT */

/* A fuzz target without a fuzzer: runs the files that it is given, and all in folders that it is
 * given; without an argument its corpus. `make check` does that in every build. */

#include "base/common.h"

#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096

static size_t files, total;

/* Returns whether it could be read; a folder in a folder cannot. */
static bool run_file(const char *path)
{
    fc_buffer bytes = FC_BUFFER_INIT;
    if (fc_buffer_read_file(&bytes, path) != FC_OK) {
        return false;
    }
    /* At the end of an allocation of its own, so that checkers see what reads past it. */
    size_t length = fc_buffer_length(&bytes);
    uint8_t *copy = malloc(length);
    FUZZ_CHECK(copy != NULL || length == 0);
    if (length != 0) {
        memcpy(copy, fc_buffer_data(&bytes), length);
    }
    fc_buffer_release(&bytes);
    (void)printf("%s\n", path);
    (void)fflush(stdout);
    (void)LLVMFuzzerTestOneInput(copy, length);
    free(copy);
    files++;
    total += length;
    return true;
}

static bool run(const char *path)
{
    DIR *folder = opendir(path);
    bool good = true;
    if (folder == NULL) {
        return run_file(path);
    }
    for (struct dirent *entry; good && (entry = readdir(folder)) != NULL;) {
        char inside[PATH_SIZE];
        if (entry->d_name[0] != '.') {
            (void)snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
            good = run_file(inside);
        }
    }
    (void)closedir(folder);
    return good;
}

int main(int argc, char **argv)
{
    char corpus[PATH_SIZE];
    const char *name = strstr(argv[0], "replay_"), *top = getenv("srcdir");
    if (argc == 1 && name != NULL) {
        (void)snprintf(corpus, sizeof corpus, "%s/fuzz/corpus/%s", top != NULL ? top : ".",
                       name + strlen("replay_"));
        argv[argc++] = corpus;
    }
    for (int i = 1; i < argc; i++) {
        if (!run(argv[i])) {
            (void)fprintf(stderr, "replay: cannot read %s\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    (void)printf("replay: %zu files, %zu bytes\n", files, total);
    return files != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
