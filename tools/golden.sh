#!/bin/sh
# golden.sh PROGRAM check|bless — the records of tests/golden/reports, pretty-printed beside their pages, and of the pages
# of tests/golden/pages what is read as the article: fields, then role and first words of each block; and the article as Markdown.
# A page's first comment or a file NAME.args may give options (--published …).
set -u
T=$1 what=$2 passed=0 failed=0
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT

# settle EXPECTED WHAT: keeps what was got, or compares it.
settle() {
    if [ "$what" = bless ]; then
        cp "$D/got" "$1"
    elif ! diff -u "$1" "$D/got" >"$D/diff"; then
        failed=$((failed + 1))
        echo "$f: the $2 is another (make bless if it should be)"
        head -40 "$D/diff"
        return
    fi
    passed=$((passed + 1))
}

for f in tests/golden/reports/*.txt tests/golden/reports/*.html; do
    [ -e "$f" ] || continue
    args=
    [ -e "$f.args" ] && args=$(cat "$f.args")
    # The reader's version and fingerprint change with every rule; they are no part of what is expected.
    if ! "$T" read --format json $args "$f" >"$D/json" || ! python3 -c '
import json, sys
r = json.load(sys.stdin); del r["reader"]
json.dump(r, sys.stdout, ensure_ascii=False, indent=1); print()' <"$D/json" >"$D/got"; then
        failed=$((failed + 1))
        continue
    fi
    settle "$f.json" record
done
for f in tests/golden/pages/*.html; do
    [ -e "$f" ] || continue
    # Weights and candidates change whenever the model is trained anew; what is kept may not.
    "$T" explain "$f" | awk '
        /^-- / { on = /^-- article$/; next }
        !on || /^candidate / { next }
        /^confidence / { blocks = 1; next }
        blocks && split($0, part, / \| /) > 2 { sub(/ \| [^|]* \| /, " | ") }
        { print }' >"$D/got"
    settle "$f.article" article
    "$T" article --format markdown "$f" >"$D/got"
    settle "$f.md" Markdown
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
