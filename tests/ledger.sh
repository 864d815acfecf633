#!/bin/sh
# ledger.sh TIDINGS [POINTS [SEED]] — what must hold of a ledger whatever happens: any order of adding gives the same dump,
# what was acknowledged is there after kill -9 at any point, and each failure is one clear line.
set -u
T=$1
POINTS=${2:-15}
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
cd "$(dirname "$0")/.." || exit 1
case $T in /*) ;; *) T=$PWD/$T ;; esac
passed=0 failed=0

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $*"; }

# expect NAME EXIT PATTERN COMMAND…: exit code, a pattern in the output, and never more than one line of complaint
expect() {
    name=$1 code=$2 pattern=$3; shift 3
    timeout "${PATIENCE:-120}" "$@" >"$D/out" 2>"$D/err"; got=$?
    if [ $got != "$code" ]; then bad "$name: exit $got, not $code: $(head -c 300 "$D/err")"
    elif ! cat "$D/out" "$D/err" | grep -q -e "$pattern"; then bad "$name: no '$pattern' in: $(head -c 300 "$D/out" "$D/err")"
    elif [ "$(wc -l <"$D/err")" -gt 1 ]; then bad "$name: more than one line: $(head -c 600 "$D/err")"
    else good; fi
}

same() { if cmp -s "$2" "$3"; then good; else bad "$1: $2 and $3 differ: $(cmp "$2" "$3" 2>&1)"; fi; }

dump() { "$T" ledger dump "$1"; }
sound() { "$T" ledger check "$1" >"$D/sound" 2>&1 && grep -q sound "$D/sound"; }

# --- the same reports in any order, one by one or at once ---
"$T" read --format jsonl examples/story/*.txt examples/ferry.txt >"$D/story.jsonl" || exit 1
split -l 1 "$D/story.jsonl" "$D/one."
"$T" add "$D/all.tidings" "$D/story.jsonl" >"$D/out" || bad "adding the story"
dump "$D/all.tidings" >"$D/all.dump"
[ "$(wc -l <"$D/out")" = 9 ] && good || bad "a line a report"
[ "$(grep -c '^{"report"' "$D/all.dump")" = 9 ] && good || bad "all reports are in the dump"
expect "a sound ledger" 0 "sound" "$T" ledger check "$D/all.tidings"
for round in $(seq "${ORDERS:-10}"); do
    rm -f "$D"/order.tidings*
    files=$(ls "$D"/one.* | awk -v s="$round" "BEGIN { srand(s) } { print rand() \"\t\" \$0 }" | sort | cut -f2)
    if [ $((round % 2)) = 0 ]; then "$T" add "$D/order.tidings" $files >/dev/null
    else for f in $files; do "$T" add "$D/order.tidings" "$f" >/dev/null; done; fi
    dump "$D/order.tidings" >"$D/order.dump"
    cmp -s "$D/all.dump" "$D/order.dump" || { bad "order $round gives another dump"; break; }
done
[ "$failed" = 0 ] && good
"$T" add "$D/all.tidings" "$D/story.jsonl" >"$D/out"
[ "$(grep -c 'there already' "$D/out")" = 9 ] && good || bad "a report that is there already"
dump "$D/all.tidings" >"$D/again.dump"
same "adding again changes nothing" "$D/all.dump" "$D/again.dump"
"$T" ledger records "$D/all.tidings" | sort >"$D/records"
sort "$D/story.jsonl" >"$D/sorted"
same "records come back as they were" "$D/records" "$D/sorted"

# --- versions of one address ---
printf 'Bridge closed\n\nTARSOVA (Agency) - The army said at least 12 soldiers were killed on Monday near Tarsova.\n' >"$D/v1.txt"
printf 'Bridge closed\n\nTARSOVA (Agency) - The army said at least 15 soldiers were killed on Monday near Tarsova.\n' >"$D/v2.txt"
U="--url https://example.org/bridge"
"$T" read --format jsonl $U --published 2024-05-22 "$D/v1.txt" >"$D/v1.jsonl"
"$T" read --format jsonl $U --published 2024-05-23 "$D/v2.txt" >"$D/v2.jsonl"
expect "first version" 0 "new" "$T" add "$D/v.tidings" "$D/v1.jsonl"
expect "second version" 0 "version 2" "$T" add "$D/v.tidings" "$D/v2.jsonl"
expect "the older one later" 0 "not the latest" sh -c "'$T' add '$D/w.tidings' '$D/v2.jsonl' >/dev/null; '$T' add '$D/w.tidings' '$D/v1.jsonl'"
dump "$D/v.tidings" >"$D/v.dump"; dump "$D/w.tidings" >"$D/w.dump"
same "versions in either order" "$D/v.dump" "$D/w.dump"
expect "versions are sound" 0 "sound" "$T" ledger check "$D/v.tidings"
[ "$(grep -c '"current":false' "$D/v.dump")" = 1 ] && good || bad "the old version is kept and not current"

# --- kill -9 at any point: what was acknowledged is there, the file is sound, adding again completes it ---
i=0
while [ $i -lt 40 ]; do
    i=$((i + 1))
    sed "s/\"id\":\"\([0-9a-f]\{8\}\)/\"id\":\"$(printf '%08x' $((i * 2654435 % 4294967296)))/" "$D/story.jsonl"
done >"$D/many.jsonl"
"$T" add "$D/many.tidings" "$D/many.jsonl" >/dev/null
dump "$D/many.tidings" >"$D/many.dump"
kill_once() {
    rm -f "$D"/kill.tidings*
    "$T" add "$D/kill.tidings" "$D/many.jsonl" >"$D/acknowledged" 2>"$D/err" &
    pid=$!
    sleep "$1"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ -e "$D/kill.tidings" ] || return 0
    "$T" ledger records "$D/kill.tidings" 2>/dev/null | grep -o '^{"tidings":1,"report":{"id":"[0-9a-f]*' | grep -o '[0-9a-f]\{32\}' | sort >"$D/there"
    grep -o '^[0-9a-f]\{32\}  ' "$D/acknowledged" | tr -d ' ' | sort >"$D/said"
    [ -z "$(comm -23 "$D/said" "$D/there")" ] || { bad "kill after $1 s: acknowledged and not there"; return 1; }
    if [ -s "$D/kill.tidings" ]; then sound "$D/kill.tidings" || { bad "kill after $1 s: $(cat "$D/sound")"; return 1; }; fi
    wc -l <"$D/said" >>"$D/points"
}
ok=1 n=0
while [ $n -lt "$POINTS" ] && [ $ok = 1 ]; do
    n=$((n + 1))
    at=$(awk -v n=$n -v seed="${3:-$$}" 'BEGIN { srand(seed * 1000 + n); printf "%.4f", rand() * rand() * 1.5 }')
    kill_once "$at" || ok=0
    if [ $ok = 1 ] && [ $((n % 5)) = 0 ]; then
        "$T" add "$D/kill.tidings" "$D/many.jsonl" >/dev/null 2>&1
        dump "$D/kill.tidings" >"$D/kill.dump"
        cmp -s "$D/many.dump" "$D/kill.dump" || { bad "after kill $n adding again gives another dump"; ok=0; }
    fi
done
[ $ok = 1 ] && good
[ "$POINTS" -gt 100 ] && sort -n "$D/points" | awk '{ v[NR] = $1 } END { print NR " kills; acknowledged before: least " v[1] ", median " v[int((NR + 1) / 2)] ", most " v[NR] }'

# --- what can be wrong with a file: one clear line ---
echo "no ledger at all, just a text that is longer than a hundred bytes, so that it could be taken for a page of SQLite's" >"$D/text.tidings"
expect "no ledger" 3 "text.tidings: no ledger" "$T" add "$D/text.tidings" "$D/story.jsonl"
expect "no ledger, asked" 3 "no ledger" "$T" ledger check "$D/text.tidings"
expect "not there" 3 "nowhere.tidings: No such file" "$T" ledger dump "$D/nowhere.tidings"
expect "a folder" 3 "a folder" "$T" add "$D" "$D/story.jsonl"
expect "folder that is not there" 3 "cannot be" "$T" add "$D/no/where.tidings" "$D/story.jsonl"
expect "no record" 1 "no record" sh -c "echo '{\"tidings\":1,\"report\":{\"text\":\"Police said two died.\"}}' >'$D/bad.jsonl'; '$T' add '$D/bad.tidings' '$D/bad.jsonl'"
expect "one bad record among good ones" 1 "no record" sh -c "cat '$D/story.jsonl' '$D/bad.jsonl' '$D/v1.jsonl' >'$D/mixed.jsonl'; '$T' add '$D/mixed.tidings' '$D/mixed.jsonl'"
[ "$(dump "$D/mixed.tidings" | grep -c '^{"report"')" = 10 ] && good || bad "the good ones among bad are added"
if command -v sqlite3 >/dev/null; then
    rm -f "$D/other.tidings"; sqlite3 "$D/other.tidings" "CREATE TABLE a (b)"
    expect "another SQLite file" 3 "no ledger, but another kind of SQLite file" "$T" add "$D/other.tidings" "$D/story.jsonl"
    cp "$D/all.tidings" "$D/newer.tidings"; sqlite3 "$D/newer.tidings" "PRAGMA user_version = 99" >/dev/null
    expect "a newer version" 3 "made by a newer tidings" "$T" add "$D/newer.tidings" "$D/story.jsonl"
    [ "$(sqlite3 "$D/all.tidings" 'PRAGMA integrity_check')" = ok ] && good || bad "integrity_check"
    [ "$(sqlite3 "$D/all.tidings" 'SELECT count(*) FROM report')" = 9 ] && good || bad "plain sqlite3 reads it"
fi
cp "$D/many.tidings" "$D/torn.tidings"
dd if=/dev/urandom of="$D/torn.tidings" bs=4096 seek=20 count=30 conv=notrunc 2>/dev/null
expect "damaged pages, checked" 0 "torn.tidings: damaged" sh -c "'$T' ledger check '$D/torn.tidings'; test \$? = 1 -o \$? = 3"
head -c 20000 "$D/many.tidings" >"$D/cut.tidings"
expect "cut off" 0 "cut.tidings: damaged" sh -c "'$T' ledger check '$D/cut.tidings'; test \$? = 1 -o \$? = 3"

cp "$D/all.tidings" "$D/readonly.tidings"; chmod 444 "$D/readonly.tidings"
if [ "$(id -u)" != 0 ]; then
    expect "read-only file" 3 "may only be read" "$T" add "$D/readonly.tidings" "$D/story.jsonl"
    expect "read-only file can be read" 0 '"telling"' "$T" ledger dump "$D/readonly.tidings"
fi

# --- two that add at once, and readers between ---
"$T" add "$D/two.tidings" "$D/v1.jsonl" >/dev/null
head -n 200 "$D/many.jsonl" >"$D/half1.jsonl"; tail -n +150 "$D/many.jsonl" >"$D/half2.jsonl"
"$T" add "$D/two.tidings" "$D/half1.jsonl" >"$D/a1" 2>"$D/e1" & p1=$!
"$T" add "$D/two.tidings" "$D/half2.jsonl" >"$D/a2" 2>"$D/e2" & p2=$!
reads=0
while kill -0 $p1 2>/dev/null || kill -0 $p2 2>/dev/null; do
    "$T" ledger dump "$D/two.tidings" >/dev/null 2>"$D/err" || { bad "a reader beside two that add: $(cat "$D/err")"; break; }
    reads=$((reads + 1))
done
wait $p1 && wait $p2 && good || bad "two that add at once: $(cat "$D/e1" "$D/e2")"
"$T" add "$D/many.tidings" "$D/v1.jsonl" >/dev/null
dump "$D/two.tidings" >"$D/two.dump"; dump "$D/many.tidings" >"$D/many.dump"
same "two that add at once" "$D/two.dump" "$D/many.dump"
sound "$D/two.tidings" && good || bad "two that add at once: $(cat "$D/sound")"

# --- a full disk: needs to mount one ---
if [ "$(id -u)" = 0 ] && mkdir "$D/small" && mount -t tmpfs -o size=1m tmpfs "$D/small" 2>/dev/null; then
    trap 'umount "$D/small"; rm -rf "$D"' EXIT
    expect "full disk" 4 "the disk is full" "$T" add "$D/small/l.tidings" "$D/many.jsonl"
    cp "$D/out" "$D/acknowledged"
    mount -o remount,size=64m "$D/small"
    "$T" ledger records "$D/small/l.tidings" | grep -o '^{"tidings":1,"report":{"id":"[0-9a-f]*' | grep -o '[0-9a-f]\{32\}' | sort >"$D/there"
    grep -o '^[0-9a-f]\{32\}  ' "$D/acknowledged" | tr -d ' ' | sort >"$D/said"
    [ -z "$(comm -23 "$D/said" "$D/there")" ] && good || bad "full disk: acknowledged and not there"
    sound "$D/small/l.tidings" && good || bad "full disk: $(cat "$D/sound")"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
