/* SPDX-License-Identifier: MIT */

/**
 * @file
 * What a call that can fail returns. On every status but FC_OK nothing has changed: no byte, no
 * count, no out-parameter. Wrong data has Node's code where Node has one.
 */
#ifndef FC_BUFFER_STATUS_H
#define FC_BUFFER_STATUS_H

#include "base.h"

/** The statuses: X(name, number, text). Numbers are pinned and never used again. */
#define FC_STATUS_LIST(X)                                                                          \
    X(FC_OK, 0, "done")                                                                            \
    X(FC_ERR_OUT_OF_RANGE, 1, "a position, length or value is out of range")                       \
    X(FC_ERR_BUFFER_OUT_OF_BOUNDS, 2, "the buffer is too short for this access")                   \
    X(FC_ERR_INVALID_BUFFER_SIZE, 3, "the buffer's size is not a multiple of the unit")            \
    X(FC_ERR_UNKNOWN_ENCODING, 4, "there is no encoding of this name")                             \
    X(FC_ERR_INVALID_ARG_VALUE, 5, "an argument has a value that means nothing here")              \
    X(FC_ERR_BUFFER_TOO_LARGE, 6, "the result would be larger than a buffer can be")               \
    X(FC_ERR_NO_MEMORY, 7, "out of memory")                                                        \
    X(FC_ERR_FROZEN, 8, "the arena is frozen and can no longer be written")                        \
    X(FC_ERR_INVALID_DATA, 9, "strict decoding met a byte that it does not allow")                 \
    X(FC_ERR_SYSTEM, 10, "a system call failed: errno says why")

FC_BUFFER_EXTERN_C_BEGIN

/** The result of a call that can fail. */
typedef enum fc_status {
    /** Done. */
    FC_OK = 0,
    /** A position, length or value is out of range. Node's ERR_OUT_OF_RANGE. */
    FC_ERR_OUT_OF_RANGE = 1,
    /** The buffer is too short for this access. Node's ERR_BUFFER_OUT_OF_BOUNDS. */
    FC_ERR_BUFFER_OUT_OF_BOUNDS = 2,
    /** The size is not a multiple of the unit. Node's ERR_INVALID_BUFFER_SIZE. */
    FC_ERR_INVALID_BUFFER_SIZE = 3,
    /** No encoding has this name. Node's ERR_UNKNOWN_ENCODING. */
    FC_ERR_UNKNOWN_ENCODING = 4,
    /** An argument's value means nothing here. Node's ERR_INVALID_ARG_VALUE. */
    FC_ERR_INVALID_ARG_VALUE = 5,
    /** The result would be larger than a buffer can be. Node's ERR_BUFFER_TOO_LARGE. */
    FC_ERR_BUFFER_TOO_LARGE = 6,
    /** Memory ran out. The object is as it was and can still be read, written and released. */
    FC_ERR_NO_MEMORY = 7,
    /** The arena is frozen: take a snapshot and write that. */
    FC_ERR_FROZEN = 8,
    /** Strict decoding met a byte that it does not allow. */
    FC_ERR_INVALID_DATA = 9,
    /** A system call failed; errno holds its reason. */
    FC_ERR_SYSTEM = 10,
    /** No status: gives the type the size of an int everywhere. */
    FC_STATUS_FORCE_INT = 0x7fffffff
} fc_status;

/**
 * The name of a status as it stands in the source, such as "FC_ERR_FROZEN".
 *
 * @param status any number
 *
 * @par Shape    a static string; "unknown status" for a number that is none; never NULL
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API const char *fc_status_name(fc_status status);

/**
 * A status in plain words, for a message to a person, without a full stop.
 *
 * @param status any number
 *
 * @par Shape    a static string; "unknown status" for a number that is none; never NULL
 * @par Cost     O(1)
 * @par Threads  any
 * @par Source   ours
 * @since 0.1
 */
FC_API const char *fc_status_text(fc_status status);

FC_BUFFER_EXTERN_C_END

#endif
