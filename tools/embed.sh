#!/bin/sh
# embed.sh data FILE…           assembly that links the tables in: data_linked[] of lex/data.h
# embed.sh linked MODEL PLACES  assembly that links model and gazetteer in (`none`: neither): src/layers.h names the symbols
set -eu
kind=$1; shift
echo '.section .note.GNU-stack,"",@progbits'
if [ "$kind" = linked ]; then
    echo '.section .rodata'
    for pair in "linked_model $1" "linked_gazetteer $2"; do
        set -- $pair
        printf '.balign 64\n.global %s, %s_end\n%s:\n' "$1" "$1" "$1"
        [ "$2" = none ] || printf '.incbin "%s"\n' "$2"
        printf '%s_end:\n.byte 0\n' "$1"
    done
    exit
fi
echo '.section .rodata'
i=0
for f in "$@"; do
    printf 'b%d: .incbin "%s"\ne%d: .byte 0\nn%d: .asciz "%s"\n' $i "$f" $i $i "${f#data/}"
    i=$((i + 1))
done
printf '.section .data.rel.ro,"aw"\n.balign 8\n.global data_linked\ndata_linked:\n'
j=0
while [ $j -lt $i ]; do
    printf '.quad n%d, b%d, e%d\n' $j $j $j
    j=$((j + 1))
done
echo '.quad 0, 0, 0'
