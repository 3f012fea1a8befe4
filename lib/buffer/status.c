/* SPDX-License-Identifier: MIT */

/* Names and texts of statuses, from the one list in the header. */

#include "base/common.h"

#include <fc_buffer/status.h>

#define NAME(name, number, text)                                                                   \
    case name:                                                                                     \
        return #name;
#define TEXT(name, number, text)                                                                   \
    case name:                                                                                     \
        return text;

const char *fc_status_name(fc_status status)
{
    switch (status) {
        FC_STATUS_LIST(NAME)
    case FC_STATUS_FORCE_INT:
    default:
        return "unknown status";
    }
}

const char *fc_status_text(fc_status status)
{
    switch (status) {
        FC_STATUS_LIST(TEXT)
    case FC_STATUS_FORCE_INT:
    default:
        return "unknown status";
    }
}
