dnl SPDX-License-Identifier: MIT
dnl The questions that configure.ac asks. Each sets variables of ours (FC_...), never CFLAGS.

dnl FC_TRY_CFLAGS(VARIABLE, FLAGS, [PROLOGUE]): appends each flag that the compiler takes without a
dnl warning, for a program that begins with PROLOGUE.
AC_DEFUN([FC_TRY_CFLAGS],
[m4_foreach_w([fc_flag], [$2],
[AC_MSG_CHECKING([whether $CC takes fc_flag])
fc_saved_cflags=$CFLAGS
CFLAGS="$CFLAGS -Werror fc_flag"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM([$3])],
                  [AC_MSG_RESULT([yes])
                   $1="$$1 fc_flag"],
                  [AC_MSG_RESULT([no])])
CFLAGS=$fc_saved_cflags
])
AC_SUBST([$1])])

dnl FC_TRY_LDFLAGS(VARIABLE, FLAGS): the same for the linker.
AC_DEFUN([FC_TRY_LDFLAGS],
[m4_foreach_w([fc_flag], [$2],
[AC_MSG_CHECKING([whether the linker takes fc_flag])
fc_saved_ldflags=$LDFLAGS
LDFLAGS="$LDFLAGS fc_flag"
AC_LINK_IFELSE([AC_LANG_PROGRAM()],
               [AC_MSG_RESULT([yes])
                $1="$$1 fc_flag"],
               [AC_MSG_RESULT([no])])
LDFLAGS=$fc_saved_ldflags
])
AC_SUBST([$1])])

AC_DEFUN([FC_ASK_WERROR],
[AC_ARG_ENABLE([werror],
               [AS_HELP_STRING([--enable-werror], [treat warnings as errors])],
               [], [enable_werror=no])])

