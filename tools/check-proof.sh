#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves what can be proved: the arithmetic of sizes and positions with Frama-C (every goal), and the
# protocol of the counts with Spin (every interleaving), which must also notice each order that is weakened.
# Usage: check-proof.sh SRCDIR [deep]; deep adds four owners.
set -eu
source=$(cd "$1" && pwd)
depth=${2:-}
cc=${CC:-cc}

for tool in spin frama-c why3; do
    command -v "$tool" >/dev/null || {
        echo "check-proof: please install spin, frama-c-base, why3, z3 and cvc4: no $tool here" >&2
        exit 1
    }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# explore MACROS...: the verifier of the model as these make it; what it printed is in ./log.
explore() {
    spin "$@" -a "$source/proof/counts.pml" >log
    # Spin's verifier indexes bytes in ways of which gcc warns; it is not our text.
    $cc -w -O2 -DSAFETY -DNOFAIR -DCOLLAPSE -o pan pan.c
    ./pan -m100000 >log
}

holds() {
    explore "$@"
    if ! grep -q 'errors: 0' log || grep -q 'max search depth too small' log; then
        cat log
        echo "check-proof: counts.pml fails with $*" >&2
        exit 1
    fi
    echo "check-proof: counts.pml $*:$(grep 'states, stored' log)"
}

notices() {
    explore "$@"
    if ! grep -q 'assertion violated' log; then
        echo "check-proof: counts.pml does not notice $*" >&2
        exit 1
    fi
    echo "check-proof: counts.pml notices $*"
}

one_arena="-DSNAPSHOTS=0 -DOBJECTS=1"
one_block="-DOWNERS=2 -DSHARING=0 -DOBJECTS=3"
# shellcheck disable=SC2086 # lists of macros
{
    holds -DOWNERS=3 $one_arena -DOPERATIONS=4
    holds $one_block -DOPERATIONS=2
    holds -DOWNERS=2 -DOBJECTS=2 -DOPERATIONS=3
    for order in DROP LAST; do
        notices $one_arena -DOPERATIONS=1 -D${order}_ORDER=RELAXED
    done
    for order in DROP LAST SOLE; do
        notices $one_block -DOPERATIONS=1 -D${order}_ORDER=RELAXED
    done
    if [ "$depth" = deep ]; then
        holds -DOWNERS=4 $one_arena -DOPERATIONS=1
    fi
}

export HOME="$folder" # where why3 keeps which provers there are
why3 config detect >/dev/null 2>&1
(cd "$source" && frama-c -machdep gcc_x86_64 -cpp-extra-args="-Ilib -Iinclude" \
    -wp -wp-model Typed+Cast -wp-rte -warn-unsigned-overflow \
    -wp-prover z3,cvc4 -wp-timeout 30 proof/sizes.c) >log 2>&1 || true
if ! awk '/Proved goals:/ { found = 1; ok = $4 == $6 } END { exit !(found && ok) }' log; then
    cat log
    echo "check-proof: a goal of sizes.c is not proved" >&2
    exit 1
fi
echo "check-proof: sizes.c:$(grep 'Proved goals' log | sed 's/.*goals://') goals proved"
