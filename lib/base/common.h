/* SPDX-License-Identifier: MIT */

/* The first include of every source file: the configuration, and nothing else. No other file, and
 * above all no installed header, includes config.h. */
#ifndef FCI_BASE_COMMON_H
#define FCI_BASE_COMMON_H

#include <config.h>

#endif
