#!/bin/sh
# SPDX-License-Identifier: MIT
# Stands in for libtool in a build without shared libraries, where little is left to decide: it takes a
# hundredth of a second where libtool takes one, three hundred times a build. `.ci/run` puts it in the
# place of the `libtool` that configure makes. What it writes into a .la is the words to link: an
# archive and the libraries that this needs.
set -eu

mode=''
while [ -z "$mode" ]; do
    case $1 in --mode=*) mode=${1#--mode=} ;; esac
    shift
done
target=''
previous=''
for word; do
    [ "$previous" != -o ] || target=$word
    previous=$word
done

compile() {
    for word; do
        shift
        [ "$previous" != -o ] || word=${word%.lo}.o
        previous=$word
        set -- "$@" "$word"
    done
    "$@"
    : >"$target"
}

# Thin: it names the objects, those of other such archives too, and holds none.
make_archive() {
    archive=${target%.la}.a
    members=''
    libraries=''
    for word; do
        case $word in
        "$target") ;;
        *.lo) members="$members ${word%.lo}.o" ;;
        *.la) members="$members $(sed 's/ .*//' "$word")" libraries="$libraries $(sed 's/[^ ]* *//' "$word")" ;;
        -l* | -L*) libraries="$libraries $word" ;;
        esac
    done
    rm -f "$archive"
    # shellcheck disable=SC2086 # a list of words
    ar qcsT "$archive" $members
    echo "$archive$libraries" >"$target"
}

link_program() {
    for word; do
        shift
        # shellcheck disable=SC2046 # a list of words
        case $word in
        *.la) set -- "$@" $(cat "$word") ;;
        *) set -- "$@" "$word" ;;
        esac
    done
    "$@"
}

case $mode:$target in
compile:*) compile "$@" ;;
link:*.la) make_archive "$@" ;;
link:*) link_program "$@" ;;
*) exec "$@" ;;
esac
