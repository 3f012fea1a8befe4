#!/bin/sh
# SPDX-License-Identifier: MIT
# Every promise of doc/contract.md ("- V1: ...") is quoted by a test (PROMISE("V1", "...")), and no
# test quotes what is not promised. Usage: check-promises.sh SRCDIR
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n 's/^- \([VSWPTFM][0-9]*: .*\)$/\1/p' "$top/doc/contract.md" | sort -u >"$work/promised"
# A quotation may stand on several lines and in several adjacent literals.
cat "$top"/tests/api/check_contract_*.c | tr '\n' ' ' | sed 's/PROMISE(/\n&/g' |
    sed -n 's/^PROMISE("\([A-Z0-9]*\)", *"\(.*\)$/\1: \2/p' | sed 's/" *"//g; s/");.*//' |
    sort -u >"$work/quoted"
if [ ! -s "$work/promised" ] || [ ! -s "$work/quoted" ]; then
    echo "check-promises: nothing to compare" >&2
    exit 1
fi
if ! diff "$work/promised" "$work/quoted"; then
    echo "check-promises: < is promised and not tested, > is quoted and not promised" >&2
    exit 1
fi
echo "$(wc -l <"$work/promised") promises, each with its test"
