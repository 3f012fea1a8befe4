#!/bin/sh
# SPDX-License-Identifier: MIT
# No finding of shellcheck in the scripts; none of cppcheck, gcc -fanalyzer, scan-build and clang-tidy in
# lib/ and examples/. clang-tidy leaves out clang's own analyzer: scan-build is that. Each tool must first
# find a mistake that is planted: only then its silence counts. What is switched off stands in .clang-tidy,
# here, or beside the line that it is about, with its reason.
# Usage, in a build: check-analyzers.sh SRCDIR
set -eu
source=$(cd "$1" && pwd)
jobs=$(nproc)
began=$(date +%s)

for tool in git gcc clang-tidy cppcheck scan-build shellcheck; do
    command -v "$tool" >/dev/null || {
        echo "check-analyzers: please install git, gcc, clang-tidy, clang-tools, cppcheck and shellcheck: no $tool here" >&2
        exit 1
    }
done
git -C "$source" rev-parse 2>/dev/null || {
    echo "check-analyzers: $source is no git checkout, which says what the scripts are" >&2
    exit 1
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
planted=$folder/planted.c
cat >"$planted" <<'END_OF_C'
#include <stdlib.h>
#define LENGTH(list) (sizeof(list) / sizeof *list)
static const int steps[] = { 1, 2 };
int planted(int number);
int planted(int number)
{
    int *copy = malloc(sizeof *copy);
    if (copy == NULL) {
        return number * (int)LENGTH(steps) + steps[2];
    }
    *copy = number;
    free(copy);
    return *copy;
}
END_OF_C

# shellcheck disable=SC2016 # the mistake
printf '%s\n' '#!/bin/sh' 'rm -r $1' >"$folder/planted.sh"

# The files of lib/ and examples/ as this build compiles them, each once: its name, and the options that
# say what its text means. (What is not installed but a checked build has comes from that one.)
list_commands() {
    assumed=$(find "$source/lib" "$source/examples" -name '*.c' | sed 's/^/-W /')
    # shellcheck disable=SC2086 # a list of words
    make -n V=1 $assumed libfc_core.la libfc_checked.la examples >"$folder/make"
    awk -v source="$source" '
        match($0, /`[a-z0-9_\/-]+\.c$/) && / -c -o / {
            file = substr($0, RSTART + 1)
            if (seen[file]++) next
            words = source "/" file
            for (i = 1; i <= NF; i++) if ($i ~ /^-([DIU]|m|std=)/) words = words " " $i
            print words
        }' "$folder/make"
}

# A table of 768 expressions that the preprocessor makes, of some hundred words each. The compilers'
# analyzers take a second for it, cppcheck one minute and clang-tidy two.
table=$source/lib/kernels/x86/avx2/compact.c

# each COMMAND...: with the words of each line of the input behind it, side by side.
each() {
    xargs -P "$jobs" -L 1 "$@"
}

run_shellcheck() {
    xargs shellcheck
}

# cppcheck goes through every file, in every combination of macros. It does not know __has_include.
run_cppcheck() {
    cppcheck -q -j "$jobs" --std=c11 --force --enable=warning,portability,performance --inline-suppr \
        --error-exitcode=1 '-D__has_include(x)=1' --suppress=missingIncludeSystem \
        -I"$source/lib" -I"$source/include" -Iinclude -I. -i "$table" "$@"
}

# With -O2 it takes half as long again, to find no more. With the usual factor, 5, it gives up in 19 files
# before the end; with this one in 2.
run_gcc() {
    each gcc -O1 -fanalyzer --param=analyzer-bb-explosion-factor=20 -Werror -c -o /dev/null
}

# scan-build COMMAND...: 1 if it has a finding in what the command compiles.
run_scan_build() {
    scan-build --status-bugs -o "$folder/reports" "$@"
}

# The library, with the checks of a caller's mistakes, and the examples, in a build where it stands for the
# compiler.
scan_library() (
    mkdir "$folder/scan" && cd "$folder/scan" &&
        scan-build "$source/configure" --quiet --enable-checks --disable-shared \
            --disable-dependency-tracking &&
        cp "$source/tools/plain-libtool.sh" libtool &&
        run_scan_build make -s -j "$jobs" libfc_buffer.la examples
)

run_clang_tidy() {
    # shellcheck disable=SC2016 # variables of the script inside
    each sh -c '
        file=$1
        shift
        exec clang-tidy --quiet --config-file="$0/.clang-tidy" --warnings-as-errors="*" "$file" -- "$@"' "$source"
}

# finds WORD COMMAND...: the command fails with the planted mistake that goes by this name.
finds() {
    word=$1
    shift
    if "$@" >"$folder/log" 2>&1 || ! grep -q "$word" "$folder/log"; then
        cat "$folder/log"
        echo "check-analyzers: $1 does not find the planted mistake $word" >&2
        exit 1
    fi
}

# nothing COMMAND...: it has no finding.
nothing() {
    "$@" >"$folder/log" 2>&1 || {
        cat "$folder/log"
        echo "check-analyzers: $1: findings" >&2
        exit 1
    }
    echo "check-analyzers: $1: nothing, after $(($(date +%s) - began)) s"
}

scripts() {
    git -C "$source" ls-files | sed "s|^|$source/|" | xargs grep -lE '^#!.*(sh|bash)$'
}
echo "$folder/planted.sh" | finds SC2086 run_shellcheck
scripts >"$folder/scripts"
nothing run_shellcheck <"$folder/scripts"

finds arrayIndexOutOfBounds run_cppcheck "$planted"
nothing run_cppcheck "$source/lib" "$source/examples"

list_commands >"$folder/commands"
echo "$planted" | finds analyzer-use-after-free run_gcc
nothing run_gcc <"$folder/commands"

finds unix.Malloc run_scan_build gcc -c -o /dev/null "$planted"
nothing scan_library

echo "$planted" | finds bugprone-macro-parentheses run_clang_tidy
grep -vF "$table" "$folder/commands" >"$folder/tidied"
nothing run_clang_tidy <"$folder/tidied"
