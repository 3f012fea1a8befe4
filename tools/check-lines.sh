#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints what automake hides in .log files: the closing lines of every Check program of a build, and
# the whole log of whatever failed. Usage: check-lines.sh BUILDDIR
set -eu

echo "== Check's closing lines in $1"
find "$1/tests" -name '*.log' | sort | while read -r log; do
    grep -hE '^[0-9]+%: Checks: ' "$log" | sed "s|^|$(basename "$log" .log): |" || true
done
find "$1/tests" -name '*.trs' | sort | while read -r result; do
    if grep -qE '^:test-result: *(FAIL|ERROR)' "$result"; then
        echo "== failed: ${result%.trs}"
        cat "${result%.trs}.log"
    fi
done
