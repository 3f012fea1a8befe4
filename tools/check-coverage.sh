#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures which lines, branches and conditions of lib/ and include/ the test programs reach, in two
# builds of its own below ./coverage, and prints them by file. doc/coverage.md says how. Fails below the
# floors.
# Usage: check-coverage.sh SRCDIR
set -eu
source=$(cd "$1" && pwd)
line_floor=99
branch_floor=98
jobs=$(nproc)
cc=${CC:-gcc}

for tool in lcov gcov python3; do
    command -v "$tool" >/dev/null || {
        echo "check-coverage: please install gcc, lcov and python3: no $tool here" >&2
        exit 1
    }
done

# Instrumented programs are slow: every eleventh case, and time enough.
export FC_TEST_EFFORT=quick CK_TIMEOUT_MULTIPLIER=10

mkdir -p coverage
cd coverage
$cc -c "$source/tests/support/counts.c" -o counts.o
counts=$PWD/counts.o

# Whether branches are counted; of what has not run only its lines are known.
branches=1

# What a right program fulfils is no branch. (lcov's Perl has warnings for itself.)
run_lcov() {
    lcov --quiet --rc lcov_branch_coverage="$branches" --rc lcov_excl_br_line="FCI_(REQUIRE|ENSURE)" "$@" 2>lcov.log || {
        cat lcov.log >&2
        exit 1
    }
}

# build NAME CONFIGURE-ARGUMENTS... A function that is always inlined would be counted anew wherever it
# is called: here it is one like any other.
build() {
    name=$1
    shift
    mkdir -p "$name"
    [ -f "$name/Makefile" ] || (cd "$name" && "$source/configure" --quiet --disable-shared --disable-hardening \
        "$@" CC="$cc" CFLAGS="-O0 -g --coverage -Dalways_inline=unused" LDFLAGS="-Wl,$counts")
    make -C "$name" -s -j "$jobs" libfc_core.la libfc_checked.la
}

# measure NAME PROGRAMS: what they reach becomes NAME.info, beside what they do not.
measure() {
    find "$1" -name '*.gcda' -delete
    make -C "$1" -s -j "$jobs" check TESTS="$2" check_PROGRAMS="$2"
    set -- "$1" --directory "$1" --include "$source/lib/*" --include "$source/include/*"
    name=$1
    shift
    branches=0
    run_lcov --capture --initial "$@" --output-file "$name.none"
    branches=1
    run_lcov --capture "$@" --output-file "$name.some"
    run_lcov --add-tracefile "$name.none" --add-tracefile "$name.some" --output-file "$name.info"
}

build usual
build hostile --enable-hostile --disable-paged
# shellcheck disable=SC2016 # variables of make's
measure usual '$(fc_white_box_tests) $(fc_api_tests) $(fc_twin_tests) $(fc_replays)'
measure hostile 'tests/alloc/check_alloc tests/alloc/check_guard tests/memory/check_block tests/memory/check_write'
run_lcov --add-tracefile usual.info --add-tracefile hostile.info --output-file all.info
lcov --rc lcov_branch_coverage=1 --list all.info 2>/dev/null

# Every line with a branch that was not taken, as "path line", and "path: text".
awk '/^SF:/ { path = substr($0, 4) } /^BRDA:/ { split(substr($0, 6), f, ","); if (f[4] == "-" || f[4] == 0) print path, f[1] }' \
    all.info | sort -u >missed.lines
while read -r path line; do
    echo "${path#"$source/"}: $(sed -n "${line}s/^[[:space:]]*//p" "$path")"
done <missed.lines >missed
echo "check-coverage: $(wc -l <missed) lines with a branch that is not reached: coverage/missed"

# MC/DC, of the files that were compiled.
sed -n 's/^SF://p' all.info | xargs python3 -B "$source/tools/decisions.py" missed.lines >decisions || {
    cat decisions
    exit 1
}
echo "check-coverage: MC/DC: $(cat decisions)"

# at_least FLOOR FOUND HIT WHAT: the counts of lib/ are in these records of the trace file.
at_least() {
    awk -v floor="$1" -v found="$2" -v hit="$3" -v what="$4" -v part="$source/lib/" -F: '
        $1 == "SF" { counted = index($2, part) }
        counted && $1 == found { all += $2 }
        counted && $1 == hit { some += $2 }
        END {
            printf "check-coverage: %s of lib/: %d of %d, %.2f %%\n", what, some, all, 100 * some / all
            exit 100 * some < floor * all
        }' all.info || {
        echo "check-coverage: that is below $1 %" >&2
        status=1
    }
}
status=0
at_least "$line_floor" LF LH lines
at_least "$branch_floor" BRF BRH branches
exit $status
