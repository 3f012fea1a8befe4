#!/bin/sh
# SPDX-License-Identifier: MIT
# Plots of a run, as SVG: sh plots.sh RESULTS.tsv FOLDER. Bars show a group at one size, in GB/s or in
# nanoseconds; lines show it at all sizes that it was measured at. Needs gnuplot.
set -eu
results=$1
folder=$2
gnuplot=${GNUPLOT:-gnuplot}
mkdir -p "$folder"
data=$(mktemp)
trap 'rm -f "$data"' EXIT

# Prints what begins every plot: title, unit.
frame() {
    cat <<END
set terminal svg size 900,360 font "sans-serif,11" background rgb "white"
set output "$folder/$file.svg"
set title "$1" noenhanced
set ylabel "$2"
set datafile missing "-"
set logscale y
set grid ytics lc rgb "#dddddd"
set key outside top center horizontal
set tics nomirror
set border 3
set rmargin 8
set linetype 1 lc rgb "#1b6ca8" lw 2
set linetype 2 lc rgb "#e07a1f" lw 2
set linetype 3 lc rgb "#7a9e3b" lw 2
set linetype 4 lc rgb "#9b59b6" lw 2
set linetype 5 lc rgb "#888888" lw 2
set linetype 6 lc rgb "#c0392b" lw 2
END
}

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
    {
        frame "$title" "$unit"
        cat <<END
set style data histogram
set style histogram clustered gap 1
set style fill solid 0.9 noborder
set boxwidth 0.9
set xtics rotate by -30 scale 0
plot $plot
END
    } | "$gnuplot"
}

# lines FILE TITLE UNIT GROUP "PEER OP NAME"...: sizes across; up, seconds, or ratios to the baseline.
lines() {
    file=$1 title=$2 unit=$3 group=$4
    shift 4
    : >"$data"
    plot="" index=0
    for line in "$@"; do
        peer=${line%% *} rest=${line#* }
        awk -F '\t' -v group="$group" -v peer="$peer" -v op="${rest%% *}" -v unit="$unit" '
            $1 == group && $2 == peer && $3 == op { print $4 "\t" (unit == "s" ? $6 / 1e9 : $7); any = 1 }
            END { if (!any) print "-\t-"; printf "\n\n" }' "$results" >>"$data"
        plot="$plot, '$data' index $index using 1:2 with linespoints pt 7 ps 0.4 title '${rest#* }' noenhanced"
        index=$((index + 1))
    done
    {
        frame "$title" "$unit"
        cat <<'END'
set logscale x 2
set xtics ("1" 1, "4" 4, "16" 16, "64" 64, "256" 256, "1 KiB" 2**10, "4 KiB" 2**12, "16 KiB" 2**14, \
    "64 KiB" 2**16, "256 KiB" 2**18, "1 MiB" 2**20, "4 MiB" 2**22, "16 MiB" 2**24, "64 MiB" 2**26, \
    "256 MiB" 2**28, "1 GiB" 2**30)
END
        if [ "$unit" = s ]; then
            echo 'set format y "%.0s %cs"'
            echo "plot ${plot#, }"
        else
            echo "plot 1 with lines lt 5 lw 1 notitle$plot"
        fi
    } | "$gnuplot"
}

bars handles "Handles: one operation, less is better" ns peers 4096 "fc_buffer rust glib ffmpeg libevent" \
    slice+release retain+release
lines copies "fc_copy, times as fast as the C library's memcpy, by size" ratio copies \
    "fc_copy aligned warm, aligned" "fc_copy misaligned warm, misaligned" "fc_copy cold cold" \
    "fc_copy to=from+8_mod_4096 to = from + 8 mod 4096" "fc_buffer_fill zero zeroing"
lines large "A block allocated, every line of it written, and released, less is better" s large \
    "fc_buffer alloc_unsafe+touch+release fc_buffer" "malloc_free alloc_unsafe+touch+release malloc and free"
lines paged "The first write after a snapshot, one byte, less is better" s paged \
    "paged snapshot+write_1_byte paged" "whole_block snapshot+write_1_byte whole block, recycled memory" \
    "cold_copy snapshot+write_1_byte whole block, fresh memory"
bars search "Searching 64 KiB for what is not there, more is better" GB/s search 65536 "fc_buffer libc" \
    byte text_2_B text_6_B text_40_B text_300_B run_odd_middle period_16 fibonacci
bars bytes "Bytes: 64 KiB, more is better" GB/s bytes 65536 "fc_buffer libc loop memcpy_loop" \
    compare fill fill_3_B swap16 swap32 swap64 reverse
bars codecs "Bytes and text: 64 KiB, in a process of node, more is better" GB/s codecs_node 65536 \
    "fc_buffer simdutf node" base64_encode base64url_encode base64_decode hex_encode hex_decode \
    latin1_to_utf8_ascii latin1_to_utf8_latin
bars utf "UTF-8 and UTF-16: 64 KiB by corpus, in a process of node, more is better" GB/s codecs_node 65536 \
    "fc_buffer simdutf node" \
    utf8_validate_ascii utf8_validate_latin utf8_validate_cjk utf8_validate_emoji \
    utf8_to_utf16_ascii utf8_to_utf16_latin utf8_to_utf16_cjk utf8_to_utf16_emoji \
    utf16_to_utf8_ascii utf16_to_utf8_latin utf16_to_utf8_cjk utf16_to_utf8_emoji
