#!/bin/sh
# SPDX-License-Identifier: MIT
# Plots of a run, as SVG: sh plots.sh RESULTS.tsv FOLDER. Each shows one group at the sizes that it
# was measured at, in GB/s, or at one size, in nanoseconds. Needs gnuplot.
set -eu
results=$1
folder=$2
gnuplot=${GNUPLOT:-gnuplot}
mkdir -p "$folder"
data=$(mktemp)
trap 'rm -f "$data"' EXIT

# Prints label and value of one peer for each of the operations named: in GB/s by the size, or in ns.
# rows GROUP PEER SIZE UNIT OP...
rows() {
    group=$1 peer=$2 size=$3 unit=$4
    shift 4
    for op in "$@"; do
        awk -F '\t' -v group="$group" -v peer="$peer" -v op="$op" -v size="$size" -v unit="$unit" '
            $1 == group && $2 == peer && $3 == op && $4 == size { value = unit == "ns" ? $6 : $4 / $6 }
            END { label = op; gsub("_", " ", label); printf "\"%s\"\t%s\n", label, value == "" ? "-" : value }' "$results"
    done
    printf '\n\n'
}

# bars FILE TITLE UNIT GROUP SIZE "PEER..." OP...
bars() {
    file=$1 title=$2 unit=$3 group=$4 size=$5 peers=$6
    shift 6
    : >"$data"
    plot="" index=0
    for peer in $peers; do
        rows "$group" "$peer" "$size" "$unit" "$@" >>"$data"
        name=$(printf %s "$peer" | tr _ ' ')
        plot="$plot${plot:+, }'$data' index $index using 2:xtic(1) title '$name'"
        index=$((index + 1))
    done
    "$gnuplot" <<END
set terminal svg size 900,360 font "sans-serif,11" background rgb "white"
set output "$folder/$file.svg"
set title "$title"
set style data histogram
set style histogram clustered gap 1
set style fill solid 0.9 noborder
set boxwidth 0.9
set datafile missing "-"
set logscale y
set ylabel "$unit"
set grid ytics lc rgb "#dddddd"
set key outside top center horizontal
set xtics rotate by -30 scale 0
set tics nomirror
set border 3
set rmargin 8
set linetype 1 lc rgb "#1b6ca8"
set linetype 2 lc rgb "#e07a1f"
set linetype 3 lc rgb "#7a9e3b"
set linetype 4 lc rgb "#9b59b6"
set linetype 5 lc rgb "#888888"
set linetype 6 lc rgb "#c0392b"
plot $plot
END
}

bars handles "Handles: one operation, less is better" ns peers 4096 "fc_buffer rust glib ffmpeg libevent" \
    slice+release retain+release
bars search "Searching 64 KiB for what is not there, more is better" GB/s search 65536 "fc_buffer libc" \
    byte text_2_B text_6_B text_40_B text_300_B run_odd_middle period_16 fibonacci
bars bytes "Bytes: 64 KiB, more is better" GB/s bytes 65536 "fc_buffer libc loop memcpy_loop" \
    compare fill fill_3_B swap16 swap32 swap64 reverse
bars codecs "Codecs: 64 KiB in a process of node, more is better" GB/s codecs_node 65536 "fc_buffer simdutf node" \
    base64_encode base64_decode hex_encode hex_decode utf8_validate_cjk \
    utf8_to_utf16_ascii utf8_to_utf16_latin utf8_to_utf16_cjk utf8_to_utf16_emoji \
    utf16_to_utf8_ascii utf16_to_utf8_latin utf16_to_utf8_cjk utf16_to_utf8_emoji latin1_to_utf8_latin
