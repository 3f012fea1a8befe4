#!/bin/sh
# SPDX-License-Identifier: MIT
# Puts a run into the documentation: sh publish.sh RESULTS.tsv SOURCE_TREE. Writes bench/results.md, the table
# of figures in README.md, and doc/plots, and names this machine in both texts. Needs gnuplot.
set -eu
results=$1
tree=$2
table=$(mktemp)
trap 'rm -f "$table"' EXIT

# The value of a field of /proc/cpuinfo.
cpu() {
    sed -n "s/^$1[[:space:]]*: //p" /proc/cpuinfo | sed 1q
}

# One line about what matters to these figures.
machine() {
    system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)
    printf '%s (family %s, model %s), %s CPUs, Linux %s, %s, %s, %s' "$(cpu 'model name')" "$(cpu 'cpu family')" \
        "$(cpu model)" "$(nproc)" "$(uname -r | cut -d- -f1)" "$system" \
        "$(getconf GNU_LIBC_VERSION)" "$(${CC:-cc} --version | sed 's/(.*) //;1q') -O2"
}

# results.md: what was reached of each goal.
cat >"$tree/bench/results.md" <<END
# What one run measured

\`make bench\` on $(machine); medians, and ratios as README.md says. simdutf is the copy
inside the \`node\` executable, Node is $(node --version 2>/dev/null || echo missing). *no* means that the goal was missed in
this run; the reasons stand in README.md.

END
awk -f "$tree/bench/summary" "$tree/bench/goals.tsv" "$results" >>"$tree/bench/results.md"

# README.md: what stands between the two marks.
{
    echo "One run of \`make bench\` on $(machine). Ratios travel between machines; nanoseconds do not."
    echo
    awk -f "$tree/bench/figures" "$results" "$tree/bench/figures.md"
} >"$table"
sed -i -e '/^<!-- figures: /,/^<!-- end of figures -->/ {
    /^<!-- figures: /r '"$table"'
    /^<!--/!d
}' "$tree/README.md"

sh "$tree/bench/plots.sh" "$results" "$tree/doc/plots"
