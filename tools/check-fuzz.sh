#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the fuzz targets of a build --enable-fuzzers for a while, beginning with the corpus, as many at
# once as there are CPUs. An input that fails stays in the build, as fuzz-TARGET-…. Run there.
# Usage: check-fuzz.sh SRCDIR PROGRAM... FC_FUZZ_TARGETS names the targets, otherwise it is those of the
# programs; FC_FUZZ_SECONDS is for each (60); FC_FUZZ_SEED says which numbers are drawn, else they are
# others each time.
set -eu
corpus=$1/fuzz/corpus
shift
targets=${FC_FUZZ_TARGETS:-$(printf '%s\n' "$@" | sed 's|^fuzz/fuzz_||')}
seconds=${FC_FUZZ_SECONDS:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# New inputs go to the first folder; the corpus is read only. Leaks are looked for once, at the end: a
# release that only keeps memory would have libFuzzer search after each input.
cat >"$work/run" <<END
target=\$1
mkdir "$work/\$target"
fuzz/fuzz_\$target -seed=${FC_FUZZ_SEED:-0} -max_total_time=$seconds -max_len=1024 -timeout=60 -rss_limit_mb=4096 -detect_leaks=0 \\
    -print_final_stats=1 -verbosity=1 -artifact_prefix=fuzz-\$target- \\
    "$work/\$target" "$corpus/\$target" >"$work/\$target.log" 2>&1 || {
    tail -n 100 "$work/\$target.log"
    exit 255
}
echo "fuzz_\$target: \$(sed -n 's/^Done \\([0-9]*\\) runs in \\([0-9]*\\) .*/\\1 inputs in \\2 s/p' "$work/\$target.log")"
END
# shellcheck disable=SC2086 # a list of words
printf '%s\n' $targets | xargs -P "$(nproc)" -L 1 sh "$work/run"
