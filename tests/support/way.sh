#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test program in one of several ways, and prints its closing line; where it fails, all that it
# printed, and 255, which ends xargs. Usage: way.sh WAY PROGRAM VARIABLE=VALUE...
set -eu
way=$1 program=$2
shift 2
log=$program.$way.way status=0
env "$@" "$program" >"$log" 2>&1 || status=$?
echo "$way: $program: $(tail -n 1 "$log")"
if [ "$status" != 0 ] && [ "$status" != 77 ]; then
    cat "$log"
    exit 255
fi
