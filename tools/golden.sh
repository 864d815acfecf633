#!/bin/sh
# golden.sh PROGRAM check|bless — the records of tests/golden/reports, pretty-printed beside their pages.
# A page's first comment or a file NAME.args may give options (--published …).
set -u
T=$1 what=$2 passed=0 failed=0
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
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
    if [ "$what" = bless ]; then
        cp "$D/got" "$f.json"
    elif ! diff -u "$f.json" "$D/got" >"$D/diff"; then
        failed=$((failed + 1))
        echo "$f: the record is another (make bless if it should be)"
        head -40 "$D/diff"
        continue
    fi
    passed=$((passed + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