AC_DEFUN([FC_ASK_CHECKS],
[AC_ARG_ENABLE([checks],
               [AS_HELP_STRING([--enable-checks],
                               [stop at a caller's mistakes, with file, line and condition])],
               [], [enable_checks=no])
AS_IF([test "$enable_checks" = yes], [FC_CHECKS_CPPFLAGS=-DFC_CHECKS=1])
AM_CONDITIONAL([FC_CHECKS], [test "$enable_checks" = yes])
AC_SUBST([FC_CHECKS_CPPFLAGS])])

dnl Guarded memory in place of libc's and of jemalloc's, junk, and thresholds so small that every way
dnl through the library is taken: what the contract does not promise is not given.
AC_DEFUN([FC_ASK_HOSTILE],
[AC_ARG_ENABLE([hostile],
               [AS_HELP_STRING([--enable-hostile],
                               [for tests: every allocation ends at an inaccessible page and stays
                                inaccessible when freed, unset memory holds junk, thresholds are
                                tiny; implies --enable-checks --without-jemalloc])],
               [], [enable_hostile=no])
AS_IF([test "$enable_hostile" = yes],
      [enable_checks=yes
       with_jemalloc=no
       AC_DEFINE([FC_HOSTILE], [1], [Memory is guarded, and thresholds are tiny.])])
AM_CONDITIONAL([FC_HOSTILE], [test "$enable_hostile" = yes])])

dnl The sanitizers' flags go to every compile and every link. They need libc's malloc: jemalloc would
dnl hide every mistake from them.
AC_DEFUN([FC_ASK_SANITIZERS],
[AC_ARG_ENABLE([sanitizers],
               [AS_HELP_STRING([--enable-sanitizers@<:@=LIST@:>@],
                               [build with -fsanitize=LIST (address,undefined)])],
               [], [: ${enable_sanitizers=no}])
AS_IF([test "$enable_sanitizers" = yes], [enable_sanitizers=address,undefined])
AS_IF([test "$enable_sanitizers" != no],
      [FC_SANITIZE_FLAGS="-fsanitize=$enable_sanitizers -fno-sanitize-recover=all -fno-omit-frame-pointer"])
AC_SUBST([FC_SANITIZE_FLAGS])])

dnl Fuzzers are a build with sanitizers, whose every branch is counted besides. Not beside
dnl ThreadSanitizer: to count in two threads is a race itself.
AC_DEFUN([FC_ASK_FUZZERS],
[AS_CASE([$enable_fuzzers],
         [no], [],
         [yes], [enable_sanitizers=address,undefined,fuzzer-no-link],
         [thread], [enable_sanitizers=thread],
         [enable_sanitizers=$enable_fuzzers,fuzzer-no-link])
AS_IF([test "$enable_fuzzers" != no],
      [fc_saved_cflags=$CFLAGS
       CFLAGS="$CFLAGS -fsanitize=fuzzer"
       AC_LINK_IFELSE([AC_LANG_SOURCE([[int LLVMFuzzerTestOneInput(const char *bytes, long length);
                                        int LLVMFuzzerTestOneInput(const char *bytes, long length)
                                        { return (int)length * 0 * bytes[0]; }]])],
                      [],
                      [AC_MSG_ERROR([fuzzers need clang and its runtime: on Debian, clang and libclang-rt-14-dev])])
       CFLAGS=$fc_saved_cflags])
AM_CONDITIONAL([FC_FUZZERS], [test "$enable_fuzzers" != no])
AM_CONDITIONAL([FC_FUZZ_THREADS], [test "$enable_fuzzers" = thread])])

dnl The tests' own stand-in for Check, where every library must be instrumented or none is there. Then
dnl json-c, which is not ours, is left out too.
AC_DEFUN([FC_ASK_CHECK],
[AC_ARG_WITH([check],
             [AS_HELP_STRING([--with-check=yes|own],
                             [tests use the Check library (default), or what they need of it from
                              tests/support/own, as they must under MemorySanitizer])],
             [], [with_check=yes])
AS_CASE([$enable_sanitizers], [*memory*], [with_check=own])
AS_IF([test "$with_check" = own],
      [fc_have_check=own
       CHECK_CFLAGS='-I$(top_srcdir)/tests/support/own'
       CHECK_LIBS=-lpthread],
      [PKG_CHECK_MODULES([CHECK], [check >= 0.15], [fc_have_check=yes], [fc_have_check=no])])
AC_SUBST([CHECK_CFLAGS])
AC_SUBST([CHECK_LIBS])
AM_CONDITIONAL([FC_HAVE_CHECK], [test "$fc_have_check" != no])
AM_CONDITIONAL([FC_OWN_CHECK], [test "$with_check" = own])])

dnl One file per system stands behind lib/memory/paged.h; paged_none.c is the one for all others.
AC_DEFUN([FC_ASK_PAGED],
[AC_ARG_ENABLE([paged],
               [AS_HELP_STRING([--disable-paged],
                               [copy whole blocks, never by the page])],
               [], [enable_paged=yes])
AS_CASE([$host_os], [linux*], [], [enable_paged=no])
AC_CHECK_FUNC([memfd_create], [], [enable_paged=no])
AM_CONDITIONAL([FC_PAGED_LINUX], [test "$enable_paged" = yes])])

AC_DEFUN([FC_ASK_JEMALLOC],
[AC_ARG_WITH([jemalloc],
             [AS_HELP_STRING([--with-jemalloc=yes|weak|no],
                             [linked (default); weak: used where the process has it, needed for
                              dlopen; no: libc only, as the memory checkers need])],
             [], [with_jemalloc=yes])
AS_IF([test "$enable_sanitizers" != no && test "$with_jemalloc" != no],
      [AC_MSG_ERROR([sanitizers cannot see into jemalloc: add --without-jemalloc])])
JEMALLOC_LIBS=
fc_jemalloc_summary="libc"
AS_IF([test "$with_jemalloc" != no],
      [AC_CHECK_HEADER([jemalloc/jemalloc.h], [],
                       [AC_MSG_ERROR([jemalloc/jemalloc.h not found: install libjemalloc-dev, or configure --without-jemalloc])])
       AC_DEFINE([FC_HAVE_JEMALLOC], [1], [Large blocks come from jemalloc.])])
AS_CASE([$with_jemalloc],
        [yes], [AC_CHECK_LIB([jemalloc], [mallocx], [JEMALLOC_LIBS=-ljemalloc],
                             [AC_MSG_ERROR([libjemalloc not found: install libjemalloc-dev, or configure --without-jemalloc])])
                fc_jemalloc_summary="jemalloc, linked"],
        [weak], [AC_DEFINE([FC_JEMALLOC_WEAK], [1], [jemalloc is used only where the process has it.])
                 fc_jemalloc_summary="jemalloc where the process has it, else libc"],
        [no], [],
        [AC_MSG_ERROR([--with-jemalloc is yes, weak or no])])
AM_CONDITIONAL([FC_JEMALLOC], [test "$with_jemalloc" != no])
AC_SUBST([JEMALLOC_LIBS])
AC_SUBST([FC_JEMALLOC_MODE], [$with_jemalloc])])

AC_DEFUN([FC_TRY_WARNINGS],
[FC_TRY_CFLAGS([FC_WARN_CFLAGS],
               [-Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
                -Wmissing-prototypes -Wundef -Wcast-qual -Wcast-align=strict -Wvla -Wwrite-strings
                -Wformat=2 -Wnull-dereference -Wlogical-op -Wpedantic])
AS_IF([test "$enable_werror" = yes], [FC_WARN_CFLAGS="$FC_WARN_CFLAGS -Werror"])
dnl Tests lie about lengths on purpose, where the header makes the compiler notice.
FC_TRY_CFLAGS([FC_TEST_WARN_CFLAGS], [-Wno-stringop-overread -Wno-stringop-overflow])])

dnl no-plt: libc's malloc and free are called through the table that -z now fills, not through a stub.
AC_DEFUN([FC_TRY_CODE_FLAGS],
[FC_TRY_CFLAGS([FC_CODE_CFLAGS], [-fno-semantic-interposition -fno-delete-null-pointer-checks -fno-plt])])

dnl Bsymbolic-functions: calls inside the library stay inside, whoever else defines the name.
dnl nodelete: jemalloc leaves thread-local destructors behind, which an unloaded library cannot run.
AC_DEFUN([FC_TRY_LINK_FLAGS],
[FC_TRY_LDFLAGS([FC_LINK_LDFLAGS], [-Wl,-z,nodelete -Wl,-Bsymbolic-functions])
AS_IF([test "$enable_sanitizers" = no], [FC_TRY_LDFLAGS([FC_LINK_LDFLAGS], [-Wl,-z,defs])])])

dnl The checks that the compiler and the loader make for nothing or little; bench/README.md has the
dnl price. The sanitizers check more, and do not see through these. libc warns about
dnl _FORTIFY_SOURCE without optimisation, and so the probe asks a header of libc's.
AC_DEFUN([FC_ASK_HARDENING],
[AC_ARG_ENABLE([hardening],
               [AS_HELP_STRING([--disable-hardening],
                               [no stack protector, control-flow protection, read-only relocations
                                and the like])],
               [], [enable_hardening=yes])
AS_IF([test "$enable_sanitizers" != no], [enable_hardening=no])
AS_IF([test "$enable_hardening" != no],
      [FC_TRY_CFLAGS([FC_HARDENING_CFLAGS],
                     [-fstack-protector-strong -fstack-clash-protection -fcf-protection=full
                      -mbranch-protection=standard -fno-strict-overflow])
       FC_TRY_CFLAGS([FC_ZERO_CFLAGS], [-ftrivial-auto-var-init=zero])
       FC_TRY_CFLAGS([FC_HARDENING_CFLAGS], [-D_FORTIFY_SOURCE=3], [#include <string.h>])
       FC_TRY_LDFLAGS([FC_HARDENING_LDFLAGS],
                      [-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code])])
AC_SUBST([FC_HARDENING_CFLAGS])
AC_SUBST([FC_ZERO_CFLAGS])
AC_SUBST([FC_HARDENING_LDFLAGS])])

dnl What each tier may assume beyond the baseline: avx2 is x86-64-v3's AVX2 + BMI1 + BMI2, avx512 adds
dnl F + BW + DQ + VL + VBMI + VBMI2.
AC_DEFUN([FC_TRY_TIER_FLAGS],
[AC_SUBST([FC_AVX2_CFLAGS], ["-mavx2 -mbmi -mbmi2"])
AC_SUBST([FC_AVX512_CFLAGS],
         ["$FC_AVX2_CFLAGS -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512vbmi -mavx512vbmi2"])])

dnl FC_PEER(NAME, MODULE): a library that the benchmarks compare with, if pkg-config knows it. Its
dnl headers are the system's: no warnings about them.
AC_DEFUN([FC_PEER],
[PKG_CHECK_MODULES([FC_PEER_$1], [$2],
                   [fc_peer_$1=yes
                    FC_PEER_$1_CFLAGS=`AS_ECHO(["$FC_PEER_$1_CFLAGS"]) | sed 's/-I/-isystem /g'`
                    FC_PEERS_CFLAGS="$FC_PEERS_CFLAGS $FC_PEER_$1_CFLAGS"
                    FC_PEERS_LIBS="$FC_PEERS_LIBS $FC_PEER_$1_LIBS"],
                   [fc_peer_$1=no
                    fc_peers_missing="$fc_peers_missing $2"])
AM_CONDITIONAL([FC_PEER_$1], [test "$fc_peer_$1" = yes])])

dnl All peers are optional: bench/README.md says which package brings which.
AC_DEFUN([FC_FIND_PEERS],
[fc_peers_missing=
FC_PEER([GLIB], [glib-2.0])
FC_PEER([FFMPEG], [libavutil])
FC_PEER([LIBEVENT], [libevent_core])
FC_PEER([OPENSSL], [libcrypto >= 3.0])
FC_PEER([ICU], [icu-uc])
FC_PEER([NETTLE], [nettle])
AC_SUBST([FC_PEERS_CFLAGS])
AC_SUBST([FC_PEERS_LIBS])
AC_CHECK_PROGS([CARGO], [cargo])
AC_CHECK_PROGS([GNUPLOT], [gnuplot])
AC_CHECK_PROGS([NODE], [node nodejs])
dnl Node's headers lie beside it: PREFIX/bin/node, PREFIX/include/node.
NODE_INCLUDE=
AS_IF([test -n "$NODE"],
      [NODE_INCLUDE=`$NODE -p 'require("path").resolve(process.execPath, "../../include/node")'`])
AS_IF([test ! -f "$NODE_INCLUDE/node_api.h"],
      [NODE_INCLUDE=
       fc_peers_missing="$fc_peers_missing node"])
AM_CONDITIONAL([FC_PEER_NODE], [test -n "$NODE_INCLUDE"])
AS_IF([test -z "$CARGO"], [fc_peers_missing="$fc_peers_missing cargo"])
AC_SUBST([NODE_INCLUDE])])
