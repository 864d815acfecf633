#!/bin/sh
# layers.sh — a folder of src/ includes only what its line in src/LAYERS names; cli/ only the public header.
set -eu
cd "$(dirname "$0")/.."
awk '
FNR == NR {
    sub(/#.*/, ""); if (!NF) next
    split($0, part, ":"); layer = part[1]; known[layer] = 1; may[layer, layer] = 1
    n = split(part[2], names, " ")
    for (i = 1; i <= n; i++) {
        if (!known[names[i]]) { printf "src/LAYERS: %s names %s, which is not above it\n", layer, names[i]; bad = 1 }
        may[layer, names[i]] = 1
    }
    next
}
/^#include "/ {
    split(FILENAME, at, "/"); from = at[1] == "src" ? at[2] : at[1]
    split($2, what, "\""); m = split(what[2], to, "/")
    if (from ~ /\.c$/) next                                   # src/tidings.c, inputs.c and layers.c see every layer
    if (from == "cli" ? (m == 1) : (m == 2 && may[from, to[1]])) next
    printf "%s:%d: %s may not include %s\n", FILENAME, FNR, from, what[2]; bad = 1
}
END { exit bad }
' src/LAYERS $(ls src/*/*.[ch] cli/*.[ch])
for d in src/*/; do
    grep -q "^$(basename "$d"):" src/LAYERS || { echo "src/LAYERS: no line for $d"; exit 1; }
done
