#!/bin/sh
# SPDX-License-Identifier: MIT
# Fails on an include that goes up or sideways between the floors of lib/, on a public header that
# includes one of a later place in fc_buffer.h, on malloc and its like outside lib/alloc, and on a unit
# test without its source file. Usage: check-layers.sh SRCDIR
set -eu
cd "$1"
bad=0
complain() {
    echo "check-layers: $1" >&2
    bad=1
}

# What each folder of lib/ may include of the others, besides itself.
allowed() {
    case "$1" in
    base) echo "" ;;
    alloc) echo "base" ;;
    kernels) echo "base" ;;
    memory) echo "base alloc kernels" ;;
    codec) echo "base kernels" ;;
    buffer) echo "base alloc kernels memory codec" ;;
    stream) echo "base codec" ;;
    *) echo "" ;;
    esac
}

for folder in lib/*/; do
    floor=$(basename "$folder")
    may=" $floor $(allowed "$floor") "
    includes=$(grep -rHoE '^#include "[^"]+"' "$folder" | sed 's/#include //; s/"//g')
    for line in $includes; do
        file=${line%%:*}
        target=${line#*:}
        case "$may" in
        *" ${target%%/*} "*) ;;
        *) complain "$file includes $target" ;;
        esac
    done
done

# Public headers see each other, earlier ones only, and nothing of lib/.
order=$(sed -n 's/^#include "fc_buffer\/\(.*\)\.h"/\1/p' include/fc_buffer.h)
seen=" "
for name in $order; do
    header=include/fc_buffer/$name.h
    [ -f "$header" ] || header=include/fc_buffer/$name.h.in
    for target in $(sed -n 's/^#include ["<]\(fc_buffer\/\)\{0,1\}\([a-z0-9_]*\)\.h[">]/\2/p' "$header"); do
        case "$target" in
        immintrin | stdbool | stddef | stdint | stdio | string) continue ;;
        esac
        case "$seen" in
        *" $target "*) ;;
        *) complain "$header includes $target.h, which stands later or nowhere in fc_buffer.h" ;;
        esac
    done
    seen="$seen$name "
done

# Memory comes from lib/alloc alone.
wild=$(grep -rnE '\b(malloc|calloc|realloc|free|aligned_alloc|posix_memalign|mallocx)\(' lib --include='*.[ch]' |
    grep -v '^lib/alloc/' | grep -vE ':[0-9]+: *(/?\*|//)' || true)
[ -z "$wild" ] || complain "memory outside lib/alloc: $wild"

# config.h belongs to base/common.h, which every source includes first.
wild=$(find lib -name '*.c' -exec grep -m1 -H '^#include' {} + | grep -v '#include "base/common.h"$' || true)
[ -z "$wild" ] || complain "base/common.h is not the first include: $wild"

# tests/X/check_Y.c tests lib/X/Y.c or lib/X/Y.h; folders of tests that mirror nothing are named here.
for test in tests/*/check_*.c; do
    part=$(basename "$(dirname "$test")")
    name=$(basename "$test" .c)
    name=${name#check_}
    case "$part" in
    api | large | model | node | oom | threads) continue ;;
    esac
    found=$(find "lib/$part" -name "${name%%_*}*.[ch]" 2>/dev/null | head -1)
    [ -n "$found" ] || complain "$test has no source in lib/$part"
done
exit "$bad"
