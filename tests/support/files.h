/* SPDX-License-Identifier: MIT */

/* What the tests of files share: making one, and seeing that no descriptor is left open. */
#ifndef FCT_FILES_H
#define FCT_FILES_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "support.h"

/* A file of these bytes; `path` ends with XXXXXX, in whose place its name comes. */
static inline void fct_make_file(char *path, const void *bytes, size_t length)
{
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, length), (ssize_t)length);
    ck_assert_int_eq(close(file), 0);
}

static inline int fct_lowest_free_descriptor(void)
{
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(close(file), 0);
    return file;
}

#endif
