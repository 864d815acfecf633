#!/bin/sh
# asking.sh — tests/asking.sh TIDINGS check|bless: every question to a ledger of the story of eight reports, in every form, gives
# what tests/golden/asking holds.
set -eu
tidings=$1 verb=$2
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
"$tidings" add "$here/story.tidings" examples/story/*.txt > /dev/null
"$tidings" join "$here/story.tidings" h2941026fa02f.119 h014d0c04ebb5.340 --by ann --why 'the same strike' 2> /dev/null || true
failed=0 passed=0
one() { # NAME ARGUMENTS…
    name=$1
    shift
    command=$1
    shift
    "$tidings" "$command" "$here/story.tidings" "$@" --width 110 > "$here/out" 2> "$here/complaint" || cat "$here/complaint" >> "$here/out"
    sed -i "s|$here/||; s|20[0-9-]*T[0-9:]*Z|DAY|" "$here/out"
    if [ "$verb" = bless ]; then cp "$here/out" "tests/golden/asking/$name"
    elif diff "tests/golden/asking/$name" "$here/out"; then passed=$((passed + 1))
    else echo "asking: $name differs"; failed=$((failed + 1))
    fi
}
mkdir -p tests/golden/asking
one tolls.txt tolls
one tolls-where.txt tolls --place Halmar --since 2024-06-03 --until 2024-06-03 --effect killed
one tolls-claimant.txt tolls --claimant ministry
one tolls-nowhere.txt tolls --place Atlantis
one tolls.json tolls --format json
one tolls.jsonl tolls --format jsonl
one tolls.csv tolls --format csv
one tolls.html tolls --format html
one tolls.svg tolls --format svg
one timeline.txt timeline
one show-report.txt show r4
one show-figure.txt show r4.f1
one show-source.txt show r1.s1
one show-happening.txt show h014d0c04ebb5.81 --why
one show-entity.txt show e1
one show-nothing.txt show h000000000000.1
one who.txt who Velmaran Health Ministry
one sources.txt sources
one search.txt search market depot
one search-odd.txt search 'NEAR(' '"'
one diff.txt diff r4 r5
one log.txt log
[ "$verb" = bless ] || "${PYTHON:-python3}" tests/queries.py "$here/story.tidings" docs/ledger.md || failed=$((failed + 1))
[ "$verb" = bless ] || echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
