#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the fuzz targets with clang, libFuzzer and sanitizers, and runs some of them for a while,
# beginning with the corpus. An input that fails stays in the current directory, as fuzz-TARGET-….
# Usage: check-fuzz.sh SRCDIR. FC_FUZZ_TARGETS names the targets (ops_model ops_oom), FC_FUZZ_SECONDS
# is for each (60), FC_FUZZ_SANITIZERS are the sanitizers (address,undefined; thread for threads).
set -eu
srcdir=$(cd "$1" && pwd)
targets=${FC_FUZZ_TARGETS:-ops_model ops_oom}
seconds=${FC_FUZZ_SECONDS:-60}
here=$PWD
command -v clang >/dev/null || { echo "check-fuzz: no clang here: apt-get install clang libclang-rt-14-dev" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$srcdir/configure" --quiet CC=clang --without-jemalloc --enable-werror \
    --enable-fuzzers="${FC_FUZZ_SANITIZERS:-address,undefined}"
programs=
for target in $targets; do
    programs="$programs fuzz/fuzz_$target"
done
# shellcheck disable=SC2086 # a list of words
make -s -j "$(nproc)" $programs

for target in $targets; do
    echo "== fuzz_$target, $seconds s"
    mkdir "found-$target"
    # New inputs go to the first folder; the corpus is read only.
    "fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=1024 -timeout=60 -rss_limit_mb=4096 \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="$here/fuzz-$target-" \
        "found-$target" "$srcdir/fuzz/corpus/$target" >"$target.log" 2>&1 || {
        tail -n 100 "$target.log"
        exit 1
    }
    grep -E '^(Done|stat::(number_of_executed_units|average_exec_per_sec))' "$target.log"
done
