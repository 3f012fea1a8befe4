#!/bin/sh
# SPDX-License-Identifier: MIT
# Every exported function has its doc comment with all its tags: a first line that tells the result,
# @par Shape, Cost, Threads, Source, @since; @retval for a function that returns a status, @param for
# each parameter. doc/architecture.md and doc/reliability.md name only what is there, and
# doc/concurrency.md every file with an atomic operation. Usage: check-docs.sh SRCDIR
set -eu
cd "$1"

# shellcheck disable=SC2016 # an awk program
complaints=$(awk '
    function complain(what) { print FILENAME ":" FNR ": " what }

    function check(declaration,    name, params, count, i, list, word) {
        # Attributes in front hold parentheses too: the name is the word before a type.
        if (match(declaration, /(fc_[a-z0-9_]+)\((const |void|FILE|size_t|ptrdiff_t|u?int|fc_|struct |bool|char|double|float|unsigned)/)) {
            name = substr(declaration, RSTART, RLENGTH)
            params = substr(declaration, RSTART)
            sub(/\(.*/, "", name)
            sub(/^[^(]*\(/, "", params)
            sub(/\).*/, "", params)
        } else if (match(declaration, /fc_[a-z0-9_]+;/)) { # a variable
            name = substr(declaration, RSTART, RLENGTH - 1)
            params = "void"
        } else {
            complain("cannot read: " declaration)
            return
        }
        if (comment == "") { complain(name " has no doc comment"); return }
        if (comment !~ /@par Shape/) complain(name ": no @par Shape")
        if (comment !~ /@par Cost/) complain(name ": no @par Cost")
        if (comment !~ /@par Threads/) complain(name ": no @par Threads")
        if (comment !~ /@par Source/) complain(name ": no @par Source")
        if (comment !~ /@since/) complain(name ": no @since")
        if (declaration ~ /fc_status[ \n]+fc_/ && comment !~ /@retval FC_OK/) complain(name ": no @retval FC_OK")
        count = params == "void" ? 0 : split(params, list, ",")
        for (i = 1; i <= count; i++) {
            word = list[i]
            sub(/[^a-z0-9_]*$/, "", word)
            sub(/.*[^a-z0-9_]/, "", word)
            if (comment !~ ("@param(\\[out\\])? +" word "[ \n]")) complain(name ": no @param " word)
        }
    }

    FNR == 1 { comment = ""; inside = 0; gathering = 0 }
    /^\/\*\*/ { comment = ""; inside = 1 }
    inside { comment = comment $0 "\n"; if (/\*\//) inside = 0; next }
    /^FC_API/ || (gathering && !/^$/) {
        gathered = gathering ? gathered " " $0 : $0
        gathering = 1
        if (/[;{]/ || /^\{/) { check(gathered); gathering = 0; if (gathered !~ /\{/) comment = "" }
        next
    }
    /^}/ { comment = "" }
' include/fc_buffer/*.h include/fc_buffer/*.h.in)
if [ -n "$complaints" ]; then
    echo "$complaints" >&2
    exit 1
fi

bad=0
# Every path that these two name in code quotes is there, and every test or function that the second does.
for page in doc/architecture.md doc/reliability.md; do
    for path in $(grep -oE '`(include|lib|tests|fuzz|examples|bench|doc|proof|tools)/[A-Za-z0-9_./-]*`' "$page" | tr -d '`'); do
        [ -e "$path" ] || [ -e "$path.in" ] || { echo "check-docs: $page names $path, which is not there" >&2; bad=1; }
    done
done
for name in $(grep -oE '`[a-z0-9]+_[a-z0-9_]+`' doc/reliability.md | tr -d '`' | sort -u); do
    grep -rqw "$name" lib tests fuzz || { echo "check-docs: doc/reliability.md names $name, which is not there" >&2; bad=1; }
done
# Every local link of the README leads somewhere.
for path in $(grep -oE '\]\([A-Za-z0-9_./-]+\)' README.md | sed 's/](//; s/)//'); do
    [ -e "$path" ] || { echo "check-docs: README.md links to $path, which is not there" >&2; bad=1; }
done
# Every file with an atomic operation stands in doc/concurrency.md.
for path in $(grep -rlE '__atomic_|fci_(load|store|add|sub)_(relaxed|acquire|release)|fci_counter_' include lib); do
    [ "$path" = lib/base/atomic.h ] || grep -q "[\`/]$(basename "$path")\`" doc/concurrency.md ||
        { echo "check-docs: doc/concurrency.md does not name $path" >&2; bad=1; }
done
exit "$bad"
