#!/bin/sh
# SPDX-License-Identifier: MIT
# The test programs on another architecture: check-cross.sh aarch64|s390x|i686 [argument of make]...
# Needs Debian's cross compiler and C library for it, and qemu-user-static where this machine cannot run
# the programs itself. The libraries below are downloaded from this machine's Debian mirror, by an
# apt-get with a state of its own, and unpacked in a temporary folder; nothing is installed. There it
# builds, everything linked statically, and runs the programs of `make check`, parity with Node among
# them, but neither the twins of tests/api nor the scripts, which are about the machine that they run on.
# qemu does not limit the address space of a program, and shows it the page map of its own machine, whose
# bytes s390x reads the other way round: there pages are found by comparing, and the programs that ask for
# either are left out.
set -eu

libraries="check libsubunit-dev libjson-c-dev"

emulator='' without=''
case "${1:-}" in
aarch64)
    debian=arm64 emulator=qemu-aarch64-static
    without=tests/memory/check_paged_descriptor
    ;;
s390x) # big-endian
    debian=s390x emulator=qemu-s390x-static
    without='tests/memory/check_paged_calls tests/memory/check_paged_descriptor'
    without="$without tests/memory/check_paged_dirty tests/memory/check_paged_linux"
    export FC_TEST_FIND=compare
    ;;
i686) debian=i386 ;; # 32 bits
*)
    echo "usage: tools/check-cross.sh aarch64|s390x|i686 [argument of make]..." >&2
    exit 2
    ;;
esac
host=$1-linux-gnu
shift

for program in "$host-gcc" $emulator apt-get dpkg; do
    if ! command -v "$program" >/dev/null; then
        echo "check-cross: no $program: please install gcc-$host, libc6-dev-$debian-cross, qemu-user-static" >&2
        exit 77
    fi
done

source=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# apt-get for that architecture alone, without a lock, a list or an archive of this machine's.
foreign_apt() {
    apt-get -q -o APT::Architecture="$debian" -o APT::Architectures="$debian" \
        -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status" \
        -o Dir::Cache="$work/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User= "$@"
}

unpack_libraries() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
    : >"$work/status"
    foreign_apt update || echo "check-cross: not all lists of packages; going on with the others"
    # shellcheck disable=SC2086 # a list of words, on purpose
    (cd "$work/debs" && foreign_apt download $libraries)
    for package in "$work"/debs/*.deb; do
        dpkg -x "$package" "$work/root"
    done
}

build() {
    mkdir "$work/build"
    cd "$work/build"
    PKG_CONFIG_LIBDIR=$(echo "$work"/root/usr/lib/*/pkgconfig) PKG_CONFIG_SYSROOT_DIR=$work/root \
        "$source/configure" --quiet --host="$host" --without-jemalloc --disable-shared --enable-werror \
        --disable-dependency-tracking CFLAGS='-O1 -g1'
    cp "$source/tools/plain-libtool.sh" libtool
}

unpack_libraries
build
export FC_TEST_EFFORT=quick
make -s -j "$(nproc)" check LDFLAGS=-static LOG_COMPILER="$emulator" \
    check_PROGRAMS="\$(fc_user_programs)" \
    TESTS="\$(filter-out $without, \$(fc_white_box_tests) \$(fc_api_tests) \$(fc_replays))" "$@" || {
    cat test-suite.log
    exit 1
}
frozen=$source/tests/data/node.jsonl.xz
for program in check_node twin_node; do
    xz -dc "$frozen" | $emulator "tests/node/$program" 45493
done
