#!/bin/sh
# jobs.sh PROGRAM — many pages at once: the same bytes in the same order whatever the number of threads, from web archives and
# from files; and a run killed again and again comes to the same output.
set -u
T=$1
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
passed=0 failed=0

check() {
    if [ "$1" = 0 ]; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "$2"
    fi
}

# N pages as WARC records, with an image and a page that was not found among them.
crawl() {
    awk -v n="$1" 'function record(type, uri, mime, block) {
        printf "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-25T12:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", type, uri, mime, length(block), block
    }
    BEGIN {
        http = "application/http; msgtype=response"
        for (i = 1; i <= n; i++) {
            page = "<html><head><title>Ferry " i "</title><meta property=\"article:published_time\" content=\"2024-05-2" (i % 4) "\"></head><body><article>"
            for (k = 0; k < 2 + i % 5; k++)
                page = page "<p>At least " (i + k) " people were rescued from the ferry near Tarsova on Monday, the harbour master said. Police arrested two men.</p>"
            record("response", "http://example.com/" i, http, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" page "</article></body></html>")
            if (i % 7 == 0) record("response", "http://example.com/" i ".png", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx")
            if (i % 9 == 0) record("response", "http://example.com/no/" i, http, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.")
        }
        record("conversion", "http://example.com/text", "text/plain", "Ferry late\n\nThe ferry to Norrey was late on Monday, said the harbour master.\n")
    }'
}

crawl 60 >"$D/crawl.warc"
gzip -c "$D/crawl.warc" >"$D/crawl.warc.gz"
{ crawl 5; printf 'GET / junk\r\n'; crawl 5; } >"$D/hurt.warc"
for i in 1 2 3 4 5 6 7 8; do printf 'Police said %s people died in the fire near Tarsova on Monday.\n' "$i" >"$D/$i.txt"; done
: >"$D/empty.txt"

set -- "$D/crawl.warc" "$D/1.txt" "$D/empty.txt" "$D/crawl.warc.gz" "$D/nowhere.txt" "$D/hurt.warc" "$D"/[2-8].txt
for j in 1 2 4; do
    "$T" read --format jsonl --jobs $j "$@" >"$D/out.$j" 2>"$D/err.$j"
    [ $? = 1 ]
    check $? "--jobs $j: a bad input among good ones: exit 1"
done
[ "$(wc -l <"$D/out.1")" = $((61 + 61 + 12 + 8)) ]
check $? "every page is read: $(wc -l <"$D/out.1")"
for j in 2 4; do
    cmp -s "$D/out.1" "$D/out.$j"
    check $? "--jobs $j: other bytes than --jobs 1"
    cmp -s "$D/err.1" "$D/err.$j"
    check $? "--jobs $j: other complaints than --jobs 1"
done
grep -q 'hurt.warc:[0-9]*: 12 bytes that are no record' "$D/err.1"
check $? "damage is named with its place: $(cat "$D/err.1")"
head -1 "$D/out.1" | grep -q '"url":"http://example.com/1".*"published":{"date":"2024-05-21"'
check $? "address and date of a page of an archive"
[ "$(cat "$D/crawl.warc.gz" | "$T" read --format jsonl --jobs 2 - | md5sum)" = "$("$T" read --format jsonl "$D/crawl.warc" | md5sum)" ]
check $? "from a pipe as from a file"

# The day a page was fetched on bounds its dates.
late='<html><head><title>x</title><meta property="article:published_time" content="2031-01-01"></head><body><article><p>The ferry was late on Monday, police said.</p></article></body></html>'
{ printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/x\r\nWARC-Date: 2024-05-25T12:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n' $((44 + ${#late}))
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s\r\n\r\n' "$late"; } >"$D/late.warc"
"$T" read --format json "$D/late.warc" | grep -q '"published":null'
check $? "no date later than the day it was fetched on: $("$T" read --format json "$D/late.warc" 2>&1 | head -c 300)"

# Killed again and again, from early to late.
crawl 1500 >"$D/long.warc"
"$T" read --format jsonl "$D/long.warc" "$D/nowhere.txt" >"$D/unkilled" 2>/dev/null
runs=0
for wait in 0.4 0.8 1.2 1.2 1.2 1.2 2 2 4 4 60 60; do
    timeout -s KILL $wait "$T" read --format jsonl --jobs 2 -o "$D/resumed" --resume "$D/state" "$D/long.warc" "$D/nowhere.txt" 2>/dev/null
    code=$?
    runs=$((runs + 1))
    [ $code = 137 ] || break
done
[ $code = 1 ]
check $? "resumed: exit $code after $runs runs"
cmp -s "$D/unkilled" "$D/resumed"
check $? "killed and begun again $runs times: other bytes"
grep -q '^state complete' "$D/state"
check $? "the state says that all is read"
"$T" read --format jsonl -o "$D/resumed" --resume "$D/state" "$D/long.warc" "$D/nowhere.txt"
[ $? = 1 ] && cmp -s "$D/unkilled" "$D/resumed"
check $? "begun again when all is read: nothing changes"
"$T" read --format jsonl -o "$D/resumed" --resume "$D/state" "$D/1.txt" 2>"$D/err"
[ $? = 2 ] && grep -q 'of another run' "$D/err"
check $? "a state of another run is refused"
"$T" read --format jsonl --resume "$D/state" "$D/1.txt" 2>"$D/err"
[ $? = 2 ] && grep -q -- '-o FILE' "$D/err"
check $? "--resume needs -o"

# A point in the middle, an output that was written beyond it.
"$T" read --format jsonl -o "$D/half" --resume "$D/state1" "$D/crawl.warc" "$D/1.txt"
at=$(head -30 "$D/half" | wc -c)
number=$((30 + 30 / 7 + 30 / 9)) # of the record with the 30th page
place=$("$T" archive ls "$D/crawl.warc" | sed -n "$((number + 1))p" | cut -f 1)
printf 'garbage' >>"$D/half"
cp "$D/half" "$D/whole"
sed "s/^state .*/state reading/; s/^input .*/input 0/; s/^number .*/number $number/; s/^place .*/place $place/; s/^bytes .*/bytes $at/" "$D/state1" >"$D/state2"
cp "$D/state2" "$D/state1"
"$T" read --format jsonl -o "$D/half" --resume "$D/state1" "$D/crawl.warc" "$D/1.txt"
head -c -7 "$D/whole" | cmp -s - "$D/half"
check $? "what was written behind the point is written anew"

echo "$passed passed, $failed failed (killed $((runs - 1)) times)"
[ "$failed" = 0 ]
